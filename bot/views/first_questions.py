"""Screens of the questions that are asked once."""

from bot.callbacks import FirstTap
from bot.content.texts import Texts
from bot.domain.first_questions import CHOICES, Choice, Topic
from bot.views.screen import Button, Screen, in_rows


def question(texts: Texts, topic: Topic, routine: str = "") -> Screen:
    """Ask; `routine` is the id of the one to go on with afterwards."""
    buttons = [
        Button(texts.plain(f"button-first-{choice}"), FirstTap(topic, choice, routine))
        for choice in CHOICES[topic]
    ]
    width = 2 if topic is Topic.BANDS else 3
    return Screen(texts.html(f"first-{topic}"), (*in_rows(buttons[:-1], width), (buttons[-1],)))


def answered(texts: Texts, topic: Topic, choice: Choice) -> Screen:
    """Return what replaces the question."""
    return Screen(texts.html(f"first-{topic}-answered", choice=choice.value))
