"""The welcome, the safety screen, and what leads into a first session."""

from dataclasses import replace

from bot.callbacks import RoutineTap, SafetyScreenTap, SafetyTap, StartTap
from bot.content.texts import Html, Texts
from bot.domain.runner import Runner, Screening
from bot.views.screen import Button, Screen, paragraphs


def welcome(texts: Texts, name: str) -> Screen:
    return Screen(texts.html("welcome", name=name))


def welcome_back(texts: Texts, name: str, routine: Html, ready: str) -> Screen:
    """`routine` describes what Start leads to, the routine with the id `ready`."""
    again = (Button(texts.plain("button-safety"), SafetyScreenTap()),)
    return Screen(
        paragraphs(texts.html("welcome-back", name=name), routine),
        (*start_buttons(texts, ready), again),
    )


def safety(texts: Texts, routine: str, *, asked_for_session: bool = False) -> Screen:
    """Asked once, before the first session; `routine` is what was wished for meanwhile."""
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
    """What stays of the safety screen's question: the screen itself, and the answer."""
    stays = {
        Screening.CLEAR: "safety-clear",
        Screening.WAITING: "safety-applies",
        Screening.AGREED: "safety-agreed",
    }
    return Screen(paragraphs(texts.html("safety"), texts.html(stays[answer])))


def waiting(texts: Texts, routine: str) -> Screen:
    """Sessions wait for a clinician's word."""
    agreed = Button(texts.plain("button-agreed"), SafetyTap(Screening.AGREED, routine))
    return Screen(texts.html("safety-waiting"), ((agreed,),))


def gate(texts: Texts, runner: Runner | None, routine: str, *, again: bool = False) -> Screen:
    """What stands between a runner and a session that they may not start yet.

    `again`: they may, but have been away for so long that they are asked anew.
    """
    if runner is not None and runner.screening is Screening.WAITING:
        return waiting(texts, routine)
    asked = safety(texts, routine, asked_for_session=not again)
    if not again:
        return asked
    return replace(asked, text=paragraphs(texts.html("safety-ask-again"), asked.text))


def first_session(texts: Texts, routine: Html, ready: str) -> Screen:
    return Screen(
        paragraphs(routine, texts.html("first-session-ready")), start_buttons(texts, ready)
    )


def start_buttons(texts: Texts, routine: str) -> tuple[tuple[Button, ...], ...]:
    return (
        (Button(texts.plain("button-start"), StartTap(routine)),),
        (Button(texts.plain("button-routines"), RoutineTap()),),
    )
