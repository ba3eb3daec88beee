"""The welcome, the safety screen, and the way into the first session."""

from dataclasses import replace
from datetime import datetime

from bot.callbacks import RoutineTap, SafetyScreenTap, SafetyTap, StartTap
from bot.content.texts import Html, Texts
from bot.domain.not_today import NotToday
from bot.domain.runner import Runner, Screening
from bot.views import not_today as not_today_views
from bot.views import warning_signs
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


def safety(texts: Texts, routine: str, *, asked_for_session: bool = False) -> Screen:
    """Ask the safety question; `routine` is the id of the one to start afterwards, or ""."""
    return Screen(
        paragraphs(
            texts.html("safety-ask-first") if asked_for_session else None, texts.html("safety")
        ),
        (
            (Button(texts.plain("button-understand"), SafetyTap(Screening.CLEAR, routine)),),
            (Button(texts.plain("button-applies"), SafetyTap(Screening.WAITING, routine)),),
        ),
    )


def answered(texts: Texts, answer: Screening) -> Screen:
    """Return the safety screen with the answer in place of the buttons."""
    messages = {
        Screening.CLEAR: "safety-clear",
        Screening.WAITING: "safety-applies",
        Screening.AGREED: "safety-agreed",
    }
    return Screen(paragraphs(texts.html("safety"), texts.html(messages[answer])))


def waiting(texts: Texts, routine: str) -> Screen:
    """Say that sessions wait until a clinician has agreed."""
    agreed = Button(texts.plain("button-agreed"), SafetyTap(Screening.AGREED, routine))
    return Screen(texts.html("safety-waiting"), ((agreed,),))


def gate(
    texts: Texts, runner: Runner | None, routine: str, now: datetime, *, again: bool = False
) -> Screen:
    """Return what a runner must answer before a session can start.

    `again`: the runner has answered before, but must answer again after a long absence.
    """
    if runner is not None and runner.reported_sign is not None:
        return warning_signs.reported(texts, runner, now)
    if runner is not None and runner.screening is Screening.WAITING:
        return waiting(texts, routine)
    question = safety(texts, routine, asked_for_session=not again)
    if not again:
        return question
    return replace(question, text=paragraphs(texts.html("safety-ask-again"), question.text))


def first_session(texts: Texts, routine: Html, ready: str) -> Screen:
    return Screen(
        paragraphs(routine, texts.html("first-session-ready")), start_buttons(texts, ready)
    )


def start_buttons(texts: Texts, routine: str) -> tuple[tuple[Button, ...], ...]:
    return (
        (Button(texts.plain("button-start"), StartTap(routine)),),
        (Button(texts.plain("button-routines"), RoutineTap()),),
    )
