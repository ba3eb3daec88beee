"""The answer to a rejected request, which is the same for every feature.

Handlers that have nothing else left to do raise RejectedError.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypeVar

from bot import session_chat
from bot.coach import Coach
from bot.domain.session import Phase
from bot.handlers.request import Request
from bot.services.rejections import Reason, Rejected
from bot.views import talk

T = TypeVar("T")

TOASTS = {
    Reason.FOREIGN: "toast-foreign",
    Reason.OUTDATED: "toast-old",
    Reason.NO_SESSION: "toast-stale-none",
    Reason.STALE: "toast-stale",
    Reason.UNLAWFUL: "toast-unlawful",
    Reason.NEXT_BEGUN: "toast-rated-late",
    Reason.ANSWERED: "toast-answered",
    Reason.ANOTHER_MORNING: "toast-morning-old",
    Reason.PUT_OFF_BEFORE: "toast-later-once",
    Reason.ANOTHER_DAY: "toast-later-old",
    Reason.EARLIER_WEEK: "toast-earlier-week",
    Reason.NOT_LOCKED: "lifted-not",
    Reason.NOTHING_TICKED: "toast-nothing-ticked",
    Reason.NOTHING_RESTS: "rest-none",
    Reason.NOTHING_ASKED: "toast-answered",
    Reason.NO_GATE: "toast-answered",
    Reason.ENDED_BY_PAIN: "toast-ended-by-pain",
    Reason.NOT_INVITED: "toast-door-closed",
}
ALERTS = frozenset(
    {
        *(Reason.NEXT_BEGUN, Reason.NOT_LOCKED, Reason.NOTHING_TICKED, Reason.NOT_INVITED),
        Reason.ENDED_BY_PAIN,
    }
)
# Typed words get no toast; if the session's state forbids the move, this stands above the step.
INTROS = {
    Phase.READY: "step-not-begun",
    Phase.RUNNING: "step-goes-on",
    Phase.PAUSED: "step-paused",
}


class RejectedError(Exception):
    """The request was rejected; its handling ends with the answer."""

    def __init__(self, request: Request, rejected: Rejected) -> None:
        super().__init__(rejected.reason.value)
        self.request = request
        self.rejected = rejected


def accepted(request: Request, outcome: T | Rejected) -> T:
    """Return what a service returned; raise RejectedError if that is a rejection."""
    if isinstance(outcome, Rejected):
        raise RejectedError(request, outcome)
    return outcome


def outdated(request: Request) -> RejectedError:
    """Return the error for a tap on a button that is no longer offered."""
    return RejectedError(request, Rejected(Reason.OUTDATED))


@asynccontextmanager
async def answering(coach: Coach) -> AsyncIterator[None]:
    """Return a context in which the request of a RejectedError is answered."""
    try:
        yield
    except RejectedError as error:
        await show(coach, error.request, error.rejected)


async def show(coach: Coach, request: Request, rejected: Rejected) -> None:
    """Answer a tap with the reason, and show the runner's session again if there is one."""
    reason, current = rejected.reason, rejected.current
    toast = coach.texts.plain(TOASTS[reason])
    await coach.messenger.answer(request.query, toast, alert=reason in ALERTS)
    typed = request.query is None
    if current is not None:
        is_unlawful = typed and reason is Reason.UNLAWFUL
        intro = INTROS.get(current.session.phase, "step-not-possible") if is_unlawful else None
        await session_chat.send_current(coach, request.chat, current, intro)
    elif typed and reason is Reason.NO_SESSION:
        await coach.messenger.show(request.chat, talk.no_session(coach.texts))
