"""The messages of a session: the new one is sent first, and only then the old one is tidied up.

Taps, typed words and the clock all end here, so that a chat reads the same whichever it was.
"""

from dataclasses import replace

from bot.coach import Coach
from bot.content import Clip
from bot.domain.pain_report import PainReport
from bot.domain.session import Move, Phase, Session, StoredSession
from bot.domain.timer import LATE, Stage
from bot.services import pain
from bot.services.cues import StartNotice, TimedMove
from bot.views import cues as timing_views
from bot.views import pain as pain_views
from bot.views import routine as routine_views
from bot.views import training as views
from bot.views.screen import Screen

SAME_STEP = frozenset({Move.BEGIN, Move.MORE, Move.OWN_PACE, Move.HANDS_FREE})


def screen(coach: Coach, session: Session, intro: str | None = None) -> Screen:
    """Return the screen of a session as it stands."""
    if session.phase is Phase.READY:
        return routine_views.ready(coach.texts, coach.catalogue, session)
    if session.phase is Phase.HURTING:
        return hurting(coach, session, None, intro)
    if session.is_resting:
        return timing_views.rest(coach.texts, session, coach.now(), intro)
    shown = views.current(coach.texts, session, coach.now(), intro)
    return replace(shown, clip=_clip(coach, session))


def hurting(
    coach: Coach, session: Session, report: PainReport | None, intro: str | None = None
) -> Screen:
    """Return the screen that asks what is still to be said of what hurts."""
    question = pain_views.question(coach.texts, session, report)
    return pain_views.said_again(coach.texts, intro, question) if intro else question


async def ready(coach: Coach, session: Session, shown: Screen) -> Screen:
    """Add what rests to the screen of a session that waits for its start."""
    if session.phase is not Phase.READY:
        return shown
    rests = await pain.resting(coach.db, session.runner, coach.now())
    return pain_views.with_rests(coach.texts, shown, rests)


def started(coach: Coach, session: Session, aside: StartNotice | None) -> Screen:
    """Return the screen of a session as it stands, with what has to be said once."""
    if aside is StartNotice.CROWDED:
        return screen(coach, session, "crowded")
    shown = screen(coach, session)
    return timing_views.with_sound_test(coach.texts, shown) if aside is StartNotice.SOUND else shown


def ticked(coach: Coach, tick: TimedMove) -> Screen:
    """Return the screen of a session that moved by itself, with words unless it is in time."""
    return screen(coach, tick.after, _intro(tick))


def _intro(tick: TimedMove) -> str | None:
    late = tick.late > LATE
    if tick.after.phase is Phase.STOPPED:
        return "closed"
    if _is_nudge(tick):
        return "nudge"
    if tick.after.phase is Phase.PAUSED:
        return "paused-late" if late else None
    return "cue-late" if late else None


def _is_nudge(tick: TimedMove) -> bool:
    return tick.before.clock is None and tick.after.nudged and not tick.before.nudged


async def current(
    coach: Coach,
    chat: int,
    kept: StoredSession,
    intro: str | None = None,
    instead: str | None = None,
) -> None:
    """Show where the session stands in a new message, and remove the one before.

    `instead` adds a button that gives the session up for that routine.
    """
    session = kept.session
    shown = await ready(coach, session, screen(coach, session, intro))
    if session.phase is Phase.HURTING:
        shown = hurting(coach, session, await pain.report_of(coach.db, session), intro)
    if instead:
        name = coach.catalogue.texts(coach.catalogue.routine(instead)).name
        rows = views.start_over(coach.texts, session, instead, name)
        shown = replace(shown, buttons=(*shown.buttons, *rows))
    await anew(coach, chat, kept, shown)


async def anew(coach: Coach, chat: int, kept: StoredSession, shown: Screen) -> None:
    """Send this screen of the session, and remove the message before."""
    message = await coach.messenger.show(chat, shown)
    if message is not None:
        await coach.acknowledger.shown(kept.session, message)
        if kept.message_id is not None:
            await coach.messenger.remove(chat, kept.message_id)


async def in_place(coach: Coach, chat: int, session: Session, message: int | None) -> bool:
    """Edit the message of the session, without a sound; False if that is not possible."""
    if not message or not await coach.messenger.replace(chat, message, screen(coach, session)):
        return False
    await coach.acknowledger.shown(session, message)
    return True


async def tidy(coach: Coach, chat: int, message: int, before: Session, move: Move) -> None:
    """Tidy a message that the session has left: a finished step keeps its outcome; a cue, and a
    step that has a new message, is removed."""
    if is_passing(before, move):
        await coach.messenger.remove(chat, message)
    else:
        await coach.messenger.replace(chat, message, left(coach, before, move))


def is_passing(before: Session, move: Move) -> bool:
    """Whether the message is to be removed."""
    under_way = before.is_open and before.phase is not Phase.READY
    return before.is_resting or (under_way and move in SAME_STEP)


def left(coach: Coach, session: Session, move: Move) -> Screen:
    """Return what stays of a message that the session has left."""
    return replace(views.left(coach.texts, session, move), clip=_clip(coach, session))


def cause(tick: TimedMove) -> Move:
    """Return the move of a runner after which the old message is tidied as after this one."""
    if tick.after.phase is Phase.STOPPED:
        return Move.STOP
    clock = tick.before.clock
    if tick.after.phase is Phase.PAUSED and clock is not None:
        return Move.PAUSE
    return Move.DONE if clock is not None and clock.stage is Stage.WORK else Move.BEGIN


def _clip(coach: Coach, session: Session) -> Clip | None:
    """A step to be done shows its clip; a pause, a question or a summary has none."""
    if session.phase is not Phase.RUNNING or session.is_resting:
        return None
    return coach.catalogue.clip(session.step.exercise)
