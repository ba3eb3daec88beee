"""Screens of runners' own routines: being written, saved, and opened by a link."""

from bot.callbacks import (
    ChangeRoutineTap,
    CloseTap,
    KeepRoutineTap,
    LeaveRoutineTap,
    NewRoutineTap,
    OwnRoutineTap,
    PickExerciseTap,
    RemoveRoutineTap,
    RoutineTap,
    SaveRoutineTap,
)
from bot.content import Catalogue
from bot.content.own_routines import Fault, Planned, Understood, rest_of
from bot.content.texts import Html, Texts
from bot.domain.load import LONGEST_SESSION, MOST_EXERCISES
from bot.domain.own_routine import (
    LONGEST_NAME,
    MOST_ROUTINES,
    Line,
    OpenDraft,
    OwnRoutine,
    Remark,
    without_links,
)
from bot.views.screen import (
    ROUTINES,
    Button,
    Rows,
    Screen,
    Share,
    column,
    lines,
    notice,
    paragraphs,
    row,
)

MINUTES = int(LONGEST_SESSION.total_seconds() // 60)


def ask(texts: Texts, opened: OpenDraft) -> Screen:
    """Ask for the exercises, with an example that works."""
    text = paragraphs(
        lines(texts.html("own-ask"), _typed(texts.plain("own-example"))),
        texts.html("own-limits", exercises=MOST_EXERCISES, minutes=MINUTES),
    )
    return Screen(text, (_cancel(texts, opened.revision),))


def too_many(texts: Texts, opened: OpenDraft, count: int) -> Screen:
    text = texts.html("own-many", most=MOST_EXERCISES, count=count)
    return Screen(text, (_cancel(texts, opened.revision),))


def draft(texts: Texts, catalogue: Catalogue, opened: OpenDraft, known: Understood) -> Screen:
    """Show what was understood, and ask for what is missing."""
    name = without_links(known.draft.name) or texts.plain("own-name-default")
    text = paragraphs(
        lines(texts.html("own-title", name=name), *_lines(texts, known)),
        _sums(texts, known),
        _question(texts, known),
    )
    return Screen(text, _answers(texts, catalogue, opened, known))


def change(texts: Texts, opened: OpenDraft, known: Understood) -> Screen:
    """Ask for changes, and show the routine in the form in which it can be typed."""
    text = paragraphs(
        texts.html("own-title-saved", name=without_links(known.draft.name)),
        lines(texts.html("own-change"), _typed(_as_typed(texts, known))),
    )
    return Screen(text, (_cancel(texts, opened.revision),))


def saved(
    texts: Texts, routine: OwnRoutine, known: Understood, link: str, intro: str | None = None
) -> Screen:
    """Show the runner's own routine, with buttons for what can be done with it."""
    text = paragraphs(
        None if intro is None else texts.html(intro),
        lines(
            texts.html("own-title-saved", name=without_links(routine.name)), *_lines(texts, known)
        ),
        _sums(texts, known),
        lines(texts.html("own-link"), Html.of(link)),
    )
    start = Button(texts.plain("button-start"), RoutineTap(routine.id), "success")
    change = ("button-own-change", ChangeRoutineTap(routine.id))
    remove = ("button-own-remove", RemoveRoutineTap(routine.id, 0))
    send = column(texts, ("button-own-send", Share("", routine.id)))
    return Screen(text, ((start,), *send, row(texts, change, remove, ROUTINES)))


def shared(texts: Texts, routine: OwnRoutine, known: Understood) -> Screen:
    """Show another runner's routine to a runner who has opened its link."""
    text = paragraphs(
        texts.html("own-shared", name=without_links(routine.name)),
        lines(*_lines(texts, known)),
        _sums(texts, known),
    )
    keep = Button(texts.plain("button-keep"), KeepRoutineTap(routine.id), "success")
    return Screen(text, ((keep,), *column(texts, ("button-leave", CloseTap()))))


def ask_remove(texts: Texts, routine: OwnRoutine) -> Screen:
    keep = Button(texts.plain("button-own-not-removed"), OwnRoutineTap(routine.id))
    remove = Button(texts.plain("button-own-removed"), RemoveRoutineTap(routine.id, 1), "danger")
    text = texts.html("own-remove-ask", name=without_links(routine.name))
    return Screen(text, ((keep, remove),))


def removed(texts: Texts, routine: OwnRoutine) -> Screen:
    text = texts.html("own-removed", name=without_links(routine.name))
    return Screen(text, column(texts, ROUTINES))


left = notice("own-left", ROUTINES)


def full(texts: Texts) -> Screen:
    return Screen(texts.html("own-full", most=MOST_ROUTINES), column(texts, ROUTINES))


def name_too_long(texts: Texts) -> Screen:
    return Screen(texts.html("own-name-long", most=LONGEST_NAME))


name_empty = notice("own-name-empty")


def new_button(texts: Texts) -> Button:
    return Button(texts.plain("button-own-new"), NewRoutineTap())


def _typed(text: str) -> Html:
    """Return words that the runner may copy and send."""
    return Html(f"<code>{Html.of(text)}</code>")


def _lines(texts: Texts, known: Understood) -> list[Html]:
    exercises = iter(known.exercises)
    return [
        _line(texts, number, next(exercises))
        if line.exercise
        else texts.html("own-line-open", number=number, name=without_links(line.name))
        for number, line in enumerate(_shown(known), start=1)
    ]


def _shown(known: Understood) -> list[Line]:
    """Return the lines whose exercise is not known yet, or is in the content."""
    ids = {each.exercise.id for each in known.exercises}
    return [line for line in known.draft.lines if not line.exercise or line.exercise in ids]


def _line(texts: Texts, number: int, planned: Planned) -> Html:
    name = planned.exercise.texts.name
    if planned.remark is Remark.TWICE:
        return texts.html("own-line-twice", number=number, name=name)
    return texts.html(
        "own-line",
        number=number,
        name=name,
        sets=planned.sets,
        amount=planned.amount,
        unit=planned.unit.value,
        sides="each" if planned.each_side else "none",
        remark=planned.remark.value,
    )


def _sums(texts: Texts, known: Understood) -> Html | None:
    rest = rest_of(known.draft.rest)
    if not known.exercises:
        return None
    return lines(
        texts.html("own-rest-usual") if rest is None else texts.html("own-rest", seconds=rest),
        texts.html("own-minutes", minutes=known.minutes),
    )


def _question(texts: Texts, known: Understood) -> Html:
    place = known.draft.open_line
    if place is not None:
        line = known.draft.lines[place]
        message = "own-which" if line.near else "own-which-none"
        return texts.html(message, name=without_links(line.name))
    if known.fault is Fault.MANY:
        return texts.html("own-many", most=MOST_EXERCISES, count=len(known.exercises))
    if known.fault is Fault.LONG:
        return texts.html("own-long", most=MINUTES, minutes=known.minutes)
    return texts.html("own-empty" if known.fault is Fault.EMPTY else "own-save")


def _answers(texts: Texts, catalogue: Catalogue, opened: OpenDraft, known: Understood) -> Rows:
    revision, place = opened.revision, known.draft.open_line
    cancel = _cancel(texts, revision)
    if place is not None:
        near = known.draft.lines[place].near
        choices = (
            (Button(catalogue.exercises[key].texts.name, PickExerciseTap(number, revision)),)
            for number, key in enumerate(near, start=1)
            if key in catalogue.exercises
        )
        leave_out = ("button-leave-out", PickExerciseTap(0, revision))
        return (*choices, (*row(texts, leave_out), *cancel))
    if not known.is_ready:
        return (cancel,)
    return ((Button(texts.plain("button-save"), SaveRoutineTap(revision), "success"), *cancel),)


def _cancel(texts: Texts, revision: int) -> tuple[Button, ...]:
    return row(texts, ("button-own-cancel", LeaveRoutineTap(revision)))


def _as_typed(texts: Texts, known: Understood) -> str:
    """Return the routine in the form in which it can be typed."""
    rest = rest_of(known.draft.rest)
    parts = [
        texts.plain(
            "own-typed",
            name=each.exercise.texts.name,
            sets=each.sets,
            amount=each.amount,
            unit=each.unit.value,
        )
        for each in known.exercises
        if each.remark is not Remark.TWICE
    ]
    if rest is not None:
        parts.append(texts.plain("own-typed-rest", seconds=rest))
    return ", ".join(parts)
