"""What an exercise looks like in a chat."""

from collections.abc import Iterable

from bot.callbacks import ExerciseTap, ShowTap
from bot.catalogue import Catalogue, Exercise
from bot.texts import Html, Texts
from bot.views.screen import Button, Rows, Screen, lines, paragraphs


def explanation(
    texts: Texts, exercise: Exercise, form: str = "base", session: int | None = None
) -> Screen:
    """All there is to say about an exercise; with the way back to a running session's step."""
    if session is not None:
        button = Button(texts.plain("button-go-on"), ShowTap(session))
    else:
        button = Button(texts.plain("button-exercises"), ExerciseTap())
    return Screen(_words(texts, exercise, form), ((button,),))


def _words(texts: Texts, exercise: Exercise, form: str) -> Html:
    said = exercise.texts
    return paragraphs(
        lines(
            texts.html("exercise-title", name=said.name),
            texts.html("exercise-in-short", text=said.in_short),
        ),
        _form(texts, exercise, form, "exercise-your-form"),
        texts.html("exercise-band", text=said.band),
        _numbered(texts, "exercise-set-up", said.set_up),
        _numbered(texts, "exercise-movement", said.movement),
        _numbered(texts, "exercise-way-back", said.way_back),
        _listed(texts, "exercise-cues", said.cues),
        _listed(texts, "exercise-mistakes", said.mistakes),
        _muscles(texts, exercise),
        texts.html("exercise-why", text=said.why),
        _dose(texts, exercise),
        _listed(texts, "exercise-easier", said.easier),
        *(
            _form(texts, exercise, other, "exercise-easier-form")
            for other in said.forms
            if other != form
        ),
        _listed(texts, "exercise-harder", said.harder),
        _listed(texts, "exercise-safety", said.safety),
    )


def _form(texts: Texts, exercise: Exercise, form: str, heading: str) -> Html | None:
    said = exercise.texts.forms.get(form)
    if said is None:
        return None
    return lines(
        texts.html(heading, name=said.name),
        texts.html("exercise-band", text=said.band),
        *(texts.html("exercise-item", text=text) for text in said.how),
    )


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


def _muscles(texts: Texts, exercise: Exercise) -> Html:
    def plain(muscles: Iterable[str]) -> dict[str, None]:
        return {texts.plain(f"muscle-{muscle.replace(' ', '-')}"): None for muscle in muscles}

    primary = plain(exercise.facts.muscles.primary)
    secondary = [name for name in plain(exercise.facts.muscles.secondary) if name not in primary]
    return lines(
        texts.html("exercise-muscles", primary=", ".join(primary)),
        texts.html("exercise-muscles-too", secondary=", ".join(secondary)) if secondary else None,
    )


def _dose(texts: Texts, exercise: Exercise) -> Html:
    dose = exercise.facts.dose
    return texts.html(
        "exercise-dose",
        sets=_range(dose.sets),
        amount=_range(dose.range),
        unit=dose.unit,
        sided="no" if exercise.facts.laterality == "bilateral" else "yes",
        rest=_range(dose.rest_seconds),
    )


def _range(ends: tuple[int, int]) -> str:
    low, high = ends
    return f"{low}" if low == high else f"{low}–{high}"


def which(texts: Texts, catalogue: Catalogue) -> Screen:
    """Every exercise as a button."""
    return Screen(texts.html("exercise-which"), buttons(catalogue, sorted(catalogue.exercises)))


def suggestions(texts: Texts, catalogue: Catalogue, words: str, near: tuple[str, ...]) -> Screen:
    """The exercises that the words may have meant, or the way to all of them."""
    browse = (Button(texts.plain("button-exercises"), ExerciseTap()),)
    if not near:
        return Screen(texts.html("exercise-unknown", words=shown(words)), (browse,))
    return Screen(texts.html("exercise-near", words=shown(words)), buttons(catalogue, near))


def buttons(catalogue: Catalogue, ids: Iterable[str]) -> Rows:
    return tuple((Button(catalogue.exercises[key].texts.name, ExerciseTap(key)),) for key in ids)


def shown(words: str) -> str:
    """Somebody's words, short enough to say back."""
    words = " ".join(words.split())
    return words if len(words) <= 60 else words[:59] + "…"
