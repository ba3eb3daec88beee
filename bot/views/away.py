"""Screens of a break from reminders."""

from datetime import date, timedelta

from bot.callbacks import AwayTap, CloseTap, UntilTap
from bot.content.texts import Texts
from bot.domain.date_words import Reading
from bot.domain.runner import Runner
from bot.views.screen import Button, Screen, column, notice, row, shortened
from bot.views.talk import yes_or_no

DAY = timedelta(days=1)


def away(texts: Texts, runner: Runner, today: date) -> Screen:
    """Show the time without reminders, with buttons to change it."""
    if runner.away_from is not None and runner.away_until is not None and runner.goes_away(today):
        first, day = texts.full_day(runner.away_from), texts.full_day(runner.away_until)
        cancel = column(texts, ("button-away-cancel", AwayTap(0)))
        if runner.schedule and runner.away_until - runner.away_from == DAY:
            return Screen(day_left_out(texts, runner.away_from).text, cancel)
        message = "away-planned" if runner.schedule else "away-planned-without-days"
        return Screen(texts.html(message, first=first, day=day), cancel)
    if runner.away_until is not None and runner.is_away(today):
        message = "away-until" if runner.schedule else "away-until-without-days"
        back = column(texts, ("button-am-back", AwayTap(0)))
        return Screen(texts.html(message, day=texts.full_day(runner.away_until)), back)
    days = {"button-away-days": 3, "button-away-week": 7, "button-away-fortnight": 14}
    choices = row(texts, *((label, AwayTap(number)) for label, number in days.items()))
    return Screen(texts.html("away-none"), (choices,))


def day_left_out(texts: Texts, day: date) -> Screen:
    """Say that there is no reminder on one day."""
    return Screen(texts.html("away-day", day=texts.full_day(day)))


def back(texts: Texts, runner: Runner) -> Screen:
    """Say that reminders come again."""
    return Screen(texts.html("away-off" if runner.schedule else "away-off-without-days"))


def cancelled(texts: Texts, runner: Runner) -> Screen:
    """Say that the coming time away is cancelled."""
    message = "away-cancelled" if runner.schedule else "away-cancelled-without-days"
    return Screen(texts.html(message))


def unreadable(texts: Texts, words: str) -> Screen:
    buttons = row(texts, ("button-away-week", AwayTap(7)), ("button-leave", CloseTap()))
    return Screen(texts.html("away-error", words=shortened(words)), (buttons,))


def ask_end(texts: Texts, begin: date) -> Screen:
    """Ask for the end of a time away of which only the first date is known."""
    return Screen(texts.html("away-ask-end", day=texts.full_day(begin)))


def ask_whether(texts: Texts, when: str, asked: int) -> Screen:
    """Ask whether the runner is away at a time that was told of something."""
    return Screen(texts.html("away-ask-whether", when=shortened(when)), yes_or_no(texts, asked))


def ask(texts: Texts, words: str, reading: Reading) -> Screen:
    """Ask which of the dates is meant, or whether the only one is right."""
    dates = tuple((Button(texts.full_day(day), UntilTap(day)),) for day in reading.dates)
    none = column(texts, ("button-leave", UntilTap()))
    return Screen(texts.html(f"away-ask-{reading.doubt}", words=shortened(words)), (*dates, *none))


left = notice("away-left")
