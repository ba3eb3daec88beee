"""People, the bot itself, and their chats."""

from dataclasses import dataclass
from typing import Literal

from bot.sandbox.world.wire import Json

ChatType = Literal["private", "group", "supergroup", "channel"]


@dataclass(frozen=True)
class Person:
    """A Telegram user; the bot is one, too."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False

    def wire(self) -> Json:
        optional = {
            "last_name": self.last_name,
            "username": self.username,
            "language_code": self.language_code,
        }
        user: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        return user | {name: value for name, value in optional.items() if value}


@dataclass(frozen=True)
class Chat:
    """Private chats have the person's id, basic groups a short negative one, supergroups and
    channels one that begins with -100."""

    id: int
    type: ChatType
    title: str | None = None
    person: Person | None = None
    members: frozenset[int] = frozenset()
    is_forum: bool = False  # a supergroup with topics

    @property
    def is_private(self) -> bool:
        return self.person is not None

    def wire(self) -> Json:
        if self.person is None:
            forum = {"is_forum": True} if self.is_forum else {}
            return {"id": self.id, "type": self.type, "title": self.title} | forum
        names = self.person.wire()
        kept = ("first_name", "last_name", "username")
        return {"id": self.id, "type": self.type} | {k: names[k] for k in kept if k in names}


def private_chat(person: Person) -> Chat:
    return Chat(person.id, "private", person=person, members=frozenset({person.id}))
