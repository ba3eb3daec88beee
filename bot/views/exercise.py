"""Screens of an exercise: its clip and one part of its explanation at a time."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from bot.callbacks import ExerciseTap, HearTap, Part, PartTap, ShowTap, StudiesTap
from bot.content import Catalogue, Exercise, Match
from bot.content.exercise_models import Adjustment
from bot.content.models import BASE
from bot.content.texts import Html, Texts
from bot.domain.regions import Region
from bot.tracks.voice import FRAME_BYTES, FRAME_MS
from bot.views.evidence import findings
from bot.views.screen import (
    Audio,
    Button,
    Card,
    Link,
    Rows,
    Screen,
    Share,
    column,
    in_rows,
    lines,
    notice,
    paragraphs,
    row,
    shortened,
)

A_ROW = 3
GLANCE_CUES = 2  # other cues are under How?

Lines = Iterable[Html | None]


def explanation(
    texts: Texts,
    catalogue: Catalogue,
    exercise: Exercise,
    part: Part = Part.OVERVIEW,
    form: str = BASE,
    session: int | None = None,
    rests: Region | None = None,
    *,
    is_spoken: bool = False,
    is_unsuited: bool = False,
) -> Screen:
    """Show one part, with buttons for the others.

    `session`: the id of the running session; a button leads back to its step. `rests`: a resting
    region of the runner that rules the exercise out for now. `is_spoken`: the exercise in its usual
    form can be read aloud. `is_unsuited`: one of the runner's conditions rules it out.
    """
    rest = texts.html("exercise-rests", region=rests) if rests else None
    if is_unsuited:
        rest = texts.html("exercise-unsuited")
    title = texts.html("exercise-title", name=exercise.texts.name)
    content = PARTS[part](texts, catalogue, exercise, form)
    if part is Part.OVERVIEW:
        text = paragraphs(rest, lines(title, *content))
    else:
        text = paragraphs(rest, title, *content)
    rows = _buttons(texts, exercise, part, session)
    if is_spoken and form == BASE:
        hear = Button(texts.plain("button-hear"), HearTap(exercise.id))
        rows = (*rows[:-1], (*rows[-1], hear))
    return Screen(text, rows, exercise.clip(form))


def spoken(texts: Texts, exercise: Exercise, data: bytes, cover: bytes | None) -> Audio:
    """Return a voice recording of how to set up and do an exercise."""
    seconds = round(len(data) / FRAME_BYTES * FRAME_MS / 1000)
    performer = texts.plain("listening-performer")
    return Audio(data, seconds, exercise.texts.name, performer, cover)


def spoken_caption(texts: Texts, exercise: Exercise) -> Screen:
    return Screen(texts.html("exercise-spoken", name=exercise.texts.name))


not_spoken = notice("exercise-not-spoken")


def _buttons(texts: Texts, exercise: Exercise, shown_part: Part, session: int | None) -> Rows:
    parts = [
        Button(texts.plain(f"button-part-{part}"), PartTap(exercise.id, part))
        for part in Part
        if part is not shown_part
    ]
    rows = in_rows(parts, A_ROW)
    if shown_part is Part.WHY:
        rows = (*rows, *column(texts, ("browse-studies", StudiesTap())))
    if session is not None:
        return (*rows, *column(texts, ("button-go-on", ShowTap(session))))
    share = Share(exercise.texts.name, f"exercise_{exercise.id}")
    return (*rows, row(texts, ("button-share", share), ("button-exercises", ExerciseTap())))


def _overview(texts: Texts, _catalogue: Catalogue, exercise: Exercise, form: str) -> Lines:
    """Yield what fits on a phone with the clip above it and the buttons below."""
    base, other_form = exercise.texts, exercise.texts.forms.get(form)
    shown = other_form or base
    yield texts.html("exercise-in-short", text=base.in_short)
    if other_form:
        yield texts.html("exercise-your-form", name=other_form.name)
    yield texts.html("exercise-band", text=shown.band)
    yield from (texts.html("exercise-item", text=cue) for cue in shown.cues[:GLANCE_CUES])
    yield texts.html("exercise-new")


def _how(texts: Texts, _catalogue: Catalogue, exercise: Exercise, form: str) -> Lines:
    base, other_form = exercise.texts, exercise.texts.forms.get(form)
    shown = other_form or base
    if other_form:
        yield texts.html("exercise-your-form", name=other_form.name)
    yield texts.html("exercise-band", text=shown.band)
    if other_form:
        yield _numbered(texts, "exercise-movement", other_form.how)
    else:
        yield _numbered(texts, "exercise-set-up", base.set_up)
        yield _numbered(texts, "exercise-movement", base.movement)
        yield _numbered(texts, "exercise-way-back", base.way_back)
    if more := shown.cues[GLANCE_CUES:]:
        yield _listed(texts, "exercise-cues", more)
    yield _dose(texts, exercise)


def _mistakes(texts: Texts, _catalogue: Catalogue, exercise: Exercise, _form: str) -> Lines:
    yield _listed(texts, "exercise-mistakes", exercise.texts.mistakes)


def _levels(texts: Texts, _catalogue: Catalogue, exercise: Exercise, form: str) -> Lines:
    base, shown_form = exercise.texts, form if form in exercise.texts.forms else BASE
    if shown_form != BASE:
        yield texts.html("exercise-your-form", name=base.forms[shown_form].name)
    yield _adjustments(texts, "exercise-easier", exercise, base.easier, shown_form)
    yield _adjustments(texts, "exercise-harder", exercise, base.harder, shown_form)
    for key, other in base.forms.items():
        if key != shown_form:
            yield lines(
                texts.html("exercise-other-form", name=other.name),
                *(texts.html("exercise-item", text=text) for text in other.how),
            )


def _adjustments(
    texts: Texts, heading: str, exercise: Exercise, listed: Iterable[Adjustment], form: str
) -> Html | None:
    """List what makes this form easier or harder, each with the bands to which it applies."""
    items = [
        texts.html("exercise-adjustment", text=each.text, bands=_bands_of(exercise, each))
        for each in listed
        if form in each.forms
    ]
    return lines(texts.html(heading), *items) if items else None


def _bands_of(exercise: Exercise, adjustment: Adjustment) -> str:
    """Return the only band of an adjustment, `not-` and the only one excluded, or "any"."""
    own, bands = {*exercise.facts.bands}, {*adjustment.bands}
    if not bands or bands == own:
        return "any"
    left = {*own, "none"} - bands
    return f"not-{min(left)}" if len(left) == 1 else min(bands)


def _muscles(texts: Texts, _catalogue: Catalogue, exercise: Exercise, form: str) -> Lines:
    clip = exercise.clip(form)
    secondary = _plain(texts, exercise.facts.muscles.secondary)
    primary = _plain(texts, exercise.facts.muscles.primary)
    too = [name for name in secondary if name not in primary]
    yield lines(
        _works(texts, exercise),
        texts.html("exercise-muscles-too", secondary=texts.row(too)) if too else None,
        texts.html("exercise-glow") if clip and clip.drawn else None,
    )
    anatomical = (*exercise.facts.muscles.primary, *exercise.facts.muscles.secondary)
    yield texts.html("exercise-anatomy", names=texts.row(anatomical))


def _safety(texts: Texts, _catalogue: Catalogue, exercise: Exercise, _form: str) -> Lines:
    yield _listed(texts, "exercise-safety", exercise.texts.safety)
    yield texts.html("exercise-stop")


def _why(texts: Texts, catalogue: Catalogue, exercise: Exercise, form: str) -> Lines:
    yield texts.html("exercise-why", text=exercise.texts.why)
    yield from findings(texts, catalogue.evidence(exercise, form))


PARTS: dict[Part, Callable[[Texts, Catalogue, Exercise, str], Lines]] = {
    Part.OVERVIEW: _overview,
    Part.HOW: _how,
    Part.MISTAKES: _mistakes,
    Part.LEVELS: _levels,
    Part.MUSCLES: _muscles,
    Part.SAFETY: _safety,
    Part.WHY: _why,
}


def _listed(texts: Texts, heading: str, items: Iterable[str]) -> Html:
    return lines(texts.html(heading), *(texts.html("exercise-item", text=text) for text in items))


def _numbered(texts: Texts, heading: str, items: tuple[str, ...]) -> Html:
    if len(items) == 1:
        return lines(texts.html(heading), Html.of(items[0]))
    numbered = (
        texts.html("exercise-number", number=number, text=text)
        for number, text in enumerate(items, start=1)
    )
    return lines(texts.html(heading), *numbered)


def _works(texts: Texts, exercise: Exercise) -> Html:
    primary = _plain(texts, exercise.facts.muscles.primary)
    return texts.html("exercise-muscles", primary=texts.row(tuple(primary)))


def _plain(texts: Texts, muscles: Iterable[str]) -> dict[str, None]:
    """Return the muscles' plain names in order, each once, as the keys of a dict."""
    return {texts.plain(f"muscle-{muscle.replace(' ', '-')}"): None for muscle in muscles}


def _dose(texts: Texts, exercise: Exercise) -> Html:
    dose = exercise.facts.dose
    return texts.html(
        "exercise-dose",
        sets=texts.range(*dose.sets),
        most_sets=dose.sets[1],
        amount=texts.range(*dose.range),
        high=dose.range[1],
        unit=dose.unit,
        sided="no" if exercise.facts.laterality == "bilateral" else "yes",
        rest=texts.range(*dose.rest_seconds),
    )


def card(texts: Texts, catalogue: Catalogue, exercise: Exercise) -> Card:
    """Return the exercise as an inline result: its overview, and a link to the coach."""
    screen, content = explanation(texts, catalogue, exercise), exercise.texts
    buttons = column(texts, ("button-open", Link(f"exercise_{exercise.id}")))
    return Card(exercise.id, content.name, content.in_short, replace(screen, buttons=buttons))


def suggestions(texts: Texts, catalogue: Catalogue, words: str, match: Match) -> Screen:
    """Offer the exercises that the words may mean, or those most like an unknown name."""
    near, said = buttons(catalogue, match.near), shortened(words)
    browse = column(texts, ("button-exercises", ExerciseTap()))
    if match.missing:
        message = "exercise-missing-near" if near else "exercise-missing"
        return Screen(texts.html(message, words=said), (*near, *browse))
    if not near:
        return Screen(texts.html("exercise-unknown", words=said), browse)
    return Screen(texts.html("exercise-near", words=said), near)


def buttons(catalogue: Catalogue, ids: Iterable[str]) -> Rows:
    return tuple((Button(catalogue.exercises[key].texts.name, ExerciseTap(key)),) for key in ids)
