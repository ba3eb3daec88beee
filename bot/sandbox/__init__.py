"""A pretend Telegram: a local Bot API and a chat page, so that the coach runs without Telegram.

`world.World` is its state and what people do in it, `server.serve` puts it on the network.
"""
