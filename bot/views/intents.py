"""Replies to what runners say in plain words."""

from datetime import datetime
from math import ceil

from bot.callbacks import AwayTap, RemindersTap, RoutineTap, ShowTap
from bot.content.texts import Texts
from bot.domain.intents import Intent
from bot.domain.schedule import Due
from bot.domain.session import Phase, Session, length
from bot.views import reminders
from bot.views.screen import Button, Screen
from bot.views.talk import ways

# What is said in passing, or has an answer that depends on nothing else.
REPLIES = frozenset(
    {
        *(Intent.TIRED, Intent.ILL, Intent.HELLO, Intent.THANKS, Intent.PRAISE, Intent.SORRY),
        *(Intent.WHO, Intent.LANGUAGE, Intent.NOT_OURS),
    }
)
ILL_DAYS = 3


def reply(texts: Texts, intent: Intent, session: Session | None) -> Screen:
    """Return the reply; while a session runs, with the way back to it."""
    text = texts.html(f"intent-{intent}")
    if session is not None and session.phase is not Phase.READY:
        return Screen(text, ((Button(texts.plain("button-go-on"), ShowTap(session.id)),),))
    if intent is Intent.ILL:
        pause = AwayTap(ILL_DAYS)
        return Screen(text, ((Button(texts.plain("button-away-ill", days=ILL_DAYS), pause),),))
    if intent in (Intent.THANKS, Intent.PRAISE):
        return Screen(text)
    return Screen(text, ways(texts))


def time_left(texts: Texts, session: Session | None, now: datetime) -> Screen:
    """Say at which step the session is, and about how many minutes are left."""
    if session is None or session.phase is Phase.READY:
        routines = Button(texts.plain("button-routines"), RoutineTap())
        return Screen(texts.html("time-left-none"), ((routines,),))
    seconds = length(session.steps[session.position :])
    if session.clock is not None:
        seconds += session.clock.left(now) - session.step.work
    text = texts.html(
        "time-left",
        place=session.place,
        total=session.work_steps,
        minutes=max(1, ceil(seconds / 60)),
    )
    return Screen(text, ((Button(texts.plain("button-go-on"), ShowTap(session.id)),),))


def next_reminder(texts: Texts, coming: Due | None, zone: str) -> Screen:
    """Say when the next reminder comes, if there is one."""
    change = ((Button(texts.plain("button-pick-days"), RemindersTap()),),)
    text = reminders.next_words(texts, coming, zone) or texts.html("next-reminder-none")
    return Screen(text, change)
