"""Screens of an export that is brought back."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from bot.callbacks import LeaveArchiveTap, UseArchiveTap
from bot.content.texts import Html, Texts
from bot.domain.bring_back import Contents, Preview, Refusal
from bot.views.screen import Screen, lines, notice, paragraphs, row

KINDS = ("sessions", "days", "bands", "races", "routines", "reports")


def preview(texts: Texts, looked: Preview) -> Screen:
    """Say what the export holds and what it would replace."""
    contents, zone = looked.contents, ZoneInfo(looked.zone)
    made_at = contents.made_at.astimezone(zone)
    held = lines(
        _sessions(texts, contents, zone),
        *(_number(texts, contents.numbers, kind) for kind in KINDS[1:]),
    )
    present = lines(*(_number(texts, looked.present, kind) for kind in KINDS))
    text = paragraphs(
        texts.html("bring-back-made", day=texts.date(made_at.date()), time=made_at),
        held or texts.html("bring-back-little"),
        lines(texts.html("bring-back-replaces"), present) if present else None,
        texts.html("bring-back-stays"),
    )
    use, leave = UseArchiveTap(looked.number), LeaveArchiveTap(looked.number)
    return Screen(text, (row(texts, ("button-use-archive", use), ("button-leave", leave)),))


def used(texts: Texts, contents: Contents) -> Screen:
    """Say what is stored now."""
    numbers = lines(*(_number(texts, contents.numbers, kind) for kind in KINDS))
    return Screen(paragraphs(texts.html("bring-back-done"), numbers, texts.html("bring-back-next")))


def refused(texts: Texts, refusal: Refusal) -> Screen:
    return Screen(texts.html("bring-back-refused", why=refusal.value))


left = notice("bring-back-left")


def _number(texts: Texts, numbers: Mapping[str, int], kind: str) -> Html | None:
    count = numbers.get(kind, 0)
    return texts.html(f"bring-back-{kind}", count=count) if count else None


def _sessions(texts: Texts, contents: Contents, zone: ZoneInfo) -> Html | None:
    """Say how many sessions there are, with the first and the last date."""
    if contents.first is None or contents.last is None:
        return None
    first, last = (moment.astimezone(zone).date() for moment in (contents.first, contents.last))
    return texts.html(
        "bring-back-sessions-dated",
        count=contents.numbers["sessions"],
        first=texts.date(first),
        last=texts.date(last),
    )
