"""Who may use the coach, where its host has set an invitation code."""

from bot import callbacks
from bot.access import Knock
from bot.callbacks import CloseTap, EraseTap, ExportTap
from bot.coach import Coach
from bot.handlers.request import Asked, reply
from bot.services import runners
from bot.views import access as views

INVITATION = "join_"
# What answers everybody: what is kept of one, and its erasure, are nobody's favour.
COMMANDS = ("privacy", "export", "delete", "help")
TAPS = (EraseTap, ExportTap, CloseTap)


async def started(coach: Coach, asked: Asked) -> bool:
    """/start, with the code or without; whether it may go on."""
    if await _is_in(coach, asked):
        return True
    if not asked.words.startswith(INVITATION):
        await coach.messenger.show(asked.chat, views.by_invitation(coach.texts))
        return False
    code = asked.words.removeprefix(INVITATION)
    match coach.hosting.door.knock(asked.runner, code, coach.clock.steady()):
        case Knock.RIGHT:
            await runners.join(coach.db, asked.runner, coach.now())
            return True
        case Knock.WRONG:
            await coach.messenger.show(asked.chat, views.wrong_code(coach.texts))
        case Knock.TOO_OFTEN:
            await coach.messenger.show(asked.chat, views.too_often(coach.texts))
        case Knock.CROWDED:
            await coach.messenger.show(asked.chat, views.crowded(coach.texts))
    return False


async def said(coach: Coach, asked: Asked) -> bool:
    """Any other message; whether it may go on."""
    if await _is_in(coach, asked):
        return True
    await reply(coach, asked, views.by_invitation(coach.texts))
    return False


async def tapped(coach: Coach, asked: Asked) -> bool:
    """A tap; whether it may go on. In a group the buttons explain exercises, to everybody."""
    assert asked.query is not None
    in_group = asked.chat != asked.runner
    if in_group or isinstance(callbacks.parse(asked.query.data or ""), TAPS):
        return True
    if await _is_in(coach, asked):
        return True
    await coach.messenger.answer(asked.query, coach.texts.plain("toast-door-closed"), alert=True)
    return False


async def passes(_coach: Coach, _asked: Asked) -> bool:
    return True


async def _is_in(coach: Coach, asked: Asked) -> bool:
    return asked.runner in coach.hosting.admins or await runners.has_joined(coach.db, asked.runner)
