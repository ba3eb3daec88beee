"""/routine, /stop and everything in a session: taps and typed words alike."""

from bot import session_chat
from bot.callbacks import (
    HowTap,
    LateTap,
    MoveTap,
    Part,
    RestartTap,
    RoutineTap,
    ShowTap,
    SoundTap,
    StartTap,
)
from bot.coach import Coach
from bot.content.texts import Html
from bot.domain.session import Move, Phase, Session
from bot.handlers import exercise, late
from bot.handlers.request import Asked
from bot.services import cues, session_plans, training
from bot.services.guards import Elsewhere
from bot.services.training import Empty, Gated, Late, Moved, Opened, Running, Unchanged, Why
from bot.views import pain as hurt_views
from bot.views import routine as routine_views
from bot.views import start as start_views
from bot.views import talk
from bot.views import training as views


async def routine(coach: Coach, asked: Asked) -> None:
    """The named one; without a name the running session, or the list."""
    if not asked.words:
        if not await return_to_running(coach, asked):
            await show_list(coach, asked, coach.texts.html("routine-list"))
        return
    match = coach.catalogue.find_routine(asked.words)
    if match.sure is None:
        unknown = coach.texts.html("routine-unknown", words=asked.words[:60])
        await show_list(coach, asked, unknown)
    else:
        await offer(coach, asked, match.sure)


async def show_list(coach: Coach, asked: Asked, intro: Html) -> None:
    """All routines, the suggested one first, then those that the runner's bands are enough for."""
    ahead = await session_plans.ahead(coach.db, coach.catalogue, asked.runner, coach.now())
    screen = routine_views.choice(
        coach.texts, coach.catalogue, ahead.suggested, ahead.steps, intro, ahead.kit
    )
    await coach.messenger.show(asked.chat, screen)


async def routine_tapped(coach: Coach, asked: Asked, tap: RoutineTap) -> None:
    if tap.routine in coach.catalogue.routines:
        await offer(coach, asked, tap.routine)
        return
    await coach.messenger.answer(asked.query)
    await show_list(coach, asked, coach.texts.html("routine-list"))


async def start_tapped(coach: Coach, asked: Asked, tap: StartTap) -> None:
    """Straight into the session."""
    routine = tap.routine or await training.suggestion(
        coach.db, coach.catalogue, asked.runner, coach.now()
    )
    if isinstance(await begin(coach, asked, routine), Opened):
        await coach.messenger.strip(asked.chat, asked.message_id)


async def offer(coach: Coach, asked: Asked, routine: str) -> None:
    """The routine, ready for its Start; asked first where the words for it came late."""
    if late.is_late(coach, asked):
        await late.ask_routine(coach, asked, routine)
        return
    await _open(coach, asked, routine, begin=False)


async def begin(
    coach: Coach, asked: Asked, routine: str, instead_of: int | None = None
) -> Opened | Running | Gated | Empty:
    """The routine's first step."""
    return await _open(coach, asked, routine, begin=True, instead_of=instead_of)


async def _open(
    coach: Coach, asked: Asked, routine: str, *, begin: bool, instead_of: int | None = None
) -> Opened | Running | Gated | Empty:
    opened = await training.open_session(
        coach.db,
        coach.catalogue,
        asked.runner,
        routine,
        coach.now(),
        begin=begin,
        instead_of=instead_of,
        room=coach.capacity,
    )
    if isinstance(opened, Opened):
        coach.next_cue.bring_forward(opened.kept.session.due_at)
    if asked.query is not None:
        going = isinstance(opened, Opened) and opened.kept.session.phase is not Phase.READY
        await coach.messenger.answer(asked.query, coach.texts.plain("toast-begin") if going else "")
    await _show_opened(coach, asked, opened, routine)
    return opened


async def _show_opened(
    coach: Coach, asked: Asked, opened: Opened | Running | Gated | Empty, routine: str
) -> None:
    if isinstance(opened, Gated):
        screen = start_views.gate(coach.texts, opened.runner, routine, again=opened.again)
        await coach.messenger.show(asked.chat, screen)
    elif isinstance(opened, Empty):
        screen = hurt_views.nothing_left(
            coach.texts, coach.catalogue, opened.resting, opened.others
        )
        await coach.messenger.show(asked.chat, screen)
    elif isinstance(opened, Running):
        await session_chat.current(coach, asked.chat, opened.kept, "step-still-here", routine)
    else:
        screen = session_chat.started(coach, opened.kept.session, opened.aside)
        if opened.kept.session.phase is not Phase.READY:
            screen = routine_views.with_notes(coach.texts, screen, opened.kept.session)
        screen = await session_chat.ready(coach, opened.kept.session, screen)
        await session_chat.anew(coach, asked.chat, opened.kept, screen)
        if opened.replaced and opened.replaced.message_id:
            replaced = opened.replaced.session
            await session_chat.tidy(
                coach, asked.chat, opened.replaced.message_id, replaced, Move.STOP
            )


async def return_to_running(coach: Coach, asked: Asked) -> bool:
    """Shows the step of the session under way, with a way to start over; False without one."""
    kept = await training.current(coach.db, asked.runner)
    if kept is None or kept.session.phase is Phase.READY:
        return False
    await session_chat.current(coach, asked.chat, kept, "step-still-here", kept.session.routine)
    return True


async def restart_tapped(coach: Coach, asked: Asked, tap: RestartTap) -> None:
    """Asks first; then the running session makes room."""
    kept = await training.current(coach.db, asked.runner)
    if kept is None or kept.session.id != tap.session:
        await say_why(coach, asked, Unchanged(Why.STALE, kept))
    elif tap.sure:
        await begin(coach, asked, tap.routine, instead_of=tap.session)
        await coach.messenger.remove(asked.chat, asked.message_id)
    else:
        await coach.messenger.answer(asked.query)
        screen = views.ask_start_over(coach.texts, kept.session, tap.routine)
        await coach.messenger.show(asked.chat, screen)


async def move_tapped(coach: Coach, asked: Asked, tap: MoveTap) -> None:
    """Done, Skip, Back, …: under the step."""
    await _tapped(coach, asked, tap, asked.message_id)


async def _tapped(coach: Coach, asked: Asked, tap: MoveTap, step: int | None) -> bool:
    """Committed, then answered, then shown; False if it does not count. `step` is the message that
    shows the step."""
    moved = await training.move(
        coach.db,
        asked.runner,
        tap.session,
        tap.revision,
        tap.move,
        coach.now(),
        coach.capacity,
    )
    if isinstance(moved, Unchanged):
        await say_why(coach, asked, moved)
        return False
    if isinstance(moved, Gated):
        await coach.messenger.answer(asked.query)
        await coach.messenger.show(asked.chat, start_views.gate(coach.texts, moved.runner, ""))
        return False
    await coach.messenger.answer(asked.query, coach.texts.plain(f"toast-{tap.move}"))
    await _show_move(coach, asked, moved, tap.move, step)
    return True


async def late_tapped(coach: Coach, asked: Asked, tap: LateTap) -> None:
    """The question has served if the move counts; the step has a message of its own."""
    if await _tapped(coach, asked, MoveTap(tap.move, tap.session, tap.revision), None):
        await coach.messenger.remove(asked.chat, asked.message_id)


async def _show_move(
    coach: Coach, asked: Asked, moved: Moved, move: Move, tapped: int | None = None
) -> None:
    """The new step first; only when it is there does the old one lose its buttons: where it was
    last shown, and where it was `tapped`."""
    coach.next_cue.bring_forward(moved.session.due_at)
    if move is Move.MORE and await session_chat.in_place(
        coach, asked.chat, moved.session, tapped or moved.message_id
    ):
        return
    screen = session_chat.started(coach, moved.session, moved.aside)
    message = await coach.messenger.show(asked.chat, screen)
    if message is None:
        return
    await coach.shown(moved.session, message)
    for old in dict.fromkeys((moved.message_id, tapped)):
        if old:
            await session_chat.tidy(coach, asked.chat, old, moved.before, move)


async def sound_tapped(coach: Coach, asked: Asked, _tap: SoundTap) -> None:
    """A message will come; a step that is about to begin waits for it."""
    waiting = await cues.ask_sound_test(coach.db, asked.runner, coach.now())
    coach.next_cue.bring_forward(coach.now())
    await coach.messenger.answer(asked.query, coach.texts.plain("toast-sound"))
    if waiting is not None:
        message = waiting.message_id
        if not await session_chat.in_place(coach, asked.chat, waiting.session, message):
            await session_chat.current(coach, asked.chat, waiting)


async def say_why(coach: Coach, asked: Asked, unchanged: Unchanged) -> None:
    """A tap that does not count is answered; in a session of one's own the step comes again."""
    current = unchanged.current
    words = {
        Why.FOREIGN: "toast-foreign",
        Why.STALE: "toast-stale" if current else "toast-stale-none",
        Why.UNLAWFUL: "toast-unlawful",
        Why.NOTHING: "toast-stale-none",
    }
    await coach.messenger.answer(asked.query, coach.texts.plain(words[unchanged.why]))
    if unchanged.why is Why.FOREIGN or asked.chat != asked.runner:
        return
    if current is not None:
        await session_chat.current(coach, asked.chat, current)


async def elsewhere(coach: Coach, asked: Asked, it: Elsewhere) -> None:
    """The same for a tap on another's session, or on one's own as it was before."""
    why = Why.FOREIGN if it.foreign else Why.STALE
    await say_why(coach, asked, Unchanged(why, it.kept))


async def show_tapped(coach: Coach, asked: Asked, tap: ShowTap) -> None:
    """Go on: the current step again."""
    kept = await training.current(coach.db, asked.runner)
    if kept is None or kept.session.id != tap.session:
        await say_why(coach, asked, Unchanged(Why.STALE, kept))
        return
    await coach.messenger.answer(asked.query)
    await session_chat.current(coach, asked.chat, kept)
    await coach.messenger.strip(asked.chat, asked.message_id)


async def how_tapped(coach: Coach, asked: Asked, tap: HowTap) -> None:
    """Explains the step's exercise; the place is kept."""
    kept = await training.current(coach.db, asked.runner)
    if kept is None or (kept.session.id, kept.session.revision) != (tap.session, tap.revision):
        await say_why(coach, asked, Unchanged(Why.STALE, kept))
        return
    await coach.messenger.answer(asked.query)
    await how(coach, asked, kept.session)


async def how(coach: Coach, asked: Asked, session: Session) -> None:
    """How the current step is done, if it still can be explained."""
    step = session.work_step
    if step is not None and step.exercise in coach.catalogue.exercises:
        await exercise.explain(coach, asked, step.exercise or "", Part.HOW)
    else:
        await coach.messenger.show(asked.chat, views.cannot_explain(coach.texts, session))


async def stop(coach: Coach, asked: Asked) -> None:
    """/stop ends the running session."""
    await move_typed(coach, asked, Move.STOP)


async def move_typed(coach: Coach, asked: Asked, move: Move) -> None:
    """Typed words do what the buttons do; what hurts counts however late it comes."""
    moved = await training.move_by_word(
        coach.db,
        asked.runner,
        asked.message_id,
        move,
        coach.now(),
        coach.capacity,
        late=move is not Move.HURT and late.is_late(coach, asked),
    )
    if isinstance(moved, Moved):
        await _show_move(coach, asked, moved, move)
    elif isinstance(moved, Late):
        await late.ask_move(coach, asked, moved.session, move)
    elif isinstance(moved, Gated):
        await coach.messenger.show(asked.chat, start_views.gate(coach.texts, moved.runner, ""))
    elif moved.current is None:
        await coach.messenger.show(asked.chat, talk.no_session(coach.texts))
    else:
        intro = None if moved.why is Why.STALE else "step-not-possible"
        await session_chat.current(coach, asked.chat, moved.current, intro)
