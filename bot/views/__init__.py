"""Domain value in, Screen out; no Telegram import, and no sentence: those are in data/locales."""
