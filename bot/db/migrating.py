"""Migration of the database when the coach starts."""

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
    """Keep other processes off an SQLite file; raise DatabaseError if one uses it already."""
    return nullcontext() if isinstance(place, URL) else sqlite.claim_file(place)


def migrate(place: Place) -> None:
    """Create the database or upgrade it to the newest revision, in one transaction.

    Raise AwayError if the server can't be reached or another process migrates for too long, and
    DatabaseError for other faults.
    """
    if isinstance(place, Path):
        ensure_whole(place, sqlite.job_store_file(place))
    engine = sqlite.writer(place) if isinstance(place, Path) else postgresql.writer(place)
    with _errors_named(place, engine), engine.begin() as connection:
        if isinstance(place, URL):
            _lock_migration(connection)
        current = _revision(connection)
        if current != newest_revision():
            _upgrade(connection, place, current)
        else:  # so that a read-only database is reported now, not at the first tap
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = version_num")


@contextmanager
def _errors_named(place: Place, engine: Engine) -> Iterator[None]:
    """Raise errors of the driver as DatabaseError or AwayError with a one-line message.

    The engine is disposed of at the end.
    """
    try:
        yield
    except DBAPIError as error:
        why = str(error.orig).strip().partition("\n")[0]
        if is_damage(error.orig):
            raise DatabaseError(damaged(name_of(place), why)) from None
        is_refused = any(words in why for words in REFUSALS)
        can_retry = isinstance(place, URL) and is_away(error) and not is_refused
        raise (AwayError if can_retry else DatabaseError)(
            f"can't use the database {name_of(place)}: {why}"
        ) from None
    finally:
        engine.dispose()


def name_of(place: Place) -> str:
    """Return the path or address for messages, without the password."""
    return str(place) if isinstance(place, Path) else place.render_as_string()


def _lock_migration(connection: Connection) -> None:
    """Make processes that start together migrate one after another, until the transaction ends."""
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{PATIENCE}s'")
    connection.execute(select(func.pg_advisory_xact_lock(postgresql.MIGRATION_LOCK)))


def newest_revision() -> str:
    """Return the revision that this version of the coach works with; revisions are numbered."""
    return max(known_revisions())


def known_revisions() -> set[str]:
    """Return the newest revision and all that this version of the coach can upgrade."""
    return {path.stem.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py")}


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    number = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return None if number is None else str(number)


def _upgrade(connection: Connection, place: Place, current: str | None) -> None:
    # Imported here: the import takes 0.2 s, and most starts need no upgrade.
    from alembic import command
    from alembic.config import Config

    if current is not None and current > newest_revision():
        raise DatabaseError(f"{name_of(place)} was made by a newer version of the coach: update it")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
