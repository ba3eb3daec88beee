"""Screens around the calendar file."""

from bot.callbacks import CalendarTap, RemindersTap
from bot.content.texts import Texts
from bot.domain.calendar_days import TrainingCalendar
from bot.views.screen import Screen, notice, paragraphs

no_days = notice("calendar-no-days", ("button-pick-days", RemindersTap()))
nothing_left = notice("calendar-nothing-left")


def caption(texts: Texts, calendar: TrainingCalendar) -> Screen:
    """Say what the file contains, and how it changes the calendar of an earlier one."""
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


not_sent = notice("export-failed", ("button-again", CalendarTap()))
