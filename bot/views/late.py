"""Questions about words that arrived too late to be carried out without asking."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.callbacks import CloseTap, LateTap, StartTap, SwapBackTap, SwapTap
from bot.content.texts import Texts
from bot.domain.frozen import frozen
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


@frozen
class Sent:
    """When the words were sent and the present moment, both in UTC, and the writer's time zone.

    `zone`: an IANA name; None: not known.
    """

    sent_at: datetime
    now: datetime
    zone: str | None


def move(texts: Texts, session: Session, wanted: Move, sent: Sent) -> Screen:
    labels = LABELS | (WHILE_HURTING if session.phase is Phase.HURTING else {})
    label = texts.plain(labels[wanted])
    message = "late-start" if wanted is Move.BEGIN else "late-word"
    return _ask(texts, message, label, LateTap(wanted, session.id, session.revision), sent, label)


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
    local, today = sent.sent_at.astimezone(zone), sent.now.astimezone(zone).date()
    when = "today" if local.date() == today else "before"
    text = texts.html(
        message,
        name=name,
        when=when if sent.zone else "ago",
        day=local.date(),
        time=local,
        hours=(sent.now - sent.sent_at) // timedelta(hours=1),
    )
    leave = Button(texts.plain("button-leave"), CloseTap())
    return Screen(text, ((Button(label, tap), leave),))
