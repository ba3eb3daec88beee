"""Many runners with the same training day, written straight into the database."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from bot.db.engine import Place
from bot.db.opening import open_database
from bot.db.tables import RUNNERS, SCHEDULE
from bot.domain.schedule import weekday_of
from bot.sandbox.world.chats import Person
from bot.sandbox.world.world import World


async def a_crowd(
    world: World, place: Place, count: int, due: datetime, zone: str = "UTC"
) -> Sequence[Person]:
    """They have been through the safety screen and are reminded on this weekday at this time."""
    people = [world.add_person(f"Runner {number}") for number in range(count)]
    for person in people:
        world.say(person, "hello")
    world.updates.clear()
    local, before = due.astimezone(ZoneInfo(zone)), due - timedelta(days=1)
    runner = {"created_at": before, "screening": "clear", "screened_at": before, "zone": zone}
    day = {
        "weekday": weekday_of(local.date()).value,
        "local_time": f"{local:%H:%M}",
        "zone": zone,
        "chosen_at": before,
    }
    database = open_database(place)
    async with database.write() as connection:
        await connection.execute(
            insert(RUNNERS), [{"id": person.id, **runner} for person in people]
        )
        await connection.execute(
            insert(SCHEDULE), [{"runner_id": person.id, **day} for person in people]
        )
    await database.close()
    return people
