"""Screens for people without an invitation."""

from bot.content.texts import Texts
from bot.views.screen import Screen


def by_invitation(texts: Texts) -> Screen:
    return Screen(texts.html("door-closed"))


def wrong_code(texts: Texts) -> Screen:
    return Screen(texts.html("door-wrong"))


def too_often(texts: Texts) -> Screen:
    return Screen(texts.html("door-too-often"))


def crowded(texts: Texts) -> Screen:
    return Screen(texts.html("door-crowded"))
