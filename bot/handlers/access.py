"""Who may use the coach, where its host has set an invitation code."""

from bot import callbacks
from bot.access import Knock
from bot.callbacks import CloseTap, EraseTap, ExportTap
from bot.coach import Coach
from bot.handlers import rejected
from bot.handlers.request import Request, reply
from bot.services import runners
from bot.services.rejections import Reason, Rejected
from bot.views import access as views

INVITATION = "join_"
# What answers everybody: what is kept of one, and its erasure, are nobody's favour.
COMMANDS = ("privacy", "export", "delete", "help")
TAPS = (EraseTap, ExportTap, CloseTap)


async def started(coach: Coach, request: Request) -> bool:
    """/start, with the code or without; whether it may go on."""
    if await _is_in(coach, request):
        return True
    if not request.words.startswith(INVITATION):
        await coach.messenger.show(request.chat, views.by_invitation(coach.texts))
        return False
    code = request.words.removeprefix(INVITATION)
    match coach.hosting.door.knock(request.runner, code, coach.clock.steady()):
        case Knock.RIGHT:
            await runners.join(coach.db, request.runner, coach.now())
            return True
        case Knock.WRONG:
            await coach.messenger.show(request.chat, views.wrong_code(coach.texts))
        case Knock.TOO_OFTEN:
            await coach.messenger.show(request.chat, views.too_often(coach.texts))
        case Knock.CROWDED:
            await coach.messenger.show(request.chat, views.crowded(coach.texts))
    return False


async def said(coach: Coach, request: Request) -> bool:
    """Any other message; whether it may go on."""
    if await _is_in(coach, request):
        return True
    await reply(coach, request, views.by_invitation(coach.texts))
    return False


async def tapped(coach: Coach, request: Request) -> bool:
    """A tap; whether it may go on. In a group the buttons explain exercises, to everybody."""
    assert request.query is not None
    in_group = request.chat != request.runner
    if in_group or isinstance(callbacks.parse(request.query.data or ""), TAPS):
        return True
    if await _is_in(coach, request):
        return True
    await rejected.show(coach, request, Rejected(Reason.NOT_INVITED))
    return False


async def passes(_coach: Coach, _request: Request) -> bool:
    return True


async def _is_in(coach: Coach, request: Request) -> bool:
    return request.runner in coach.hosting.admins or await runners.has_joined(
        coach.db, request.runner
    )
