"""The next session that is suggested after pain: `python -m tests.bench.regions`.

For each region, a dull 5 and a dull 8 of 10 on the day before; for a runner who owns everything
and one with a mini band. ° is what is done gently: one set, no band.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.content import Sparing, read_catalogue
from bot.content.models import BASE
from bot.content.reading import shipped
from bot.domain.kit import Band, Kit, KitKind, Level
from bot.domain.pain import PainKind
from bot.domain.readiness import Readiness
from bot.domain.regions import OFFERED, Region
from bot.domain.rests import Report, rests
from bot.domain.runner import Runner
from bot.domain.session import Rating, Step, length
from bot.domain.suggestion import FinishedSession, TrainedSession
from bot.services.runner_states import RunnerState
from bot.services.session_plans import plan
from bot.services.suggestions import routine_for

CATALOGUE, _ = read_catalogue([shipped()], "en")
NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
EVERYTHING = Kit(
    tuple(
        Band(kind, Level.NONE if kind is KitKind.DOOR_ANCHOR else Level.LIGHT) for kind in KitKind
    )
)
KITS = {"everything": EVERYTHING, "a mini band": Kit((Band(KitKind.MINI_BAND, Level.LIGHT),))}
ROUTINES = ("hips-and-glutes", "marathon-five", "first-two-weeks", "first-two-weeks")


def trained() -> Sequence[TrainedSession]:
    return tuple(
        TrainedSession(
            days, routine, at, at, 10, loads=True, past=FinishedSession(routine, Rating.RIGHT, at)
        )
        for days, routine in enumerate(ROUTINES, start=1)
        for at in (NOW - timedelta(days=2 * days),)
    )


def suggested(region: Region, score: int, kit: Kit) -> tuple[str, tuple[Step, ...]]:
    """Return the suggested routine's id and its steps on the day after this pain."""
    yesterday = (NOW - timedelta(days=1)).date()
    resting = rests([Report(region, PainKind.DULL, score, yesterday)])
    sparing = Sparing(resting=CATALOGUE.resting(resting), level="intermediate")
    state = RunnerState(Runner(1), kit, trained(), {}, Readiness(), sparing, resting=tuple(resting))
    routine = routine_for(CATALOGUE, state, NOW)
    return routine, plan(CATALOGUE, CATALOGUE.routine(routine), state).steps


def described(routine: str, steps: tuple[Step, ...]) -> str:
    if not steps:
        return "no session today"
    named = [
        "".join((step.exercise, "" if step.form == BASE else f"/{step.form}", "°" * step.gently))
        for step in steps
        if step.exercise
    ]
    warm_up = next((step.warm_up or "usual" for step in steps if step.is_warm_up), "none")
    minutes = length(steps) // 60
    return f"{routine}, {minutes} min, warm-up {warm_up}: {', '.join(dict.fromkeys(named))}"


if __name__ == "__main__":
    for owned, kit in KITS.items():
        print(f"\nWith {owned}")
        for region in OFFERED:
            for score in (5, 8):
                print(f"{region} {score}: {described(*suggested(region, score, kit))}")
