"""The screen of a runner's progress: the values of a drawn card, and the same in words."""

from collections.abc import Iterator, Mapping, Sequence
from zoneinfo import ZoneInfo

from bot.charts.card import Bar, Card, CardRow, Cell, Total
from bot.content.texts import Html, Texts, plain
from bot.domain.history import ExerciseHistory, Progress, Week
from bot.domain.kit import COLOURS, LEVELS, Kit, KitKind, Level
from bot.domain.session import Outcome, Session
from bot.views.screen import ROUTINES, Screen, column, fits_caption, lines, paragraphs, shortened

NAME = 40
HOURS_FROM = 600  # minutes


def progress(texts: Texts, progress: Progress, picture: bytes | None = None) -> Screen:
    """Show the progress in words, below the picture if there is one."""
    start = column(texts, ROUTINES)
    if not progress.weeks:
        return Screen(paragraphs(texts.html("progress-title"), texts.html("progress-none")), start)
    return Screen(next(_fitting(texts, progress)), start, picture=picture)


def card(
    texts: Texts, progress: Progress, kit: Kit | None, kinds: Mapping[str, Sequence[str]]
) -> Card | None:
    """Return the values of the card; None if there is no session in its weeks.

    `kinds` maps exercises to the kinds of bands that suit them, the usual one first.
    """
    if not any(week.sessions for week in progress.shown):
        return None
    unit, time = _time(progress)
    has_levels = any(exercise.level for exercise in progress.exercises)
    sessions = texts.plain("card-sessions", count=progress.sessions)
    minutes = texts.plain("card-hours" if unit == "hours" else "card-minutes", count=time)
    weeks = texts.plain("card-weeks", count=progress.weeks_trained)
    return Card(
        title=texts.plain("card-title"),
        since=texts.plain("card-since", since=texts.date(progress.first)),
        main=Total(_number(texts, progress.sessions), sessions),
        totals=(
            Total(_number(texts, time), minutes),
            Total(_number(texts, progress.weeks_trained), weeks),
        ),
        bars_title=texts.plain("card-bars"),
        plan=texts.plain("card-plan") if any(week.planned for week in progress.shown) else "",
        week_of=texts.plain("card-week-of"),
        bars=tuple(_bar(texts, week) for week in progress.shown),
        rows_title=texts.plain("card-rows"),
        rows_hint=texts.plain("card-rows-hint") if has_levels else "",
        rows=tuple(
            _row(texts, exercise, kit or Kit(), kinds.get(exercise.id, ()))
            for exercise in progress.exercises
        ),
    )


def _bar(texts: Texts, week: Week) -> Bar:
    return Bar(week.minutes, week.kept, week.planned, texts.month_day(week.monday))


def _row(texts: Texts, exercise: ExerciseHistory, kit: Kit, kinds: Sequence[str]) -> CardRow:
    first, last = _shade(exercise.first_level), _shade(exercise.level)
    note = plain(_sets(texts, exercise))
    if 0 < first < last:
        note = texts.plain(
            "card-risen",
            before=texts.plain("strength", strength=exercise.first_level),
            now=texts.plain("strength", strength=exercise.level),
        )
    return CardRow(
        shortened(exercise.name, 2 * NAME),
        note,
        tuple(
            Cell(week.count, _shade(week.level), _colour(texts, kit, kinds, week.level))
            for week in exercise.weeks
        ),
        has_risen=0 < first < last,
    )


def _shade(level: str) -> int:
    return LEVELS.index(Level(level)) + 1 if level in LEVELS else 0


def _colour(texts: Texts, kit: Kit, kinds: Sequence[str], level: str) -> str:
    """Return the usual colour of the runner's band of this strength; empty if it has none."""
    if level not in LEVELS:
        return ""
    bands = (kit.get(KitKind(kind), Level(level)) for kind in kinds)
    word = next((band.colour for band in bands if band), "")
    return next((key for key in COLOURS if word.lower() == texts.plain(f"colour-{key}")), "")


def _number(texts: Texts, number: int) -> str:
    return texts.plain("card-number", number=number)


def _time(progress: Progress) -> tuple[str, int]:
    """Return the unit, "minutes" or from HOURS_FROM minutes on "hours", and the time in it."""
    if progress.minutes < HOURS_FROM:
        return "minutes", progress.minutes
    return "hours", round(progress.minutes / 60)


# In words


def _fitting(texts: Texts, progress: Progress) -> Iterator[Html]:
    """Yield the texts that fit into a caption, longest first.

    The sessions are left out first, then the weeks from the earliest on.
    """
    for count in range(len(progress.last), -1, -1):
        yield from _if_it_fits(_words(texts, progress, progress.shown, progress.last[:count]))
    for first in range(1, len(progress.shown)):
        yield from _if_it_fits(_words(texts, progress, progress.shown[first:], ()))


def _if_it_fits(words: Html) -> Iterator[Html]:
    if fits_caption(words):
        yield words


def _words(
    texts: Texts, progress: Progress, weeks: Sequence[Week], sessions: Sequence[Session]
) -> Html:
    unit, time = _time(progress)
    return paragraphs(
        texts.html("progress-title"),
        lines(
            texts.html(
                "progress-totals",
                sessions=progress.sessions,
                time=time,
                unit=unit,
                since=texts.date(progress.first),
            ),
            _present_week(texts, progress.weeks[-1]),
            texts.html("progress-away", day=texts.full_day(progress.away_until))
            if progress.away_until
            else None,
        ),
        texts.html(
            "progress-details",
            text=paragraphs(
                lines(*(_week(texts, week) for week in weeks)),
                lines(*(_exercise(texts, exercise) for exercise in progress.exercises)),
            ),
        ),
        lines(
            texts.html("progress-last") if sessions else None,
            *(_session(texts, session, progress.zone) for session in sessions),
        ),
    )


def _present_week(texts: Texts, week: Week) -> Html | None:
    if not week.planned and not week.days:
        return None
    if not week.planned:
        return texts.html("progress-week", done=week.days)
    return texts.html("progress-week-plan", done=week.kept, planned=week.planned, more=week.more)


def _week(texts: Texts, week: Week) -> Html:
    day = texts.month_day(week.monday)
    if not week.sessions:
        return texts.html("progress-of-week-rest", day=day)
    return texts.html(
        "progress-of-week",
        day=day,
        sessions=week.sessions,
        minutes=week.minutes,
        kept=week.kept,
        planned=week.planned,
    )


def _exercise(texts: Texts, exercise: ExerciseHistory) -> Html:
    name = shortened(exercise.name, NAME)
    return texts.html("progress-of-exercise", name=name, sets=_sets(texts, exercise))


def _sets(texts: Texts, exercise: ExerciseHistory) -> Html:
    if exercise.level not in LEVELS:
        return texts.html("progress-sets", count=exercise.count)
    return texts.html("progress-sets-level", count=exercise.count, strength=exercise.level)


def _session(texts: Texts, session: Session, zone: str) -> Html:
    begun = session.started_at or session.trained_at
    return texts.html(
        "progress-session",
        day=texts.short_day(begun.astimezone(ZoneInfo(zone)).date()) if begun else "",
        name=shortened(session.routine_name, NAME),
        done=session.count(Outcome.DONE),
        total=session.work_steps,
        rating=session.rating.value if session.rating else "none",
    )
