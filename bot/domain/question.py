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
    """What the coach has asked and the runner has not answered yet.

    Place: `place` asks where the runner is, and `name` is a typed place that has to be confirmed or
    chosen. `days`, a schedule, and `once`, a single reminder, are saved when the place is known.

    Time away: `away` asks when it ends, and `until` are the dates that an answer may mean. It
    begins on `away_from`, or today.

    Training: `incomplete` is a schedule without times or without days. `topic` is a question that
    is asked only once; after it, the routine with the id `routine` is offered or, with `begins`,
    begun. `missed` is the id of a reminder whose session may be moved to another day.

    Bands: `bands` are the runner's words for their bands, and `unclear` are those whose strength is
    missing. `only`: the runner has no other bands.

    Races: `race` is the distance of a race whose date is asked, `period` the words for its month or
    week, `race_days` the dates to choose from, and `race_day` the date of a race whose distance is
    asked. `moves` is the id of the race that gets the new date. `plan` is the id of a running plan
    that is offered; with a `title`, the kind of the runs of this title is asked.

    `wish` is the second of two wishes in a message; the first has been fulfilled. `asked_at` is
    when the question was asked; None: not yet.
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
        asked = (self.place, self.name, self.until, self.incomplete, self.topic, self.bands)
        return any((*asked, self.wish, self.race, self.plan, self.missed, self.away, self.race_day))

    @property
    def offers(self) -> bool:
        """Whether the question offers answers to choose from, so that `yes` may accept one."""
        return bool(self.name or self.until or self.wish or self.missed or self.race_days)
