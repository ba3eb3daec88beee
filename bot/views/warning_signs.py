"""Replies to a runner who has typed a warning sign."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from math import ceil
from zoneinfo import ZoneInfo

from bot.callbacks import SafetyTap, SignAnswer, SignAtTap, SignOfTap, SignTap, Tap
from bot.content.emergency_numbers import numbers_in
from bot.content.texts import Html, Texts
from bot.domain.regions import OFFERED, Region
from bot.domain.rests import Rest
from bot.domain.runner import FEVER_FREE, ReportedSign, Runner, Screening
from bot.domain.warning_signs import FLAGGED, Urgency
from bot.views.pain import agreed_rows
from bot.views.screen import Button, Rows, Screen, in_rows, notice, paragraphs

CRISIS = "crisis"
HOUR = timedelta(hours=1)


def reported(texts: Texts, runner: Runner, now: datetime, *, ended: bool = False) -> Screen:
    """Say what to do about the runner's sign; if there is doubt, ask whether it is present now.

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
    return Screen(
        paragraphs(
            _advice(texts, runner, sign),
            texts.html("sign-ended") if ended else None,
            _what_waits(texts, runner, sign, now),
        ),
        (*_places(texts, sign), *_way_out(texts, runner, sign, now)),
    )


def _what_waits(texts: Texts, runner: Runner, sign: ReportedSign, now: datetime) -> Html:
    if sign.awaits_place:
        return texts.html("sign-where")
    if sign.urgency is Urgency.EMERGENCY:
        return texts.html("sign-locked-emergency")
    if not sign.is_fever:
        return texts.html("sign-locked")
    ends_at = sign.reported_at + FEVER_FREE
    if now >= ends_at:
        return texts.html("sign-locked-fever-day")
    if runner.zone is None:
        return texts.html("sign-locked-fever-hours", hours=ceil((ends_at - now) / HOUR))
    local = ends_at.astimezone(ZoneInfo(runner.zone))
    return texts.html("sign-locked-fever", day=texts.day(local.date()), time=texts.clock(local))


def _places(texts: Texts, sign: ReportedSign) -> Rows:
    """Return buttons for the part of the body that has to rest; empty if it is not asked."""
    if not sign.awaits_place:
        return ()
    regions = [
        Button(texts.plain(f"button-region-{region}"), SignAtTap(region, sign.sign))
        for region in OFFERED
    ]
    several = "button-sign-body" if sign.sign == FLAGGED else "button-sign-several"
    return (*in_rows(regions, 2), (_button(texts, several, SignAnswer.SPREAD, sign),))


def placed(texts: Texts, rests: Sequence[Rest], *, is_confirmed: bool, ended: bool) -> Screen:
    """Say which regions rest for the sign, and how long; `ended`: a session was ended for it."""
    named = [texts.html("region", region=rest.region) for rest in rests]
    out = agreed_rows(texts, rests)
    if not is_confirmed:
        out = tuple((_not_me(texts, rest.region, alone=len(rests) == 1),) for rest in rests)
    return Screen(
        paragraphs(
            texts.html("sign-days"),
            texts.html("sign-ended") if ended else None,
            texts.html("sign-rests", regions=texts.all_of(named)),
        ),
        out,
    )


def _not_me(texts: Texts, region: Region, *, alone: bool) -> Button:
    name = texts.plain(f"button-region-{region}")
    label = texts.plain("button-not-me" if alone else "button-not-me-on", region=name)
    return Button(label, SignOfTap(SignAnswer.NOT_ME, region))


def ask_again(texts: Texts, tap: Callable[[SignAnswer], Tap]) -> Screen:
    """Ask once more before lifting a sign that the runner says they don't have."""
    buttons = {"button-sign-lift": SignAnswer.LIFT, "button-sign-now": SignAnswer.NOW}
    return notice("sign-sure", *((label, tap(answer)) for label, answer in buttons.items()))(texts)


# After an emergency, whether a clinician has cleared the runner is asked twice.
cleared = notice("sign-cleared-sure", ("button-sign-cleared-sure", SafetyTap(Screening.AGREED)))
lifted = notice("sign-lifted")


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
    """Say what lifts the sign: a clinician's word, for some signs only from the next local date on.

    A sign that was not confirmed may be a misreading.
    """
    not_me = _button(texts, "button-not-me", SignAnswer.NOT_ME, sign)
    out: Rows = () if sign.is_confirmed else ((not_me,),)
    if sign.awaits_place or not sign.may_be_cleared(now, runner.zone):
        return out
    if sign.urgency is Urgency.EMERGENCY:
        return (*out, (_button(texts, "button-sign-cleared", SignAnswer.CLEARED, sign),))
    return (*out, (Button(texts.plain("button-agreed"), SafetyTap(Screening.AGREED)),))


def _button(texts: Texts, label: str, answer: SignAnswer, sign: ReportedSign) -> Button:
    return Button(texts.plain(label), SignTap(answer, sign.sign))
