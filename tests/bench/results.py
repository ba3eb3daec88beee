"""What measurements find: rows, printed as a table and written as JSON with where it was."""

import json
import os
import platform
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import MappingProxyType

LIBRARIES = (
    "python-telegram-bot",
    "aiogram",
    "SQLAlchemy",
    "aiosqlite",
    "aiohttp",
    "httpx",
    "pydantic",
    "orjson",
    "uvloop",
    "psycopg",
)


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured, its figures by their units, and a word on them."""

    what: str
    figures: Mapping[str, float]
    note: str = ""


def median(rows: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Of each figure, over several runs of the same."""
    return {unit: statistics.median(row[unit] for row in rows) for unit in rows[0]}


def table(name: str, rows: Sequence[Row]) -> str:
    """One measurement's rows; a figure that a row lacks stays empty."""
    units = list(dict.fromkeys(unit for row in rows for unit in row.figures))
    wide = max(len(name), *(len(row.what) for row in rows))
    widths = [max(len(unit), 7) + 2 for unit in units]
    head = f"{name:<{wide}}" + _cells(units, widths)
    return "\n".join([head, "-" * len(head), *(_line(row, wide, units, widths) for row in rows)])


def _line(row: Row, wide: int, units: Sequence[str], widths: Sequence[int]) -> str:
    cells = [_figure(row.figures[unit]) if unit in row.figures else "" for unit in units]
    return (f"{row.what:<{wide}}" + _cells(cells, widths) + f"  {row.note}").rstrip()


def _cells(cells: Iterable[str], widths: Iterable[int]) -> str:
    return "".join(f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True))


def _figure(value: float) -> str:
    """Three digits that count."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def surroundings() -> dict[str, object]:
    """When and on what this was measured."""
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "cores": os.cpu_count(),
        "cpu": _cpu(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "libraries": {name: found for name in LIBRARIES if (found := _version(name))},
    }


def _cpu() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor())


def _version(library: str) -> str | None:
    try:
        return version(library)
    except PackageNotFoundError:
        return None


def write(
    file: Path,
    measured: Mapping[str, Sequence[Row]],
    units: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """By measurement and row, all figures or the one of the measurement's unit.

    `about` has when and where it was, and all rows, with those that were left out.
    """
    found = {
        name: {row.what: _chosen(row, units.get(name)) for row in rows if row.figures}
        for name, rows in measured.items()
    }
    rows = {name: [asdict(row) for row in rows] for name, rows in measured.items()}
    about = surroundings() | {"rows": rows}
    file.write_text(json.dumps(found | {"about": about}, indent=2) + "\n")


def _chosen(row: Row, unit: str | None) -> Mapping[str, float] | float:
    return row.figures[unit] if unit else row.figures
