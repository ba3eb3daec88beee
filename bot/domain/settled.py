"""What became of what was sent at its moment."""

from dataclasses import dataclass

from bot.domain.hurting import Question
from bot.domain.reminder import Reminder, State


@dataclass(frozen=True, slots=True)
class Settled:
    """A reminder or a question with Telegram's word on it; `gone`: the runner can't be written to.

    CLAIMED: it never left, and is tried again as long as that is worth it.
    """

    it: Reminder | Question
    state: State
    message_id: int | None = None
    gone: bool = False
