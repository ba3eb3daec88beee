"""Screens of a session, from its first step to its summary."""

from dataclasses import replace
from datetime import datetime
from math import ceil

from bot.callbacks import (
    Heard,
    HeardTap,
    HowTap,
    MoveTap,
    OptionsTap,
    RateTap,
    RestartTap,
    ShowTap,
    SwapBackTap,
    SwapTap,
)
from bot.content.texts import Html, Texts
from bot.domain.listening import may_answer
from bot.domain.praise import Praise
from bot.domain.prescription import seconds_each
from bot.domain.session import Move, Outcome, Part, Phase, Rating, RestKind, Session, Step
from bot.domain.timer import Stage
from bot.views import watch
from bot.views.screen import Button, Rows, Screen, above, lines, notice, paragraphs, row

BAR = 10  # cells
OWN_PACE = ("button-own-pace", Move.OWN_PACE)
HANDS_FREE = ("button-hands-free", Move.HANDS_FREE)
RATINGS = {Rating.EASY: "button-easy", Rating.RIGHT: "button-right", Rating.HARD: "button-hard"}


def current(
    texts: Texts,
    session: Session,
    now: datetime,
    intro: str | None = None,
    *,
    all_buttons: bool = False,
) -> Screen:
    """Show the present state of a session.

    `intro` is the id of a text above it. `all_buttons`: include those that More reveals.
    """
    if session.phase is Phase.RUNNING:
        screen = replace(_step(texts, session, now), buttons=_buttons(texts, session, all_buttons))
    else:
        screen = _SCREENS[session.phase](texts, session)
    if intro is None:
        return screen
    return Screen(paragraphs(texts.html(intro), screen.text), screen.buttons)


def _step(texts: Texts, session: Session, now: datetime) -> Screen:
    step, clock = session.step, session.clock
    if step.part is Part.ANCHOR:
        return Screen(_anchor(texts, session))
    working = clock is not None and clock.stage is Stage.WORK
    seconds = clock.left(now) if clock and working else step.work
    go = texts.html("step-begins") if working else None
    lead = texts.html("step-lead", seconds=clock.left(now)) if clock and not working else None
    moves_anchor = session.following is not None and session.following.part is Part.ANCHOR
    if step.is_warm_up:
        return Screen(paragraphs(go, _warm_up(texts, session, is_lead=lead is not None), lead))
    text = lines(
        Html(" ").joined([part for part in (go, _place(texts, session)) if part]),
        texts.html("step-name", name=step.name),
        _set(texts, step) if step.is_work else _side(texts, step),
        _work(texts, session, seconds),
        None if step.is_work else texts.html("step-ramp-how"),
        band(texts, step),
        _tempo(texts, step),
        _advice(texts, step),
        *(texts.html("step-cue", text=cue) for cue in _cues(step)),
        _next(texts, session) if clock is None or moves_anchor else None,
        texts.html("step-runs") if working else None,
        lead,
    )
    return Screen(text)


def _place(texts: Texts, session: Session) -> Html:
    """Return the number of the step, or for a preparation what it is."""
    if not session.step.is_work:
        return texts.html("step-ramp")
    place, total = session.place, session.work_steps
    return texts.html("step-place", place=place, total=total, bar=bar(place, total))


def _cues(step: Step) -> tuple[str, ...]:
    """Return the cues to show; advice for today replaces the usual ones.

    The message has to fit on a phone, with the clip above it and the buttons below.
    """
    return step.cues[:1] if step.advice or step.tempo else step.cues


def _anchor(texts: Texts, session: Session) -> Html:
    """Return how to fix the anchor, or that it moves."""
    before = session.steps[: session.position]
    moves = any(step.part is Part.ANCHOR for step in before)
    title = "step-anchor-moves" if moves else "step-anchor"
    return paragraphs(
        lines(texts.html(title), texts.html("step-anchor-height", height=session.step.band)),
        texts.html("step-anchor-how"),
        texts.html("step-anchor-done"),
    )


def _warm_up(texts: Texts, session: Session, *, is_lead: bool) -> Html:
    """Return what to do in the warm-up, and after its lead-in also what comes next."""
    after, kind = session.following, session.step.warm_up
    minutes = ceil(session.step.work / 60)
    return paragraphs(
        texts.html(f"warm-up-{kind}", minutes=minutes)
        if kind
        else texts.html("step-warm-up", minutes=minutes),
        lines(texts.html("step-warm-up-next", name=after.name), band(texts, after))
        if after and not is_lead
        else None,
    )


def band(texts: Texts, step: Step) -> Html | None:
    """Return which of the runner's own bands to use, if known, and where to place it.

    Without a band it says how to make up for that, unless the step is made easier.
    """
    if step.gently:
        return texts.html("step-gently")
    if not step.band:
        return None if step.advice and not step.variant else texts.html("step-band-none")
    if not step.level:
        place = texts.html("step-band", text=step.band)
        return lines(texts.html("step-ramp-band"), place) if step.part is Part.RAMP else place
    return texts.html(
        "step-own-colour" if step.colour else "step-own",
        kind=step.kind,
        strength=step.level,
        colour=step.colour or "",
        text=step.band,
    )


def _tempo(texts: Texts, step: Step) -> Html | None:
    if step.pace and not step.tempo:
        return texts.html("step-pace", seconds=seconds_each(step.pace, step.tempo))
    return texts.html(f"step-tempo-{step.tempo}") if step.tempo else None


def _advice(texts: Texts, step: Step) -> Html | None:
    if not step.advice:
        return None
    return texts.html("step-harder" if step.variant else "step-easier", text=step.advice)


def _set(texts: Texts, step: Step) -> Html | None:
    """Return which set and side it is; None where there is only one."""
    side = _side(texts, step)
    if step.sets == 1:
        return side
    numbers = texts.html(
        "step-round" if step.in_rounds else "step-set", set=step.set_number, sets=step.sets
    )
    return texts.html("step-set-side", set=numbers, side=side) if side else numbers


def _side(texts: Texts, step: Step) -> Html | None:
    if step.side:
        return Html.of(step.side)
    return texts.html("step-go", go=step.go) if step.go else None


def _work(texts: Texts, session: Session, seconds: int) -> Html:
    """Return the seconds of a step, or its counted repetitions at the runner's own pace."""
    step = session.step
    if seconds != step.work:
        return texts.html("step-work-left", seconds=seconds)
    if step.count:
        each = "yes" if step.each_side else "no"
        if not session.timed:
            return texts.html("step-count", unit=step.unit, count=step.count, each=each)
        return texts.html(
            "step-work-count", seconds=step.work, unit=step.unit, count=step.count, each=each
        )
    if step.about is None:
        return texts.html("step-work", seconds=step.work)
    low, high, unit = step.about
    return texts.html(
        "step-work-about", seconds=step.work, amount=texts.range(low, high), high=high, unit=unit
    )


def _next(texts: Texts, session: Session) -> Html:
    rest, after = session.step.rest, session.following
    if after is None:
        return texts.html("step-next-last")
    if after.part is Part.ANCHOR:
        return texts.html("step-next-anchor")
    if session.step.rest_kind is RestKind.SWITCH and after.go:
        return texts.html("step-next-go", rest=rest)
    if session.step.rest_kind is RestKind.SWITCH:
        return texts.html("step-next-switch", rest=rest, side=after.side or after.name)
    if session.step.rest_kind is RestKind.CHANGE:
        return texts.html("step-next-change", rest=rest, name=after.name)
    if after.side is None:
        return texts.html("step-next-rest", rest=rest, set=after.set_number, sets=after.sets)
    return texts.html("step-next-rest-side", rest=rest, set=after.set_number, side=after.side)


def bar(place: int, total: int) -> str:
    """Return a progress bar of BAR cells."""
    filled = ceil(BAR * place / total) if total else 0
    return "▰" * filled + "▱" * (BAR - filled)


def _buttons(texts: Texts, session: Session, all_buttons: bool) -> Rows:
    """Return the buttons that are always shown with a step; More reveals the others."""
    state, clock = (session.id, session.revision), session.clock
    done = replace(*moves(texts, session, ("button-done", Move.DONE)), style="success")
    go = (("button-go", Move.BEGIN),) if clock and clock.stage is Stage.LEAD else ()
    skip = (("button-skip", Move.SKIP),) if session.step.is_timed else ()
    leaving = moves(texts, session, *skip, ("button-pause", Move.PAUSE))
    hurt = replace(*moves(texts, session, ("button-hurt", Move.HURT)), style="danger")
    how = (Button(texts.plain("button-how"), HowTap(*state)),) if _is_exercise(session.step) else ()
    options = () if all_buttons else (Button(texts.plain("button-options"), OptionsTap(*state)),)
    near = ((done, *moves(texts, session, *go)), (*leaving, *how), (hurt, *options))
    return (*near, *_options(texts, session)) if all_buttons else near


def _is_exercise(step: Step) -> bool:
    """Return whether the step has an exercise, and is not a warm-up or for fixing the anchor."""
    return step.is_timed and not step.is_warm_up


def _options(texts: Texts, session: Session) -> Rows:
    """Return the buttons that More reveals."""
    back = (("button-back", Move.BACK),) if session.position else ()
    stop = ("button-stop", Move.STOP)
    if not session.step.is_timed:
        return (moves(texts, session, *back, stop),)
    longer = (("button-more", Move.MORE),) if session.clock else ()
    pace = OWN_PACE if session.clock else HANDS_FREE
    swap = (_swap(texts, session),) if _is_exercise(session.step) else ()
    return (*moves(texts, session, *back, *longer), *swap), moves(texts, session, pace, stop)


def _swap(texts: Texts, session: Session) -> Button:
    """Return the button that swaps the exercise, or that undoes a swap."""
    state = (session.id, session.revision)
    if session.step.planned:
        return Button(texts.plain("button-swap-back"), SwapBackTap(*state))
    return Button(texts.plain("button-swap"), SwapTap(*state))


def _paused(texts: Texts, session: Session) -> Screen:
    return Screen(
        texts.html("paused", step=short(texts, session.step)),
        (moves(texts, session, ("button-resume", Move.RESUME), ("button-stop", Move.STOP)),),
    )


def moves(texts: Texts, session: Session, *wanted: tuple[str, Move]) -> tuple[Button, ...]:
    state = (session.id, session.revision)
    return row(texts, *((label, MoveTap(move, *state)) for label, move in wanted))


def summary(texts: Texts, session: Session) -> Screen:
    """Show what was done in a session, and ask how it felt."""
    stopped = session.phase is Phase.STOPPED
    again = (moves(texts, session, ("button-resume", Move.RESUME)),) if stopped else ()
    if session.trained_at is None:
        heard = (_heard(texts, session),) if stopped and may_answer(session) else ()
        return Screen(sum_up(texts, session), (*heard, *again))
    rate = row(texts, *((label, RateTap(each, session.id)) for each, label in RATINGS.items()))
    asks = () if session.rating else (rate, *again)
    return Screen(sum_up(texts, session), (*asks, (watch.button(texts, session.id),)))


def _heard(texts: Texts, session: Session) -> tuple[Button, ...]:
    """Return the buttons that say that a track was done after all."""
    done = ("button-heard-all", HeardTap(Heard.ALL, session.id))
    return row(texts, done, ("button-heard-part", HeardTap(Heard.PART, session.id)))


def ended_by_pain(texts: Texts, session: Session) -> Screen:
    """Show what was done in a session that pain ended, without a question or another session."""
    return Screen(sum_up(texts, session, asks=False))


def sum_up(texts: Texts, session: Session, *, asks: bool = True) -> Html:
    """Return what was done, with the rating or, if it `asks`, the question for it."""
    finished = session.phase is Phase.FINISHED and session.trained_at is not None
    head = texts.html(
        "summary-finished" if finished else "summary-stopped", name=session.routine_name
    )
    if session.trained_at is None:
        nothing = "summary-unheard" if may_answer(session) else "summary-nothing"
        return paragraphs(head, texts.html(nothing))
    return paragraphs(
        head,
        _counts(texts, session),
        texts.html("summary-trained", names=texts.row(session.trained)),
        texts.html("summary-hurt-advice") if session.count(Outcome.HURT) else None,
        texts.html("summary-sore") if finished else None,
        _rating(texts, session) if asks else None,
    )


def with_praise(texts: Texts, praise: Praise, summary: Screen) -> Screen:
    """Add a line of praise above a summary."""
    line = texts.html(
        f"praise-{praise.feat}",
        number=praise.number,
        name=praise.sets.name if praise.sets else "",
        strength=praise.sets.level if praise.sets else "",
    )
    return above(summary, line)


def _rating(texts: Texts, session: Session) -> Html:
    if session.rating is None:
        return texts.html("summary-rate-short" if session.knows_ratings else "summary-rate")
    return texts.html("summary-rated", rating=session.rating.value)


def _counts(texts: Texts, session: Session) -> Html:
    skipped, hurt = session.count(Outcome.SKIPPED), session.count(Outcome.HURT)
    return lines(
        texts.html("summary-time", minutes=round(session.active_seconds / 60)),
        texts.html("summary-steps", done=session.count(Outcome.DONE), total=session.work_steps),
        texts.html("summary-skipped", count=skipped) if skipped else None,
        texts.html("summary-hurt", count=hurt) if hurt else None,
    )


_SCREENS = {Phase.PAUSED: _paused, Phase.FINISHED: summary, Phase.STOPPED: summary}


def left(texts: Texts, before: Session, move: Move) -> Screen:
    """Return the line that replaces the message of an earlier state."""
    if before.phase is Phase.READY:
        kind = "outcome-not-begun" if move is Move.STOP else "outcome-begin"
        return Screen(texts.html(kind, name=before.routine_name))
    if before.phase is Phase.STOPPED:
        return Screen(texts.html("outcome-again", name=before.routine_name))
    step = short(texts, before.step)
    if before.phase is Phase.HURTING and move is Move.SKIP:
        return Screen(texts.html("outcome-hurt-skip", name=before.step.name or step))
    if before.phase is Phase.HURTING and move is Move.BACK:
        return Screen(texts.html("outcome-hurt-back", step=step))
    return Screen(texts.html(f"outcome-{move.value}", step=step))


def short(texts: Texts, step: Step) -> Html:
    """Return a step as a short phrase."""
    if step.is_warm_up:
        return texts.html("step-short-warm-up")
    if step.part is Part.ANCHOR:
        return texts.html("step-short-anchor")
    if step.part is Part.RAMP:
        return texts.html("step-short-ramp", name=step.name)
    if step.sets == 1:
        return texts.html("step-short-only", name=step.name, side=step.side or "none")
    numbers = texts.html(
        "step-round-short" if step.in_rounds else "step-set-short",
        set=step.set_number,
        sets=step.sets,
    )
    if step.side is None:
        return texts.html("step-short", name=step.name, set=numbers)
    return texts.html("step-short-side", name=step.name, set=numbers, side=step.side)


def cannot_explain(texts: Texts, session: Session) -> Screen:
    """Say that the content no longer has the step's exercise."""
    return notice("exercise-gone", ("button-go-on", ShowTap(session.id)))(texts)


def start_over(texts: Texts, session: Session, routine: str, routine_name: str) -> Rows:
    """Return the button that a second /routine adds to the current step."""
    return ((_start_over(texts, session, routine, routine_name, sure=0),),)


def _start_over(
    texts: Texts, session: Session, routine: str, routine_name: str, *, sure: int
) -> Button:
    label = (
        texts.plain("button-start-over")
        if routine == session.routine
        else texts.plain("button-switch", name=routine_name)
    )
    return Button(label, RestartTap(session.id, routine, sure))


def ask_start_over(texts: Texts, session: Session, routine: str, routine_name: str) -> Screen:
    """Ask for confirmation before a running session is stopped for another."""
    name, again = session.routine_name, "yes" if routine == session.routine else "no"
    if session.phase is Phase.LISTENING:
        text = texts.html("restart-ask-track", name=name, again=again, other=routine_name)
    elif session.place:
        place, total = session.place, session.work_steps
        text = texts.html(
            "restart-ask", place=place, total=total, name=name, again=again, other=routine_name
        )
    else:
        text = texts.html("restart-ask-warm-up", name=name, again=again, other=routine_name)
    go_on = row(texts, ("button-go-on", ShowTap(session.id)))
    return Screen(text, ((*go_on, _start_over(texts, session, routine, routine_name, sure=1)),))
