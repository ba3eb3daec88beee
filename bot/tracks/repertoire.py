"""Everything that a voice has to say in the tracks of some content, for its recording."""

from collections.abc import Iterator
from itertools import chain, product

from bot.content import Catalogue, Exercise
from bot.content.exercise_models import ExerciseTexts, FormTexts
from bot.content.texts import Texts
from bot.domain.kit import COLOURS, LEVELS, KitKind
from bot.domain.prescription import Unit
from bot.tracks import phrases
from bot.tracks.voice import explanation, explanation_key, key_of

MINUTES = (*range(1, 46), *range(50, 61, 5))  # of a session
WARM_UP = range(1, 11)  # minutes
SECONDS = (*range(5, 91), *range(95, 181, 5))
SPOKEN_CUES = 2
MOST_SETS = 6
SLOWEST = 15  # seconds for a repetition
HEIGHTS = ("ankle", "waist", "chest")
SENTENCES = (
    *("track-coming", "track-first", "track-next", "track-exercise", "track-switch", "track-rest"),
    *("track-ramp", "track-band", "track-half", "track-ten", "track-done", "track-rate"),
    *("track-easier", "track-harder"),
)


def repertoire(catalogue: Catalogue, texts: Texts) -> dict[str, str]:
    """Map the key of each phrase to the words to speak."""
    written = chain(
        _general(texts),
        _amounts(catalogue, texts),
        _bands(texts),
        _warm_ups(catalogue, texts),
        *(_of_exercise(exercise) for exercise in catalogue.exercises.values()),
    )
    spoken = dict(chain(*(_pronounced(exercise) for exercise in catalogue.exercises.values())))
    return {key_of(text): spoken.get(text, text) for text in written if text} | {
        explanation_key(exercise.texts): explanation(exercise.texts)
        for exercise in catalogue.exercises.values()
    }


def _general(texts: Texts) -> Iterator[str]:
    yield from (texts.plain(message) for message in SENTENCES)
    yield from (phrases.opening(texts, minutes) for minutes in MINUTES)
    yield phrases.ready(texts)
    yield from (phrases.number(texts, count) for count in (1, 2, 3))
    for moves in (False, True):
        for height in HEIGHTS:
            yield from phrases.anchor(texts, height, moves=moves)
    for sets in range(2, MOST_SETS + 1):
        for number in range(2, sets + 1):
            for in_rounds in (False, True):
                yield phrases.set_number(texts, number, sets, in_rounds=in_rounds)
    yield from (phrases.half(texts, go) for go in (1, 2))


def _amounts(catalogue: Catalogue, texts: Texts) -> Iterator[str]:
    yield from (phrases.seconds(texts, count) for count in SECONDS)
    for unit, each in product((Unit.REPS, Unit.STEPS, Unit.TRIOS), (False, True)):
        for count in range(1, _most(catalogue, unit) + 1):
            yield phrases.repetitions(texts, unit, count, each=each)
    for routine in catalogue.routines.values():
        abouts = (block.about for block in routine.blocks if block.about)
        yield from (phrases.about(texts, it.low, it.high, it.unit) for it in abouts)
    yield from (phrases.tempo(texts, tempo) for tempo in (1, 2))
    yield from (phrases.pace(texts, each) for each in range(1, SLOWEST + 1))


def _most(catalogue: Catalogue, unit: Unit) -> int:
    """Return how many repetitions of this unit an exercise may have."""
    doses = (exercise.facts.dose for exercise in catalogue.exercises.values())
    return max((dose.range[1] for dose in doses if dose.unit == unit), default=0)


def _bands(texts: Texts) -> Iterator[str]:
    yield phrases.gently(texts)
    yield phrases.without_band(texts)
    yield phrases.lighter_band(texts)
    for kind in KitKind:
        if kind is KitKind.DOOR_ANCHOR:
            continue
        yield from (phrases.owned(texts, kind, level) for level in LEVELS)
        colours = (texts.plain(f"colour-{colour}") for colour in COLOURS)
        yield from (phrases.coloured(texts, kind, colour) for colour in colours)


def _warm_ups(catalogue: Catalogue, texts: Texts) -> Iterator[str]:
    yield from (phrases.warm_up(texts, 60 * minutes) for minutes in WARM_UP)
    yield from (phrases.warm_up_how(texts, kind) for kind in ("", *catalogue.warm_ups))


def _of_exercise(exercise: Exercise) -> Iterator[str]:
    """Yield the names, sides, bands and cues of an exercise, and its easier and harder ways."""
    texts = exercise.texts
    yield from texts.side_names or ()
    for form in _forms(exercise):
        yield from (form.name, form.band, *form.cues[:SPOKEN_CUES])
    yield from (each.text for each in (*texts.easier, *texts.harder) if each.today)


def _pronounced(exercise: Exercise) -> Iterator[tuple[str, str]]:
    """Yield the names that are spoken otherwise than they are written."""
    for form in _forms(exercise):
        if form.spoken:
            yield form.name, form.spoken


def _forms(exercise: Exercise) -> tuple[ExerciseTexts | FormTexts, ...]:
    return exercise.texts, *exercise.texts.forms.values()
