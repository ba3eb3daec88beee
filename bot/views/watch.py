"""Screens about the file of a session for a watch or a training diary."""

from bot.callbacks import WatchTap
from bot.content.texts import Texts
from bot.domain.activity import Activity
from bot.views.screen import Button, Screen, notice


def button(texts: Texts, session: int) -> Button:
    return Button(texts.plain("button-watch"), WatchTap(session))


def handed(texts: Texts, activity: Activity) -> Screen:
    """Return the caption of the file."""
    return Screen(texts.html("watch-file", name=activity.routine))


def not_handed(texts: Texts, activity: Activity) -> Screen:
    return notice("watch-failed", ("button-again", WatchTap(activity.session)))(texts)


nothing_done = notice("watch-nothing")


def titles(texts: Texts, activity: Activity) -> list[str]:
    """Return the title of each set, with its side."""
    return [
        texts.plain("watch-side", name=done.title, side=done.side) if done.side else done.title
        for done in activity.sets
    ]
