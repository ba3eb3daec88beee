"""What a runner has done."""

from zoneinfo import ZoneInfo

from bot.callbacks import RoutineTap
from bot.domain.progress import Progress
from bot.domain.session import Outcome, Session
from bot.texts import Html, Texts
from bot.views.screen import Button, Screen, lines, paragraphs


def progress(texts: Texts, it: Progress) -> Screen:
    start = ((Button(texts.plain("button-routines"), RoutineTap()),),)
    if not it.sessions:
        return Screen(paragraphs(texts.html("progress-title"), texts.html("progress-none")), start)
    return Screen(
        paragraphs(
            texts.html("progress-title"),
            lines(
                _week(texts, it),
                texts.html("progress-away", day=it.away_until) if it.away_until else None,
            ),
            lines(
                texts.html("progress-last"),
                *(_session(texts, session, it.zone) for session in it.sessions),
            ),
        ),
        start,
    )


def _week(texts: Texts, it: Progress) -> Html:
    if not it.planned:
        return texts.html("progress-week", done=it.trained_this_week)
    done = min(it.trained_this_week, it.planned)
    more = it.trained_this_week - done
    return texts.html("progress-week-plan", done=done, planned=it.planned, more=more)


def _session(texts: Texts, session: Session, zone: str) -> Html:
    at = session.trained_at
    return texts.html(
        "progress-session",
        day=texts.short_day(at.astimezone(ZoneInfo(zone)).date()) if at else "",
        name=session.routine_name,
        done=session.count(Outcome.DONE),
        total=session.work_steps,
        rating=session.rating.value if session.rating else "none",
    )
