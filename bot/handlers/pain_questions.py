"""The open question about pain, which is shown again instead of what has to wait for it."""

from datetime import timedelta

from bot import session_chat
from bot.coach import Coach
from bot.domain import pain_talk
from bot.domain.pain_talk import OpenTalk, Talk, Topic
from bot.domain.regions import Region
from bot.domain.rests import Rest
from bot.domain.session import Phase
from bot.handlers import gate
from bot.handlers.request import Request
from bot.services import pain as pain_services
from bot.services import pain_talk as services
from bot.services import training as training_services
from bot.views import pain_talk as views
from bot.views.screen import Screen

LATELY = timedelta(minutes=30)


async def ask_again(coach: Coach, request: Request, intro: str = "talk-not-that") -> bool:
    """Show the open question again after words that don't answer it; False: there is none.

    A warning sign comes first, because sessions wait for it. Nor is a question that holds up
    nothing, once it was asked a while ago. `intro` is a message id.
    """
    if await gate.waits_for_sign(coach, request):
        return True
    opened = await services.get(coach.db, request.runner)
    if opened is None:
        return False
    is_old = opened.asked_at is not None and opened.asked_at <= coach.now() - LATELY
    if is_old and not opened.talk.holds_training:
        return False
    await ask(coach, request, opened, intro)
    return True


async def ask(coach: Coach, request: Request, opened: OpenTalk, intro: str | None = None) -> None:
    """Show the question in place of the tapped one; in a session, as the session's message."""
    missing = pain_talk.question(opened.talk)
    assert missing is not None
    rests = await _choices(coach, request, opened.talk)
    screen = views.question(coach.texts, missing, opened, rests, intro)
    await _show(coach, request, opened.talk, screen)


async def _show(coach: Coach, request: Request, talk: Talk, screen: Screen) -> None:
    stored = await training_services.current(coach.db, request.runner) if talk.session else None
    if stored is not None and (
        stored.session.id != talk.session or stored.session.phase is not Phase.HURTING
    ):
        stored = None
    if request.query is not None and await coach.messenger.replace(
        request.chat, request.message_id, screen
    ):
        if stored is not None:
            await coach.acknowledger.shown(stored.session, request.message_id)
    elif stored is not None:
        await session_chat.send_screen(coach, request.chat, stored, screen)
    else:
        await coach.messenger.show(request.chat, screen)


async def _choices(coach: Coach, request: Request, talk: Talk) -> tuple[Rest, ...]:
    """Return the rests that a question is about: for a clinician's word, those that are locked."""
    if talk.topic not in (Topic.FINE, Topic.CLEARED):
        return ()
    rests = await pain_services.resting(coach.db, request.runner)
    locked = talk.topic is Topic.CLEARED
    among = [rest for rest in rests if rest.locked or not locked]
    meant = [rest for rest in among if rest.region in talk.regions]
    return tuple(meant or among)


async def ask_gate(coach: Coach, request: Request, region: Region) -> None:
    """Ask what has to be true before the region is trained again."""
    talk = Talk(Topic.GATE, (region,))
    opened = await services.begin(coach.db, request.runner, talk, coach.now())
    await ask(coach, request, opened)
