"""The welcome, and the way to the first session."""

from dataclasses import replace

from bot.callbacks import SafetyScreenTap, StartTap
from bot.content import Clip
from bot.content.texts import Html, Texts
from bot.domain.not_today import NotToday
from bot.views import not_today as not_today_views
from bot.views.screen import ROUTINES, Rows, Screen, above, column


def welcome(texts: Texts, name: str, question: Screen) -> Screen:
    """Welcome a newcomer above the safety screen."""
    return above(question, texts.html("welcome", name=name))


def welcome_back(texts: Texts, name: str, routine: Html, ready: str, clip: Clip | None) -> Screen:
    """Welcome a known runner; `routine` describes what Start opens, the routine with id `ready`."""
    return _welcome_back(texts, name, Screen(routine, start_buttons(texts, ready), clip))


def welcome_back_to_rest(texts: Texts, name: str, not_today: NotToday) -> Screen:
    """Welcome a known runner who has no session today."""
    return _welcome_back(texts, name, not_today_views.screen(texts, not_today))


def _welcome_back(texts: Texts, name: str, what_next: Screen) -> Screen:
    again = column(texts, ("button-safety", SafetyScreenTap()))
    screen = replace(what_next, buttons=(*what_next.buttons, *again))
    return above(screen, texts.html("welcome-back", name=name))


def first_session(texts: Texts, routine: Html, ready: str, clip: Clip | None) -> Screen:
    """Describe the first session, below its first exercise."""
    return Screen(routine, start_buttons(texts, ready), clip)


def start_buttons(texts: Texts, routine: str) -> Rows:
    return column(texts, ("button-start", StartTap(routine)), ROUTINES)
