"""What a routine looks like before it is begun."""

from math import ceil

from bot.callbacks import MoveTap, RoutineTap
from bot.catalogue import Catalogue, Routine, Sparing
from bot.catalogue.kit import DEGREES
from bot.catalogue.sparing import NOTHING
from bot.domain.kit import Kit
from bot.domain.session import Move, Session, Step, length
from bot.texts import Html, Texts
from bot.views.screen import Button, Screen, lines, paragraphs


def choice(
    texts: Texts,
    catalogue: Catalogue,
    suggested: str,
    finished: dict[str, int],
    intro: Html,
    owned: Kit | None,
    sparing: Sparing = NOTHING,
) -> Screen:
    """All routines: the suggested one first, then by how many swaps these bands ask for.

    One of which nothing is left while a region rests is not offered.
    """
    swaps = {key: catalogue.swaps(routine, owned) for key, routine in catalogue.routines.items()}
    routines = sorted(
        (one for one in catalogue.routines.values() if catalogue.plans(one, owned, sparing)),
        key=lambda routine: (
            routine.id != suggested,
            swaps[routine.id],
            DEGREES.index(routine.level),
            routine.id,
        ),
    )
    entries = []
    buttons = []
    for routine in routines:
        steps = catalogue.steps(routine, finished.get(routine.id, 0), owned, sparing)
        entry = _entry(texts, catalogue, routine, steps, swaps[routine.id])
        if routine.id == suggested:
            entry = Html(" ").joined([entry, texts.html("routine-suggested")])
        entries.append(lines(entry, Html.of(catalogue.texts(routine).in_short)))
        label = texts.plain(
            "routine-button", name=catalogue.texts(routine).name, minutes=_minutes(steps)
        )
        buttons.append((Button(label, RoutineTap(routine.id)),))
    hint = texts.html("routine-list-bands") if owned is None else None
    return Screen(paragraphs(intro, *entries, hint), tuple(buttons))


def _entry(
    texts: Texts, catalogue: Catalogue, routine: Routine, steps: tuple[Step, ...], swaps: int
) -> Html:
    """Name, minutes, level, bands, and how many swaps."""
    head = texts.html(
        "routine-entry",
        name=catalogue.texts(routine).name,
        minutes=_minutes(steps),
        level=texts.html(f"level-{routine.level}"),
        kit=_needed(texts, catalogue, steps),
    )
    if not swaps:
        return head
    return Html(" · ").joined([head, texts.html("routine-entry-swaps", count=swaps)])


def ready(texts: Texts, catalogue: Catalogue, session: Session) -> Screen:
    """A session that waits for Start."""
    routine = catalogue.routines.get(session.routine)
    text = paragraphs(
        lines(
            texts.html("routine-title", name=session.routine_name),
            Html.of(catalogue.texts(routine).in_short) if routine else None,
        ),
        _needs(texts, catalogue, session, routine),
        _swaps(texts, session),
        texts.html("routine-ready-hands-free" if session.timed else "routine-ready-hint"),
    )
    other = (
        ("button-own-pace", Move.OWN_PACE)
        if session.timed
        else ("button-hands-free", Move.HANDS_FREE)
    )
    buttons = (
        (_move(texts, "button-start", session, Move.BEGIN),),
        (_move(texts, other[0], session, other[1]),),
        (
            Button(texts.plain("button-routines"), RoutineTap()),
            _move(texts, "button-stop", session, Move.STOP),
        ),
    )
    return Screen(text, buttons)


def _needs(texts: Texts, catalogue: Catalogue, session: Session, routine: Routine | None) -> Html:
    """Minutes, steps and kit; content may have lost the routine since."""
    minutes, steps = ceil(length(session.steps) / 60), session.work_steps
    if routine is None:
        return texts.html("routine-ready-short", minutes=minutes, steps=steps)
    needed = _needed(texts, catalogue, session.steps)
    return texts.html("routine-ready", minutes=minutes, steps=steps, kit=needed)


def _move(texts: Texts, label: str, session: Session, move: Move) -> Button:
    return Button(texts.plain(label), MoveTap(move, session.id, session.revision))


def _swaps(texts: Texts, session: Session) -> Html | None:
    """What stands in for what, and why."""
    steps = {step.instead_of: step for step in session.steps if step.instead_of}
    return lines(*(_swap(texts, step) for step in steps.values()))


def _swap(texts: Texts, step: Step) -> Html:
    if step.spares or step.planned:
        why = "routine-spared" if step.spares else "routine-swapped"
        return texts.html(why, planned=step.instead_of, instead=step.name)
    kit = _either(texts, [texts.html(f"kind-{kind}") for kind in step.lacks])
    return texts.html("routine-swap", kit=kit, planned=step.instead_of, instead=step.name)


def minutes(catalogue: Catalogue, routine: Routine, finished: int) -> int:
    """How long it takes this runner now, the warm-up left out."""
    return _minutes(catalogue.steps(routine, finished))


def _minutes(steps: tuple[Step, ...]) -> int:
    return ceil(length(steps) / 60)


def kit(texts: Texts, catalogue: Catalogue, routine: Routine, owned: Kit | None = None) -> Html:
    """What the runner needs, as a phrase: a mini band, a long band and a door anchor."""
    return _needed(texts, catalogue, catalogue.steps(routine, 0, owned))


def _needed(texts: Texts, catalogue: Catalogue, steps: tuple[Step, ...]) -> Html:
    bands, anchor = catalogue.needs(steps)
    needed = [_either(texts, [texts.html(f"band-{it}") for it in sorted(any_)]) for any_ in bands]
    if anchor:
        needed.append(texts.html("kit-anchor"))
    if not needed:
        return texts.html("kit-none")
    *first, last = needed
    if not first:
        return last
    phrase = first[0]
    for item in first[1:]:
        phrase = texts.html("kit-list", first=phrase, second=item)
    return texts.html("kit-and", first=phrase, second=last)


def _either(texts: Texts, names: list[Html]) -> Html:
    phrase = names[0]
    for name in names[1:]:
        phrase = texts.html("kit-or", first=phrase, second=name)
    return phrase
