"""An export that is sent to the coach: what it would bring back, and Use it or Leave it."""

from hashlib import sha256

from bot.callbacks import LeaveArchiveTap, UseArchiveTap
from bot.coach import Coach
from bot.domain.bring_back import Refusal, SentArchive
from bot.gateway.documents import NotFetched
from bot.handlers.rejected import outdated
from bot.handlers.request import Request, strip_tapped
from bot.services import bring_back as services
from bot.views import bring_back as views
from bot.views import talk

MEGABYTES = 8  # of the largest export


async def read(coach: Coach, request: Request, content: bytes) -> None:
    """Show what the export would bring back; nothing of it is stored until it is used."""
    archive = await coach.archives.read(content)
    if isinstance(archive, Refusal):
        await coach.messenger.show(request.chat, views.refused(coach.texts, archive))
        return
    sent = SentArchive(request.file_id, _digest(content), coach.now())
    looked = await services.look(coach.db, coach.catalogue, request.runner, archive, sent)
    if isinstance(looked, Refusal):
        screen = views.refused(coach.texts, looked)
    else:
        screen = views.preview(coach.texts, looked)
    await coach.messenger.show(request.chat, screen)


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()


async def use_tapped(coach: Coach, request: Request, tap: UseArchiveTap) -> None:
    sent = await services.get_sent(coach.db, request.runner, tap.sent, coach.now())
    if sent is None:
        raise outdated(request)
    await coach.messenger.answer(request.query)
    await _use(coach, request, sent)


async def typed(coach: Coach, request: Request, words: str) -> bool:
    """Handle words that name a button of an export; return False for other words."""
    uses = words in coach.texts.words("word-archive-use")
    if not uses and words not in coach.texts.words("word-no"):
        return False
    sent = await services.get_sent(coach.db, request.runner, None, coach.now())
    if sent is None:
        return False
    if uses:
        await _use(coach, request, sent)
    else:
        await services.leave(coach.db, request.runner, sent)
        await coach.messenger.show(request.chat, views.left(coach.texts))
    return True


async def _use(coach: Coach, request: Request, sent: SentArchive) -> None:
    """Fetch the export again, and bring it back if it is still the one that was shown."""
    content = await coach.documents.fetch(sent.file_id, MEGABYTES * 1024**2)
    if isinstance(content, NotFetched) or _digest(content) != sent.digest:
        await coach.messenger.show(request.chat, talk.document_not_fetched(coach.texts))
        return
    archive = await coach.archives.read(content)
    if isinstance(archive, Refusal):
        await coach.messenger.show(request.chat, views.refused(coach.texts, archive))
        return
    used = await services.use(
        coach.db, coach.catalogue, coach.calendar, request.runner, archive, sent, coach.now()
    )
    if isinstance(used, Refusal):
        await coach.messenger.show(request.chat, views.refused(coach.texts, used))
    elif used is not None:
        await strip_tapped(coach, request)
        await coach.messenger.show(request.chat, views.used(coach.texts, used))


async def leave_tapped(coach: Coach, request: Request, tap: LeaveArchiveTap) -> None:
    sent = await services.get_sent(coach.db, request.runner, tap.sent, coach.now())
    if sent is None:
        raise outdated(request)
    await services.leave(coach.db, request.runner, sent)
    await coach.messenger.answer(request.query)
    await coach.messenger.replace(request.chat, request.message_id, views.left(coach.texts))
