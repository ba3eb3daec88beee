"""Screens of the questions that are asked once."""

from bot.callbacks import BandsFirstTap, FirstTap, StartTap
from bot.content.texts import Texts
from bot.domain.first_questions import CHOICES, Choice, Topic
from bot.views.screen import Button, Screen, in_rows, notice


def question(texts: Texts, topic: Topic, routine: str = "", *, begins: bool = False) -> Screen:
    """Ask; `routine` is the id of the one to go on with afterwards.

    `begins`: the answer about bands starts the routine at once. The last choice, which skips the
    question, is a row of its own.
    """
    *choices, skip = (
        Button(
            texts.plain(f"button-first-{choice}"),
            BandsFirstTap(choice, routine) if begins else FirstTap(topic, choice, routine),
        )
        for choice in CHOICES[topic]
    )
    rows = in_rows(choices, 2 if topic is Topic.BANDS else 3)
    return Screen(texts.html(f"first-{topic}"), (*rows, (skip,)))


def start(texts: Texts, routine: str) -> Screen:
    """Offer to start the routine as soon as all bands are known."""
    return notice("first-bands-start", ("button-start", StartTap(routine)))(texts)


def answered(texts: Texts, topic: Topic, choice: Choice) -> Screen:
    """Return the screen that replaces the question."""
    return Screen(texts.html(f"first-{topic}-answered", choice=choice.value))
