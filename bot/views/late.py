"""What is asked when words come too late to count by themselves."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.callbacks import CloseTap, LateTap, StartTap, SwapBackTap, SwapTap
from bot.content.texts import Texts
from bot.domain.session import Move, Phase, Session
from bot.views.screen import Button, Screen

LABELS = {
    Move.BEGIN: "button-start",
    Move.DONE: "button-done",
    Move.SKIP: "button-skip",
    Move.BACK: "button-back",
    Move.PAUSE: "button-pause",
    Move.RESUME: "button-resume",
    Move.STOP: "button-stop",
    Move.MORE: "button-more",
    Move.OWN_PACE: "button-own-pace",
    Move.HANDS_FREE: "button-hands-free",
}
WHILE_HURTING = {Move.BACK: "button-go-on", Move.SKIP: "button-leave-out"}


@dataclass(frozen=True, slots=True)
class Sent:
    """When the words were sent, and the present moment, both in UTC; `zone` is where their writer
    is, None where that is not known."""

    at: datetime
    now: datetime
    zone: str | None


def move(texts: Texts, session: Session, what: Move, sent: Sent) -> Screen:
    labels = LABELS | (WHILE_HURTING if session.phase is Phase.HURTING else {})
    label = texts.plain(labels[what])
    message = "late-start" if what is Move.BEGIN else "late-word"
    return _ask(texts, message, label, LateTap(what, session.id, session.revision), sent, label)


def routine(texts: Texts, routine: str, name: str, sent: Sent) -> Screen:
    return _ask(texts, "late-routine", name, StartTap(routine), sent, texts.plain("button-start"))


def swap(texts: Texts, tap: SwapTap | SwapBackTap, sent: Sent) -> Screen:
    label = texts.plain("button-swap" if isinstance(tap, SwapTap) else "button-swap-back")
    return _ask(texts, "late-word", label, tap, sent, label)


def _ask(
    texts: Texts,
    message: str,
    name: str,
    tap: LateTap | StartTap | SwapTap | SwapBackTap,
    sent: Sent,
    label: str,
) -> Screen:
    zone = ZoneInfo(sent.zone or "UTC")
    at, today = sent.at.astimezone(zone), sent.now.astimezone(zone).date()
    when = "today" if at.date() == today else "before"
    text = texts.html(
        message,
        name=name,
        when=when if sent.zone else "ago",
        day=at.date(),
        time=at,
        hours=(sent.now - sent.at) // timedelta(hours=1),
    )
    leave = Button(texts.plain("button-leave"), CloseTap())
    return Screen(text, ((Button(label, tap), leave),))
