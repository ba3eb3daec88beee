"""Screens of a break from reminders."""

from datetime import date, timedelta

from bot.callbacks import AwayTap, CloseTap, UntilTap
from bot.content.texts import Texts
from bot.domain.date_words import Reading
from bot.domain.runner import Runner
from bot.views.exercise import shown
from bot.views.screen import Button, Screen, notice
from bot.views.talk import yes_or_no

DAY = timedelta(days=1)


def away(texts: Texts, runner: Runner, today: date) -> Screen:
    """Show when there are no reminders, with buttons that change it."""
    if runner.away_from is not None and runner.away_until is not None and runner.goes_away(today):
        cancel = Button(texts.plain("button-away-cancel"), AwayTap(0))
        first, day = texts.full_day(runner.away_from), texts.full_day(runner.away_until)
        if runner.schedule and runner.away_until - runner.away_from == DAY:
            return Screen(day_left_out(texts, runner.away_from).text, ((cancel,),))
        message = "away-planned" if runner.schedule else "away-planned-without-days"
        return Screen(texts.html(message, first=first, day=day), ((cancel,),))
    if runner.away_until is not None and runner.is_away(today):
        back = Button(texts.plain("button-am-back"), AwayTap(0))
        message = "away-until" if runner.schedule else "away-until-without-days"
        return Screen(texts.html(message, day=texts.full_day(runner.away_until)), ((back,),))
    choices = ((3, "button-away-days"), (7, "button-away-week"), (14, "button-away-fortnight"))
    row = tuple(Button(texts.plain(label), AwayTap(days)) for days, label in choices)
    return Screen(texts.html("away-none"), (row,))


def day_left_out(texts: Texts, day: date) -> Screen:
    """Say that there is no reminder on one day."""
    return Screen(texts.html("away-day", day=texts.full_day(day)))


def back(texts: Texts, runner: Runner) -> Screen:
    """Say that reminders come again."""
    return Screen(texts.html("away-off" if runner.schedule else "away-off-without-days"))


def cancelled(texts: Texts, runner: Runner) -> Screen:
    """Say that there is no time away to come any more."""
    message = "away-cancelled" if runner.schedule else "away-cancelled-without-days"
    return Screen(texts.html(message))


def unreadable(texts: Texts, words: str) -> Screen:
    week = Button(texts.plain("button-away-week"), AwayTap(7))
    close = Button(texts.plain("button-leave"), CloseTap())
    return Screen(texts.html("away-error", words=shown(words)), ((week, close),))


def ask_end(texts: Texts, begin: date) -> Screen:
    """Ask for the end of a time away of which only the first date was told."""
    return Screen(texts.html("away-ask-end", day=texts.full_day(begin)))


def ask_whether(texts: Texts, when: str, asked: int) -> Screen:
    """Ask whether the runner is away at a time that was told of something."""
    return Screen(texts.html("away-ask-whether", when=shown(when)), yes_or_no(texts, asked))


def ask(texts: Texts, words: str, reading: Reading) -> Screen:
    """Ask which date is meant, or whether the only one is."""
    dates = tuple((Button(texts.full_day(day), UntilTap(day)),) for day in reading.dates)
    none = (Button(texts.plain("button-leave"), UntilTap()),)
    return Screen(texts.html(f"away-ask-{reading.doubt}", words=shown(words)), (*dates, none))


left = notice("away-left")
