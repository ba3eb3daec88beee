"""The model of a routine: data/routines/<id>.toml."""

from math import ceil
from typing import Annotated

from pydantic import Field, model_validator

from bot.content.models import BASE, TEMPO, Level, Line, Model, SeasonPhase, Seconds, Slug, Unit
from bot.domain.prescription import MOST_SETS


class About(Model):
    """Roughly how many fit into the work time, which tells a runner the pace."""

    low: int = Field(description="at least about this many", examples=[6])
    high: int = Field(description="at most about this many", examples=[8])
    unit: Unit = Field(description="what is counted", examples=["reps"])


class Ramp(Model):
    """A few slow repetitions with a lighter band before the sets of a block; no set itself."""

    count: Annotated[int, Field(ge=1, le=10)] = Field(
        description="how many repetitions, on each side if the block has halves", examples=[5]
    )
    work: Annotated[int, Field(ge=5, le=60)] = Field(
        description="seconds for them, on each side if the block has halves", examples=[20]
    )
    switch: Seconds = Field(0, description="seconds between the two sides", examples=[5])
    rest: Seconds = Field(description="seconds before the first set", examples=[40])


class Block(Model):
    """One exercise in a routine. All times are in seconds.

    A set is `work` once, or twice with `switch` between if `halves` is set (left and right, or
    two goes of an alternating exercise). `rest` follows each set but the last, `change` the last.
    """

    exercise: Slug = Field(description="the name of the exercise's folder", examples=["clamshell"])
    form: Slug = Field(
        BASE, description="base, or one of the exercise's forms", examples=["easier"]
    )
    swap: Slug | None = Field(
        None,
        description="what replaces it without its band, if it has no form that needs none",
        examples=["banded-glute-bridge"],
    )
    sets: Annotated[int, Field(ge=1, le=6)] = Field(description="how many sets", examples=[2])
    work: Annotated[int, Field(ge=5, le=300)] = Field(
        description="seconds of work in a set, or in each of its halves", examples=[30]
    )
    halves: bool = Field(
        False, description="a set is done twice: once for each of side_names", examples=[True]
    )
    switch: Seconds = Field(0, description="seconds between the two halves", examples=[5])
    rest: Seconds = Field(0, description="seconds between sets", examples=[20])
    change: Seconds = Field(description="seconds after the last set", examples=[30])
    tempo: Annotated[str, Field(pattern=TEMPO)] | None = Field(
        None,
        description="seconds out, held, back and between in this routine; left out: the exercise's",
        examples=["3-0-1-0"],
    )
    ramp: Ramp | None = Field(
        None,
        description="slow repetitions with a lighter band before the first set",
        examples=[{"count": 5, "work": 20, "rest": 40}],
    )
    weekly: bool = Field(
        False,
        description="left out if an exercise of its class was done in the last seven days",
        examples=[True],
    )
    about: About | None = Field(
        None,
        description="roughly how many fit into the work time of what is measured in seconds;"
        " of all else the tempo says it",
        examples=[{"low": 6, "high": 8, "unit": "reps"}],
    )

    @property
    def seconds(self) -> int:
        """The seconds of its sets with ramp, rests and change."""
        goes = 2 if self.halves else 1
        ramp = self.ramp.work * goes + self.ramp.switch + self.ramp.rest if self.ramp else 0
        sets = self.sets * (self.work * goes + self.switch)
        return ramp + sets + (self.sets - 1) * self.rest + self.change

    @model_validator(mode="after")
    def a_switch_needs_halves(self) -> "Block":
        if self.switch and not self.halves:
            raise ValueError("switch is the pause between two halves: set halves = true")
        if self.ramp and self.ramp.switch and not self.halves:
            raise ValueError("ramp.switch is the pause between two halves: set halves = true")
        return self


class RoutineTexts(Model):
    """The name and the description of a routine, in one language."""

    name: Annotated[str, Field(min_length=1, max_length=40)] = Field(
        description="what the runner reads", examples=["Hill legs"]
    )
    aliases: tuple[str, ...] = Field(
        (), description="other names that people type", examples=[["hills", "hill strength"]]
    )
    in_short: Line = Field(
        description="what it is and how long it takes, in a sentence or two",
        examples=["Four exercises for hilly courses. About 14 minutes."],
    )


class Routine(Model):
    """data/routines/<id>.toml: an ordered list of blocks, with its texts per language."""

    id: Slug = Field(description="the name of its file without .toml", examples=["hill-legs"])
    level: Level = Field(description="whom it suits", examples=["beginner"])
    phases: tuple[SeasonPhase, ...] = Field(
        (),
        description="the parts of a season that it suits; an empty list: any",
        examples=[["base", "build"]],
    )
    progress: bool = Field(
        True,
        description="false: it is meant to stay easy, so nothing becomes harder after it",
        examples=[False],
    )
    warm_up: Seconds = Field(description="seconds before the first block; 0: none", examples=[120])
    sets_in_first_sessions: tuple[int, ...] = Field(
        (),
        description="at most this many sets in the first, second, … session of this routine, not"
        " counting those that were too hard; rounds count as sets",
        examples=[[1]],
    )
    rounds: Annotated[int, Field(ge=1, le=6)] = Field(
        1,
        description="how many times all blocks are done in turn, one set of each at a time",
        examples=[2],
    )
    blocks: tuple[Block, ...] = Field(
        min_length=1,
        description="the exercises in order",
        examples=[[{"exercise": "clamshell", "sets": 2, "work": 30, "change": 30}]],
    )
    texts: dict[str, RoutineTexts] = Field(
        description="its texts per language",
        examples=[{"en": {"name": "Hill legs", "in_short": "Four exercises for hilly courses."}}],
    )

    def sets_in_session(self, number: int) -> int:
        """Return the most sets of an exercise in a session of this routine; `number` is from 0."""
        limits = self.sets_in_first_sessions[number : number + 1]
        return min(self.rounds * max(block.sets for block in self.blocks), *limits, MOST_SETS)

    @property
    def minutes(self) -> int:
        """The minutes that it takes without warm-up and without what comes weekly."""
        seconds = sum(block.seconds for block in self.blocks if not block.weekly)
        return ceil(self.rounds * seconds / 60)

    @model_validator(mode="after")
    def rounds_are_of_single_sets(self) -> "Routine":
        if self.rounds > 1 and any(block.sets > 1 for block in self.blocks):
            raise ValueError("a routine in rounds has blocks of one set: set sets = 1")
        if self.rounds > 1 and any(block.ramp for block in self.blocks):
            raise ValueError("a routine in rounds has no ramp: take ramp out")
        return self

    @model_validator(mode="after")
    def it_speaks_english(self) -> "Routine":
        if "en" not in self.texts:
            raise ValueError('texts.en is missing, such as [texts.en] with name = "Hill legs"')
        return self
