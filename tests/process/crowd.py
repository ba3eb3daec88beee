"""Many runners with the same training day, and a coach that is a process."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.schedule import Slot
from bot.sandbox.world.chats import Person
from tests.crowds import a_crowd as a_crowd_of
from tests.databases import ready
from tests.process.coach_process import CoachProcess
from tests.process.job_store import a_zone_at_day, add_slot, wake_at


@dataclass(frozen=True)
class Crowd:
    """Their reminder was due at `due` (UTC), while no coach was running."""

    coach: CoachProcess
    people: tuple[Person, ...]
    due: datetime

    @property
    def got(self) -> Counter[int]:
        """How many messages each has from the coach."""
        world = self.coach.world
        return Counter(
            person.id
            for person in self.people
            for message in world.messages(person)
            if message.from_bot
        )

    @property
    def arrived(self) -> int:
        return self.got.total()

    @property
    def states(self) -> dict[str, int]:
        """How many reminders are in each state."""
        return dict(self.coach.rows("SELECT state, count(*) FROM reminders GROUP BY state"))

    @property
    def is_served(self) -> bool:
        """Every reminder has been claimed, and none waits or is on its way."""
        states = self.states
        over = not {"claimed", "sending"} & states.keys()
        return over and sum(states.values()) == len(self.people)


async def a_crowd(coach: CoachProcess, count: int, minutes_ago: int = 10) -> Crowd:
    zone = a_zone_at_day()
    now = datetime.now(UTC)
    due = (now - timedelta(minutes=minutes_ago)).replace(second=0, microsecond=0)
    local = due.astimezone(ZoneInfo(zone))
    ready(coach.database)
    people = await a_crowd_of(coach.world, coach.database, count, due, zone)
    await add_slot(coach.jobs, Slot(zone, time(local.hour, local.minute)))
    wake_at(coach.jobs, due)
    return Crowd(coach, tuple(people), due)
