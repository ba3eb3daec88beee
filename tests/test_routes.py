"""The one visible list of what the coach understands is whole."""

from bot.callbacks import BUTTONS
from bot.routes import COMMANDS, IN_GROUPS, TAPS
from bot.views.talk import GROUP_MENU, MENU


def test_the_menus_name_every_command() -> None:
    assert sorted(MENU) == sorted(COMMANDS)
    assert sorted(GROUP_MENU) == sorted(IN_GROUPS)


def test_every_button_leads_somewhere() -> None:
    assert set(TAPS) == set(BUTTONS.values())
