"""What differs from group to group: topics, what became of it, what the bot may do there."""

from dataclasses import dataclass, field

from bot.sandbox.api.refusal import Refusal, bad_request, forbidden, upgraded
from bot.sandbox.world.chats import Chat
from bot.sandbox.world.numbers import Numbers


@dataclass
class Groups:
    """By chat id: the topics of forums, basic groups that became supergroups, what is refused to
    the bot, and where it was taken out.

    Basic groups and supergroups count their ids apart, as in Telegram.
    """

    topics: dict[int, set[int]] = field(default_factory=dict)
    supergroups: dict[int, int] = field(default_factory=dict)
    refusals: dict[int, tuple[Refusal, tuple[str, ...]]] = field(default_factory=dict)
    without_bot: set[int] = field(default_factory=set)
    basic_ids: Numbers = field(default_factory=lambda: Numbers(-5_000_001, -1))

    def check_there(self, chat_id: int) -> None:
        """Raises a Refusal that names the new id where the group was upgraded."""
        if chat_id in self.supergroups:
            raise upgraded(self.supergroups[chat_id])

    def check_topic(self, chat: Chat, topic: int | None) -> None:
        """General is no topic: it takes messages without one only."""
        if topic is not None and topic not in self.topics.get(chat.id, ()):
            raise bad_request("message thread not found")

    def check_rights(self, chat: Chat, kind: str) -> None:
        """Whether the bot may send that there: "text messages", "animations", …"""
        if chat.id in self.without_bot:
            raise forbidden(f"bot was kicked from the {chat.type} chat")
        refusal, kinds = self.refusals.get(chat.id, (None, ()))
        if refusal is not None and (not kinds or kind in kinds):
            raise refusal
