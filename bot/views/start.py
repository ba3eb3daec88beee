"""The welcome, and the way into the first session."""

from bot.callbacks import RoutineTap, SafetyScreenTap, StartTap
from bot.content.texts import Html, Texts
from bot.views.screen import Button, Screen, paragraphs


def welcome(texts: Texts, name: str) -> Screen:
    return Screen(texts.html("welcome", name=name))


def welcome_back(texts: Texts, name: str, routine: Html, ready: str) -> Screen:
    """Welcome a known runner; `routine` describes what Start opens, the routine with id `ready`."""
    again = (Button(texts.plain("button-safety"), SafetyScreenTap()),)
    return Screen(
        paragraphs(texts.html("welcome-back", name=name), routine),
        (*start_buttons(texts, ready), again),
    )


def first_session(texts: Texts, routine: Html, ready: str) -> Screen:
    return Screen(
        paragraphs(routine, texts.html("first-session-ready")), start_buttons(texts, ready)
    )


def start_buttons(texts: Texts, routine: str) -> tuple[tuple[Button, ...], ...]:
    return (
        (Button(texts.plain("button-start"), StartTap(routine)),),
        (Button(texts.plain("button-routines"), RoutineTap()),),
    )
