"""The catalogue: exercises and routines in memory, found by what people call them."""

from collections.abc import Iterator
from pathlib import Path

from bot.catalogue.models import Block, Evidence, Routine, RoutineTexts
from bot.catalogue.reading import Clip, Exercise, Fault, Reading
from bot.catalogue.search import Match, Search, fold
from bot.catalogue.topics import Topics
from bot.domain.session import Rest, Step
from bot.domain.suggestion import NEWCOMER

__all__ = ["Catalogue", "Clip", "Exercise", "Fault", "Match", "Routine", "read_catalogue"]


class Catalogue:
    """What the coach can explain and lead through, in one language."""

    def __init__(self, reading: Reading, language: str) -> None:
        self.exercises = reading.exercises
        self.routines = reading.routines
        self.topics = Topics(reading.topics, reading.exercises)
        self._evidence = reading.evidence
        self._language = language
        self._exercise_search = Search(
            {e.id: (e.texts.name, *e.texts.aliases) for e in self.exercises.values()},
            {e.id: e.texts.ask_back for e in self.exercises.values()},
        )
        self._routine_search = Search(
            {r.id: (self.texts(r).name, *self.texts(r).aliases) for r in self.routines.values()},
            {},
        )

    def texts(self, routine: Routine) -> RoutineTexts:
        return routine.texts.get(self._language, routine.texts["en"])

    def routine(self, key: str) -> Routine:
        """The routine with this id; the newcomers' one where content has lost it since."""
        return self.routines.get(key) or self.routines[NEWCOMER]

    def find_exercise(self, words: str) -> Match:
        return self._exercise_search.find(words)

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

    def bands(self, routine: Routine) -> tuple[frozenset[str], ...]:
        """What a routine needs: of each set any one band will do; no set holds another."""
        needed: list[frozenset[str]] = []
        for block in routine.blocks:
            exercise = self.exercises[block.exercise]
            form = exercise.texts.forms.get(block.form)
            if form and not form.needs_band:
                continue
            if exercise.facts.bands:
                needed.append(frozenset(exercise.facts.bands))
        smallest = sorted(set(needed), key=lambda bands: (len(bands), sorted(bands)))
        kept: list[frozenset[str]] = []
        for bands in smallest:
            if not any(other <= bands for other in kept):
                kept.append(bands)
        return tuple(kept)

    def needs_anchor(self, routine: Routine) -> bool:
        return any(self.exercises[block.exercise].facts.anchor for block in routine.blocks)

    def steps(self, routine: Routine, finished_before: int) -> tuple[Step, ...]:
        """The routine as steps, for a runner who has finished it this many times."""
        limits = routine.sets_in_first_sessions[finished_before : finished_before + 1]
        steps: list[Step] = []
        if routine.warm_up:
            steps.append(_warm_up(routine.warm_up))
        for block in routine.blocks:
            steps.extend(self._block(block, min(block.sets, *limits) if limits else block.sets))
        return tuple(steps)

    def _block(self, block: Block, sets: int) -> Iterator[Step]:
        exercise = self.exercises[block.exercise]
        texts = exercise.texts
        form = texts.forms.get(block.form)
        about = (block.about.low, block.about.high, block.about.unit) if block.about else None
        sides = texts.side_names if block.halves and texts.side_names else (None,)
        for number in range(1, sets + 1):
            for half, side in enumerate(sides, start=1):
                if half < len(sides):
                    rest, kind = block.switch, Rest.SWITCH
                elif number < sets:
                    rest, kind = block.rest, Rest.REST
                else:
                    rest, kind = block.change, Rest.CHANGE
                yield Step(
                    exercise=exercise.id,
                    name=form.name if form else texts.name,
                    form=block.form,
                    set_number=number,
                    sets=sets,
                    side=side,
                    work=block.work,
                    about=about,
                    band=form.band if form else texts.band,
                    cues=(form or texts).cues[:2],
                    rest=rest,
                    rest_kind=kind,
                )


def _warm_up(seconds: int) -> Step:
    return Step(
        exercise=None,
        name="",
        form="base",
        set_number=1,
        sets=1,
        side=None,
        work=seconds,
        about=None,
        band="",
        cues=(),
        rest=0,
        rest_kind=Rest.CHANGE,
    )


def read_catalogue(folders: list[Path], language: str) -> tuple[Catalogue, list[Fault]]:
    """The content of these folders, and all that is wrong with it."""
    reading = Reading(folders, language)
    return Catalogue(reading, language), reading.faults
