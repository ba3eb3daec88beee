"""Screens about a runner's data: what is stored, its export and its erasure."""

from bot.callbacks import EraseTap, ExportTap
from bot.content.texts import Texts
from bot.views.screen import Screen, notice


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


exported = notice("export-done")
not_exported = notice("export-failed", ("button-again", ExportTap()))
nothing_to_export = notice("export-nothing")


def ask(texts: Texts, runner: int) -> Screen:
    """Ask for confirmation before all data is erased."""
    erase, keep = ("button-erase", EraseTap(runner, 1)), ("button-keep", EraseTap(runner, 0))
    return notice("delete-ask", erase, keep)(texts)


def erased(texts: Texts, is_overwritten: bool) -> Screen:
    """Say that the data is erased, and whether its place on the disk was overwritten, too."""
    words = "delete-done" if is_overwritten else "delete-done-trace"
    return Screen(texts.html(words), drop_keyboard=True)


kept = notice("delete-kept")
