"""Calendar files that mean ill, or are only odd, and what becomes of each."""

from collections.abc import Iterable

from bot.domain.run_plan import Unread

Expected = Unread | int  # why it is not read, or how many entries are read of it
TODAY = "20261124"


def calendar(*components: str, head: str = "VERSION:2.0") -> bytes:
    lines = ("BEGIN:VCALENDAR", head, *components, "END:VCALENDAR", "")
    return "\r\n".join(lines).encode()


def event(*lines: str, title: str = "Easy run", day: str = f";VALUE=DATE:{TODAY}") -> str:
    return "\r\n".join(("BEGIN:VEVENT", f"DTSTART{day}", f"SUMMARY:{title}", *lines, "END:VEVENT"))


def repeated(rule: str, start: str = f":{TODAY}T060000") -> bytes:
    return calendar(event(f"RRULE:{rule}", "UID:a", day=start))


def nested(depth: int) -> bytes:
    begin, end = ("\r\n".join([f"{word}:VEVENT"] * depth) for word in ("BEGIN", "END"))
    return calendar(begin, end)


def numbers(last: int) -> str:
    return ",".join(map(str, range(1, last + 1)))


def _dates(count: int) -> str:
    return ",".join(f"20270101T{number % 24:02}{number % 60:02}00" for number in range(count))


def _many(count: int, day: str = f";VALUE=DATE:{TODAY}") -> bytes:
    return calendar(*(event(f"UID:{number}", day=day) for number in range(count)))


def _titled(title: str) -> bytes:
    return calendar(event(title=title))


PLAIN = calendar(event())
ZONE = "\r\n".join(
    [
        *("BEGIN:VTIMEZONE", "TZID:Nowhere", "BEGIN:STANDARD", "DTSTART:16010101T000000"),
        *("TZOFFSETFROM:+0100", "TZOFFSETTO:+0100", "{rule}", "END:STANDARD", "END:VTIMEZONE"),
    ]
)
IN_ZONE = event(day=f";TZID=Nowhere:{TODAY}T060000")


def _refused(why: Unread, files: Iterable[tuple[str, bytes]]) -> dict[str, tuple[bytes, Expected]]:
    return {name: (content, why) for name, content in files}


CORPUS: dict[str, tuple[bytes, Expected]] = {
    **_refused(
        Unread.TOO_OFTEN,
        (
            ("every second", repeated("FREQ=SECONDLY")),
            ("every minute", repeated("FREQ=MINUTELY;COUNT=10")),
            ("every hour", repeated("FREQ=HOURLY;INTERVAL=3")),
            ("no frequency", repeated("COUNT=3")),
            ("an unknown frequency", repeated("FREQ=FORTNIGHTLY")),
            ("every second of every day", repeated(f"FREQ=DAILY;BYSECOND={numbers(59)}")),
            ("every minute of every day", repeated(f"FREQ=DAILY;BYMINUTE={numbers(59)}")),
            ("every hour of every day", repeated("FREQ=DAILY;BYHOUR=0,6,12,18")),
            ("every day of the year by number", repeated(f"FREQ=YEARLY;BYYEARDAY={numbers(366)}")),
            ("a list in capitals and small letters", repeated(f"freq=daily;byhour={numbers(23)}")),
            ("a billion times", repeated("FREQ=DAILY;COUNT=1000000000")),
            ("a count that is no number", repeated("FREQ=DAILY;COUNT=many")),
            ("a negative count", repeated("FREQ=DAILY;COUNT=-1")),
            ("a step of nothing", repeated("FREQ=DAILY;INTERVAL=0")),
            ("a step back", repeated("FREQ=DAILY;INTERVAL=-1")),
            ("a folded rule", repeated("FREQ=SEC\r\n ONDLY")),
            ("a rule in a zone", calendar(ZONE.format(rule="RRULE:FREQ=SECONDLY"), IN_ZONE)),
        ),
    ),
    **_refused(
        Unread.TOO_LONG,
        (
            ("daily since 1900", repeated("FREQ=DAILY", ":19000101T060000")),
            ("weekly since the year 1", repeated("FREQ=WEEKLY", ":00010101T060000")),
            ("a century long", calendar(event("DTEND:20261124", day=":19000101T060000"))),
            ("until the end of time", calendar(event("DTEND;VALUE=DATE:99991231"))),
        ),
    ),
    **_refused(
        Unread.TOO_MANY,
        (
            ("5,001 events", _many(5001)),
            ("5,000 events in one year", _many(5000)),
            ("10,000 further dates", calendar(event(f"RDATE:{_dates(10_000)}"))),
            (
                "10,000 dates left out",
                calendar(event("RRULE:FREQ=DAILY", f"EXDATE:{_dates(10_000)}")),
            ),
            ("an endless line", calendar(event(f"CATEGORIES:{'x' * 40_000}"))),
        ),
    ),
    **_refused(
        Unread.TOO_DEEP,
        (("nested ten deep", nested(10)), ("nested 20,000 deep", nested(20_000))),
    ),
    **_refused(
        Unread.TOO_SLOW,
        (
            ("400 events every day", calendar(*[event("RRULE:FREQ=DAILY")] * 400)),
            ("30 February", repeated("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30")),
            (
                "Monday the 32nd in ever",
                calendar(*[event("RRULE:FREQ=DAILY;BYMONTH=4;BYMONTHDAY=31")] * 9),
            ),
        ),
    ),
    **_refused(
        Unread.ENCODING,
        (
            ("in UTF-32", b"\xff\xfe\0\0" + PLAIN.decode().encode("utf-32-le")),
            ("with bytes of nothing", PLAIN.replace(b"Easy", b"E\0a\0")),
            ("half a UTF-16 letter", b"\xff\xfe" + PLAIN.decode().encode("utf-16-le") + b"\0"),
            ("bytes that no code page has", PLAIN.replace(b"Easy", b"\x81\x8d\x90")),
            ("control characters", PLAIN.replace(b"Easy", b"\x1b[31m")),
        ),
    ),
    **_refused(
        Unread.NOT_A_CALENDAR,
        (
            ("nothing", b""),
            ("words", b"Easy run on Monday"),
            ("a web page", b"<!doctype html><title>Log in</title>"),
            ("a picture", b"\x89PNG\r\n\x1a\n" + bytes(range(256))),
            ("a zip", b"PK\x03\x04" + b"\xff" * 100),
            ("a calendar within a page", b"<pre>" + PLAIN),
        ),
    ),
    "5,000 events of former years": (_many(4999, ";VALUE=DATE:20240101"), 0),
    "in UTF-8 with a mark": (b"\xef\xbb\xbf" + PLAIN, 1),
    "in UTF-16": ("\ufeff".encode("utf-16-le") + PLAIN.decode().encode("utf-16-le"), 1),
    "in UTF-16 without a mark": (PLAIN.decode().encode("utf-16-be"), 1),
    "in Windows' code page": (_titled("Läufe, locker").decode().encode("cp1252"), 1),
    "without an end": (PLAIN[: PLAIN.index(b"END:VCALENDAR")], 1),
    "with bare line ends": (PLAIN.replace(b"\r\n", b"\n"), 1),
    "in small letters": (PLAIN.lower(), 1),
    "an alarm for every second": (
        calendar(event("BEGIN:VALARM", "TRIGGER:-PT1S", "RRULE:FREQ=SECONDLY", "END:VALARM")),
        1,
    ),
    "a task and a diary": (
        calendar("BEGIN:VTODO", "RRULE:FREQ=SECONDLY", "END:VTODO", event()),
        1,
    ),
    "events with one UID": (calendar(event("UID:a"), event("UID:a", title="Long run")), 2),
    "an event without a date": (
        calendar("BEGIN:VEVENT", "SUMMARY:Easy run", "END:VEVENT", event()),
        1,
    ),
    "a date that is none": (calendar(event(day=";VALUE=DATE:20261399"), event()), 1),
    "a description of 500 kB": (calendar(event(f"DESCRIPTION:{'x' * 500_000}")), 1),
    "an attachment": (calendar(event("ATTACH;ENCODING=BASE64:" + "QUJD" * 50_000)), 1),
    "an address to fetch": (
        calendar(event("ATTACH:http://127.0.0.1/", "URL:file:///etc/passwd")),
        1,
    ),
    "a title of 100 kB": (_titled("Easy " + "x" * 100_000), 1),
    "a title that turns the line": (_titled("Easy \u202eyppah\u202c run"), 1),
    "a birthday since 1931": (repeated("FREQ=YEARLY", ";VALUE=DATE:19311125"), 2),
    "a zone of nowhere": (calendar(IN_ZONE), 1),
    "the end before the start": (calendar(event("DTEND;VALUE=DATE:20261101")), 1),
    "a strange calendar scale": (calendar(event(), head="CALSCALE:THAI"), Unread.NOT_A_CALENDAR),
}
