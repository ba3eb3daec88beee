"""Bringing the database up to date, when the coach starts."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from sqlalchemy import URL, Engine, func, inspect, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from bot.db import postgresql, sqlite
from bot.db.engine import AwayError, DatabaseError, Place, is_away
from bot.db.whole import damaged, ensure_whole, is_damage

MIGRATIONS = Path(__file__).parent / "migrations"
PATIENCE = 10
REFUSALS = ("authentication failed", "does not exist", "permission denied", "no pg_hba.conf entry")


def claim(place: Place) -> AbstractContextManager[object]:
    """An SQLite file has one process; raises DatabaseError if another has it."""
    return nullcontext() if isinstance(place, URL) else sqlite.claim_file(place)


def migrate(place: Place) -> None:
    """Makes the database or brings it up to date, all or nothing.

    Raises DatabaseError, and AwayError where the server can't be reached or another process takes
    its time with it.
    """
    if isinstance(place, Path):
        ensure_whole(place, sqlite.job_store_file(place))
    engine = sqlite.writer(place) if isinstance(place, Path) else postgresql.writer(place)
    with _told(place, engine), engine.begin() as connection:
        if isinstance(place, URL):
            _take_turn(connection)
        current = _revision(connection)
        if current != newest_revision():
            _upgrade(connection, place, current)
        else:  # a database that can't be written to is told now, not at the first tap
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = version_num")


@contextmanager
def _told(place: Place, engine: Engine) -> Iterator[None]:
    """What goes wrong, in a line."""
    try:
        yield
    except DBAPIError as error:
        why = str(error.orig).strip().partition("\n")[0]
        if is_damage(error.orig):
            raise DatabaseError(damaged(name_of(place), why)) from None
        refused = any(word in why for word in REFUSALS)
        can_wait = isinstance(place, URL) and is_away(error) and not refused
        kind = AwayError if can_wait else DatabaseError
        raise kind(f"can't use the database {name_of(place)}: {why}") from None
    finally:
        engine.dispose()


def name_of(place: Place) -> str:
    """For people; without a password."""
    return str(place) if isinstance(place, Path) else place.render_as_string()


def _take_turn(connection: Connection) -> None:
    """Processes that start together migrate one after another; released with the transaction."""
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{PATIENCE}s'")
    connection.execute(select(func.pg_advisory_xact_lock(postgresql.MIGRATION_LOCK)))


def newest_revision() -> str:
    """The revision that this version of the coach works with; migrations are numbered."""
    return max(known_revisions())


def known_revisions() -> set[str]:
    """Those that this version of the coach can bring up to date, and its own."""
    return {path.stem.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py")}


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return None if found is None else str(found)


def _upgrade(connection: Connection, place: Place, current: str | None) -> None:
    # Imported here: it takes 0.2 s, and most starts find the database up to date.
    from alembic import command
    from alembic.config import Config

    if current is not None and current > newest_revision():
        raise DatabaseError(f"{name_of(place)} was made by a newer version of the coach: update it")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
