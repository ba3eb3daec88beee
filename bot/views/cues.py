"""Screens of the timer: the cue for a rest, and the test of the phone's sound."""

from datetime import datetime

from bot.callbacks import SoundTap
from bot.content.texts import Html, Texts
from bot.domain.session import Move, RestKind, Session
from bot.views.screen import Screen, column, lines, notice, paragraphs
from bot.views.training import band, moves, short


def rest(texts: Texts, session: Session, now: datetime, intro: str | None = None) -> Screen:
    """Show a running rest and the step after it; `intro` is the id of a message before them."""
    buttons = moves(
        texts,
        session,
        ("button-pause", Move.PAUSE),
        ("button-skip", Move.SKIP),
        ("button-more", Move.MORE),
        ("button-back", Move.BACK),
    )
    lead = texts.html(intro) if intro else None
    return Screen(paragraphs(lead, _cue(texts, session, now)), (buttons,))


def _cue(texts: Texts, session: Session, now: datetime) -> Html:
    before, after = session.steps[session.position - 1], session.step
    seconds = session.clock.left(now) if session.clock else 0
    step = short(texts, after)
    message = "cue-switch" if before.rest_kind is RestKind.SWITCH else "cue-rest"
    if before.is_warm_up:
        message = "cue-first"
    new = before.exercise != after.exercise
    return lines(
        texts.html(message, seconds=seconds, step=step),
        band(texts, after) if new and after.band else None,
    )


def with_sound_test(texts: Texts, screen: Screen) -> Screen:
    """Add why a phone may stay silent, and a button that tests its sound."""
    text = paragraphs(screen.text, texts.html("sound-hint"))
    buttons = (*screen.buttons, *column(texts, ("button-sound", SoundTap())))
    return Screen(text, buttons, screen.clip)


sound_test = notice("sound-test")
