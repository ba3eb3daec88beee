"""/stop, opening sessions, and the taps and typed words that move a session."""

from dataclasses import replace

from bot import session_chat
from bot.callbacks import (
    HowTap,
    LateTap,
    MoveTap,
    OptionsTap,
    Part,
    RestartTap,
    RoutineTap,
    ShowTap,
    SoundTap,
    StartTap,
    StateTap,
    TrainAnywayTap,
)
from bot.coach import Coach
from bot.content.texts import Html
from bot.domain.first_questions import Topic
from bot.domain.own_routine import is_own
from bot.domain.session import Move, Phase, Session, StoredSession
from bot.handlers import exercise, gate, late, pain_questions, rejected
from bot.handlers.rejected import RejectedError
from bot.handlers.request import Request
from bot.services import cues, first_questions, rejections, suggestions, training
from bot.services import own_routines as own_services
from bot.services.rejections import Rejected
from bot.services.training import Empty, Gated, Gone, Late, Moved, Opened, Opening, OverCap, Running
from bot.views import first_questions as question_views
from bot.views import not_today
from bot.views import pain as pain_views
from bot.views import routine as routine_views
from bot.views import training as views


async def show_list(coach: Coach, request: Request, intro: Html) -> None:
    """Show all routines: the suggested one first, then by the number of swaps for the kit."""
    overview = await suggestions.overview(coach.db, coach.catalogue, request.runner, coach.now())
    if overview.not_today is not None:
        await coach.messenger.show(request.chat, not_today.screen(coach.texts, overview.not_today))
        return
    screen = routine_views.choice(
        coach.texts, overview.catalogue, overview.suggested, overview.steps, intro, overview.kit
    )
    await coach.messenger.show(request.chat, screen)


async def routine_tapped(coach: Coach, request: Request, tap: RoutineTap) -> None:
    if coach.catalogue.has(tap.routine) or is_own(tap.routine):
        await offer(coach, request, tap.routine)
        return
    await coach.messenger.answer(request.query)
    await show_list(coach, request, coach.texts.html("routine-list"))


async def start_tapped(coach: Coach, request: Request, tap: StartTap) -> None:
    """Begin the session at once."""
    routine = tap.routine or await training.suggestion(
        coach.db, coach.catalogue, request.runner, coach.now()
    )
    if await begin(coach, request, routine):
        await coach.messenger.strip(request.chat, request.message_id)


async def train_anyway_tapped(coach: Coach, request: Request, tap: TrainAnywayTap) -> None:
    """Open a light session although a cap is reached."""
    opened = await _open(coach, request, tap.routine, begin=bool(tap.begin), anyway=True)
    if isinstance(opened, Opened):
        await coach.messenger.strip(request.chat, request.message_id)


async def offer(coach: Coach, request: Request, routine: str) -> None:
    """Open a session of the routine, ready to start; after late words, ask first."""
    if late.is_late(coach, request):
        await late.ask_routine(coach, request, routine)
        return
    if await asks_bands(coach, request, routine):
        return
    await _open(coach, request, routine, begin=False)


async def asks_bands(coach: Coach, request: Request, routine: str, *, begins: bool = False) -> bool:
    """Ask for the runner's bands before a routine that needs more than a mini band, once.

    `begins`: the routine starts as soon as the question is answered.
    """
    now = coach.now()
    if not await first_questions.before_routine(
        coach.db, coach.catalogue, request.runner, routine, now, begins=begins
    ):
        return False
    await coach.messenger.answer(request.query)
    screen = question_views.question(coach.texts, Topic.BANDS, routine, begins=begins)
    await coach.messenger.show(request.chat, screen)
    return True


async def begin(
    coach: Coach, request: Request, routine: str, instead_of: int | None = None
) -> bool:
    """Begin a session of the routine; return False if something else is shown instead.

    `instead_of` is the id of the session that it replaces.
    """
    if instead_of is None and await asks_bands(coach, request, routine, begins=True):
        return False
    opened = await _open(coach, request, routine, begin=True, instead_of=instead_of)
    return isinstance(opened, Opened)


async def _open(
    coach: Coach,
    request: Request,
    routine: str,
    *,
    begin: bool,
    anyway: bool = False,
    instead_of: int | None = None,
) -> Opening:
    opened = await training.open_session(
        coach.db,
        coach.catalogue,
        request.runner,
        routine,
        coach.now(),
        begin=begin,
        anyway=anyway,
        instead_of=instead_of,
        capacity=coach.capacity,
    )
    if isinstance(opened, Opened):
        coach.next_cue.bring_forward(opened.stored.session.due_at)
    begun = isinstance(opened, Opened) and opened.stored.session.is_under_way
    toast = coach.texts.plain("toast-begin") if begun else ""
    await coach.messenger.answer(request.query, toast)
    await _show_opened(coach, request, opened, routine, begin=begin)
    return opened


def _why_empty(coach: Coach, opened: Empty, routine: str) -> str:
    """Return the id of the sentence that says why nothing is left of the routine."""
    season = opened.not_today.season
    if opened.is_too_young:
        return "routine-from-16"
    if season is not None:
        return "routine-after-race" if season.days < 0 else "routine-before-race"
    return "made-none" if coach.catalogue.wish(routine) else "rest-nothing-left"


async def _show_opened(
    coach: Coach, request: Request, opened: Opening, routine: str, *, begin: bool
) -> None:
    if isinstance(opened, Gated):
        await show_gate(coach, request, opened, routine)
    elif isinstance(opened, Gone):
        await show_list(coach, request, coach.texts.html("own-gone"))
    elif isinstance(opened, OverCap):
        catalogue = await own_services.with_own(coach.db, coach.catalogue, request.runner)
        screen = routine_views.over_cap(
            coach.texts, catalogue, opened.loading, routine, begin=begin
        )
        await coach.messenger.show(request.chat, screen)
    elif isinstance(opened, Empty):
        catalogue = await own_services.with_own(coach.db, coach.catalogue, request.runner)
        why = _why_empty(coach, opened, routine)
        screen = (
            pain_views.nothing_left(coach.texts, catalogue, opened.resting, opened.others, why)
            if opened.others
            else not_today.screen(coach.texts, opened.not_today)
        )
        await coach.messenger.show(request.chat, screen)
    elif isinstance(opened, Running):
        await session_chat.send_current(
            coach, request.chat, opened.stored, "step-still-here", routine
        )
    else:
        screen = session_chat.started(coach, opened.stored.session, opened.notice)
        if opened.stored.session.is_under_way:
            screen = routine_views.with_notes(coach.texts, screen, opened.stored.session)
        screen = await session_chat.ready(coach, opened.stored.session, screen)
        await session_chat.send_screen(coach, request.chat, opened.stored, screen)
        if opened.replaced and opened.replaced.message_id:
            replaced = opened.replaced.session
            await session_chat.tidy(
                coach, request.chat, opened.replaced.message_id, replaced, Move.STOP
            )


async def show_gate(coach: Coach, request: Request, gated: Gated, routine: str = "") -> None:
    """Show what has to be answered before a session goes on."""
    if gated.pain is not None:
        await pain_questions.ask(coach, replace(request, query=None), gated.pain, "talk-held")
        return
    intro = gate.AGAIN if gated.again else gate.FIRST
    await gate.show(coach, request, routine, intro=intro)


async def is_running(coach: Coach, request: Request) -> bool:
    """Return whether a session has begun and not ended."""
    stored = await training.current(coach.db, request.runner)
    return stored is not None and stored.session.is_under_way


async def return_to_running(coach: Coach, request: Request) -> bool:
    """Show the running session's step, with a button to start over; False: none is running."""
    stored = await training.current(coach.db, request.runner)
    if stored is None or not stored.session.is_under_way:
        return False
    await session_chat.send_current(
        coach, request.chat, stored, "step-still-here", stored.session.routine
    )
    return True


async def restart_tapped(coach: Coach, request: Request, tap: RestartTap) -> None:
    """Stop the running session and begin another, after a confirmation."""
    stored = await _session(coach, request, tap.session)
    if tap.sure:
        await begin(coach, request, tap.routine, instead_of=tap.session)
        coach.next_cue.bring_forward(coach.now())  # a track is cleared away
        await coach.messenger.remove(request.chat, request.message_id)
    else:
        await coach.messenger.answer(request.query)
        catalogue = await own_services.with_own(coach.db, coach.catalogue, request.runner)
        name = catalogue.name_of(tap.routine)
        screen = views.ask_start_over(coach.texts, stored.session, tap.routine, name)
        await coach.messenger.show(request.chat, screen)


async def move_tapped(coach: Coach, request: Request, tap: MoveTap) -> None:
    """Handle the buttons below a step: Done, Skip, Back and so on."""
    await _move(coach, request, tap, request.message_id)


async def _move(coach: Coach, request: Request, tap: MoveTap, step: int | None) -> bool:
    """Commit the move, answer the tap, and show the new step; return False if something waits.

    `step` is the id of the tapped message that shows the step; None if another was tapped.
    """
    moved = await training.move(
        *(coach.db, request.runner, tap.session, tap.revision, tap.move),
        *(coach.now(), coach.capacity, coach.catalogue),
    )
    if isinstance(moved, Rejected):
        raise RejectedError(request, moved)
    if isinstance(moved, Gated):
        await coach.messenger.answer(request.query)
        await show_gate(coach, request, moved)
        return False
    await coach.messenger.answer(request.query, coach.texts.plain(f"toast-{tap.move}"))
    await _show_move(coach, request, moved, tap.move, step)
    return True


async def late_tapped(coach: Coach, request: Request, tap: LateTap) -> None:
    """Make the late move; if it counts, remove the question about it."""
    if await _move(coach, request, MoveTap(tap.move, tap.session, tap.revision), None):
        await coach.messenger.remove(request.chat, request.message_id)


async def _show_move(
    coach: Coach, request: Request, moved: Moved, move: Move, tapped: int | None = None
) -> None:
    """Send the new step; then tidy the last message of the old step, and the `tapped` message."""
    coach.next_cue.bring_forward(moved.session.due_at)
    if moved.before.phase is Phase.LISTENING:  # the track is cleared away
        coach.next_cue.bring_forward(coach.now())
    if move is Move.MORE and await session_chat.edit_in_place(
        coach, request.chat, moved.session, tapped or moved.message_id, all_buttons=True
    ):
        return
    screen = session_chat.started(coach, moved.session, moved.notice)
    screen = await session_chat.praised(coach, moved.session, screen)
    message = await coach.messenger.show(request.chat, screen)
    if message is None:
        return
    await coach.acknowledger.shown(moved.session, message)
    for old in dict.fromkeys((moved.message_id, tapped)):
        if old:
            await session_chat.tidy(coach, request.chat, old, moved.before, move)


async def sound_tapped(coach: Coach, request: Request, _tap: SoundTap) -> None:
    """Plan a sound test; a step that is about to begin is delayed until after the test."""
    waiting = await cues.ask_sound_test(coach.db, request.runner, coach.now())
    coach.next_cue.bring_forward(coach.now())
    await coach.messenger.answer(request.query, coach.texts.plain("toast-sound"))
    if waiting is not None:
        message = waiting.message_id
        if not await session_chat.edit_in_place(coach, request.chat, waiting.session, message):
            await session_chat.send_current(coach, request.chat, waiting)


async def show_tapped(coach: Coach, request: Request, tap: ShowTap) -> None:
    """Show the current step again."""
    stored = await _session(coach, request, tap.session)
    await coach.messenger.answer(request.query)
    await session_chat.send_current(coach, request.chat, stored)
    await coach.messenger.strip(request.chat, request.message_id)


async def at_state(coach: Coach, request: Request, tap: StateTap) -> StoredSession:
    """Return the session; raise RejectedError if it is no longer in the state of the tap."""
    stored = await _session(coach, request, tap.session)
    if stored.session.revision != tap.revision:
        raise RejectedError(request, rejections.stale(stored))
    return stored


async def _session(coach: Coach, request: Request, key: int) -> StoredSession:
    """Return the open session; raise RejectedError if it is not the one with this id."""
    stored = await training.current(coach.db, request.runner)
    if stored is None or stored.session.id != key:
        raise RejectedError(request, rejections.stale(stored))
    return stored


async def options_tapped(coach: Coach, request: Request, tap: OptionsTap) -> None:
    """Show the buttons that More reveals, below the same step."""
    stored = await at_state(coach, request, tap)
    await coach.messenger.answer(request.query)
    await session_chat.edit_in_place(
        coach, request.chat, stored.session, request.message_id, all_buttons=True
    )


async def how_tapped(coach: Coach, request: Request, tap: HowTap) -> None:
    """Explain the exercise of the step, in a new message."""
    stored = await at_state(coach, request, tap)
    await coach.messenger.answer(request.query)
    await how(coach, request, stored.session)


async def how(coach: Coach, request: Request, session: Session, part: Part = Part.HOW) -> None:
    """Explain a part of the current step, or say that the content no longer has its exercise."""
    step = session.work_step
    if step is not None and step.exercise in coach.catalogue.exercises:
        await exercise.explain(coach, request, step.exercise or "", part)
    else:
        await coach.messenger.show(request.chat, views.cannot_explain(coach.texts, session))


async def stop(coach: Coach, request: Request) -> None:
    """Stop the running session."""
    await move_typed(coach, request, Move.STOP)


async def move_typed(coach: Coach, request: Request, move: Move) -> None:
    """Move the session as the button of the same name does.

    A late word needs a confirmation first, except HURT, which counts however late it comes.
    """
    moved = await training.move_by_word(
        coach.db,
        request.runner,
        request.message_id,
        move,
        coach.now(),
        coach.capacity,
        late=move is not Move.HURT and late.is_late(coach, request),
    )
    if isinstance(moved, Moved):
        await _show_move(coach, request, moved, move)
    elif isinstance(moved, Late):
        await late.ask_move(coach, request, moved.session, move)
    elif isinstance(moved, Gated):
        await show_gate(coach, request, moved)
    elif not await gate.waits_for_sign(coach, request):
        await rejected.show(coach, request, moved)
