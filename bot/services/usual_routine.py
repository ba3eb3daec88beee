"""The routine that suits a runner by history and kit, whatever rests or runs are near."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.content import Catalogue, Routine
from bot.content.kit import DEGREES
from bot.domain.kit import Kit, KitKind, usable
from bot.domain.prescription import SeasonPhase
from bot.domain.runner import Runner
from bot.domain.suggestion import (
    NEWCOMER,
    ROTATION,
    STANDARD,
    Circumstances,
    FinishedSession,
    TrainedSession,
    suggest,
)

LONG = (KitKind.LONG_LOOP, KitKind.LONG_BAND)


def usual(
    catalogue: Catalogue,
    runner: Runner,
    kit: Kit | None,
    trained: Iterable[TrainedSession],
    now: datetime,
    *,
    rests: bool,
    phase: SeasonPhase = SeasonPhase.BASE,
) -> str:
    """Return the id of the routine to suggest, whatever the rests leave of it."""
    complete = catalogue.complete(usable(kit))
    fitting = [key for key in ROTATION if key in complete and suits(catalogue.routines[key], phase)]
    circumstances = Circumstances(
        now=now,
        zone=runner.zone or "UTC",
        fitting=fitting,
        standard_suits=suits(catalogue.routine(STANDARD), phase),
        owns_long=kit is not None and any(kit.owns(kind) for kind in LONG),
        rests=rests,
        phase=phase,
        age=runner.age,
    )
    return suggest(newest_first(trained), circumstances)


def level(
    catalogue: Catalogue,
    runner: Runner,
    kit: Kit | None,
    trained: Sequence[TrainedSession],
    now: datetime,
) -> str:
    """Return the runner's level: that of a newcomer, or of the hardest routine finished so far."""
    if usual(catalogue, runner, kit, trained, now, rests=True) == NEWCOMER:
        return catalogue.routine(NEWCOMER).level
    finished = {session.routine for session in trained if session.past is not None}
    levels = {catalogue.routines[key].level for key in finished if key in catalogue.routines}
    return max((*levels, catalogue.routine(STANDARD).level), key=DEGREES.index)


def newest_first(trained: Iterable[TrainedSession]) -> list[FinishedSession]:
    """Return the sessions that were finished, the latest first."""
    finished = [session.past for session in trained if session.past is not None]
    return sorted(finished, key=lambda past: past.at, reverse=True)


def suits(routine: Routine, phase: SeasonPhase) -> bool:
    """Return whether the routine may be suggested in this phase of a season."""
    return not routine.phases or phase.value in routine.phases
