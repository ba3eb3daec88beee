"""What a routine looks like before it is begun."""

from math import ceil

from bot.callbacks import MoveTap, RoutineTap
from bot.catalogue import Catalogue, Routine
from bot.domain.session import Move, Session, length
from bot.texts import Html, Texts
from bot.views.screen import Button, Screen, lines, paragraphs


def choice(
    texts: Texts, catalogue: Catalogue, suggested: str, finished: dict[str, int], intro: Html
) -> Screen:
    """All routines with minutes and bands, the suggested one first."""
    routines = sorted(
        catalogue.routines.values(), key=lambda routine: (routine.id != suggested, routine.id)
    )
    entries = [_entry(texts, catalogue, r, finished.get(r.id, 0), suggested) for r in routines]
    buttons = tuple(
        (
            Button(
                texts.plain(
                    "routine-button",
                    name=catalogue.texts(routine).name,
                    minutes=minutes(catalogue, routine, finished.get(routine.id, 0)),
                ),
                RoutineTap(routine.id),
            ),
        )
        for routine in routines
    )
    return Screen(paragraphs(intro, *entries), buttons)


def _entry(
    texts: Texts, catalogue: Catalogue, routine: Routine, finished: int, suggested: str
) -> Html:
    said = catalogue.texts(routine)
    head = texts.html(
        "routine-entry",
        name=said.name,
        minutes=minutes(catalogue, routine, finished),
        kit=kit(texts, catalogue, routine),
    )
    if routine.id == suggested:
        head = Html(" ").joined([head, texts.html("routine-suggested")])
    return lines(head, Html.of(said.in_short))


def ready(texts: Texts, catalogue: Catalogue, session: Session) -> Screen:
    """A session that waits for Start."""
    routine = catalogue.routines.get(session.routine)
    text = paragraphs(
        lines(
            texts.html("routine-title", name=session.routine_name),
            Html.of(catalogue.texts(routine).in_short) if routine else None,
        ),
        _needs(texts, catalogue, session, routine),
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
    needed = kit(texts, catalogue, routine)
    return texts.html("routine-ready", minutes=minutes, steps=steps, kit=needed)


def _move(texts: Texts, label: str, session: Session, move: Move) -> Button:
    return Button(texts.plain(label), MoveTap(move, session.id, session.revision))


def minutes(catalogue: Catalogue, routine: Routine, finished: int) -> int:
    """How long it takes this runner now, the warm-up left out."""
    return ceil(length(catalogue.steps(routine, finished)) / 60)


def kit(texts: Texts, catalogue: Catalogue, routine: Routine) -> Html:
    """What the runner needs, as a phrase: a mini band, a long band and a door anchor."""
    needed = [_one_of(texts, bands) for bands in catalogue.bands(routine)]
    if catalogue.needs_anchor(routine):
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


def _one_of(texts: Texts, bands: frozenset[str]) -> Html:
    names = [texts.html(f"band-{band}") for band in sorted(bands)]
    phrase = names[0]
    for name in names[1:]:
        phrase = texts.html("kit-or", first=phrase, second=name)
    return phrase
