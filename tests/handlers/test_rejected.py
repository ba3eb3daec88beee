"""Why a wish changes nothing is said for every reason."""

from bot.handlers.rejected import TOASTS
from bot.services.rejections import Reason


def test_every_reason_has_a_toast_of_its_own() -> None:
    assert set(TOASTS) == set(Reason)
    assert len(set(TOASTS.values())) == len(Reason)
