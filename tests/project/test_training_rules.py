"""docs/training-rules.md says what the code does: its tables are compared with the rules."""

import re
from pathlib import Path

import pytest

from bot.content import shipped_region_rules
from bot.domain import gap, load, pain, progression, race, rests
from bot.domain.prescription import CLASSES, SET_CAPS, SeasonPhase
from bot.domain.rests import Level
from bot.domain.week import NEVER_BROKEN, Rule
from tests.shipped import CATALOGUE

PAGE = (Path(__file__).parents[2] / "docs" / "training-rules.md").read_text(encoding="utf-8")
PROGRESSION = [
    *"123456",
    "6.1",
    "7",
    "5.1",
    *"89",
    "10",
]  # the rules of bot/domain/progression.py, in order


def table(*columns: str) -> list[list[str]]:
    """The rows of the table whose first columns have these names."""
    head = re.escape("| " + " | ".join(columns) + " |")
    found = re.search(rf"(?m)^{head}.*\n\|[-| ]+\|\n((?:\|.*\n)+)", PAGE)
    assert found is not None
    return [[cell.strip() for cell in row.split(" | ")] for row in rows(found[1])]


def rows(text: str) -> list[str]:
    return [line.strip("| ") for line in text.splitlines()]


def test_every_rule_of_progression_is_there_in_its_order() -> None:
    listed = [row[0] for row in table("rule", "applies when", "then")]
    assert len(listed) == len(progression.RULES)
    assert listed == PROGRESSION


def test_every_rule_has_a_number_of_its_own() -> None:
    numbers = [int(number) for number in re.findall(r"(?m)^\*\*Rule (\d+): ", PAGE)]
    assert len(numbers) == len(set(numbers))
    assert min(numbers) > 10
    assert sorted(numbers) == list(range(11, 11 + len(numbers)))


def test_every_rule_that_is_cited_exists() -> None:
    root = Path(__file__).parents[2]
    numbers = {*re.findall(r"(?m)^\*\*Rule (\d+): ", PAGE)}
    numbers |= {*PROGRESSION}
    files = [*root.glob("bot/**/*.py"), *root.glob("tests/**/*.py"), *root.glob("docs/*.md")]
    cited = {
        number
        for file in files
        for number in re.findall(
            r"training-rules\.md, rules? (\d+(?:\.\d)?)", file.read_text(encoding="utf-8")
        )
    }
    assert cited
    assert cited <= numbers


def test_the_phases_have_these_days() -> None:
    expected = [
        [
            distance.value,
            str(phases.build),
            str(phases.peak),
            "–" if phases.taper == race.RACE_WEEK else str(phases.taper),
            str(race.RACE_WEEK),
        ]
        for distance, phases in race.PHASES.items()
    ]
    assert table("race", "build from", "peak from", "taper from", "race week from") == expected


def test_the_last_days_before_a_race_are_these() -> None:
    expected = []
    for distance, last in race.LAST_DAYS.items():
        minor = race.LAST_DAYS_MINOR.get(distance)
        own = [str(minor.legs), str(minor.light)] if minor else ["–", "–"]
        expected.append([distance.value, str(last.legs), str(last.light), *own])
    assert table("race", "legs", "light", "minor: legs", "minor: light") == expected


def test_the_return_after_a_race_has_these_days() -> None:
    expected = [
        [distance.value, str(days.nothing), str(days.light), str(days.half)]
        for distance, days in race.RETURN.items()
    ]
    assert table("race", "nothing until", "light until", "one set until") == expected


def test_the_rules_of_the_running_week_are_these_in_their_order() -> None:
    listed = table("rule", "a day is not for the legs if", "broken as a last resort")
    assert [row[0] for row in listed] == list(Rule)
    assert {Rule(row[0]) for row in listed if row[2] == "never"} == NEVER_BROKEN


def test_the_classes_have_these_ranges() -> None:
    expected = [
        [kind.value, str(span.low), str(span.top), span.unit.value]
        for kind, span in CLASSES.items()
    ]
    assert table("class", "from", "to") == expected


def test_the_parts_of_the_season_have_these_most_sets() -> None:
    expected = [[phase.value, str(most)] for phase, most in SET_CAPS.items()]
    assert table("part of the season", "most sets") == expected


def test_the_parts_of_the_season_have_these_sessions_a_week() -> None:
    expected = [[phase.value, str(most)] for phase, most in load.SESSIONS_A_WEEK.items()]
    assert table("part of the season", "sessions") == expected


def test_a_gap_begins_on_these_days() -> None:
    assert [int(row[0]) for row in table("from days", "sets")] == [
        rule.days for rule in gap.GAP_RULES
    ]


@pytest.mark.parametrize(
    ("words", "figure"),
    [
        ("at least {} hours apart", int((load.APART).total_seconds()) // 3600),
        ("at 0{}:00 local time", pain.MORNING.hour),
        ("not before 0{}:00", pain.FIRST_LIGHT.hour),
        ("from {} the session ends", pain.TOO_SORE),
        ("Above {} those muscles", pain.SORE),
        ("within {} days that is at", rests.AGAIN.days),
        ("Up to {} of 10 the session goes on", pain.SORE),
        ("at {} credits one step up", progression.MOST_CREDITS),
        ("A session takes at most {} minutes", load.LONGEST_SESSION.seconds // 60),
        ("at least {} different exercises", shipped_region_rules().least_session.exercises),
        ("at least {} minutes without the warm-up", shipped_region_rules().least_session.minutes),
    ],
)
def test_a_figure_in_a_sentence_is_the_one_in_the_code(words: str, figure: int) -> None:
    assert words.format(figure) in " ".join(PAGE.split())


def test_a_level_leaves_out_these_loads() -> None:
    rules = shipped_region_rules().levels
    expected = [
        [level.value, getattr(rules, level).heavy, getattr(rules, level).light] for level in Level
    ]
    assert [row[:3] for row in table("level", "heavy", "light")] == expected


def test_a_region_leaves_out_these_postures_and_strains() -> None:
    assert table("region", "mild", "moderate", "strong", "before a run") == [
        [
            key,
            *(", ".join(out) or "–" for out in (rule.mild, rule.moderate, rule.strong)),
            "yes" if rule.before_run else "no",
        ]
        for key, rule in shipped_region_rules().regions.items()
    ]


def test_warning_signs_are_listed_for_each_urgency() -> None:
    listed = [row[0] for row in table("urgency", "signs")]
    assert listed == [urgency.value.replace("-", " ") for urgency in pain.Urgency]


def test_the_routines_suit_these_parts_of_the_season() -> None:
    listed = {row[0]: row[1].split(", ") for row in table("part", "routines")}
    expected = {
        phase.value: sorted(
            key for key, routine in CATALOGUE.routines.items() if phase.value in routine.phases
        )
        for phase in SeasonPhase
        if phase is not SeasonPhase.RACE_WEEK
    }
    assert listed == expected


def test_the_routines_take_these_seconds() -> None:
    listed = {row[0]: row[1:] for row in table("routine", "blocks", "rounds")}
    assert listed.keys() == CATALOGUE.routines.keys()
    for key, (blocks, rounds, seconds, working, total) in listed.items():
        routine = CATALOGUE.routines[key]
        steps = [step for step in CATALOGUE.steps(routine, 9) if not step.is_warm_up]
        each = [int(cell) for cell in seconds.split(", ")]
        assert (len(routine.blocks), routine.rounds) == (int(blocks), int(rounds))
        assert [block.seconds for block in routine.blocks] == each * (int(blocks) // len(each))
        assert sum(step.work for step in steps if step.is_work) == int(working)
        assert sum(step.work + step.rest for step in steps) == int(total)
