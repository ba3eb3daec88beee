"""The bot's profile: log in, and set the menu and the descriptions."""

import asyncio
import logging
from collections.abc import Collection, Iterable

from telegram import (
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
)
from telegram.error import BadRequest, InvalidToken, TelegramError
from telegram.ext import ExtBot

from bot.content.texts import Texts
from bot.gateway.client import App
from bot.gateway.priority_quota import Priority
from bot.runtime.retry import BACK_OFF
from bot.views import status as status_views
from bot.views import talk as talk_views

log = logging.getLogger(__name__)


class RefusedTokenError(Exception):
    """Telegram does not know this bot."""


async def log_in(app: App, server: str) -> None:
    """Log in; wait for a server that can't be reached; raise RefusedTokenError for a wrong token.

    `server` is its address for the log, without user, password and token.
    """
    for delay in BACK_OFF:
        try:
            await app.initialize()
        except InvalidToken:
            raise RefusedTokenError from None
        except TelegramError as error:
            log.warning(
                "can't reach the Bot API server at %s (%s); again in %d s",
                *(server, type(error).__name__, delay),
            )
            await asyncio.sleep(delay)
        else:
            return


async def introduce(bot: "ExtBot[Priority]", texts: Texts) -> None:
    """Set menus and descriptions that differ; the coach works without them."""
    try:
        await _set_menu(bot, talk_views.menu(texts))
        await _set_menu(bot, talk_views.group_menu(texts), BotCommandScopeAllGroupChats())
        about_text = texts.plain("about")
        if (await bot.get_my_description()).description != about_text:
            await bot.set_my_description(about_text)
        short = texts.plain("about-short")
        if (await bot.get_my_short_description()).short_description != short:
            await bot.set_my_short_description(short)
    except TelegramError as error:
        log.warning("the menu could not be set: %s", type(error).__name__)


async def introduce_to_hosts(
    bot: "ExtBot[Priority]", texts: Texts, admins: Collection[int]
) -> None:
    """Set the menu of each host who has a chat with the coach, with the host commands."""
    menu = status_views.menu(texts)
    for admin in admins:
        try:
            await _set_menu(bot, menu, BotCommandScopeChat(admin))
        except BadRequest:
            log.debug("a host has no chat with the coach yet, so no menu of their own")
        except TelegramError as error:
            log.warning("a host's menu could not be set: %s", type(error).__name__)


async def _set_menu(
    bot: "ExtBot[Priority]",
    commands: Iterable[tuple[str, str]],
    scope: BotCommandScope | None = None,
) -> None:
    """Set the menu of a scope, by default of all chats that have none of their own."""
    menu = [BotCommand(name, text) for name, text in commands]
    if list(await bot.get_my_commands(scope)) != menu:
        await bot.set_my_commands(menu, scope)
