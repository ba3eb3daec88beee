"""Access checks for a coach whose host has set an invitation code."""

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
# Everybody may see and erase the data stored about them, even without an invitation.
COMMANDS = ("privacy", "export", "delete", "help")
TAPS = (EraseTap, ExportTap, CloseTap)


async def start_allowed(coach: Coach, request: Request) -> bool:
    """Check the invitation code of /start; return whether to handle the command."""
    if await _has_access(coach, request):
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


async def message_allowed(coach: Coach, request: Request) -> bool:
    """Return whether to handle a message other than /start; reply if not."""
    if await _has_access(coach, request):
        return True
    await reply(coach, request, views.by_invitation(coach.texts))
    return False


async def tap_allowed(coach: Coach, request: Request) -> bool:
    """Return whether to handle a tap; answer it if not.

    In a group every tap is handled, because the buttons there only explain exercises.
    """
    assert request.query is not None
    in_group = request.chat != request.runner
    if in_group or isinstance(callbacks.parse(request.query.data or ""), TAPS):
        return True
    if await _has_access(coach, request):
        return True
    await rejected.show(coach, request, Rejected(Reason.NOT_INVITED))
    return False


async def always_allowed(_coach: Coach, _request: Request) -> bool:
    return True


async def _has_access(coach: Coach, request: Request) -> bool:
    return request.runner in coach.hosting.admins or await runners.has_joined(
        coach.db, request.runner
    )
