"""Screens of the questions that are asked once."""

from bot.callbacks import BandsFirstTap, FirstTap, StartTap
from bot.content.texts import Texts
from bot.domain.first_questions import CHOICES, Choice, Topic
from bot.views.screen import Button, Rows, Screen, in_rows


def question(texts: Texts, topic: Topic, routine: str = "") -> Screen:
    """Ask; `routine` is the id of the one to go on with afterwards."""
    buttons = [
        Button(texts.plain(f"button-first-{choice}"), FirstTap(topic, choice, routine))
        for choice in CHOICES[topic]
    ]
    return Screen(texts.html(f"first-{topic}"), _rows(topic, buttons))


def bands_first(texts: Texts, routine: str) -> Screen:
    """Ask for the bands before the routine with this id starts."""
    buttons = [
        Button(texts.plain(f"button-first-{choice}"), BandsFirstTap(choice, routine))
        for choice in CHOICES[Topic.BANDS]
    ]
    return Screen(texts.html(f"first-{Topic.BANDS}"), _rows(Topic.BANDS, buttons))


def _rows(topic: Topic, buttons: list[Button]) -> Rows:
    """Return the buttons in rows, the last one, which skips, alone."""
    width = 2 if topic is Topic.BANDS else 3
    return (*in_rows(buttons[:-1], width), (buttons[-1],))


def start(texts: Texts, routine: str) -> Screen:
    """Offer to start the routine once all bands are told."""
    button = Button(texts.plain("button-start"), StartTap(routine))
    return Screen(texts.html("first-bands-start"), ((button,),))


def answered(texts: Texts, topic: Topic, choice: Choice) -> Screen:
    """Return what replaces the question."""
    return Screen(texts.html(f"first-{topic}-answered", choice=choice.value))
