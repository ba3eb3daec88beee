"""What the pretend Telegram holds: chats, people, messages, files, updates, and what people do."""
