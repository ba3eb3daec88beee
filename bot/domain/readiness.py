"""Effects of the calendar on a session that is opened now.

The rules are in docs/training-rules.md, How much in a week and After a gap. A session of which less
than half was done is not a load, but ends a gap.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import field, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain import load
from bot.domain.feedback import SessionContext
from bot.domain.frozen import frozen
from bot.domain.gap import RELATED, GapRule, exercise_rule, gap_days, gap_rule
from bot.domain.load import Loading
from bot.domain.note import Note
from bot.domain.prescription import (
    ExerciseBounds,
    ExerciseClass,
    Prescription,
    SeasonPhase,
    sets_shown,
)
from bot.domain.race import Season
from bot.domain.schedule import week_of
from bot.domain.session import ExerciseDone

NO_SEASON = Season()
ANEW = timedelta(days=14)  # without training, after which weeks are counted from 1 again
GAPS = {8: Note.ONE_WEEK, 14: Note.TWO_WEEKS, 28: Note.FOUR_WEEKS, 56: Note.EIGHT_WEEKS}
LIGHT = {
    Loading.TOO_SOON: Note.TOO_SOON,
    Loading.WEEK_FULL: Note.WEEK_FULL,
    Loading.SETS_FULL: Note.SETS_FULL,
}


@frozen
class PastSession:
    """A session in which something was done, with its local date.

    `loads`: at least half of its steps were done. `exercises`: what was done of each.
    """

    start: datetime
    day: date
    sets: int
    loads: bool
    exercises: Mapping[str, ExerciseDone] = field(default_factory=dict)


@frozen
class Readiness:
    """The circumstances of a session that follow from the calendar.

    `gap` is in days. `sets_left`: the sets that the week's caps leave; None: there is no cap yet.
    `days_without`: the days since each exercise was last done to the end; one that was not done
    lately is not among them. `sets_this_week`: the sets done of each exercise. `was_cleared`: the
    session is the first since the runner was cleared after an emergency or a fever.
    """

    gap: int = 0
    phase: SeasonPhase = SeasonPhase.BASE
    easier_week: bool = False
    loading: Loading = Loading.ALLOWED
    sets_left: int | None = None
    days_without: Mapping[str, int] = field(default_factory=dict)
    sets_this_week: Mapping[str, int] = field(default_factory=dict)
    was_cleared: bool = False

    @property
    def gap_rule(self) -> GapRule | None:
        return gap_rule(self.gap, next_larger=self.was_cleared)

    def notes(
        self, rules: Collection[GapRule | None] = (), *, new: int = 0, is_cut: bool = False
    ) -> tuple[Note, ...]:
        """Return the notes before a session.

        `rules` are the gap rules of its exercises; `new` is how many of these are new. `is_cut`:
        the week's caps leave fewer sets than planned.
        """
        notes = [GAPS[self.gap_rule.days]] if self.gap_rule else []
        if self.was_cleared:
            notes = [Note.CLEARED]
        if not notes and any(rule and not rule.start_over for rule in rules):
            notes += [Note.LONG_SINCE]
        if new:
            notes += [Note.MUCH_NEW if new > load.MOST_NEW else Note.NEW]
        notes += [Note.EASIER_WEEK] if self.easier_week else []
        if self.loading in LIGHT:
            notes += [LIGHT[self.loading]]
        elif is_cut:
            notes += [Note.FEWER_SETS]
        return tuple(notes)

    def exercise_rule(self, exercise: str, kin: Iterable[str]) -> GapRule | None:
        """Return the rule for the days without this exercise; `kin` are exercises of its kind."""
        related = any(self.days_without.get(other, RELATED + 1) <= RELATED for other in kin)
        return exercise_rule(self.days_without.get(exercise), related=related)

    def context(self, *, stays_easy: bool, much_new: bool) -> SessionContext:
        return SessionContext(
            phase=self.phase,
            easier_week=self.easier_week,
            stays_easy=stays_easy,
            light=self.loading is not Loading.ALLOWED,
            much_new=much_new,
        )


@frozen
class TodaysDose:
    """The dose of an exercise in a session; without a set, it is left out today."""

    sets: int
    prescription: Prescription


def readiness(
    sessions: Sequence[PastSession],
    now: datetime,
    zone: str,
    away: Iterable[date],
    elsewhere: Sequence[datetime] = (),
    season: Season = NO_SEASON,
    cleared_at: datetime | None = None,
) -> Readiness:
    """Return the circumstances of a session now.

    `sessions` are all earlier ones, in any order; `away` are the local dates away. `elsewhere`
    is when the runner trained without the coach: it counts as a load, of no known sets.
    `cleared_at`: when a clinician cleared the runner after an emergency or a fever.
    """
    was_cleared = cleared_at is not None and all(each.start < cleared_at for each in sessions)
    today = now.astimezone(ZoneInfo(zone)).date()
    if not sessions:
        loading = load.may_load(elsewhere, now, zone, season.sessions)
        return Readiness(phase=season.phase, loading=loading, was_cleared=was_cleared)
    away = tuple(away)
    days = {session.day for session in sessions}
    starts = [*(session.start for session in sessions if session.loads), *elsewhere]
    sets_left = _sets_left(sessions, today)
    loading = load.may_load(starts, now, zone, season.sessions)
    return Readiness(
        gap=gap_days(max(days), today, away),
        phase=season.phase,
        easier_week=load.is_easier(training_week(days, today), season.phase),
        loading=Loading.SETS_FULL if loading is Loading.ALLOWED and sets_left == 0 else loading,
        sets_left=sets_left,
        days_without={key: gap_days(day, today, away) for key, day in _last_done(sessions).items()},
        sets_this_week=_sets_of_each(sessions, week_of(today)[0]),
        was_cleared=was_cleared,
    )


def _sets_left(sessions: Sequence[PastSession], today: date) -> int | None:
    """Return the sets that the caps of the week leave; None: there is no cap."""
    monday = week_of(today)[0]
    by_week: dict[date, int] = {}
    for session in sessions:
        week = week_of(session.day)[0]
        by_week[week] = by_week.get(week, 0) + session.sets
    earlier = [by_week[week] for week in sorted(by_week, reverse=True) if week < monday]
    most = load.most_sets(earlier)
    caps = (
        None if most is None else max(0, most - by_week.get(monday, 0)),
        load.most_sets_at_first([(session.day, session.sets) for session in sessions], today),
    )
    return min((cap for cap in caps if cap is not None), default=None)


def _last_done(sessions: Iterable[PastSession]) -> dict[str, date]:
    """Return the local date on which each exercise was last done to the end."""
    last: dict[str, date] = {}
    for session in sessions:
        for key, done in session.exercises.items():
            if done.whole:
                last[key] = max(session.day, last.get(key, session.day))
    return last


def _sets_of_each(sessions: Iterable[PastSession], monday: date) -> dict[str, int]:
    """Return the sets of each exercise that were done from this Monday on."""
    sets: dict[str, int] = {}
    for session in sessions:
        for key, done in session.exercises.items() if session.day >= monday else ():
            sets[key] = sets.get(key, 0) + done.sets
    return sets


def training_week(days: Iterable[date], today: date) -> int:
    """Return the number of this calendar week of training, from 1.

    After two weeks without training, the count starts again.
    """
    begun, last = today, today
    for day in sorted((day for day in days if day <= today), reverse=True):
        if last - day >= ANEW:
            break
        begun, last = day, day
    return (week_of(today)[0] - week_of(begun)[0]).days // 7 + 1


def todays_doses(
    doses: Mapping[str, tuple[ExerciseBounds, Prescription]],
    readiness: Readiness,
    *,
    light: bool = False,
) -> dict[str, TodaysDose]:
    """Return today's dose of each exercise, in the order of the routine, within every cap.

    `light`: one set of each.
    """
    sets = tuple(
        min(1, count) if light else count
        for count in _sets_within_caps(tuple(doses.values()), readiness)
    )
    if readiness.sets_left is not None:
        sets = load.trimmed(sets, readiness.sets_left)
    return {
        key: TodaysDose(count, prescription)
        for (key, (_, prescription)), count in zip(doses.items(), sets, strict=True)
    }


def _sets_within_caps(
    doses: Sequence[tuple[ExerciseBounds, Prescription]], readiness: Readiness
) -> list[int]:
    """Return the sets that the caps of single exercises allow, at least one in all."""
    done = readiness.sets_this_week
    calves = [exercise.id for exercise, _ in doses if is_calf(exercise)]
    calf_sets_left = max(0, load.MOST_CALF_SETS_A_WEEK - sum(done.get(key, 0) for key in calves))
    sets = []
    for place, (exercise, prescription) in enumerate(doses):
        wanted = sets_shown(prescription, exercise, readiness.phase, readiness.easier_week)
        left = max(0, load.MOST_SETS_A_WEEK - done.get(exercise.id, 0))
        if is_calf(exercise):
            left = min(left, calf_sets_left)
            calf_sets_left -= min(wanted, left)
        sets.append(min(wanted, left) if place < load.MOST_EXERCISES else 0)
    return sets if any(sets) else [1] * len(sets)


def spent_this_week(
    exercises: Mapping[str, ExerciseBounds], readiness: Readiness
) -> frozenset[str]:
    """Return the ids of exercises whose weekly caps leave no set."""
    done = readiness.sets_this_week
    calves = {key for key, exercise in exercises.items() if is_calf(exercise)}
    spent = {key for key in exercises if done.get(key, 0) >= load.MOST_SETS_A_WEEK}
    if sum(done.get(key, 0) for key in calves) >= load.MOST_CALF_SETS_A_WEEK:
        spent |= calves
    return frozenset(spent)


def is_calf(exercise: ExerciseBounds) -> bool:
    return exercise.exercise_class is ExerciseClass.CALF


def fewer_sets(doses: Mapping[str, TodaysDose]) -> dict[str, TodaysDose]:
    """Return the doses with one set less of the exercise with the most sets; each keeps one."""
    sets = [dose.sets for dose in doses.values()]
    left = load.trimmed(sets, sum(sets) - 1)
    return {
        key: replace(dose, sets=count)
        for (key, dose), count in zip(doses.items(), left, strict=True)
    }
