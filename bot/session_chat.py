"""The messages of a session in its chat, whether taps, typed words or the clock moved it.

A new message is sent first; then the old one is tidied.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bot.coach import Coach
from bot.content import Clip
from bot.domain.pain_report import PainReport
from bot.domain.pain_talk import question
from bot.domain.session import Move, Phase, Session, Step, StoredSession
from bot.domain.timer import LATE, Stage
from bot.gateway.messenger import Delivery
from bot.runtime.files import UnreadableError, read_file
from bot.services import listening, own_routines, pain, pain_followups, pain_talk, rating
from bot.services import praise as services
from bot.services.cues import StartNotice, TimedMove
from bot.views import cues as timing_views
from bot.views import listening as listening_views
from bot.views import pain as pain_views
from bot.views import pain_talk as talk_views
from bot.views import routine as routine_views
from bot.views import training as views
from bot.views.screen import Audio, Screen, above

LARGEST_COVER = 200_000  # bytes; Telegram ignores a larger one
HERE_IS_THE_STEP = "step-still-here"
OVER = frozenset({Phase.FINISHED, Phase.STOPPED})
SAME_STEP = frozenset({Move.BEGIN, Move.MORE, Move.OWN_PACE, Move.HANDS_FREE})


def screen(
    coach: Coach, session: Session, intro: str | None = None, *, all_buttons: bool = False
) -> Screen:
    """Return the screen of a session in its present state.

    `intro` is the id of a text above it. `all_buttons`: include those that More reveals.
    """
    lead = coach.texts.html(intro) if intro and intro != HERE_IS_THE_STEP else None
    if session.phase is Phase.READY:
        speaks = coach.content.voice.speaks
        shown = routine_views.ready(coach.texts, coach.catalogue, session, speaks=speaks)
        return replace(above(shown, lead), clip=_clip(coach, session))
    if session.phase is Phase.LISTENING:
        return listening_views.current(coach.texts, session, lead)
    if session.phase is Phase.HURTING:
        return hurting(coach, session, None, intro)
    if session.is_resting:
        return timing_views.rest(coach.texts, session, coach.now(), intro)
    shown = views.current(coach.texts, session, coach.now(), intro, all_buttons=all_buttons)
    return replace(shown, clip=_clip(coach, session))


def hurting(
    coach: Coach, session: Session, report: PainReport | None, intro: str | None = None
) -> Screen:
    """Return the screen with the next question of the report of pain."""
    question = pain_views.question(coach.texts, session, report)
    if session.track_seconds is not None and report is None:
        question = listening_views.hurting(coach.texts, session, question)
    return above(question, coach.texts.html(intro)) if intro else question


async def ready(coach: Coach, session: Session, shown: Screen) -> Screen:
    """Add the resting regions to the screen of a session that is ready to start."""
    if session.phase is not Phase.READY:
        return shown
    rests = await pain.resting(coach.db, session.runner)
    due = await pain_followups.due(coach.db, session.runner, coach.now())
    return pain_views.with_rests(coach.texts, shown, rests, due)


async def praised(coach: Coach, session: Session, shown: Screen) -> Screen:
    """Add the praise that the session has earned, if any, to its summary.

    After strong pain or a lock, nothing is praised and nothing is asked.
    """
    if session.phase in OVER and not await rating.is_asked(coach.db, session, coach.now()):
        return views.ended_by_pain(coach.texts, session)
    praise = await services.get(coach.db, session)
    return shown if praise is None else views.with_praise(coach.texts, praise, shown)


def started(coach: Coach, session: Session, notice: StartNotice | None) -> Screen:
    """Return the screen of a session in its present state, with the notice for its start."""
    if notice is StartNotice.CROWDED:
        return screen(coach, session, "crowded")
    shown = screen(coach, session)
    if notice is StartNotice.SOUND:
        return timing_views.with_sound_test(coach.texts, shown)
    return shown


def ticked(coach: Coach, tick: TimedMove) -> Screen:
    """Return the screen after a timed transition; a nudge, a closing or a late cue has an intro."""
    return screen(coach, tick.after, _intro(tick))


def _intro(tick: TimedMove) -> str | None:
    late = tick.late > LATE
    if tick.after.phase is Phase.STOPPED:
        return "closed"
    if tick.after.phase is Phase.LISTENING:
        return None
    if _is_nudge(tick):
        return "nudge"
    if tick.after.phase is Phase.PAUSED:
        return "paused-late" if late else None
    return "cue-late" if late else None


def _is_nudge(tick: TimedMove) -> bool:
    return tick.before.clock is None and tick.after.nudged and not tick.before.nudged


async def send_current(
    coach: Coach,
    chat: int,
    stored: StoredSession,
    intro: str | None = None,
    instead: str | None = None,
) -> None:
    """Send the session's present state in a new message, and remove the previous one.

    `instead` is the id of a routine; a button is added that stops the session to begin it. A track
    that may not have arrived is sent first.
    """
    session = stored.session
    if session.phase is Phase.LISTENING and stored.track_id is None:
        await play(coach, chat, session, await audio(coach, session))
        return
    shown = await ready(coach, session, screen(coach, session, intro))
    shown = await praised(coach, session, shown)
    if session.phase is Phase.HURTING:
        shown = await _hurting(coach, session, intro)
    if instead:
        catalogue = await own_routines.with_own(coach.db, coach.catalogue, session.runner)
        name = catalogue.name_of(instead)
        rows = views.start_over(coach.texts, session, instead, name)
        shown = replace(shown, buttons=(*shown.buttons, *rows))
    await send_screen(coach, chat, stored, shown)


async def _hurting(coach: Coach, session: Session, intro: str | None) -> Screen:
    """Return the open question about pain, of a talk in words or of the session."""
    opened = await pain_talk.get(coach.db, session.runner)
    if opened is not None and (ask := question(opened.talk)) is not None:
        return talk_views.question(coach.texts, ask, opened, intro=intro)
    return hurting(coach, session, await pain.get_report(coach.db, session), intro)


async def send_screen(coach: Coach, chat: int, stored: StoredSession, shown: Screen) -> None:
    """Send the screen of the session in a new message, and remove the previous one."""
    message = await coach.messenger.show(chat, shown)
    if message is not None:
        await coach.acknowledger.shown(stored.session, message)
        await _clear(coach, chat, stored)


async def _clear(coach: Coach, chat: int, stored: StoredSession) -> None:
    """Remove the message that showed the session before, unless it is a track in use."""
    if stored.message_id is None:
        return
    if stored.session.phase is Phase.LISTENING and stored.message_id == stored.track_id:
        await coach.messenger.strip(chat, stored.message_id)
    else:
        await coach.messenger.remove(chat, stored.message_id)


async def audio(coach: Coach, session: Session) -> Audio:
    """Return the session as a track."""
    voice = coach.content.voice

    def assembled() -> Audio:
        picture = cover(voice.cover(session.routine, session.steps))
        return listening_views.audio(coach.texts, voice, session, picture)

    return await asyncio.to_thread(assembled)


def cover(file: Path | None) -> bytes | None:
    """Return the picture of a track; one that can't be read is left out."""
    try:
        return read_file(file, LARGEST_COVER) if file else None
    except (OSError, UnreadableError):
        return None


async def play(coach: Coach, chat: int, session: Session, track: Audio) -> Delivery:
    """Send the track, and store which message holds it."""
    sent = await coach.messenger.play(chat, track, listening_views.caption(coach.texts, session))
    if sent.message_id is not None:
        await listening.sent(coach.db, session, sent.message_id)
        await coach.acknowledger.shown(session, sent.message_id)
    return sent.delivery


async def edit_in_place(
    coach: Coach, chat: int, session: Session, message: int | None, *, all_buttons: bool = False
) -> bool:
    """Show the session's present state by editing its message; return False if that fails."""
    shown = screen(coach, session, all_buttons=all_buttons)
    if not message or not await coach.messenger.replace(chat, message, shown):
        return False
    await coach.acknowledger.shown(session, message)
    return True


async def tidy(coach: Coach, chat: int, message: int, before: Session, move: Move) -> None:
    """Tidy a message that shows an earlier state.

    A finished step is replaced by its outcome. A rest, a step that goes on in a new message, and a
    track are removed.
    """
    if is_passing(before, move):
        await coach.messenger.remove(chat, message)
    else:
        await coach.messenger.replace(chat, message, finished_screen(coach, before, move))


def is_passing(before: Session, move: Move) -> bool:
    """Return whether the message of the earlier state is removed instead of replaced."""
    if before.phase is Phase.LISTENING:
        return True
    return before.is_resting or (before.is_under_way and move in SAME_STEP)


def finished_screen(coach: Coach, session: Session, move: Move) -> Screen:
    """Return the screen that replaces the message of an earlier state."""
    return replace(views.left(coach.texts, session, move), clip=_clip(coach, session))


def equivalent_move(tick: TimedMove) -> Move:
    """Return the runner's move that tidies the old message in the same way as this transition."""
    if tick.after.phase is Phase.STOPPED:
        return Move.STOP
    clock = tick.before.clock
    if tick.after.phase is Phase.PAUSED and clock is not None:
        return Move.PAUSE
    return Move.DONE if clock is not None and clock.stage is Stage.WORK else Move.BEGIN


def _clip(coach: Coach, session: Session) -> Clip | None:
    """Return the clip of the current step or, before the start, of the first exercise.

    None: the session is in another state.
    """
    if session.phase is Phase.READY:
        return first_clip(coach, session.steps)
    if session.phase is not Phase.RUNNING or session.is_resting or not session.step.is_timed:
        return None
    return _clip_of(coach, session.step)


def first_clip(coach: Coach, steps: Sequence[Step]) -> Clip | None:
    """Return the clip of the first exercise of a session."""
    step = next((step for step in steps if step.exercise), None)
    return _clip_of(coach, step) if step else None


def _clip_of(coach: Coach, step: Step) -> Clip | None:
    if step.is_warm_up:
        return coach.catalogue.warm_up_clip(step.warm_up)
    return coach.catalogue.clip(step.exercise, step.form, step.side)
