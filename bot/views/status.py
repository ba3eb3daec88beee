"""How the coach is, for its hosts; and the menu that only they see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import __version__
from bot.access import ONE_MORE
from bot.content.texts import Html, Texts
from bot.domain.reception import Problem, Rival
from bot.domain.status import Figures
from bot.views import talk
from bot.views.screen import Screen, lines


@dataclass(frozen=True, slots=True)
class Error:
    """When, in UTC; what kind of exception, and in which room of the code."""

    at: datetime
    kind: str
    where: str


@dataclass(frozen=True, slots=True)
class Reception:
    """What is in the way of updates, and who else takes them."""

    problems: Sequence[Problem]
    rival: Rival | None


def menu(texts: Texts) -> tuple[tuple[str, str], ...]:
    return (*talk.menu(texts), ("status", texts.plain("command-status")))


def status(
    texts: Texts,
    it: Figures,
    up: timedelta,
    errors: Sequence[Error],
    crowded_since: datetime | None,
    updates: Reception,
) -> Screen:
    """`crowded_since` is when few invitation codes began to be looked at, by the host's clock."""
    hours, minutes = divmod(up.seconds // 60, 60)
    return Screen(
        lines(
            texts.html("status-title", version=__version__),
            texts.html("status-up", days=up.days, hours=hours, minutes=minutes),
            texts.html(
                "status-runners",
                runners=it.runners,
                active=it.active,
                unreachable=it.unreachable,
            ),
            texts.html("status-sessions", running=it.running, finished=it.finished),
            texts.html("status-reminders", slots=it.slots, waiting=it.waiting, unknown=it.unknown),
            *_reception(texts, updates.problems, updates.rival),
            texts.html("status-database", size=f"{it.size / 1_000_000:.1f}"),
            _door(texts, crowded_since) if crowded_since else None,
            texts.html("status-errors") if errors else texts.html("status-no-errors"),
            *(_error(texts, error) for error in errors),
        )
    )


def _door(texts: Texts, since: datetime) -> Html:
    minutes = ONE_MORE // timedelta(minutes=1)
    return texts.html("status-door", day=texts.short_day(since), time=since, minutes=minutes)


def rival(texts: Texts, rival: Rival) -> Screen:
    """What a host is told of another program with the same token."""
    return Screen(texts.html(f"host-rival-{rival}"))


def _reception(texts: Texts, problems: Sequence[Problem], rival: Rival | None) -> Sequence[Html]:
    """Whether updates come in, and what is in the way."""
    found = [
        texts.html(
            f"status-reception-{problem.obstacle}",
            minutes=problem.seconds // 60,
            words=problem.words,
        )
        for problem in problems
    ]
    if rival is not None:
        found.append(texts.html(f"status-rival-{rival}"))
    return found or [texts.html("status-reception")]


def _error(texts: Texts, error: Error) -> Html:
    return texts.html(
        "status-error",
        day=texts.short_day(error.at),
        time=error.at,
        kind=error.kind,
        where=error.where,
    )
