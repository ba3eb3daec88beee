"""The welcome, and the way into the first session."""

from bot.callbacks import RoutineTap, SafetyScreenTap, StartTap
from bot.content.texts import Html, Texts
from bot.domain.not_today import NotToday
from bot.views import not_today as not_today_views
from bot.views.screen import Button, Screen, paragraphs


def welcome(texts: Texts, name: str) -> Screen:
    return Screen(texts.html("welcome", name=name))


def welcome_back(texts: Texts, name: str, routine: Html, ready: str) -> Screen:
    """Welcome a known runner; `routine` describes what Start opens, the routine with id `ready`."""
    return _welcome_back(texts, name, Screen(routine, start_buttons(texts, ready)))


def welcome_back_to_rest(texts: Texts, name: str, not_today: NotToday) -> Screen:
    """Welcome a known runner who has no session today."""
    return _welcome_back(texts, name, not_today_views.screen(texts, not_today))


def _welcome_back(texts: Texts, name: str, what_next: Screen) -> Screen:
    again = (Button(texts.plain("button-safety"), SafetyScreenTap()),)
    return Screen(
        paragraphs(texts.html("welcome-back", name=name), what_next.text),
        (*what_next.buttons, again),
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
