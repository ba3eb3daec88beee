"""What differs from group to group: topics, migration, and what the bot may not do there."""

from dataclasses import dataclass, field


@dataclass
class GroupStates:
    """Each field by chat id."""

    topics: dict[int, set[int]] = field(default_factory=dict)  # of forums
    supergroups: dict[int, int] = field(default_factory=dict)  # what basic groups became
    # The error for what the bot sends, and the kinds that it is for; no kinds: for all.
    refusals: dict[int, tuple[Exception, tuple[str, ...]]] = field(default_factory=dict)
    without_bot: set[int] = field(default_factory=set)  # where the bot was removed
