"""Replies to what runners say in plain words."""

from collections.abc import Mapping
from datetime import datetime
from math import ceil

from bot.callbacks import (
    AwayTap,
    BrowseTap,
    RemindersTap,
    RoutineTap,
    ShowTap,
    SoundTap,
    WishTap,
    WrongTap,
)
from bot.content import Catalogue
from bot.content.texts import Texts
from bot.content.topics import NO_BAND
from bot.domain.intents import Intent
from bot.domain.regions import Region
from bot.domain.runner import Runner
from bot.domain.schedule import Due
from bot.domain.session import Phase, Session, by_the_track
from bot.domain.session import time_left as seconds_left
from bot.views import reminders
from bot.views.screen import ROUTINES, Button, Labelled, Rows, Screen, column, notice
from bot.views.talk import ways
from bot.views.training import HANDS_FREE, OWN_PACE, moves

# Remarks, and questions whose answer is always the same.
REPLIES = frozenset(
    {
        *(Intent.ILL, Intent.HELLO, Intent.BYE, Intent.THANKS),
        *(Intent.PRAISE, Intent.SORRY, Intent.UPSET, Intent.WHO, Intent.NOT_OURS, Intent.SOUND),
        *(Intent.PACE, Intent.EFFORT, Intent.HOW_OFTEN, Intent.ADVICE, Intent.CLIP),
        *(Intent.LOW, Intent.COST, Intent.SPACE, Intent.SHOES, Intent.BROKEN_BAND),
        *(Intent.BAND_CARE, Intent.BAND_SLIPS, Intent.SHARE, Intent.APP, Intent.BEFORE_RACE),
        *(Intent.FORM, Intent.CLOCKS, Intent.PERIOD, Intent.WHICH_BAND, Intent.WARM_UP),
        Intent.STRETCHING,
    }
)
# Remarks that end a conversation, so that no button asks for more.
LAST_WORDS = frozenset({Intent.LOW, Intent.THANKS, Intent.PRAISE, Intent.BYE})
ILL_DAYS = 3
WRONG = ("button-wrong", WrongTap(Region.ELSEWHERE))
BUTTONS: Mapping[Intent, tuple[Labelled, ...]] = {
    Intent.ADVICE: (WRONG,),
    Intent.PERIOD: (ROUTINES, WRONG),
    Intent.BROKEN_BAND: (WRONG, ("likely-bands", WishTap(Intent.BANDS))),
    Intent.WHICH_BAND: (("likely-bands", WishTap(Intent.BANDS)),),
    Intent.SOUND: (("button-sound", SoundTap()),),
}


def reply(texts: Texts, intent: Intent, session: Session | None) -> Screen:
    """Return the reply; during a session, with a button back to it."""
    own: Rows = ()
    if intent is Intent.ILL:
        pause = Button(texts.plain("button-away-ill", days=ILL_DAYS), AwayTap(ILL_DAYS))
        own = ((pause,),)
    elif intent in BUTTONS:
        own = column(texts, *BUTTONS[intent])
    elif intent is Intent.PACE and session is not None and session.phase is not Phase.LISTENING:
        own = (moves(texts, session, OWN_PACE if session.clock else HANDS_FREE),)
    elif intent not in LAST_WORDS and session is None:
        own = ways(texts)
    text = texts.html(f"intent-{intent}")
    if session is not None and intent is Intent.ILL:
        text = texts.html("intent-ill-running")
    elif session is not None and intent is Intent.EFFORT:
        text = texts.html("intent-effort-running")
    elif session is not None and intent is Intent.HELLO:
        text = texts.html("intent-hello-running")
    return Screen(text, (*own, *_back(texts, session)))


def language(texts: Texts, name: str | None, session: Session | None) -> Screen:
    """Say, in the language if it is known, which one the coach speaks and what works by button."""
    text = texts.html("intent-language", language=name or "unknown")
    return Screen(text, (*(_back(texts, session) or ways(texts)), *column(texts, WRONG)))


def done_elsewhere(texts: Texts, session: Session | None, *, counts: bool) -> Screen:
    """Say that the training counts for 48 hours; without `counts`, that it was too long ago."""
    message = "intent-done-elsewhere" if counts else "intent-done-elsewhere-long-ago"
    return Screen(texts.html(message), _back(texts, session))


def elsewhere_to_come(texts: Texts, session: Session | None) -> Screen:
    """Say that training elsewhere counts once it is done."""
    return Screen(texts.html("intent-elsewhere-to-come"), _back(texts, session))


def _back(texts: Texts, session: Session | None) -> Rows:
    return () if session is None else column(texts, ("button-go-on", ShowTap(session.id)))


def way_back(texts: Texts, session: Session) -> Screen:
    """Say, below another reply, that the session goes on or is waiting."""
    message = "meanwhile-runs-on" if session.clock else "meanwhile-waits"
    if session.phase is Phase.LISTENING:
        message = "meanwhile-track"
    return Screen(texts.html(message), _back(texts, session))


def tired(texts: Texts, short: tuple[str, str, int] | None, session: Session | None) -> Screen:
    """Offer a rest or the shortest routine (its id, name and minutes; None: none today)."""
    if session is not None:
        return Screen(texts.html("intent-tired-running"), _back(texts, session))
    if short is None:
        return Screen(texts.html("intent-tired"))
    routine, name, minutes = short
    label = texts.plain("routine-button", name=name, minutes=minutes)
    return Screen(texts.html("intent-tired-short"), ((Button(label, RoutineTap(routine)),),))


def no_bands(texts: Texts, catalogue: Catalogue, session: Session | None) -> Screen:
    """Lead to the exercises that need no band, if there are any."""
    if NO_BAND not in catalogue.topics or not catalogue.topics.members(NO_BAND):
        return Screen(texts.html("no-bands-none"), _back(texts, session))
    browse = column(texts, ("button-no-band", BrowseTap(NO_BAND)))
    return Screen(texts.html("no-bands"), (*browse, *_back(texts, session)))


def time_left(texts: Texts, session: Session | None, now: datetime) -> Screen:
    """Say at which step the session is, and about how many minutes are left."""
    if session is None:
        return notice("time-left-none", ROUTINES)(texts)
    reached = by_the_track(session, now) if session.phase is Phase.LISTENING else session
    text = texts.html(
        "time-left",
        place=reached.place,
        total=session.work_steps,
        minutes=max(1, ceil(seconds_left(session, now) / 60)),
    )
    return Screen(text, _back(texts, session))


def next_reminder(
    texts: Texts, runner: Runner, coming: Due | None, session: Session | None
) -> Screen:
    """Say when the next reminder comes, if there is one."""
    change = column(texts, ("button-pick-days", RemindersTap()))
    text = reminders.next_words(texts, runner, coming) or texts.html("next-reminder-none")
    return Screen(text, (*change, *_back(texts, session)))
