"""The session as a track: sent, and answered when it is over."""

from bot import session_chat
from bot.callbacks import (
    Heard,
    HeardTap,
    HeardToTap,
    HurtAtTap,
    HurtElsewhereTap,
    ListenTap,
    MoveTap,
)
from bot.coach import Coach
from bot.domain.listening import may_be_over, stretches
from bot.domain.session import Move, Session, StoredSession
from bot.gateway.messenger import NOT_TAKEN, Delivery
from bot.handlers import late, routine, training
from bot.handlers.rejected import RejectedError, accepted
from bot.handlers.request import Request
from bot.services import listening as services
from bot.services import training as training_services
from bot.services.rejections import Reason, Rejected
from bot.services.training import Gated, Moved
from bot.views import listening as views


async def listen_tapped(coach: Coach, request: Request, tap: ListenTap) -> None:
    await _begin(coach, request, await training.at_state(coach, request, tap))


async def _begin(coach: Coach, request: Request, stored: StoredSession) -> None:
    """Begin the session as a track, and send it."""
    if not coach.content.voice.speaks:
        await coach.messenger.answer(request.query)
        await coach.messenger.show(request.chat, views.mute(coach.texts))
        return
    audio = await session_chat.audio(coach, stored.session)
    begun = await services.begin(
        coach.db, request.runner, stored.session, audio.seconds, coach.now()
    )
    if isinstance(begun, Rejected):
        raise RejectedError(request, begun)
    if isinstance(begun, Gated):
        await coach.messenger.answer(request.query)
        await training.show_gate(coach, request, begun)
        return
    await coach.messenger.answer(request.query, coach.texts.plain("toast-listen"))
    coach.next_cue.bring_forward(begun.session.due_at)
    delivery = await session_chat.play(coach, request.chat, begun.session, audio)
    if delivery in NOT_TAKEN:
        await _take_back(coach, request, begun)
    elif delivery is Delivery.SENT and begun.message_id:
        await session_chat.tidy(coach, request.chat, begun.message_id, begun.before, Move.BEGIN)


async def _take_back(coach: Coach, request: Request, begun: Moved) -> None:
    """Return the session to the state before its start, and say so."""
    await services.take_back(coach.db, begun)
    stored = await training_services.current(coach.db, request.runner)
    if stored is not None:
        ready = await session_chat.ready(
            coach, stored.session, session_chat.screen(coach, stored.session)
        )
        screen = views.not_sent(coach.texts, ready)
        await session_chat.send_screen(coach, request.chat, stored, screen)


async def heard_tapped(coach: Coach, request: Request, tap: HeardTap) -> None:
    """Handle the buttons below a track."""
    if tap.answer in (Heard.ALL, Heard.NONE):
        await _answer(coach, request, tap.session, 0 if tap.answer is Heard.NONE else None)
        return
    stored = accepted(request, await services.get(coach.db, request.runner, tap.session))
    if tap.answer is Heard.HURT:
        move = MoveTap(Move.HURT, tap.session, stored.session.revision)
        await training.move_tapped(coach, request, move)
    else:
        screen = session_chat.screen(coach, stored.session)
        if tap.answer is Heard.PART:
            screen = views.part(coach.texts, stored.session)
        await coach.messenger.answer(request.query)
        await coach.messenger.replace(request.chat, request.message_id, screen)


async def heard_to_tapped(coach: Coach, request: Request, tap: HeardToTap) -> None:
    await _answer(coach, request, tap.session, tap.step + 1)


async def _answer(coach: Coach, request: Request, session: int, steps: int | None) -> None:
    """Store how many steps of the track were done (None: all), and show the summary."""
    outcome = await services.answer(
        coach.db, coach.catalogue, request.runner, session, steps, coach.now()
    )
    answered = accepted(request, outcome)
    await coach.messenger.answer(request.query, coach.texts.plain("toast-noted"))
    coach.next_cue.bring_forward(coach.now())
    screen = session_chat.screen(coach, answered.session)
    screen = await session_chat.praised(coach, answered.session, screen)
    message = await coach.messenger.show(request.chat, screen)
    if message is None:
        return
    await coach.acknowledger.shown(answered.session, message)
    tapped = request.message_id if request.query else None
    for old in dict.fromkeys((answered.message_id, tapped)):
        if old:
            await coach.messenger.remove(request.chat, old)


async def elsewhere_tapped(coach: Coach, request: Request, tap: HurtElsewhereTap) -> None:
    """Ask at which exercise it was."""
    stored = await training.at_state(coach, request, tap)
    await coach.messenger.answer(request.query)
    screen = views.which(coach.texts, stored.session)
    await coach.messenger.replace(request.chat, request.message_id, screen)


async def hurt_at_tapped(coach: Coach, request: Request, tap: HurtAtTap) -> None:
    """Correct at which exercise it was, and ask what hurts."""
    outcome = await services.hurt_at(
        coach.db, request.runner, tap.session, tap.revision, tap.step, coach.now()
    )
    moved = accepted(request, outcome)
    await coach.messenger.answer(request.query, coach.texts.plain("toast-noted"))
    if not await session_chat.edit_in_place(coach, request.chat, moved.session, request.message_id):
        stored = StoredSession(moved.session, moved.message_id)
        await session_chat.send_current(coach, request.chat, stored)


# Words


async def typed(coach: Coach, request: Request, words: str) -> bool:
    """Handle a wish to listen, or words for how much was done; return False for other words."""
    if words in coach.texts.words("word-listen"):
        await _listen(coach, request)
        return True
    stored = await services.of_runner(coach.db, request.runner)
    if stored is None:
        return False
    session = stored.session
    if _says(coach, session, words, Heard.ALL):
        if _is_too_soon(coach, session, words):
            screen = views.too_soon(coach.texts, session, coach.now())
            await coach.messenger.show(request.chat, screen)
        else:
            await _answer(coach, request, session.id, None)
    elif _says(coach, session, words, Heard.PART):
        await coach.messenger.show(request.chat, views.part(coach.texts, session))
    elif session.is_open and _says(coach, session, words, Heard.NONE):
        await _answer(coach, request, session.id, 0)
    elif (last := _up_to(coach, session, words)) is not None:
        await _answer(coach, request, session.id, last + 1)
    else:
        return False
    return True


def _is_too_soon(coach: Coach, session: Session, words: str) -> bool:
    """Return whether a word such as “done” comes before the track can have ended.

    It may then be about something else; “all of it” can't be.
    """
    is_vague = words in coach.texts.words("word-done") and session.is_open
    return is_vague and not may_be_over(session, coach.now())


def _says(coach: Coach, session: Session, words: str, answer: Heard) -> bool:
    """Return whether the words are this answer; after the track was closed, only sentences are.

    “Done” may by then be about something else.
    """
    if not session.is_open and answer is Heard.ALL:
        return words in coach.texts.words("word-heard-late")
    if not session.is_open:
        return words == coach.texts.plain(views.ANSWERS[answer]).lower()
    return words in coach.texts.words(f"word-heard-{answer}")


def _up_to(coach: Coach, session: Session, words: str) -> int | None:
    """Return the last step of the exercise that the words name; None if they name none.

    If the exercise comes in several rounds, it is the step in the first.
    """
    for opening in coach.texts.words("word-heard-to"):
        if words.startswith(f"{opening} "):
            named = words.removeprefix(f"{opening} ").strip()
            match = coach.catalogue.find_exercise(named).sure
            ends = [each.last for each in stretches(session.steps) if each.exercise == match]
            return ends[0] if match and ends else None
    return None


async def _listen(coach: Coach, request: Request) -> None:
    """Begin the session that waits for its start as a track; without one, offer today's."""
    stored = await training_services.current(coach.db, request.runner)
    if stored is None:
        await routine.today(coach, request)
    elif stored.session.is_under_way:
        raise RejectedError(request, Rejected(Reason.UNLAWFUL, stored))
    elif late.is_late(coach, request):
        await session_chat.send_current(coach, request.chat, stored)
    else:
        await _begin(coach, request, stored)
