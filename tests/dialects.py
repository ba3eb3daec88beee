"""SQLAlchemy's dialects for tests: a statement is compiled once in a process that runs tests.

A compiled statement is kept for its engine's dialect, and each test has a database, so an engine,
of its own. These dialects are equal to others of their kind, and all engines share what is kept.
"""

from typing import Any

from sqlalchemy import Engine
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg, PGDialectAsync_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

COMPILED: dict[Any, Any] = {}


class _Alike:
    supports_statement_cache = True

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other)

    def __hash__(self) -> int:
        return hash(type(self))

    @classmethod
    def engine_created(cls, engine: Engine) -> None:
        engine.update_execution_options(compiled_cache=COMPILED)


class Sqlite(_Alike, SQLiteDialect_pysqlite):
    supports_statement_cache = True


class Postgresql(_Alike, PGDialect_psycopg):
    supports_statement_cache = True

    @classmethod
    def get_async_dialect_cls(cls, _url: object) -> "type[AsyncPostgresql]":
        return AsyncPostgresql


class AsyncPostgresql(_Alike, PGDialectAsync_psycopg):
    supports_statement_cache = True


def register() -> None:
    """Engines that are made from now on have these."""
    registry.register("sqlite", __name__, Sqlite.__name__)
    registry.register("postgresql.psycopg", __name__, Postgresql.__name__)
