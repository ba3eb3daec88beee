"""Screens of a routine before its session begins."""

from collections.abc import Mapping
from math import ceil

from bot.callbacks import (
    CloseTap,
    ListenTap,
    OwnRoutineTap,
    RoutineTap,
    StartTap,
    TrainAnywayTap,
    WhyTodayTap,
)
from bot.content import Catalogue, Routine
from bot.content.kit import DEGREES
from bot.content.texts import Html, Texts
from bot.domain.kit import UNKNOWN, Kit, usable
from bot.domain.load import Loading
from bot.domain.own_routine import is_own
from bot.domain.session import Move, Session, Step, length
from bot.domain.suggestion import Today, Why
from bot.domain.wish import LEAST, LIGHT, MOST, Wish
from bot.views import own_routines, standing
from bot.views.screen import (
    ROUTINES,
    Button,
    Card,
    Link,
    Screen,
    Share,
    above,
    column,
    lines,
    paragraphs,
    row,
)
from bot.views.training import HANDS_FREE, OWN_PACE, moves

LONGEST_WORDS = 60  # characters of typed words that are shown


def choice(
    texts: Texts,
    catalogue: Catalogue,
    suggested: tuple[str, Why] | None,
    steps_by_routine: Mapping[str, tuple[Step, ...]],
    intro: Html,
    owned: Kit | None,
) -> Screen:
    """Show all routines with minutes and bands.

    The suggested one comes first, then the runner's own from the oldest on, then the others by the
    number of swaps.

    `suggested` is its id and the reason; None: none is suggested. It may be a session made for a
    wish, which is shown before the routines. `steps_by_routine` has each routine's steps for this
    runner today; routines without steps, because a region rests, are not shown. `owned` is the kit;
    None: not known.
    """
    usable_kit = usable(owned)
    swaps = {
        key: catalogue.swaps(routine, usable_kit) for key, routine in catalogue.routines.items()
    }
    first, why = suggested or ("", None)
    routines = sorted(
        (routine for routine in catalogue.routines.values() if steps_by_routine[routine.id]),
        key=lambda routine: (
            routine.id != first,
            *(
                (False,)
                if is_own(routine.id)
                else (True, swaps[routine.id], DEGREES.index(routine.level), routine.id)
            ),
        ),
    )
    head, rows = None, []
    names_by_kit: dict[Html, list[Html]] = {}
    for routine in routines:
        steps = steps_by_routine[routine.id]
        is_first = why is not None and routine.id == first
        if why is not None and is_first:
            head = _suggested(texts, catalogue, routine, steps, why)
        else:
            needed = kit(texts, catalogue, steps)
            names_by_kit.setdefault(needed, []).append(Html.of(catalogue.texts(routine).name))
        label = texts.plain(
            "routine-take" if is_first else "routine-button",
            name=catalogue.texts(routine).name,
            minutes=minutes(steps),
        )
        button = Button(label, RoutineTap(routine.id), "primary" if is_first else None)
        details = Button(texts.plain("button-own-show"), OwnRoutineTap(routine.id))
        rows.append((button, details) if is_own(routine.id) else (button,))
    if why is not None and first not in catalogue.routines:
        made = minutes(steps_by_routine[first])
        label = texts.plain("routine-button", name=catalogue.name_of(first), minutes=made)
        rows.insert(0, (Button(label, RoutineTap(first), "primary"),))
    rows.append((own_routines.new_button(texts),))
    needs = _bands(texts, names_by_kit, are_others=head is not None)
    hint = texts.html("routine-list-bands") if owned is None else None
    return Screen(paragraphs(intro, head, needs, hint), tuple(rows))


def _bands(texts: Texts, names_by_kit: Mapping[Html, list[Html]], *, are_others: bool) -> Html:
    """Return the kit that the routines need; if all need the same, without their names.

    `are_others`: another routine is suggested, which is not among these.
    """
    if len(names_by_kit) == 1:
        (needed,) = names_by_kit
        return texts.html("routine-others-need" if are_others else "routine-needs", kit=needed)
    return lines(
        *(
            texts.html("routine-with-kit", kit=needed, names=Html(" · ").joined(names))
            for needed, names in names_by_kit.items()
        )
    )


def unknown(texts: Texts, words: str) -> Html:
    """Say that no routine has this name."""
    return texts.html("routine-unknown", words=words[:LONGEST_WORDS])


def nearest(texts: Texts) -> Screen:
    """Say how long sessions can be, above the session nearest to the wish."""
    return Screen(texts.html("made-nearest", least=LEAST, most=MOST))


def ask_purpose(texts: Texts, catalogue: Catalogue, intro: Html, minutes: int | None) -> Screen:
    """Offer a session of `minutes` for each purpose; None: of the usual length."""
    wishes = [Wish(minutes or purpose.minutes, key) for key, purpose in catalogue.purposes.items()]
    rows = []
    for wish in wishes:
        name = catalogue.name_of(wish.routine)
        label = texts.plain("routine-button", name=name, minutes=wish.minutes)
        rows.append((Button(label, RoutineTap(wish.routine)),))
    return Screen(intro, (*rows, *column(texts, ROUTINES)))


def today(texts: Texts, catalogue: Catalogue, found: Today) -> Screen:
    """Name one session and why it is this one; over a cap, say why the day is for rest."""
    if found.loading is not Loading.ALLOWED:
        return over_cap(texts, catalogue, found.loading, found.routine, begin=True)
    stands = standing.line(texts, found.standing)
    text = lines(
        texts.html(
            "today",
            name=catalogue.name_of(found.routine),
            minutes=minutes(found.steps),
            kit=kit(texts, catalogue, found.steps),
        ),
        stands or texts.html(f"routine-because-{found.why}"),
    )
    start = ("button-start", StartTap(found.routine))
    why = ("button-why-today", WhyTodayTap(found.standing.day))
    return Screen(text, column(texts, start, *((why,) if stands else ()), ROUTINES))


def _suggested(
    texts: Texts, catalogue: Catalogue, routine: Routine, steps: tuple[Step, ...], why: Why
) -> Html:
    """Return the name of the suggested routine, what it is, why it is next, and its kit."""
    content = catalogue.texts(routine)
    return lines(
        texts.html("routine-suggested", name=content.name),
        Html.of(content.in_short),
        texts.html(f"routine-because-{why}"),
        texts.html("routine-needs", kit=kit(texts, catalogue, steps)),
    )


def _entry(texts: Texts, catalogue: Catalogue, routine: Routine, steps: tuple[Step, ...]) -> Html:
    """Return a routine's name, minutes, level and kit."""
    return texts.html(
        "routine-entry",
        name=catalogue.texts(routine).name,
        minutes=minutes(steps),
        level=texts.html(f"level-{routine.level}"),
        kit=kit(texts, catalogue, steps),
    )


def ready(texts: Texts, catalogue: Catalogue, session: Session, *, speaks: bool = False) -> Screen:
    """Show a session that has not begun, with the button to start it.

    `speaks`: there is a voice, so the session can be listened to.
    """
    text = paragraphs(
        lines(
            texts.html("routine-title", name=session.routine_name),
            _in_short(catalogue, session.routine),
        ),
        _notes(texts, session),
        _needs(texts, catalogue, session),
        _swaps(texts, session),
        lines(
            texts.html("routine-ready-hands-free" if session.timed else "routine-ready-hint"),
            texts.html("routine-ready-listen") if speaks else None,
        ),
    )
    listen = row(texts, ("button-listen", ListenTap(session.id, session.revision)))
    share = Share(session.routine_name, _payload(session.routine))
    if is_own(session.routine):
        share = Share("", session.routine)
    buttons = (
        (*moves(texts, session, ("button-start", Move.BEGIN)), *(listen if speaks else ())),
        moves(texts, session, OWN_PACE if session.timed else HANDS_FREE),
        (
            *row(texts, ROUTINES, ("button-share", share)),
            *moves(texts, session, ("button-stop", Move.STOP)),
        ),
    )
    return Screen(text, buttons)


def with_notes(texts: Texts, screen: Screen, session: Session) -> Screen:
    """Put the notes of a session that begins at once above its screen."""
    return above(screen, _notes(texts, session))


def _notes(texts: Texts, session: Session) -> Html | None:
    """Return the notes, such as on a gap, an easier week, or a session soon after another."""
    if not session.notes:
        return None
    return paragraphs(*(texts.html(f"note-{note}") for note in session.notes))


def over_cap(
    texts: Texts, catalogue: Catalogue, loading: Loading, routine: str, *, begin: bool
) -> Screen:
    """Say which cap is reached; offer a rest, the light routine, or to train anyway.

    `begin`: the session was to begin at once.
    """
    name = catalogue.name_of(routine)
    light = catalogue.routines.get(LIGHT)
    rows = [*column(texts, ("button-rest", CloseTap()))]
    if light is not None:
        label = texts.plain(
            "routine-button",
            name=catalogue.texts(light).name,
            minutes=minutes(catalogue.steps(light, 0)),
        )
        rows.append((Button(label, RoutineTap(light.id)),))
    anyway = column(texts, ("button-train-anyway", TrainAnywayTap(routine, int(begin))))
    text = paragraphs(texts.html(f"cap-{loading}"), texts.html("cap-anyway", name=name))
    return Screen(text, (*rows, *anyway))


def _in_short(catalogue: Catalogue, key: str) -> Html | None:
    wish = catalogue.wish(key)
    if wish is not None:
        return Html.of(catalogue.purpose_texts[wish.purpose].in_short)
    routine = catalogue.routines.get(key)
    return Html.of(catalogue.texts(routine).in_short) if routine else None


def _needs(texts: Texts, catalogue: Catalogue, session: Session) -> Html:
    """Return minutes, steps and kit; no kit if content no longer has the routine."""
    duration, steps = minutes(session.steps), session.work_steps
    if not catalogue.has(session.routine) and not is_own(session.routine):
        return texts.html("routine-ready-short", minutes=duration, steps=steps)
    needed = kit(texts, catalogue, session.steps)
    wish = catalogue.wish(session.routine)
    if wish is None:
        return texts.html("routine-ready", minutes=duration, steps=steps, kit=needed)
    seconds = length(session.steps, warm_up=True)
    whole = round(seconds / 60)
    missed = None
    if abs(seconds - 60 * wish.minutes) > 60:
        message = "made-shorter" if seconds < 60 * wish.minutes else "made-longer"
        missed = texts.html(message, asked=wish.minutes, minutes=whole)
    return paragraphs(texts.html("made-ready", minutes=whole, steps=steps, kit=needed), missed)


def card(texts: Texts, catalogue: Catalogue, routine: Routine) -> Card:
    """Return the routine as an inline result, with a link to it, for any reader."""
    content = catalogue.texts(routine)
    entry = _entry(texts, catalogue, routine, catalogue.steps(routine, 0, UNKNOWN))
    link = column(texts, ("button-open", Link(_payload(routine.id))))
    screen = Screen(lines(entry, Html.of(content.in_short)), link)
    return Card(f"routine_{routine.id}", content.name, content.in_short, screen)


def _payload(routine: str) -> str:
    """Return the /start payload of a link to the routine."""
    return f"routine_{routine}"


def _swaps(texts: Texts, session: Session) -> Html | None:
    """Return a line for each exercise that another replaces, with the reason."""
    steps = {step.instead_of: step for step in session.steps if step.instead_of}
    return lines(*(_swap(texts, step) for step in steps.values()))


def _swap(texts: Texts, step: Step) -> Html:
    if step.spares or step.planned:
        why = "routine-spared" if step.spares else "routine-swapped"
        return texts.html(why, planned=step.instead_of, instead=step.name)
    kit = texts.any_of([texts.html("kind", kind=kind) for kind in step.lacks])
    return texts.html("routine-swap", kit=kit, planned=step.instead_of, instead=step.name)


def minutes(steps: tuple[Step, ...]) -> int:
    """Return the minutes that the steps take, without the warm-up."""
    return ceil(length(steps) / 60)


def kit(texts: Texts, catalogue: Catalogue, steps: tuple[Step, ...]) -> Html:
    """Return the kit that the steps need, such as “a mini band, a long band and a door anchor”."""
    bands, anchor = catalogue.needs(steps)
    needed = [texts.any_of([texts.html(f"band-{key}") for key in sorted(keys)]) for keys in bands]
    if anchor:
        needed.append(texts.html("kit-anchor"))
    if not needed:
        return texts.html("kit-none")
    return texts.all_of(needed)
