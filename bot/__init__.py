"""Band Coach: a Telegram bot that coaches distance runners through band sessions."""

__version__ = "0.1.0"
