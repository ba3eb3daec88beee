"""Everything that the pretend Telegram keeps for one bot."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from bot.sandbox.world.calls import Call, Calls
from bot.sandbox.world.chats import Chat, Person, private_chat
from bot.sandbox.world.faults import Faults
from bot.sandbox.world.files import Files, Uploaded
from bot.sandbox.world.flood_limits import FloodLimits
from bot.sandbox.world.groups import GroupStates
from bot.sandbox.world.ids import IdSequence
from bot.sandbox.world.inline import InlineQuery
from bot.sandbox.world.keyboards import ReplyKeyboard
from bot.sandbox.world.messages import Message
from bot.sandbox.world.profile import Profile
from bot.sandbox.world.taps import Tap
from bot.sandbox.world.updates import UpdateQueue
from bot.sandbox.world.webhook import RETRY_PAUSES, Reach, Webhook

T = TypeVar("T")
ChatRef = Chat | Person | int
MessageRef = Message | int
Travel = Callable[[str], Awaitable[object]]


class Store:
    """Chats, messages, files, calls and pending queries; every change wakes those who wait."""

    def __init__(
        self,
        token: str = "1:sandbox",  # noqa: S107 - opens nothing but this
        username: str = "band_coach_bot",
        name: str = "Band Coach",
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.token = token
        self.clock = clock
        self.bot = Person(int(token.partition(":")[0]), name, username=username, is_bot=True)
        self.updates = UpdateQueue()
        self.webhook: Webhook | None = None
        self.webhook_pauses: tuple[float, ...] = RETRY_PAUSES
        self.webhook_reach = Reach.PUBLIC
        self.profile = Profile()
        self.faults = Faults()
        self.limits: FloodLimits | None = FloodLimits()
        self.latency = 0.0  # seconds before every call but getUpdates is handled
        self.tap_lifetime = timedelta(seconds=15)
        self.inline_lifetime = timedelta(seconds=10)
        self.files = Files()
        self.calls = Calls()
        self.chats: dict[int, Chat] = {}
        self.group_states = GroupStates()
        self.acquainted: set[int] = set()  # the people who have written to the bot
        self.blocked: set[int] = set()  # the people who block the bot
        self.deactivated: set[int] = set()  # the people whose accounts are gone
        self.taps: dict[str, Tap] = {}
        self.queries: dict[str, InlineQuery] = {}  # the newest, oldest first
        self.inline_messages: dict[str, tuple[int, int]] = {}  # inline id -> chat, message
        self._messages: dict[int, dict[int, Message]] = defaultdict(dict)
        self._keyboards: dict[int, ReplyKeyboard] = {}
        self._person_ids = IdSequence(1001)
        self._group_ids = IdSequence(-1_002_000_000_001, -1)
        self._basic_group_ids = IdSequence(-5_000_001, -1)
        self._tap_ids = IdSequence(4_000_000_000_000_001)
        self._inline_ids = IdSequence(6_000_000_000_000_001)
        self._album_ids = IdSequence(13_000_000_000_000_001)
        self._message_ids: dict[int, IdSequence] = {}
        self._changed = asyncio.Event()
        self.version = 0  # grows with every change
        self.travel: Travel | None = None  # moves the clock; None where it cannot be moved
        self.hasten: Callable[[bool], None] | None = None  # lets it run faster, or not
        self.is_fast = False

    # Chats and people

    def add_person(
        self,
        first_name: str,
        *,
        id: int | None = None,  # noqa: A002 - Telegram's word
        last_name: str | None = None,
        username: str | None = None,
        language_code: str | None = "en",
    ) -> Person:
        person_id = self._person_ids.take() if id is None else id
        person = Person(person_id, first_name, last_name, username, language_code)
        self._put_chat(private_chat(person))
        return person

    def add_group(
        self, title: str, members: Iterable[Person], *, basic: bool = False, forum: bool = False
    ) -> Chat:
        """Add a supergroup, which has topics if it is a forum, or a basic group."""
        ids = frozenset(member.id for member in members)
        if basic:
            return self._put_chat(Chat(self._basic_group_ids.take(), "group", title, members=ids))
        chat_id = self._group_ids.take()
        return self._put_chat(Chat(chat_id, "supergroup", title, members=ids, is_forum=forum))

    def add_channel(self, title: str) -> Chat:
        return self._put_chat(Chat(self._group_ids.take(), "channel", title))

    def join(self, group: Chat, person: Person) -> None:
        current = self.chats[group.id]
        self._put_chat(replace(current, members=current.members | {person.id}))

    def _put_chat(self, chat: Chat) -> Chat:
        self.chats[chat.id] = chat
        self.mark_changed()
        return chat

    @property
    def people(self) -> list[Person]:
        return [chat.person for chat in self.chats.values() if chat.person]

    @property
    def groups(self) -> list[Chat]:
        """The groups, except those that became a supergroup."""
        migrated = self.group_states.supergroups
        groups = (chat for chat in self.chats.values() if chat.type in ("group", "supergroup"))
        return [chat for chat in groups if chat.id not in migrated]

    def chat_of(self, person: Person, chat_id: int) -> Chat | None:
        """Return the chat, or None if the person is not in it."""
        chat = self.chats.get(chat_id)
        return chat if chat and person.id in chat.members else None

    def is_blocked_by(self, person: Person) -> bool:
        return person.id in self.blocked

    # Messages

    def messages(self, chat: ChatRef) -> list[Message]:
        """Return the messages of a chat, oldest first, without those that were deleted."""
        return list(self._messages.get(id_of(chat), {}).values())

    def last(self, chat: ChatRef) -> Message | None:
        return next(reversed(self._messages.get(id_of(chat), {}).values()), None)

    def message(self, chat_id: int, message_id: int) -> Message | None:
        return self._messages.get(chat_id, {}).get(message_id)

    def keyboard(self, chat: ChatRef) -> ReplyKeyboard | None:
        """Return the reply keyboard that a private chat shows."""
        return self._keyboards.get(id_of(chat))

    def add_message(self, chat: Chat, sender: Person | None, **content: Any) -> Message:
        # Private chats and basic groups share one sequence of ids; every supergroup has its own.
        # The first id of a forum belongs to its General topic.
        shared = chat.is_private or chat.type == "group"
        first = IdSequence(2 if chat.is_forum else 1)
        ids = self._message_ids.setdefault(0 if shared else chat.id, first)
        message = Message(id=ids.take(), chat=chat, sender=sender, date=self.clock(), **content)
        self._put_message(message)
        if message.reply_keyboard:
            self._keyboards[chat.id] = message.reply_keyboard
        elif message.markup.removes_keyboard:
            self._keyboards.pop(chat.id, None)
        return message

    def edit_message(self, message: Message, **content: Any) -> Message:
        edits = message.edited + 1
        return self._put_message(replace(message, edited=edits, edited_at=self.clock(), **content))

    def delete_message(self, message: Message) -> None:
        del self._messages[message.chat_id][message.id]
        self.mark_changed()

    def _put_message(self, message: Message) -> Message:
        self._messages[message.chat_id][message.id] = message
        self.mark_changed()
        return message

    # Calls and files

    def log(self, call: Call) -> None:
        self.calls.log(call)
        self.mark_changed()

    def refused(self) -> list[Call]:
        """Return the calls that Telegram's rules refused, without those that `faults` changed."""
        return [call for call in self.calls if call.status != 200 and not call.faulty]

    @property
    def uploads(self) -> list[Uploaded]:
        """Every upload that was stored, including those of bytes that were known already."""
        return self.files.uploads

    def forget_files(self, file_id: str | None = None) -> None:
        """Make one file_id, or all, unknown, as when the bot's token changes."""
        self.files.forget(file_id)
        self.mark_changed()

    # Waiting for changes

    def mark_changed(self) -> None:
        """Wake everyone who waits for a change."""
        self.version += 1
        self._changed.set()
        self._changed = asyncio.Event()

    async def next_change(self, timeout: float | None = None) -> None:  # noqa: ASYNC109
        """Wait for a change: a message, an edit, an answered tap, any call."""
        async with asyncio.timeout(timeout):
            await self._changed.wait()

    async def until(self, predicate: Callable[[], T], timeout: float = 5) -> T:  # noqa: ASYNC109
        """Wait until the predicate returns something true; return that."""
        try:
            async with asyncio.timeout(timeout):
                while not (result := predicate()):
                    await self.next_change()
        except TimeoutError:
            calls = [f"{call.method} {call.status}" for call in self.calls[-5:]]
            raise TimeoutError(f"still not so after {timeout} s; last calls: {calls}") from None
        return result


def id_of(reference: ChatRef | MessageRef) -> int:
    return reference if isinstance(reference, int) else reference.id
