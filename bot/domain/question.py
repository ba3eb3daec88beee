"""A question of the coach that the runner may answer in words."""

from datetime import date, datetime

from bot.domain.first_questions import Topic
from bot.domain.frozen import frozen
from bot.domain.race import Distance
from bot.domain.schedule import Schedule
from bot.domain.schedule_words import Incomplete


@frozen
class OnceWish:
    """The words for one reminder whose moment depends on the runner's place, and their moment."""

    words: str
    asked_at: datetime


@frozen
class AskedDays:
    """A question about missing training days or times; a button answers the one of its `number`."""

    incomplete: Incomplete
    number: int


@frozen
class Question:
    """An open question about the runner's `place`, the end of their time away, or both; or one
    about what is missing of their training days.

    `name` is the name of a place that may be several or none, or at which the runner may be. `days`
    is the schedule to be saved with the place. `away` asks for the end of the time away, which
    begins on `away_from` or today, and `until` are the dates that an ambiguous answer may mean.
    `incomplete` are days without a time, or a time without days. `topic` is that of a question that
    is asked once, and `routine` the id of the one to go on with, which `begins` at once or is
    offered. `bands` are a runner's words for bands, of which `unclear` lacks the strength; `only`:
    the runner has no others.
    `wish` is the second of two wishes in one message, of which the first is done.
    `race` is the distance of a race whose date is asked, `period` the words for the month or week
    of it, if they are known, `race_days` the dates to choose from, if there are some, and `moves`
    the id of a known one that is to be moved; `race_day` is the date of one whose distance is
    asked. `plan` is the id of a running plan that is offered, or of which the kind of a `title` is
    asked. `once` is the one reminder that waits for the place.
    `missed` is the id of the reminder whose session may move to another day. `asked_at` is the
    moment of the question; None: it is not asked yet.
    """

    place: bool = False
    name: str = ""
    days: Schedule = ()
    until: tuple[date, ...] = ()
    incomplete: Incomplete | None = None
    topic: Topic | None = None
    routine: str = ""
    bands: str = ""
    unclear: str = ""
    only: bool = False
    wish: str = ""
    race: Distance | None = None
    plan: int = 0
    title: str = ""
    begins: bool = False
    once: OnceWish | None = None
    moves: int = 0
    missed: int = 0
    away: bool = False
    race_day: date | None = None
    away_from: date | None = None
    asked_at: datetime | None = None
    period: str = ""
    race_days: tuple[date, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.place or bool(
            self.name
            or self.until
            or self.incomplete
            or self.topic
            or self.bands
            or self.wish
            or self.race
            or self.plan
            or self.missed
            or self.away
            or self.race_day
        )

    @property
    def offers(self) -> bool:
        """Whether the question offers answers to choose from, of which `yes` may accept one."""
        return bool(self.name or self.until or self.wish or self.missed or self.race_days)
