"""What is said when a runner has typed a warning sign."""

from datetime import datetime

from bot.callbacks import SafetyTap, SignAnswer, SignTap
from bot.content.emergency_numbers import numbers_in
from bot.content.texts import Html, Texts
from bot.domain.runner import ReportedSign, Runner, Screening
from bot.domain.warning_signs import Urgency
from bot.views.screen import Button, Rows, Screen, paragraphs

CRISIS = "crisis"


def reported(texts: Texts, runner: Runner, now: datetime, *, ended: bool = False) -> Screen:
    """Say what to do about the runner's sign; where it is in doubt, ask whether it is there now.

    `ended`: a session was ended for it.
    """
    sign = runner.reported_sign
    assert sign is not None
    if sign.doubt is not None:
        return Screen(
            paragraphs(
                texts.html("sign-ask"),
                _advice(texts, runner, sign) if sign.urgency is Urgency.EMERGENCY else None,
                texts.html("sign-ask-now"),
            ),
            (
                (_button(texts, "button-sign-now", SignAnswer.NOW, sign),),
                (_button(texts, "button-sign-not-now", SignAnswer.LIFT, sign),),
            ),
        )
    locked = "sign-locked-emergency" if sign.urgency is Urgency.EMERGENCY else "sign-locked"
    return Screen(
        paragraphs(
            _advice(texts, runner, sign),
            texts.html("sign-ended") if ended else None,
            texts.html(locked),
        ),
        _way_out(texts, runner, sign, now),
    )


def ask_again(texts: Texts, runner: Runner) -> Screen:
    """Ask once more before a sign that the runner does not have is lifted."""
    sign = runner.reported_sign
    assert sign is not None
    return Screen(
        texts.html("sign-sure"),
        (
            (_button(texts, "button-sign-lift", SignAnswer.LIFT, sign),),
            (_button(texts, "button-sign-now", SignAnswer.NOW, sign),),
        ),
    )


def lifted(texts: Texts) -> Screen:
    return Screen(texts.html("sign-lifted"))


def _advice(texts: Texts, runner: Runner, sign: ReportedSign) -> Html:
    if sign.urgency is not Urgency.EMERGENCY:
        return texts.html("sign-today" if sign.urgency is Urgency.TODAY else "sign-days")
    numbers = numbers_in(runner.zone)
    if sign.sign == CRISIS:
        here, anywhere = "sign-crisis", "sign-crisis-anywhere"
    elif sign.doubt is not None:
        here, anywhere = "sign-if-emergency", "sign-if-emergency-anywhere"
    else:
        here, anywhere = "sign-emergency", "sign-emergency-anywhere"
    if not numbers:
        return texts.html(anywhere)
    return texts.html(here, numbers=texts.any_of(numbers))


def _way_out(texts: Texts, runner: Runner, sign: ReportedSign, now: datetime) -> Rows:
    """A clinician's word; after an emergency from the next local date on."""
    if not sign.is_confirmed:
        return ((_button(texts, "button-not-me", SignAnswer.NOT_ME, sign),),)
    if not sign.may_be_cleared(now, runner.zone):
        return ()
    return ((Button(texts.plain("button-agreed"), SafetyTap(Screening.AGREED)),),)


def _button(texts: Texts, label: str, answer: SignAnswer, sign: ReportedSign) -> Button:
    return Button(texts.plain(label), SignTap(answer, sign.sign))
