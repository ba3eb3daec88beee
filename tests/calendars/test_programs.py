"""A file in the shape of each program becomes the days that its runner sees there."""

from datetime import date
from pathlib import Path

import pytest

from bot.calendars.reading import read
from bot.domain.run_plan import PlanEntry, PlanFile
from tests.shipped import CATALOGUE

PROGRAMS = Path(__file__).with_name("programs")
TUESDAY = date(2026, 11, 24)
# Made by us; each has the properties and the titles that the program is known to write.
DAYS = {
    "apple": (
        "11-26 hard 01:30 Tempo by the river, 3 miles",
        "11-28 long Long run",
        "12-05 long Long run",
        "12-12 long Long run",
    ),
    "final-surge": (
        "11-24 easy EZ aerobic run 6 mi + strides",
        "11-25 hard Workout",
        "11-27 hard CP test",
        "11-29 long LR 16 miles",
    ),
    "garmin": (
        "11-24 easy Base",
        "11-25 hard Threshold",
        "11-26 ask Stride Repeats",
        "11-28 long Long Run",
        "11-29 rest",
    ),
    "german-club": (
        "11-24 hard 18:30 Bahntraining 8x400",
        "11-26 ask 18:30 Lauftreff",
        "11-27 trunk 18:00",
        "11-29 long 09:30 Langer Lauf über die Höhen",
        "12-01 hard 18:30 Bahntraining 8x400",
        "12-06 race Nikolauslauf (Volkslauf)",
        "12-08 ask Weihnachtsfeier",
        "12-08 hard 18:30 Bahntraining 8x400",
    ),
    "google": (
        "11-10 hard 18:30 Track with the club",
        "11-17 hard 18:30 Track with the club",
        "11-24 hard 18:30 Track with the club",
        "11-27 easy 18:00 Easy jog",
        "12-09 hard 19:00 Track with the club",
        "12-15 hard 18:30 Track with the club",
    ),
    "intervals-icu": (
        "11-24 easy 06:00 Aerobic 50m Z2",
        "11-25 ask 17:30 Monday Madness",
        "11-26 strength",
        "11-29 race 09:00 City 10",
        "11-30 hard 06:00",
    ),
    "outlook": (
        "11-24 easy 18:00 Lockerer Dauerlauf",
        "11-26 hard 18:00 Intervalle",
    ),
    "runna": (
        "11-24 easy 8km Easy Run",
        "11-26 hard 🏃 Over-Unders 9km",
        "11-28 hard 5km Time Trial",
        "11-29 long 22km Long Run",
        "12-13 race 🏁 Race Day: Half Marathon",
    ),
    "trainerroad": (
        "11-24 easy",
        "11-25 hard",
        "11-26 easy Easy Run",
        "11-28 ask Run",
    ),
    "trainingpeaks": (
        "11-24 easy Run: Recovery 40:00",
        "11-25 hard Run: 5 x 1k @ T pace, 2 min rest",
        "11-26 strength",
        "11-27 rest",
        "11-28 easy",
        "11-29 long Run: MLR 1:20 h",
        "04-04 race A Race: Spring Marathon",
    ),
}


def told(entry: PlanEntry) -> str:
    at = entry.at and f"{entry.at:%H:%M}"
    return " ".join(filter(None, (f"{entry.day:%m-%d}", entry.kind.value, at, entry.title)))


def plan_of(program: str, zone: str | None = "Europe/Berlin") -> PlanFile:
    content = (PROGRAMS / f"{program}.ics").read_bytes()
    plan = read(content, CATALOGUE.title_words, zone, TUESDAY)
    assert isinstance(plan, PlanFile)
    return plan


def test_every_file_has_its_days_here() -> None:
    assert {file.stem for file in PROGRAMS.iterdir()} == set(DAYS)


@pytest.mark.parametrize(("program", "days"), DAYS.items(), ids=DAYS)
def test_a_programs_file_is_read(program: str, days: tuple[str, ...]) -> None:
    assert tuple(told(entry) for entry in plan_of(program).entries) == days


def test_what_is_no_training_is_counted_and_nothing_of_it_is_kept() -> None:
    plan = plan_of("google")
    assert plan.others == 3
    assert "Quartet" not in repr(plan)
    assert "Secret" not in repr(plan)


def test_without_a_known_zone_the_files_own_times_count() -> None:
    assert told(plan_of("apple", zone=None).entries[0]) == (
        "11-25 hard 19:30 Tempo by the river, 3 miles"
    )
    utc = [
        told(entry) for entry in plan_of("google", zone=None).entries if entry.title == "Easy jog"
    ]
    assert utc == ["11-27 easy 18:00 Easy jog"]
