"""Why a wish changes nothing is said for every reason."""

from bot.handlers.rejected import TOASTS
from bot.services.rejections import Reason


def test_every_reason_has_a_toast_of_its_own() -> None:
    assert set(TOASTS) == set(Reason)
    done = {Reason.ANSWERED, Reason.NOTHING_ASKED, Reason.NO_GATE}  # nothing is asked any more
    others = [toast for reason, toast in TOASTS.items() if reason not in done]
    assert len(set(others)) == len(others)
    assert {TOASTS[reason] for reason in done}.isdisjoint(others)
