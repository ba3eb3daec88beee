"""Telegram update in, one service or catalogue call, one view, one messenger call out."""
