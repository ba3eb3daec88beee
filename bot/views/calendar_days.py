"""Screens around the calendar file."""

from bot.callbacks import CalendarTap, RemindersTap
from bot.content.texts import Texts
from bot.domain.calendar_days import TrainingCalendar
from bot.views.screen import Button, Screen, notice, paragraphs


def no_days(texts: Texts) -> Screen:
    """Say that there are no training days yet, with the way to choose them."""
    pick = Button(texts.plain("button-pick-days"), RemindersTap())
    return Screen(texts.html("calendar-no-days"), ((pick,),))


nothing_left = notice("calendar-nothing-left")


def caption(texts: Texts, calendar: TrainingCalendar) -> Screen:
    """Say what the file holds, and what a later one does to an earlier one."""
    days, plan = calendar.plan.days, calendar.plan
    if not days:
        off = texts.html("calendar-only-cancelled", days=calendar.cancelled)
        if calendar.runner.schedule:
            return Screen(off)
        return Screen(off, no_days(texts).buttons)
    text = paragraphs(
        texts.html("calendar-file", days=len(days), until=texts.date(days[-1].day)),
        texts.html("calendar-away") if plan.away else None,
        texts.html("calendar-race") if plan.spared else None,
        texts.html("calendar-cancelled", days=calendar.cancelled) if calendar.cancelled else None,
        texts.html("calendar-again"),
    )
    return Screen(text)


def not_sent(texts: Texts) -> Screen:
    again = ((Button(texts.plain("button-again"), CalendarTap()),),)
    return Screen(texts.html("export-failed"), again)
