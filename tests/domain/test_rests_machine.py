"""Reports, answers and days in any order: no date ends a rest, only a clinician lifts a lock."""

from datetime import date, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.domain.pain import PainKind
from bot.domain.regions import OFFERED, Region, narrowed
from bot.domain.rests import Answer, Answered, Event, Level, Report, Rest, Stage, rests
from tests.conftest import tries

REGIONS = st.sampled_from([Region.KNEE, Region.LOW_BACK, Region.BACK])
SPOKEN = st.sampled_from(
    [Answer.WORSE, Answer.SAME, Answer.BETTER, Answer.READY, Answer.NOT_YET, Answer.TRAINED]
)


class Rests(RuleBasedStateMachine):
    """A runner who reports and answers; `events` is all that is stored."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[Event] = []
        self.today = date(2026, 3, 2)

    def found(self) -> dict[Region, Rest]:
        return {rest.region: rest for rest in rests(self.events)}

    @rule(days=st.integers(1, 20))
    def days_pass(self, days: int) -> None:
        before = self.found()
        self.today += timedelta(days=days)
        assert self.found() == before

    @rule(region=REGIONS, kind=st.sampled_from(PainKind), score=st.integers(0, 10))
    def it_hurts(self, region: Region, kind: PainKind, score: int) -> None:
        before = self.found()
        self.events.append(Report(region, kind, score, self.today))
        after = self.found()
        if score == 0:
            assert after == before
            return
        for part in narrowed(region):
            rest = after[part]
            assert rest.ask_on == self.today + timedelta(days=1)
            if score >= 6:
                assert rest.level.reaches(Level.STRONG)
                assert rest.earliest >= self.today + timedelta(days=7)
            if kind in (PainKind.BONE, PainKind.GROIN):
                assert rest.locked
            if earlier := before.get(part):
                assert rest.level.reaches(earlier.level)
                assert rest.earliest >= earlier.earliest
                assert earlier.light_allowed or not rest.light_allowed or not earlier.rests
        self.others_stay(before, after, region)

    @rule(region=REGIONS, answer=SPOKEN)
    def answers(self, region: Region, answer: Answer) -> None:
        before = self.found()
        self.events.append(Answered(region, answer, self.today))
        after = self.found()
        for part in narrowed(region):
            earlier, rest = before.get(part), after.get(part)
            if earlier is None:
                assert rest is None
            elif earlier.locked:
                assert rest is not None
                assert rest.locked
            elif answer is Answer.WORSE:
                assert rest is not None
                assert rest.level.reaches(Level.STRONG)
                assert rest.earliest >= self.today + timedelta(days=7)
            else:
                self.comes_back_in_order(earlier, rest, answer)
        self.others_stay(before, after, region)

    def comes_back_in_order(self, earlier: Rest, rest: Rest | None, answer: Answer) -> None:
        """Less is left out only through the gate, after the least days; then step by step."""
        if earlier.stage is Stage.RESTING and earlier.rests:
            assert rest is not None
            if rest.stage is Stage.LIGHT:
                assert answer is Answer.READY
                assert earlier.is_gate
                assert earlier.earliest <= self.today
            else:
                assert rest.level.reaches(earlier.level)
                assert rest.earliest >= earlier.earliest
        elif earlier.stage is Stage.LIGHT:
            assert rest is not None
            assert rest.stage in (Stage.LIGHT, Stage.STEPPED)
        elif earlier.stage is Stage.STEPPED:
            assert rest is not None or answer is Answer.TRAINED
        else:
            assert rest is not None or answer in (Answer.SAME, Answer.BETTER)

    @rule(region=REGIONS)
    def clinician_agrees(self, region: Region) -> None:
        before = self.found()
        self.events.append(Answered(region, Answer.AGREED, self.today))
        after = self.found()
        assert after.keys() == before.keys()
        for part in set(narrowed(region)) & before.keys():
            assert not after[part].locked
            assert after[part].rests == before[part].rests
            assert after[part].earliest == before[part].earliest
        self.others_stay(before, after, region)

    def others_stay(
        self, before: dict[Region, Rest], after: dict[Region, Rest], region: Region
    ) -> None:
        for other in set(OFFERED) - set(narrowed(region)):
            assert after.get(other) == before.get(other)

    @invariant()
    def what_is_known_is_of_one_piece(self) -> None:
        for rest in self.found().values():
            assert rest.region in OFFERED
            assert rest.light_allowed <= (rest.level is Level.MODERATE)
            assert not (rest.stage is not Stage.RESTING and rest.locked)
            assert not (rest.is_gate and rest.locked)
            if rest.stage is Stage.RESTING and not rest.locked:
                assert rest.ask_on is not None, "nothing would ever end it"


TestRests = Rests.TestCase
TestRests.settings = settings(max_examples=tries(200), stateful_step_count=20)
