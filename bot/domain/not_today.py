"""Why a runner has no session today (docs/training-rules.md, rule 39)."""

from datetime import date

from bot.domain.frozen import frozen
from bot.domain.race import Season
from bot.domain.rests import NoSession, Rest


@frozen
class NotToday:
    """No session on the local date `today`; `reason` None: resting regions leave too few exercises.

    `season` is set if a race allows no session, or not the routine that was asked for.
    """

    reason: NoSession | None
    rests: tuple[Rest, ...]
    today: date
    season: Season | None = None

    @property
    def ask_on(self) -> date | None:
        """The date on which the coach asks next, today at the earliest; None: it does not ask."""
        asked = [rest.ask_on for rest in self.rests if rest.ask_on is not None]
        return max(min(asked), self.today) if asked else None
