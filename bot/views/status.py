"""The state of the coach, and the command menu, for hosts."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot import __version__
from bot.access import ONE_MORE
from bot.content.texts import Html, Texts
from bot.domain.reception import Problem, Reception, Rival
from bot.domain.status import Figures
from bot.runtime.logs import Trouble
from bot.views import talk
from bot.views.screen import Screen, lines


def menu(texts: Texts) -> tuple[tuple[str, str], ...]:
    return (*talk.menu(texts), ("status", texts.plain("command-status")))


def status(
    texts: Texts,
    figures: Figures,
    uptime: timedelta,
    errors: Sequence[Trouble],
    crowded_since: datetime | None,
    reception: Reception,
    zone: str,
) -> Screen:
    """Show the state, with times in the host's `zone`.

    `crowded_since`: since when only few invitation codes are checked.
    """
    hours, minutes = divmod(uptime.seconds // 60, 60)
    return Screen(
        lines(
            texts.html("status-title", version=__version__),
            texts.html("status-up", days=uptime.days, hours=hours, minutes=minutes),
            texts.html(
                "status-runners",
                runners=figures.runners,
                active=figures.active,
                unreachable=figures.unreachable,
            ),
            texts.html("status-sessions", running=figures.running, finished=figures.finished),
            texts.html(
                "status-reminders",
                slots=figures.slots,
                waiting=figures.waiting,
                unknown=figures.unknown,
            ),
            *_reception(texts, reception.problems(), reception.rival),
            texts.html("status-database", size=f"{figures.size / 1_000_000:.1f}"),
            _door(texts, crowded_since.astimezone(ZoneInfo(zone))) if crowded_since else None,
            texts.html("status-errors") if errors else texts.html("status-no-errors"),
            *(_error(texts, error, ZoneInfo(zone)) for error in errors),
        )
    )


def _door(texts: Texts, since: datetime) -> Html:
    minutes = ONE_MORE // timedelta(minutes=1)
    return texts.html("status-door", day=texts.short_day(since), time=since, minutes=minutes)


def rival(texts: Texts, rival: Rival) -> Screen:
    """Tell a host what another program with the same token does."""
    return Screen(texts.html(f"host-rival-{rival}"))


def _reception(texts: Texts, problems: Sequence[Problem], rival: Rival | None) -> Sequence[Html]:
    """Return a sentence for each problem and for a rival, or one that updates come in."""
    sentences = [
        texts.html(
            f"status-reception-{problem.obstacle}",
            minutes=problem.seconds // 60,
            words=problem.words,
        )
        for problem in problems
    ]
    if rival is not None:
        sentences.append(texts.html(f"status-rival-{rival}"))
    return sentences or [texts.html("status-reception")]


def _error(texts: Texts, error: Trouble, zone: ZoneInfo) -> Html:
    at = error.at.astimezone(zone)
    return texts.html(
        "status-error", day=texts.short_day(at), time=at, kind=error.kind, where=error.where
    )
