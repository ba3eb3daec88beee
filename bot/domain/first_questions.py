"""Questions that are asked only once: after the first sessions, or when an answer is needed."""

from enum import StrEnum

from bot.domain.frozen import frozen


class Topic(StrEnum):
    """What is asked about: the bands, the training days, and the pace of sessions."""

    BANDS = "bands"
    DAYS = "days"
    PACE = "pace"


class Choice(StrEnum):
    """A tapped answer."""

    SKIP = "skip"
    MINI_BAND = "mini"
    MORE_BANDS = "more"
    NO_BAND = "none"
    MORNING = "morning"
    LUNCH = "lunch"
    EVENING = "evening"
    HANDS_FREE = "hands-free"
    OWN_PACE = "own-pace"


CHOICES = {
    Topic.BANDS: (Choice.MINI_BAND, Choice.MORE_BANDS, Choice.NO_BAND, Choice.SKIP),
    Topic.DAYS: (Choice.MORNING, Choice.LUNCH, Choice.EVENING, Choice.SKIP),
    Topic.PACE: (Choice.HANDS_FREE, Choice.OWN_PACE, Choice.SKIP),
}
PACE_AFTER = 2  # sessions, so that both questions do not come at once


@frozen
class Known:
    """What is known about a runner: sessions done, questions asked, and what they said unasked."""

    sessions: int
    asked: frozenset[Topic]
    has_days: bool
    has_told_bands: bool
    own_pace: bool


def after_session(known: Known) -> Topic | None:
    """Return what to ask after a session; None: nothing."""
    if Topic.DAYS not in known.asked and not known.has_days:
        return Topic.DAYS
    is_due = known.sessions >= PACE_AFTER and not known.own_pace
    return Topic.PACE if is_due and Topic.PACE not in known.asked else None


def before_routine(known: Known) -> Topic | None:
    """Return what to ask before a routine that needs more than a mini band; None: nothing."""
    is_due = known.sessions > 0 and not known.has_told_bands
    return Topic.BANDS if is_due and Topic.BANDS not in known.asked else None
