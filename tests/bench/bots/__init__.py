"""The bots that are measured, each a process of its own, told the Bot API's URL first."""
