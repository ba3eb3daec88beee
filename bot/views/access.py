"""Screens for people without an invitation."""

from bot.views.screen import notice

by_invitation = notice("door-closed")
wrong_code = notice("door-wrong")
too_often = notice("door-too-often")
crowded = notice("door-crowded")
