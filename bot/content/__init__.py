"""The catalogue: exercises, routines and topics in memory, with a search by name."""

import copy
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from bot.content import calendar_words as calendar_word_files
from bot.content import conditions as condition_files
from bot.content import intents, pain_words, purposes, routine_words, warning_signs
from bot.content.adjusting import variants
from bot.content.calendar_words import CalendarWordsFile
from bot.content.composing import Measure, Trainee, compose
from bot.content.conditions import ConditionsFile
from bot.content.exercise_models import Load
from bot.content.intents import IntentsFile
from bot.content.kit import Doing, Exercises, bands_used, doing, needs, needs_anchor, needs_no_band
from bot.content.models import BASE
from bot.content.pain_words import PainWordsFile
from bot.content.reading import Clip, Exercise, Fault, M, Reading, shipped, shipped_file
from bot.content.region_rules import FILE as REGION_RULES
from bot.content.region_rules import RegionRules
from bot.content.resting import Allowance, Resting
from bot.content.routine_models import Block, Routine, RoutineTexts
from bot.content.routine_words import RoutineWordsFile
from bot.content.search import Match, Search, SearchWords
from bot.content.sparing import (
    LEFT_OUT,
    NOTHING,
    Sparing,
    alternatives,
    eased_steps,
    limited,
    others,
    sore,
    swapped,
)
from bot.content.steps import Plan, count_own, is_untouched, own_exercises, plans, steps
from bot.content.texts import ENGLISH
from bot.content.topic_models import Evidence
from bot.content.topics import Topics
from bot.content.warning_signs import WarningSignsFile, vocabulary
from bot.content.words import Words
from bot.domain.activity import FitName
from bot.domain.kit import Kit, Level, of_kinds
from bot.domain.prescription import MOST_SETS, ExerciseClass, Range, Unit, lightly
from bot.domain.prescription import ExerciseBounds as RuledExercise
from bot.domain.readiness import TodaysDose
from bot.domain.regions import Region, narrowed
from bot.domain.rests import Rest
from bot.domain.screening import Declared, Limit, Rules, lasting, limits
from bot.domain.session import Part, Step
from bot.domain.suggestion import NEWCOMER
from bot.domain.wish import Wish, wish_of

__all__ = [
    "Catalogue",
    "Clip",
    "Doing",
    "Exercise",
    "Fault",
    "Match",
    "Routine",
    "Sparing",
    "Trainee",
    "read_catalogue",
    "shipped_region_rules",
]

USUAL_WARM_UP = "usual"  # the folder of its clip
KITS = 1000  # cached plans: one for each routine, or part of one, and each set of kinds of kit
RESTS = 100  # sets of resting regions whose exercises are cached
SPARED = 100  # cached plans of runners who leave something out; a session needs each repeatedly


@lru_cache(1)
def english_words() -> Words:
    return Words(shipped() / "words.txt")


def shipped_region_rules() -> RegionRules:
    return shipped_file(REGION_RULES, RegionRules)


class Catalogue:
    """The exercises, routines and topics that were read, with their texts in one language."""

    def __init__(self, reading: Reading, language: str) -> None:
        self.exercises = Exercises(reading.exercises)
        self.routines = self._shared_routines = reading.routines
        self.purposes = {
            key: purpose
            for key, purpose in reading.purposes.items()
            if key in reading.purpose_texts
        }
        self.purpose_texts = reading.purpose_texts
        conditions = shipped_file(condition_files.FILE, ConditionsFile)
        screened = reading.latest(ConditionsFile) or conditions
        self.conditions: Rules = {**conditions.rules(), **screened.rules()}
        self.routines_from_16 = frozenset(screened.routines_from_16)
        self._language = language
        self._warm_up_clips = reading.warm_up_clips
        self._evidence = reading.evidence
        self._region_rules = reading.latest(RegionRules) or shipped_region_rules()
        self._families = {
            family: frozenset(key for key, it in self.exercises.items() if _family(it) == family)
            for family in map(_family, self.exercises.values())
        }
        self._own_by_name: Mapping[str, str] = {}
        self._set_words(reading)
        self._set_caches()

    def _set_words(self, reading: Reading) -> None:
        """Set the readers of typed words, each from its own file or the shipped English one."""
        known = Words(reading.spelt) if reading.spelt else english_words()
        self._words = SearchWords(reading.search_file)
        self.topics = Topics(reading.topics, reading.exercises, known, self._words, self._language)

        def file_of(name: str, model: type[M]) -> M:
            return reading.latest(model) or shipped_file(f"locales/{ENGLISH}/{name}", model)

        signs = file_of(warning_signs.FILE, WarningSignsFile)
        self.warning_signs = vocabulary(signs, known, self._names(reading))
        names = tuple(self._own_names(reading))
        self.pain_words = pain_words.vocabulary(
            file_of(pain_words.FILE, PainWordsFile), signs, known, names
        )
        wishes = file_of(intents.FILE, IntentsFile)
        purpose_words = purposes.words(self.purpose_texts)
        everyday = intents.everyday(wishes, known, purpose_words)
        self.intents = intents.vocabulary(wishes, known, names, purpose_words)
        self.wishes = intents.wish_words(wishes, self.purpose_texts, known, names)
        self.other_languages = intents.other_languages(wishes, everyday)
        self.routine_words = routine_words.vocabulary(file_of(routine_words.FILE, RoutineWordsFile))
        self.title_words = calendar_word_files.vocabulary(
            reading.latest(CalendarWordsFile)
            or shipped_file(calendar_word_files.FILE, CalendarWordsFile)
        )
        self._exercise_search = Search(
            {e.id: (e.texts.name, *e.texts.aliases) for e in self.exercises.values()},
            {e.id: e.texts.ask_back for e in self.exercises.values()},
            everyday,
            self._words,
        )
        self._routine_search = Search(
            {r.id: (self.texts(r).name, *self.texts(r).aliases) for r in self.routines.values()},
            {},
            everyday,
            self._words,
        )

    def _set_caches(self) -> None:
        """Set the caches of plans: most kits are alike, and most runners leave nothing out."""
        self._bounds = lru_cache(KITS)(self._ruled)
        self._complete = lru_cache(KITS)(self._without_swaps)
        self._asked = lru_cache(RESTS)(self._asking)
        blocks = {
            id(block): block for routine in self.routines.values() for block in routine.blocks
        }
        self._shared_blocks = blocks.keys()
        self._usual_plans = lru_cache(KITS)(
            lambda ids, kit: plans(self.exercises, [blocks[each] for each in ids], kit)
        )
        self._spared_plans = lru_cache(SPARED)(
            lambda ids, kit, spared: plans(
                self.exercises, [blocks[each] for each in ids], kit, spared
            )
        )

    def with_routines(self, own: Mapping[str, Routine]) -> "Catalogue":
        """Return the catalogue with a runner's own routines added; everything else is shared."""
        other = copy.copy(self)
        other.routines = {**self._shared_routines, **own}
        other._own_by_name = {
            self._words.fold(self.texts(routine).name): key for key, routine in own.items()
        }
        return other

    def _names(self, reading: Reading) -> Iterator[str]:
        """Yield the names of exercises, routines and topics."""
        yield from self._own_names(reading)
        for topic in reading.topics.values():
            texts = topic.in_language(self._language)
            yield from (texts.name, *texts.words, *topic.muscles)

    def _own_names(self, reading: Reading) -> Iterator[str]:
        """Yield the names of exercises and routines."""
        for exercise in reading.exercises.values():
            forms = (form.name for form in exercise.texts.forms.values())
            texts = exercise.texts
            yield from (exercise.id, texts.name, *texts.aliases, *texts.ask_back, *forms)
        for routine in reading.routines.values():
            yield from (routine.id, self.texts(routine).name, *self.texts(routine).aliases)

    def texts(self, routine: Routine) -> RoutineTexts:
        return routine.texts.get(self._language, routine.texts["en"])

    def routine(self, key: str) -> Routine:
        """Return the routine with this id, or the newcomers' if content no longer has it."""
        return self.routines.get(key) or self.routines[NEWCOMER]

    def name_of(self, key: str) -> str:
        """Return the name of the routine with this id, or of the purpose for which it is made."""
        wish = self.wish(key)
        if wish is not None:
            return self.purpose_texts[wish.purpose].name
        return self.texts(self.routine(key)).name

    def wish(self, key: str) -> Wish | None:
        """Return the wish that the id of a session's routine stands for; None: it is a routine."""
        wish = wish_of(key) if key not in self.routines else None
        return wish if wish is not None and wish.purpose in self.purposes else None

    def has(self, key: str) -> bool:
        """Return whether the id is that of a routine or a wish, so that a session can be opened."""
        return key in self.routines or self.wish(key) is not None

    def composed(self, wish: Wish, trainee: Trainee, measure: Measure) -> Routine | None:
        """Return the routine that fits the wish best; None: nothing of its purpose can be done."""
        purpose, texts = self.purposes[wish.purpose], self.purpose_texts[wish.purpose]
        least = self._region_rules.least_session.minutes
        return compose(self.exercises, wish, purpose, texts, trainee, measure, least)

    def find_exercise(self, words: str) -> Match:
        """Find an exercise by its name, or by the name's first word if that is no topic's name."""
        match = self._exercise_search.find(words)
        if match.sure or match.named or self.topics.find(words).sure:
            return match
        first = self._exercise_search.by_first_word(words)
        return Match(sure=first, by_first_word=True) if first else match

    def lacks(self, words: str) -> bool:
        """Return whether the words are spelt correctly, but neither are nor begin any name."""
        known = (
            self.topics.find(words).sure
            or self.find_routine(words).sure
            or self._exercise_search.beginning_with(words)
            or self._routine_search.beginning_with(words)
        )
        return self.find_exercise(words).missing and not known

    def sounds_like_exercise(self, words: str) -> bool:
        """Return whether the text is short and names a movement, such as pull-ups."""
        return self._words.sounds_like_exercise(words)

    def find_routine(self, words: str) -> Match:
        folded = self._words.fold(words)
        own = self._own_by_name.get(folded)
        if own is not None and folded:
            return Match(own, named=True)
        return self._routine_search.find(words)

    def evidence(self, exercise: Exercise, form: str = BASE) -> tuple[tuple[Evidence, str], ...]:
        """Return the sources of the exercise in this form, each with its finding."""
        own = exercise.facts.form_evidence.get(form, ())
        return self._findings((*own, *exercise.facts.evidence))

    def evidence_of_topic(self, topic: str) -> tuple[tuple[Evidence, str], ...]:
        """Return the sources that are shown with a topic, each with its finding."""
        return self._findings(self.topics.evidence(topic))

    def unnamed_evidence(self) -> tuple[str, ...]:
        """Return the ids of the sources that no exercise and no topic names."""
        facts = [exercise.facts for exercise in self.exercises.values()]
        lists = [ids for each in facts for ids in (each.evidence, *each.form_evidence.values())]
        named = {key for ids in (*lists, *map(self.topics.evidence, self.topics)) for key in ids}
        return tuple(key for key in self._evidence if key not in named)

    def _findings(self, ids: Iterable[str]) -> tuple[tuple[Evidence, str], ...]:
        """Return the known sources among the ids, each with its finding in this language."""
        sources = (self._evidence[key] for key in ids if key in self._evidence)
        return tuple((s, s.found.get(self._language, s.found["en"])) for s in sources)

    def clip(self, exercise: str | None, form: str = BASE, side: str | None = None) -> Clip | None:
        known = self.exercises.get(exercise or "")
        return known.clip(form, side) if known else None

    def fit_name(self, exercise: str, form: str = BASE) -> FitName | None:
        """Return the name of an exercise in files for a watch; None: it has none."""
        known = self.exercises.get(exercise)
        if known is None or known.facts.fit is None:
            return None
        name = known.facts.fit.of(form)
        return FitName(name.category, name.name)

    def warm_up_clip(self, kind: str) -> Clip | None:
        """Return the clip of a kind of warm-up, empty for the usual one; None: there is none."""
        return self._warm_up_clips.get(kind or USUAL_WARM_UP)

    def look_up(self, words: str) -> tuple[str, ...]:
        """Return the ids of exercises for words that are being typed, best first; no words: all."""
        if not self._words.fold(words):
            return tuple(sorted(self.exercises, key=lambda key: self.exercises[key].texts.name))
        match, topic = self.find_exercise(words), self.topics.find(words)
        keys = [match.sure] if match.sure else []
        keys += self._exercise_search.beginning_with(words)
        keys += self.topics.members(topic.sure) if topic.sure else ()
        return tuple(dict.fromkeys((*keys, *match.near)))

    def plans(
        self, routine: Routine, kit: Kit | None = None, sparing: Sparing = NOTHING
    ) -> tuple[Plan, ...]:
        """Return how each block is done with this kit; a kit of None has everything."""
        kinds = of_kinds(kit)
        ids = tuple(map(id, routine.blocks))  # a part of a routine has the same blocks
        if not self._shared_blocks >= set(ids):
            return plans(self.exercises, routine.blocks, kinds, sparing)
        if sparing == NOTHING:
            return self._usual_plans(ids, kinds)
        return self._spared_plans(ids, kinds, sparing)

    def stand_in(self, exercise: str, kit: Kit | None, form: str = BASE) -> Doing:
        """Return the exercise if the kit suffices for it, otherwise its replacement."""
        return doing(self.exercises, self.exercises[exercise], kit, form)

    def steps(
        self,
        routine: Routine,
        finished_before: int,
        kit: Kit | None = None,
        today: Mapping[str, TodaysDose] | None = None,
        sparing: Sparing = NOTHING,
    ) -> tuple[Step, ...]:
        """Return the steps for a runner who has finished the routine `finished_before` times.

        `today`: the runner's own doses by exercise id; an exercise without one is done as the
        routine says. The steps are empty if every exercise is to be left out, or if what resting
        regions leave is too little for a session.
        """
        planned = self.plans(routine, kit, sparing)
        made = steps(routine, planned, finished_before, today, kit, sparing.resting)
        if not sparing.rests or is_untouched(routine, planned):
            return made
        is_enough = self._region_rules.least_session.allows_steps(made, count_own(planned))
        return made if is_enough else ()

    def leaves_enough(self, routine: Routine, kit: Kit | None, sparing: Sparing) -> bool:
        """Return whether the resting regions leave enough exercises for a session."""
        if not sparing.rests:
            return True
        planned = self.plans(routine, kit, sparing)
        return is_untouched(routine, planned) or self._region_rules.least_session.allows(
            _different(planned), count_own(planned)
        )

    def can_go_without(self, exercise: str, kit: Kit | None, sparing: Sparing) -> bool:
        """Return whether each routine is still a session without the exercise or a replacement."""
        least = self._region_rules.least_session.exercises
        after = replace(sparing, resting=None, always={**sparing.always, exercise: LEFT_OUT})
        return all(
            _different(self.plans(routine, kit, after)) >= least
            for routine in self._shared_routines.values()
            if any(block.exercise == exercise for block in routine.blocks)
        )

    def own_exercises(self, routine: Routine, kit: Kit | None, sparing: Sparing) -> int:
        """Return how many exercises of the routine are done, rather than a stand-in."""
        kinds = of_kinds(kit)
        return own_exercises(self.exercises, routine.blocks, kinds, sparing)

    @property
    def least_own_exercises(self) -> int:
        """The fewest of its own exercises that a routine needs while a region rests."""
        return self._region_rules.least_session.planned

    def held_back(self, routine: Routine, kit: Kit | None, sparing: Sparing) -> frozenset[str]:
        """Return the ids of exercises that are done only gently, because a region rests."""
        return frozenset(
            plan.doing.exercise.id for plan in self.plans(routine, kit, sparing) if plan.gently
        )

    def exercises_for(
        self, routine: Routine, kit: Kit | None, sparing: Sparing = NOTHING
    ) -> dict[str, RuledExercise]:
        """Return the input of the progression rules by exercise id, in the routine's order."""
        ruled: dict[str, RuledExercise] = {}
        kinds = of_kinds(kit)
        for plan in self.plans(routine, kit, sparing):
            sets = routine.rounds if routine.rounds > 1 else plan.block.sets
            key = plan.doing.exercise.id
            if key not in ruled or ruled[key].sets < sets:
                exercise = self._bounds(key, self._owned(key, kit), kinds, sets, plan.doing.form)
                demand = self.exercises[key].facts.demands.of(plan.doing.form)
                is_light = not sparing.light.isdisjoint(demand.also)
                ruled[key] = lightly(exercise) if is_light else exercise
        return ruled

    def exercise_for(self, key: str, kit: Kit | None, form: str = BASE) -> RuledExercise:
        """Return the input of the progression rules for one exercise in any routine."""
        return self._bounds(key, self._owned(key, kit), of_kinds(kit), MOST_SETS, form)

    def _owned(self, key: str, kit: Kit | None) -> tuple[Level, ...]:
        """Return the levels of the bands that suit the exercise."""
        bands = self.exercises[key].facts.bands
        return tuple(band.level for band in (kit.bands if kit else ()) if band.kind.value in bands)

    def _ruled(
        self, key: str, owned: tuple[Level, ...], kit: Kit | None, sets: int, form: str
    ) -> RuledExercise:
        exercise = self.exercises[key]
        facts = exercise.facts
        return RuledExercise(
            id=key,
            exercise_class=ExerciseClass(facts.exercise_class),
            owned=owned,
            sets=sets,
            own_range=Range(*facts.dose.range, Unit(facts.dose.unit)),
            variants=variants(exercise, form, kit),
            uses_band=not needs_no_band(exercise, form),
        )

    def kin(self, key: str) -> frozenset[str]:
        """Return the ids of the other exercises of the same family and the same main muscle."""
        return self._families[_family(self.exercises[key])] - {key}

    def resting(self, rests: Iterable[Rest]) -> Resting | None:
        """Return what the rests leave out; None: nothing rests."""
        given = tuple(rests)
        return Resting(self._region_rules, given) if given else None

    @property
    def warm_ups(self) -> tuple[str, ...]:
        """The ids of the warm-ups for resting regions."""
        return tuple(self._region_rules.warm_ups)

    def may_do(self, doing: Doing, sparing: Sparing) -> bool:
        """Return whether the exercise may be done as usual in this form."""
        return sparing.allowance(doing.exercise, doing.form) is Allowance.FREELY

    def ruled_out_by(self, exercise: Exercise, form: str, rests: Iterable[Rest]) -> Region | None:
        """Return the region whose rest rules the exercise out in this form; None: none does."""
        for rest in rests:
            resting = Resting(self._region_rules, (rest,))
            if resting.allowance(exercise.facts.demands.of(form)) is Allowance.OUT:
                return rest.region
        return None

    def loaded(self, exercise: str, form: str, rests: Iterable[Rest]) -> Region | None:
        """Return the first resting region that the exercise loads; None: it loads none."""
        if exercise not in self.exercises:
            return None
        demand = self.exercises[exercise].facts.demands.of(form)
        return next((rest.region for rest in rests if demand.load(rest.region)), None)

    def eased(
        self, coming: Iterable[Step], rests: Iterable[Rest]
    ) -> tuple[tuple[Step, ...], frozenset[str]]:
        """Return the steps as the rests allow them, and the ids of exercises that they rule out."""
        steps, resting = tuple(coming), self.resting(rests)
        if resting is None:
            return steps, frozenset()
        return eased_steps(self.exercises, steps, resting)

    def sore(self, exercise: str | None) -> frozenset[str]:
        """Return the ids of exercises to leave out while this one's muscles ache."""
        return sore(self.exercises, exercise or "")

    def limits(self, conditions: Iterable[Declared], now: datetime) -> frozenset[Limit]:
        """Return what conditions that are not over rule out."""
        return limits(lasting(conditions, self.conditions, now), self.conditions)

    def limited(self, given: Collection[Limit]) -> frozenset[str]:
        """Return the ids of exercises to leave out for what conditions rule out."""
        return limited(self.exercises, given)

    def working(self, regions: Collection[Region]) -> frozenset[str]:
        """Return the ids of exercises that are heavy for one of the regions."""
        return self._asked(frozenset(regions), Load.HEAVY)

    def loading(self, regions: Collection[Region]) -> frozenset[str]:
        """Return the ids of exercises that load one of the regions, if only lightly."""
        return self._asked(frozenset(regions), Load.LIGHT)

    def _asking(self, regions: frozenset[Region], least: Load) -> frozenset[str]:
        """Return the ids of exercises that load a region at least so much; an unknown one: all."""
        if Region.ELSEWHERE in regions:
            return frozenset(self.exercises)
        parts = [part for region in regions for part in narrowed(region)]
        return frozenset(
            key
            for key, exercise in self.exercises.items()
            if any(exercise.facts.demands.load(part) >= least for part in parts)
        )

    def alternatives(
        self, step: Step, kit: Kit | None, sparing: Sparing, avoid: Collection[str]
    ) -> tuple[Doing, ...]:
        """Return what can be done instead of the step, two at most."""
        return alternatives(self.exercises, step, kit, sparing, avoid)

    def instead_of(self, exercise: str, kit: Kit | None, sparing: Sparing) -> tuple[Doing, ...]:
        """Return what may be done from now on instead of an exercise, the most like it first."""
        found = others(self.exercises, self.exercises[exercise], BASE, kit, sparing)
        return tuple(each for each in found if each.exercise.id not in sparing.always)

    def swapped(
        self, coming: Iterable[Step], replacement: Doing, planned: tuple[str, str]
    ) -> tuple[Step, ...]:
        """Return the coming steps with the first one's exercise replaced wherever it occurs.

        `planned`: the exercise and form before any swap; if the replacement is just these, the
        steps no longer record a swap.
        """
        steps = tuple(coming)
        as_planned = planned == (replacement.exercise.id, replacement.form)
        names = ("", "", "") if as_planned else (*planned, self.name(*planned))
        after = swapped(steps, steps[0], replacement, names)
        if not after or after[0].part is Part.ANCHOR or not after[0].band:
            return after
        before = self.exercises.get(steps[0].exercise or "")
        height = replacement.exercise.facts.anchor_height
        if height is None or (before and before.facts.anchor_height == height):
            return after
        return (after[0].anchored_at(height), *after)

    def name(self, exercise: str, form: str) -> str:
        """Return the name of the form, or "" if content no longer has the exercise."""
        known = self.exercises.get(exercise)
        return "" if known is None else known.texts.of(form).name

    def this_week(self, routine: Routine, done: Collection[str]) -> Routine:
        """Return the routine without its weekly blocks of a class that one of `done` belongs to."""
        classes = {self._class_of(key) for key in done if key in self.exercises}
        return self._without(
            routine, lambda block: block.weekly and self._class_of(block.exercise) in classes
        )

    def without_calves(self, routine: Routine) -> Routine:
        """Return the routine without its calf raises."""
        return self._without(
            routine, lambda block: self._class_of(block.exercise) == ExerciseClass.CALF
        )

    def _without(self, routine: Routine, is_out: Callable[[Block], bool]) -> Routine:
        """Return the routine without these blocks; unchanged if none or all of them are out."""
        blocks = tuple(block for block in routine.blocks if not is_out(block))
        if len(blocks) in (0, len(routine.blocks)):
            return routine
        return routine.model_copy(update={"blocks": blocks})

    def _class_of(self, exercise: str) -> str:
        return self.exercises[exercise].facts.exercise_class

    def complete(self, kit: Kit) -> frozenset[str]:
        """Return the ids of the shared routines for which the kit has everything."""
        return self._complete(of_kinds(kit))

    def _without_swaps(self, kit: Kit | None) -> frozenset[str]:
        shared = self._shared_routines.items()
        return frozenset(key for key, routine in shared if not self.swaps(routine, kit))

    def swaps(self, routine: Routine, kit: Kit | None) -> int:
        """Return the number of blocks in which the kit requires a replacement."""
        return sum(bool(plan.doing.lacks) for plan in self.plans(routine, kit))

    def needs(self, steps: Iterable[Step]) -> tuple[tuple[frozenset[str], ...], bool]:
        """Return sets of bands, one of each of which is needed, and whether an anchor is.

        If a step names the runner's own band, it is this one, otherwise any that suits. Exercises
        that content no longer has are ignored.
        """
        doings = [
            (step, Doing(self.exercises[step.exercise or ""], step.form, with_band=bool(step.band)))
            for step in steps
            if step.exercise in self.exercises and step.is_timed
        ]
        used = (
            frozenset({step.kind} if step.kind else bands_used(doing)) for step, doing in doings
        )
        return needs(filter(None, used)), needs_anchor(doing for _, doing in doings)

    def unused(self) -> tuple[str, ...]:
        """Return the ids of exercises that no routine names, not even as a swap."""
        blocks = [block for routine in self.routines.values() for block in routine.blocks]
        used = {block.exercise for block in blocks} | {block.swap for block in blocks}
        return tuple(sorted(self.exercises.keys() - used))


def _different(planned: Iterable[Plan]) -> int:
    """Return how many different exercises are done."""
    return len({plan.doing.exercise.id for plan in planned})


def _family(exercise: Exercise) -> tuple[str, str]:
    """Return the exercise's family, and its main muscle."""
    return exercise.facts.family, exercise.facts.muscles.primary[0]


def read_catalogue(
    folders: list[Path], language: str, *, checked: bool = False
) -> tuple[Catalogue, list[Fault]]:
    """Read content folders; return the catalogue and the faults in them.

    Phrases with two meanings, of which the first counts, are faults only if `checked`.
    """
    reading = Reading(folders, language)
    if checked:
        reading.faults += reading.ambiguous_phrases()
    return Catalogue(reading, language), reading.faults
