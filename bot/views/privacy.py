"""What is kept about a runner, and its erasure."""

from bot.callbacks import EraseTap
from bot.texts import Texts
from bot.views.screen import Button, Screen


def privacy(texts: Texts, kept: dict[str, int]) -> Screen:
    return Screen(
        texts.html(
            "privacy",
            bands=kept["bands"],
            days=kept["days"],
            sessions=kept["sessions"],
            reminders=kept["reminders"],
        )
    )


def ask(texts: Texts, runner: int) -> Screen:
    """The confirming tap before everything is gone."""
    return Screen(
        texts.html("delete-ask"),
        (
            (Button(texts.plain("button-erase"), EraseTap(runner, 1)),),
            (Button(texts.plain("button-keep"), EraseTap(runner, 0)),),
        ),
    )


def erased(texts: Texts) -> Screen:
    return Screen(texts.html("delete-done"), drop_keyboard=True)


def kept(texts: Texts) -> Screen:
    return Screen(texts.html("delete-kept"))
