"""The scan of a calendar file before it is read, which refuses it or reduces it.

The file comes from a stranger. Whatever could take much time or memory is refused here, by reading
line by line; of the rest, only the few properties that a plan needs are passed on.
"""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from bot.domain.run_plan import Unread

MOST_EVENTS = 5000
MOST_ENTRIES = 1500  # in the time that is read
DEEPEST = 8  # components in each other
MOST_DATES = 1000  # in a list of dates
MOST_IN_RULE = 60  # values in the lists of a rule
MOST_TIMES = 5000  # that a rule may repeat an event
LONGEST_LINE = 30_000  # letters
LONGEST_TITLE = 1000
EARLIEST = 19700101  # of what repeats more often than yearly
LONGEST = 10000  # from an event's start to its end: a year, as these dates count

FREQUENCIES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
TIMES_OF_DAY = ("BYHOUR", "BYMINUTE", "BYSECOND")
KEPT = {
    "VCALENDAR": frozenset({"VERSION", "PRODID", "CALSCALE", "X-WR-TIMEZONE"}),
    "VEVENT": frozenset(
        {"UID", "SUMMARY", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE"}
        | {"RECURRENCE-ID", "STATUS", "CATEGORIES", "SEQUENCE"}
    ),
    "VTIMEZONE": frozenset({"TZID", "X-LIC-LOCATION"}),
    "STANDARD": frozenset({"DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "TZNAME", "RRULE", "RDATE"}),
    "DAYLIGHT": frozenset({"DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "TZNAME", "RRULE", "RDATE"}),
}
PARENTS = {
    "VCALENDAR": "",
    "VEVENT": "VCALENDAR",
    "VTIMEZONE": "VCALENDAR",
    "STANDARD": "VTIMEZONE",
    "DAYLIGHT": "VTIMEZONE",
}
NAME = re.compile(r"[A-Za-z0-9-]+")
DAY = re.compile(r":\s*(\d{8})")
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
BYTE_ORDER_MARKS = (
    (BOM_UTF32_LE, ""),
    (BOM_UTF32_BE, ""),
    (BOM_UTF8, "utf-8-sig"),
    (BOM_UTF16_LE, "utf-16"),
    (BOM_UTF16_BE, "utf-16"),
    (b"B\0E\0", "utf-16-le"),
    (b"\0B\0E", "utf-16-be"),
)


class UnreadableError(Exception):
    """A file is not read; `why` says why."""

    def __init__(self, why: Unread) -> None:
        super().__init__(why.value)
        self.why = why


def scanned(content: bytes, since: date, until: date) -> str:
    """Return the calendar with the properties that are needed; raise UnreadableError.

    Events that do not repeat, and lie outside these dates, are left out.
    """
    text = decoded(content)
    if not text.lstrip()[:15].upper().startswith("BEGIN:VCALENDAR"):
        raise UnreadableError(Unread.NOT_A_CALENDAR)
    scan = _Scan(_number(since), _number(until))
    for line in _unfolded(text):
        scan.take(line)
    scan.close()
    return "\r\n".join(scan.kept) + "\r\n"


def _number(day: date) -> int:
    return int(f"{day:%Y%m%d}")


def decoded(content: bytes) -> str:
    """Return the text in UTF-8, UTF-16, or Windows' code page if that is clearly readable."""
    encoding = next((name for mark, name in BYTE_ORDER_MARKS if content.startswith(mark)), None)
    encodings = ("utf-8", "cp1252") if encoding is None else (encoding,) if encoding else ()
    for each in encodings:
        try:
            text = content.decode(each)
        except UnicodeDecodeError:
            continue
        if not CONTROLS.search(text):
            return text
        break
    is_named = b"VCALENDAR" in content or b"V\0C\0A\0L\0" in content
    raise UnreadableError(Unread.ENCODING if is_named or encoding == "" else Unread.NOT_A_CALENDAR)


def _unfolded(text: str) -> Iterator[str]:
    """Yield the lines, with those put together that go on in the next."""
    parts: list[str] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if line[:1] in (" ", "\t") and parts:
            parts.append(line[1:])
            continue
        if parts:
            yield "".join(parts)
        parts = [line] if line.strip() else []
    if parts:
        yield "".join(parts)


@dataclass
class _Event:
    """The properties of an event that have been read so far."""

    lines: list[str] = field(default_factory=list)
    uid: str = ""
    is_changed: bool = False  # one of a series, by its RECURRENCE-ID
    first: int = 0  # date, as 20261124
    last: int = 0
    frequency: str = ""
    repeats: bool = False


class _Scan:
    def __init__(self, since: int, until: int) -> None:
        self.kept: list[str] = []
        self._since, self._until = since, until
        self._open: list[str] = []
        self._event: _Event | None = None
        self._events = self._near = 0
        self._uids: set[str] = set()

    def take(self, line: str) -> None:
        match = NAME.match(line)
        if match is None:
            return
        name = match[0].upper()
        if name == "BEGIN":
            self._begin(line.partition(":")[2].strip().upper())
        elif name == "END":
            self._end(line.partition(":")[2].strip().upper())
        elif self._is_read() and name in KEPT[self._open[-1]]:
            self._property(name, line)

    def _is_read(self) -> bool:
        """Return whether the innermost component is one that is read, where it belongs."""
        parents = ("", *self._open)
        return bool(self._open) and all(
            PARENTS.get(component) == parent
            for component, parent in zip(self._open, parents, strict=False)
        )

    def close(self) -> None:
        """Close the components that the file leaves open."""
        if self._open:
            self._end(self._open[0])

    def _begin(self, component: str) -> None:
        self._open.append(component)
        if len(self._open) > DEEPEST:
            raise UnreadableError(Unread.TOO_DEEP)
        if not self._is_read():
            return
        if component == "VEVENT":
            self._events += 1
            if self._events > MOST_EVENTS:
                raise UnreadableError(Unread.TOO_MANY)
            self._event = _Event()
        self._put(f"BEGIN:{component}")

    def _end(self, component: str) -> None:
        if component not in self._open:
            return
        while self._open:
            is_read, closed = self._is_read(), self._open[-1]
            if is_read:
                self._put(f"END:{closed}")
            if closed == "VEVENT" and is_read:
                self._end_event()
            self._open.pop()
            if closed == component:
                return

    def _put(self, line: str) -> None:
        (self.kept if self._event is None else self._event.lines).append(line)

    def _property(self, name: str, line: str) -> None:
        if name == "SUMMARY":
            line = line[:LONGEST_TITLE]
        if len(line) > LONGEST_LINE:
            raise UnreadableError(Unread.TOO_MANY)
        if name in ("RDATE", "EXDATE") and line.count(",") >= MOST_DATES:
            raise UnreadableError(Unread.TOO_MANY)
        if name == "RRULE":
            _check_rule(line.partition(":")[2])
        if self._event is not None and self._noted(self._event, name, line):
            return
        self._put(line)

    def _noted(self, event: _Event, name: str, line: str) -> bool:
        """Note a property of the event; return whether its line is written at the event's end."""
        day = DAY.search(line)
        if name == "UID":
            event.uid = line.partition(":")[2].strip()
            return True
        if name == "RECURRENCE-ID":
            event.is_changed = True
        elif name == "DTSTART" and day:
            event.first = int(day[1])
        elif name == "DTEND" and day:
            event.last = int(day[1])
        elif name in ("RRULE", "RDATE"):
            event.repeats = True
        if name == "RRULE":
            event.frequency = _parts(line.partition(":")[2]).get("FREQ", "")
        return False

    def _end_event(self) -> None:
        """Write the event with a UID of its own: programs repeat or forget them."""
        event = self._event
        assert event is not None
        self._event = None
        if not event.first:
            return
        if event.last - event.first > LONGEST:
            raise UnreadableError(Unread.TOO_LONG)
        if event.frequency not in ("", "YEARLY") and event.first < EARLIEST:
            raise UnreadableError(Unread.TOO_LONG)
        is_near = max(event.first, event.last) >= self._since and event.first <= self._until
        if not (is_near or event.repeats or event.is_changed):
            return
        self._near += 1
        if self._near > MOST_ENTRIES:
            raise UnreadableError(Unread.TOO_MANY)
        uid = event.uid
        if not event.is_changed and (not uid or uid in self._uids):
            uid = f"{self._events}-{uid}"
        self._uids.add(uid)
        self.kept += [*event.lines[:1], f"UID:{uid}", *event.lines[1:]]


def _parts(rule: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in rule.upper().split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs}


def _check_rule(rule: str) -> None:
    """Raise UnreadableError for a rule that could take long, or gives too much."""
    parts = _parts(rule)
    values = sum(value.count(",") + 1 for name, value in parts.items() if name.startswith("BY"))
    count, interval = parts.get("COUNT", "1"), parts.get("INTERVAL", "1")
    if (
        parts.get("FREQ") not in FREQUENCIES
        or values > MOST_IN_RULE
        or any("," in parts.get(name, "") for name in TIMES_OF_DAY)
        or not (count.isdecimal() and len(count) < 6 and int(count) <= MOST_TIMES)
        or not (interval.isdecimal() and len(interval) < 6 and int(interval) > 0)
    ):
        raise UnreadableError(Unread.TOO_OFTEN)
