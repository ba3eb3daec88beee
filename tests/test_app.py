"""The one visible list of what the coach understands is whole."""

from typing import get_args

from bot import callbacks
from bot.app import COMMANDS, TAPS
from bot.views.talk import MENU


def test_the_menu_names_every_command() -> None:
    assert sorted(MENU) == sorted(COMMANDS)


def test_every_button_leads_somewhere() -> None:
    assert set(TAPS) == set(get_args(callbacks.Tap)) == set(callbacks.KINDS.values())
