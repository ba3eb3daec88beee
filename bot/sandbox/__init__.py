"""A pretend Telegram: a local Bot API and a chat page, so that the coach runs without Telegram.

`world` holds the state and what people do, `api` and `page` give access to it over HTTP, and
`server` serves both.
"""
