"""The catalogue: exercises and routines in memory, found by what people call them."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from bot.content.kit import Doing, doing, needs, needs_anchor
from bot.content.models import BASE, Evidence, Routine, RoutineTexts
from bot.content.reading import Clip, Exercise, Fault, Reading, shipped
from bot.content.search import Match, Search, fold, sounds_like_exercise
from bot.content.sparing import NOTHING, Sparing, alternatives, resting, sore, swapped
from bot.content.steps import Plan, plans, steps
from bot.content.topics import Topics
from bot.content.warning_signs import FILE, WarningSignsFile, vocabulary
from bot.content.words import Words
from bot.domain.kit import Kit
from bot.domain.prescription import MOST_SETS, ExerciseClass
from bot.domain.prescription import Exercise as RuledExercise
from bot.domain.readiness import Today
from bot.domain.regions import Region
from bot.domain.session import Step
from bot.domain.suggestion import NEWCOMER
from bot.runtime.files import parse_toml, read_file

__all__ = [
    "Catalogue",
    "Clip",
    "Doing",
    "Exercise",
    "Fault",
    "Match",
    "Routine",
    "Sparing",
    "read_catalogue",
    "sounds_like_exercise",
]

KITS = 1000


@lru_cache(1)
def english_words() -> Words:
    return Words(shipped() / "words.txt")


@lru_cache(1)
def english_warning_signs() -> WarningSignsFile:
    """Return the shipped English words for warning signs, for a language that has none."""
    text = read_file(shipped() / "locales" / "en" / FILE)
    return WarningSignsFile.model_validate(parse_toml(text))


class Catalogue:
    """What the coach can explain and lead through, in one language."""

    def __init__(self, reading: Reading, language: str) -> None:
        self.exercises = reading.exercises
        self.routines = reading.routines
        self._language = language
        known = english_words()
        self.topics = Topics(reading.topics, reading.exercises, known)
        self.warning_signs = vocabulary(
            reading.warning_signs or english_warning_signs(), known, self._names(reading)
        )
        self._evidence = reading.evidence
        self._exercise_search = Search(
            {e.id: (e.texts.name, *e.texts.aliases) for e in self.exercises.values()},
            {e.id: e.texts.ask_back for e in self.exercises.values()},
            known,
        )
        self._routine_search = Search(
            {r.id: (self.texts(r).name, *self.texts(r).aliases) for r in self.routines.values()},
            {},
            known,
        )

        # Of a crowd most have one of few kits, and nothing to spare.
        self._usual_plans = lru_cache(KITS)(
            lambda key, kit: plans(self.exercises, self.routines[key], kit)
        )

    def _names(self, reading: Reading) -> Iterator[str]:
        """Yield what exercises, routines and topics are called."""
        for exercise in self.exercises.values():
            forms = (form.name for form in exercise.texts.forms.values())
            texts = exercise.texts
            yield from (exercise.id, texts.name, *texts.aliases, *texts.ask_back, *forms)
        for routine in self.routines.values():
            yield from (routine.id, self.texts(routine).name, *self.texts(routine).aliases)
        for topic in reading.topics.values():
            yield from (topic.en.name, *topic.en.words, *topic.muscles)

    def texts(self, routine: Routine) -> RoutineTexts:
        return routine.texts.get(self._language, routine.texts["en"])

    def routine(self, key: str) -> Routine:
        """The routine with this id; the newcomers' one where content has lost it since."""
        return self.routines.get(key) or self.routines[NEWCOMER]

    def find_exercise(self, words: str) -> Match:
        """What these words mean; a topic goes before an exercise that only begins with the word."""
        match = self._exercise_search.find(words)
        if match.sure or match.named or self.topics.find(words).sure:
            return match
        first = self._exercise_search.by_first_word(words)
        return Match(sure=first, by_first_word=True) if first else match

    def lacks(self, words: str) -> bool:
        """Whether the words are spelt right, and neither are nor begin a name here."""
        known = (
            self.topics.find(words).sure
            or self.find_routine(words).sure
            or self._exercise_search.beginning_with(words)
            or self._routine_search.beginning_with(words)
        )
        return self.find_exercise(words).missing and not known

    def find_routine(self, words: str) -> Match:
        return self._routine_search.find(words)

    def evidence(self, exercise: Exercise) -> tuple[tuple[Evidence, str], ...]:
        """What an exercise rests on: each source with its finding in this language."""
        sources = (self._evidence[key] for key in exercise.facts.evidence if key in self._evidence)
        return tuple((s, s.found.get(self._language, s.found["en"])) for s in sources)

    def clip(self, exercise: str | None) -> Clip | None:
        found = self.exercises.get(exercise or "")
        return found.clip if found else None

    def look_up(self, words: str) -> tuple[str, ...]:
        """Exercises for words as they are being typed, best first; no words: all of them."""
        if not fold(words):
            return tuple(sorted(self.exercises, key=lambda key: self.exercises[key].texts.name))
        match, topic = self.find_exercise(words), self.topics.find(words)
        found = [match.sure] if match.sure else []
        found += self._exercise_search.beginning_with(words)
        found += self.topics.members(topic.sure) if topic.sure else ()
        return tuple(dict.fromkeys((*found, *match.near)))

    def plans(
        self, routine: Routine, kit: Kit | None = None, sparing: Sparing = NOTHING
    ) -> tuple[Plan, ...]:
        """The routine's blocks as this kit can do them; None: every band is there."""
        if sparing == NOTHING and self.routines.get(routine.id) is routine:
            return self._usual_plans(routine.id, kit)
        return plans(self.exercises, routine, kit, sparing)

    def stand_in(self, exercise: str, kit: Kit | None, form: str = BASE) -> Doing:
        """The exercise itself if this kit can do it, else the one that stands in for it."""
        return doing(self.exercises, self.exercises[exercise], kit, form)

    def steps(
        self,
        routine: Routine,
        finished_before: int,
        kit: Kit | None = None,
        today: Mapping[str, Today] | None = None,
        sparing: Sparing = NOTHING,
    ) -> tuple[Step, ...]:
        """The routine as steps, for a runner with this kit who has finished it so many times.

        `today` are their own doses by exercise; None: as the routine says. None where all of it
        is spared.
        """
        return steps(routine, self.plans(routine, kit, sparing), finished_before, today, kit)

    def exercises_for(
        self, routine: Routine, kit: Kit | None, sparing: Sparing = NOTHING
    ) -> dict[str, RuledExercise]:
        """What the rules need to know of each exercise of the routine, for this kit; in order."""
        found: dict[str, RuledExercise] = {}
        for plan in self.plans(routine, kit, sparing):
            sets = routine.rounds if routine.rounds > 1 else plan.block.sets
            key = plan.doing.exercise.id
            if key not in found or found[key].sets < sets:
                found[key] = self.exercise_for(key, kit, sets)
        return found

    def exercise_for(self, key: str, kit: Kit | None, sets: int = MOST_SETS) -> RuledExercise:
        """The same for one exercise, whatever routine it may come in."""
        facts = self.exercises[key].facts
        bands = kit.bands if kit else ()
        return RuledExercise(
            id=key,
            exercise_class=ExerciseClass(facts.exercise_class),
            owned=tuple(band.level for band in bands if band.kind.value in facts.bands),
            sets=sets,
            tempo=facts.tempo,
        )

    def resting(self, regions: Iterable[Region]) -> frozenset[str]:
        """The exercises to leave out while these regions rest."""
        return resting(self.exercises, regions)

    def sore(self, exercise: str | None) -> frozenset[str]:
        """The exercises to leave out while the muscles of this one ache."""
        return sore(self.exercises, exercise or "")

    def alternatives(
        self, step: Step, kit: Kit | None, without: Collection[str], avoid: Collection[str]
    ) -> tuple[Doing, ...]:
        """What can be done instead of a step, two at most."""
        return alternatives(self.exercises, step, kit, without, avoid)

    def swapped(
        self, coming: Iterable[Step], it: Doing, planned: tuple[str, str]
    ) -> tuple[Step, ...]:
        """The coming steps with this done instead of the first one's exercise.

        `planned` is the exercise and form before any swap; where they are what is done, no swap
        is left.
        """
        steps = tuple(coming)
        if planned == (it.exercise.id, it.form):
            return swapped(steps, steps[0], it, ("", "", ""))
        return swapped(steps, steps[0], it, (*planned, self.name(*planned)))

    def name(self, exercise: str, form: str) -> str:
        """What it is called; empty where content has lost it."""
        found = self.exercises.get(exercise)
        if found is None:
            return ""
        return found.texts.forms[form].name if form in found.texts.forms else found.texts.name

    def swaps(self, routine: Routine, kit: Kit | None) -> int:
        """In how many of the routine's blocks something else stands in."""
        return sum(bool(plan.doing.lacks) for plan in self.plans(routine, kit))

    def needs(self, steps: Iterable[Step]) -> tuple[tuple[frozenset[str], ...], bool]:
        """The bands that these steps need, and whether an anchor.

        Of each set any one band will do; what content has lost since is left out.
        """
        done = [
            Doing(self.exercises[step.exercise], step.form, with_band=bool(step.band))
            for step in steps
            if step.exercise in self.exercises
        ]
        return needs(done), needs_anchor(done)


def read_catalogue(folders: list[Path], language: str) -> tuple[Catalogue, list[Fault]]:
    """The content of these folders, and all that is wrong with it."""
    reading = Reading(folders, language)
    return Catalogue(reading, language), reading.faults
