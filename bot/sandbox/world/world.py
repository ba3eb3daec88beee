"""The pretend Telegram: who is there, what was said, and what people do.

Everything here happens at once, in the process; `server` lets a bot in over HTTP, and `methods`
holds what a bot may do.
"""

import asyncio
import base64
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from bot.sandbox.api.refusal import Refusal, bad_request, forbidden
from bot.sandbox.world import media
from bot.sandbox.world.calls import Call, Calls
from bot.sandbox.world.chats import Chat, Json, Person, private_chat
from bot.sandbox.world.entities import Formatted, utf16_slice, with_found_entities
from bot.sandbox.world.faults import Faults
from bot.sandbox.world.files import Files, Uploaded
from bot.sandbox.world.groups import Groups
from bot.sandbox.world.inline import QUERY_LIMIT, InlineQuery
from bot.sandbox.world.keyboards import ReplyKeyboard
from bot.sandbox.world.limits import Limits
from bot.sandbox.world.messages import Message
from bot.sandbox.world.numbers import Numbers
from bot.sandbox.world.profile import Profile
from bot.sandbox.world.taps import Tap, too_old
from bot.sandbox.world.updates import UpdateQueue
from bot.sandbox.world.webhook import PAUSES, Reach, Webhook

T = TypeVar("T")
ChatRef = Chat | Person | int
MessageRef = Message | int
Travel = Callable[[str], Awaitable[object]]
QUERIES_KEPT = 100


class World:
    """One bot and everybody it may meet."""

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
        self.webhook_pauses: tuple[float, ...] = PAUSES
        self.webhook_reach = Reach.PUBLIC
        self.profile = Profile()
        self.faults = Faults()
        self.limits: Limits | None = Limits()
        self.latency = 0.0  # seconds, before every call but getUpdates is handled
        self.tap_lifetime = timedelta(seconds=15)
        self.inline_lifetime = timedelta(seconds=10)
        self.files = Files()
        self.calls = Calls()
        self.of_groups = Groups()
        self._chats: dict[int, Chat] = {}
        self._acquainted: set[int] = set()
        self._blocked: set[int] = set()
        self._deactivated: set[int] = set()
        self._messages: dict[int, dict[int, Message]] = defaultdict(dict)
        self._keyboards: dict[int, ReplyKeyboard] = {}
        self._taps: dict[str, Tap] = {}
        self._queries: dict[str, InlineQuery] = {}
        self._inline_messages: dict[str, tuple[int, int]] = {}  # inline id -> chat, message
        self._person_ids = Numbers(1001)
        self._group_ids = Numbers(-1_002_000_000_001, -1)
        self._tap_ids = Numbers(4_000_000_000_000_001)
        self._inline_ids = Numbers(6_000_000_000_000_001)
        self._album_ids = Numbers(13_000_000_000_000_001)
        self._message_ids: dict[int, Numbers] = {}
        self._changed = asyncio.Event()
        self.version = 0  # grows with every change
        self.travel: Travel | None = None  # moves the clock, if its owner lets the page do so

    # Who is there

    def add_person(
        self,
        first_name: str,
        *,
        id: int | None = None,  # noqa: A002 - Telegram's word
        last_name: str | None = None,
        username: str | None = None,
        language_code: str | None = "en",
    ) -> Person:
        number = self._person_ids.take() if id is None else id
        person = Person(number, first_name, last_name, username, language_code)
        self._chats[person.id] = private_chat(person)
        self._change()
        return person

    def add_group(
        self, title: str, members: Iterable[Person], *, basic: bool = False, forum: bool = False
    ) -> Chat:
        """A supergroup, with topics if it is a forum; or a basic group, which may become one."""
        ids = frozenset(member.id for member in members)
        if basic:
            return self._add(Chat(self.of_groups.basic_ids.take(), "group", title, members=ids))
        number = self._group_ids.take()
        return self._add(Chat(number, "supergroup", title, members=ids, is_forum=forum))

    def add_channel(self, title: str) -> Chat:
        return self._add(Chat(self._group_ids.take(), "channel", title))

    def join(self, group: Chat, person: Person) -> None:
        now = self._chats[group.id]
        self._add(replace(now, members=now.members | {person.id}))

    def _add(self, chat: Chat) -> Chat:
        self._chats[chat.id] = chat
        self._change()
        return chat

    @property
    def people(self) -> list[Person]:
        return [chat.person for chat in self._chats.values() if chat.person]

    @property
    def groups(self) -> list[Chat]:
        """Those that are there: none that became a supergroup."""
        gone = self.of_groups.supergroups
        kinds = ("group", "supergroup")
        return [chat for chat in self._chats.values() if chat.type in kinds and chat.id not in gone]

    def chat_of(self, person: Person, chat_id: int) -> Chat | None:
        """The chat, if the person is in it."""
        chat = self._chats.get(chat_id)
        return chat if chat and person.id in chat.members else None

    def is_blocked_by(self, person: Person) -> bool:
        return person.id in self._blocked

    # What people do

    def say(
        self,
        person: Person,
        text: str,
        chat: ChatRef | None = None,
        reply_to: MessageRef | None = None,
        topic: int | None = None,
    ) -> Message:
        """Types a text, or presses a key of the reply keyboard."""
        spoken = with_found_entities(Formatted(text))
        return self._speak(
            person,
            chat,
            reply_to=reply_to,
            topic=topic,
            text=spoken.text,
            entities=spoken.entities,
        )

    def forward(
        self, person: Person, text: str, author: Person | None = None, chat: ChatRef | None = None
    ) -> Message:
        """Forwards a text that somebody else wrote in another chat, or the person themselves."""
        spoken = with_found_entities(Formatted(text))
        content: dict[str, Any] = {"text": spoken.text, "entities": spoken.entities}
        return self._speak(person, chat, forwarded_from=author or person, **content)

    def start(self, person: Person, payload: str = "") -> Message:
        """Opens the bot by a deep link and presses Start."""
        return self.say(person, f"/start {payload}".strip())

    def send(
        self, person: Person, kind: str, chat: ChatRef | None = None, caption: str = ""
    ) -> Message:
        """Sends a medium of one of the kinds in `media.CONTENT`: a photo, a sticker, …"""
        return self._speak(person, chat, media=media.CONTENT[kind], text=caption)

    def send_album(
        self,
        person: Person,
        kinds: Sequence[str],
        chat: ChatRef | None = None,
        caption: str = "",
    ) -> list[Message]:
        """Sends media together: a message each, the first of them with the caption."""
        album = str(self._album_ids.take())
        return [
            self._speak(
                person,
                chat,
                media=media.CONTENT[kind],
                text="" if number else caption,
                album=album,
            )
            for number, kind in enumerate(kinds)
        ]

    def send_location(
        self, person: Person, latitude: float, longitude: float, chat: ChatRef | None = None
    ) -> Message:
        return self.send_content(person, media.location(latitude, longitude), chat)

    def send_content(self, person: Person, content: Json, chat: ChatRef | None = None) -> Message:
        """Sends a medium as Telegram writes it down, such as `media.document` makes; or does what
        a service message tells of."""
        return self._speak(person, chat, media=content)

    def edit(
        self, person: Person, message: MessageRef, text: str, chat: ChatRef | None = None
    ) -> Message:
        """Changes a text the person sent before."""
        old = self._messages[_id(chat or person)][_id(message)]
        assert old.sender == person, "people edit what they wrote themselves"
        spoken = with_found_entities(Formatted(text))
        new = self.edited(old, text=spoken.text, entities=spoken.entities)
        if self._bot_sees(new):
            self.updates.put("edited_message", new.wire())
        return new

    def tap(
        self,
        person: Person,
        message: MessageRef,
        button: str = "",
        chat: ChatRef | None = None,
        *,
        data: str | None = None,
    ) -> Tap:
        """Taps the button of that label or data; `data` alone is sent whatever it is."""
        chat_id = message.chat_id if isinstance(message, Message) else _id(chat or person)
        now = self._messages[chat_id].get(_id(message))
        seen = message if isinstance(message, Message) else now
        sent = _data(seen, button) if data is None else data
        tap = Tap(
            id=str(self._tap_ids.take()),
            person=person,
            chat_id=chat_id,
            message_id=_id(message),
            data=sent,
            at=self.clock(),
        )
        self._taps[tap.id] = tap
        query = {"id": tap.id, "from": person.wire(), "chat_instance": str(chat_id), "data": sent}
        self.updates.put("callback_query", query | self._tapped(chat_id, _id(message)))
        self._change()
        return tap

    def ask_inline(
        self, person: Person, query: str, chat: ChatRef | None = None, offset: str = ""
    ) -> InlineQuery:
        """Types the bot's name and a query into the message box of a chat."""
        place = self._chats[_id(chat or person)]
        assert person.id in place.members, f"{person.first_name} is not in {place.title}"
        asked = InlineQuery(
            id=str(self._inline_ids.take()),
            person=person,
            chat_id=place.id,
            query=query[:QUERY_LIMIT],
            offset=offset,
            at=self.clock(),
        )
        self._queries[asked.id] = asked
        for old in list(self._queries)[:-QUERIES_KEPT]:
            del self._queries[old]
        chat_type = "sender" if place.is_private else place.type
        self.updates.put("inline_query", asked.wire() | {"chat_type": chat_type})
        self._change()
        return asked

    def choose(self, asked: InlineQuery, result_id: str) -> Message:
        """Sends one of the results: a message of the person's, via the bot."""
        result = asked.result(result_id)
        inline_id = _opaque(self._inline_ids.take()) if result.markup.inline else None
        message = self._speak(
            asked.person,
            asked.chat_id,
            text=result.text,
            entities=result.entities,
            html=result.html,
            media=result.media,
            markup=result.markup,
            via_bot=self.bot,
            inline_id=inline_id,
        )
        if inline_id:
            self._inline_messages[inline_id] = message.chat_id, message.id
        return message

    def channel_post(self, channel: Chat, text: str) -> Message:
        message = self.add_message(channel, None, text=text)
        self.updates.put("channel_post", message.wire())
        return message

    def block(self, person: Person) -> None:
        """Blocks the bot, or deletes and stops it."""
        self._blocked.add(person.id)
        self._membership(self._chats[person.id], person, "member", "kicked")
        self._change()

    def unblock(self, person: Person) -> None:
        self._blocked.discard(person.id)
        self._membership(self._chats[person.id], person, "kicked", "member")
        self._change()

    def deactivate(self, person: Person) -> None:
        """The person's account is gone."""
        self._deactivated.add(person.id)

    def open_topic(self, person: Person, forum: Chat, name: str) -> int:
        """Opens a topic in a forum; its id is that of the service message that tells of it."""
        told = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
        opened = self.add_message(forum, person, media=told)
        opened = replace(opened, topic=opened.id)
        self._messages[forum.id][opened.id] = opened
        self.of_groups.topics.setdefault(forum.id, set()).add(opened.id)
        self.updates.put("message", opened.wire())
        return opened.id

    def delete_topic(self, forum: Chat, topic: int) -> None:
        """Its messages are gone, and nothing can be sent to it any more."""
        self.of_groups.topics[forum.id].discard(topic)
        for message in self.messages(forum):
            if message.topic == topic:
                self.delete(message)

    def upgrade(self, group: Chat, person: Person) -> Chat:
        """A basic group becomes a supergroup, with another id; both chats are told."""
        old = self._chats[group.id]
        supergroup = Chat(self._group_ids.take(), "supergroup", old.title, members=old.members)
        new = self._add(supergroup)
        for chat, told in (
            (old, {"migrate_to_chat_id": new.id}),
            (new, {"migrate_from_chat_id": old.id}),
        ):
            self.updates.put("message", self.add_message(chat, person, media=told).wire())
        self.of_groups.supergroups[old.id] = new.id
        return new

    def forbid(self, group: Chat, refusal: Refusal, *kinds: str) -> None:
        """What the bot sends there is refused, or only "text messages", "animations", …"""
        self.of_groups.refusals[group.id] = refusal, kinds

    def remove_bot(self, group: Chat, person: Person) -> None:
        """Somebody takes the bot out of a group."""
        self.of_groups.without_bot.add(group.id)
        self._membership(group, person, "member", "kicked")
        self._change()

    def update(self, kind: str, payload: Json) -> int | None:
        """Any update at all: for what the world does not know, or for nonsense."""
        return self.updates.put(kind, payload)

    def redeliver(self, update_id: int) -> None:
        self.updates.redeliver(update_id)

    def _speak(
        self,
        person: Person,
        chat: ChatRef | None,
        reply_to: MessageRef | None = None,
        **content: Any,
    ) -> Message:
        place = self._chats[_id(chat or person)]
        assert person.id in place.members, f"{person.first_name} is not in {place.title}"
        assert person.id not in self._deactivated, "the account is gone"
        assert not (place.is_private and person.id in self._blocked), "blocks the bot"
        if place.is_private:
            self._acquainted.add(person.id)
        if place.id in self._keyboards and self._keyboards[place.id].one_time:
            del self._keyboards[place.id]
        replied = None if reply_to is None else self._messages[place.id][_id(reply_to)]
        if replied is not None and replied.topic is not None:
            content["topic"] = replied.topic
        message = self.add_message(place, person, reply_to=replied, **content)
        if self._bot_sees(message):
            self.updates.put("message", message.wire())
        return message

    def _tapped(self, chat_id: int, message_id: int) -> Json:
        """What a tap tells of its message; of one sent via the bot only an id."""
        now = self._messages[chat_id].get(message_id)
        if now is None:
            gone = {"chat": self._chats[chat_id].wire(), "message_id": message_id, "date": 0}
            return {"message": gone}
        return {"inline_message_id": now.inline_id} if now.inline_id else {"message": now.wire()}

    def _bot_sees(self, message: Message) -> bool:
        """Privacy mode: in a group only what was sent via the bot, commands for it, replies."""
        if message.chat_id in self.of_groups.without_bot:
            return False
        if message.chat.is_private or message.via_bot:
            return True
        if message.reply_to and message.reply_to.from_bot:
            return True
        return any(
            self._is_mine(utf16_slice(message.text, 0, entity.length))
            for entity in message.entities
            if entity.type == "bot_command" and entity.offset == 0
        )

    def _is_mine(self, command: str) -> bool:
        addressee = command.partition("@")[2].lower()
        return addressee in ("", (self.bot.username or "").lower())

    def _membership(self, chat: Chat, person: Person, old: str, new: str) -> None:
        def member(status: str) -> Json:
            until = {"until_date": 0} if status == "kicked" else {}
            return {"user": self.bot.wire(), "status": status} | until

        self.updates.put(
            "my_chat_member",
            {
                "chat": chat.wire(),
                "from": person.wire(),
                "date": int(self.clock().timestamp()),
                "old_chat_member": member(old),
                "new_chat_member": member(new),
            },
        )

    # Reading and waiting

    def messages(self, chat: ChatRef) -> list[Message]:
        """What is in the chat now, oldest first; deleted messages are gone."""
        return list(self._messages.get(_id(chat), {}).values())

    def last(self, chat: ChatRef) -> Message | None:
        return next(reversed(self._messages.get(_id(chat), {}).values()), None)

    def keyboard(self, chat: ChatRef) -> ReplyKeyboard | None:
        """The reply keyboard now shown in a private chat."""
        return self._keyboards.get(_id(chat))

    def refused(self) -> list[Call]:
        """The calls that Telegram's rules refused; what `faults` spoilt is not among them."""
        return [call for call in self.calls if call.status != 200 and not call.spoilt]

    @property
    def uploads(self) -> list[Uploaded]:
        """Every upload that was stored, also of bytes that were there already."""
        return self.files.uploads

    @property
    def inline_queries(self) -> list[InlineQuery]:
        """The newest that people asked, oldest first."""
        return list(self._queries.values())

    def forget_files(self, file_id: str | None = None) -> None:
        """One file_id, or all, become unknown, as when the bot's token changed."""
        self.files.forget(file_id)
        self._change()

    async def next_change(self, timeout: float | None = None) -> None:  # noqa: ASYNC109
        """Waits until something happens: a message, an edit, an answered tap, any call."""
        async with asyncio.timeout(timeout):
            await self._changed.wait()

    async def until(self, predicate: Callable[[], T], timeout: float = 5) -> T:  # noqa: ASYNC109
        """Waits for the predicate to come true and returns what it returned."""
        try:
            async with asyncio.timeout(timeout):
                while not (result := predicate()):
                    await self.next_change()
        except TimeoutError:
            calls = [f"{call.method} {call.status}" for call in self.calls[-5:]]
            raise TimeoutError(f"still not so after {timeout} s; last calls: {calls}") from None
        return result

    # What a bot's calls lead to

    def find_chat(self, chat_id: str) -> Chat:
        if not chat_id:
            raise bad_request("chat_id is empty")
        try:
            chat = self._chats[int(chat_id)]
        except (ValueError, KeyError):
            raise bad_request("chat not found") from None
        self.of_groups.check_there(chat.id)
        return chat

    def find_known_chat(self, chat_id: str) -> Chat:
        """One that the bot has met: who never wrote to it has no chat with it."""
        chat = self.find_chat(chat_id)
        if chat.is_private and chat.id not in self._acquainted:
            raise bad_request("chat not found")
        return chat

    def check_reachable(self, chat: Chat) -> None:
        if chat.id in self._deactivated:
            raise forbidden("user is deactivated")
        if chat.id in self._blocked:
            raise forbidden("bot was blocked by the user")
        if chat.is_private and chat.id not in self._acquainted:
            raise forbidden("bot can't initiate conversation with a user")

    def find_message(self, chat: Chat, message_id: int, otherwise: str) -> Message:
        try:
            return self._messages[chat.id][message_id]
        except KeyError:
            raise bad_request(otherwise) from None

    def find_tap(self, tap_id: str) -> Tap:
        try:
            return self._taps[tap_id]
        except KeyError:
            raise too_old() from None

    def find_inline_query(self, query_id: str) -> InlineQuery:
        try:
            return self._queries[query_id]
        except KeyError:
            raise too_old() from None

    def find_inline_message(self, inline_id: str) -> Message:
        try:
            chat_id, message_id = self._inline_messages[inline_id]
            return self._messages[chat_id][message_id]
        except KeyError:
            raise bad_request("MESSAGE_ID_INVALID") from None

    def add_message(self, chat: Chat, sender: Person | None, **content: Any) -> Message:
        # Private chats and basic groups share one sequence of ids, every supergroup has its own.
        # The first of a forum is that of General.
        shared = chat.is_private or chat.type == "group"
        first = Numbers(2 if chat.is_forum else 1)
        ids = self._message_ids.setdefault(0 if shared else chat.id, first)
        date = self.clock()
        message = Message(id=ids.take(), chat=chat, sender=sender, date=date, **content)
        self._messages[chat.id][message.id] = message
        if message.reply_keyboard:
            self._keyboards[chat.id] = message.reply_keyboard
        elif message.markup.removes_keyboard:
            self._keyboards.pop(chat.id, None)
        self._change()
        return message

    def edited(self, message: Message, **content: Any) -> Message:
        new = replace(message, edited=message.edited + 1, edited_at=self.clock(), **content)
        self._messages[message.chat_id][message.id] = new
        self._change()
        return new

    def delete(self, message: Message) -> None:
        del self._messages[message.chat_id][message.id]
        self._change()

    def log(self, call: Call) -> None:
        self.calls.log(call)
        self._change()

    def touch(self) -> None:
        """Something that a page shows has changed outside: the clock, say."""
        self._change()

    def _change(self) -> None:
        self.version += 1
        self._changed.set()
        self._changed = asyncio.Event()


def _id(reference: ChatRef | MessageRef) -> int:
    return reference if isinstance(reference, int) else reference.id


def _opaque(number: int) -> str:
    return base64.urlsafe_b64encode(number.to_bytes(15, "big")).decode()


def _data(message: Message | None, button: str) -> str:
    if message is None:
        raise LookupError("the message is gone: tap it by its old snapshot or with `data`")
    data = message.button(button).data
    if data is None:
        raise LookupError(f"the button {button!r} does not ask the bot anything")
    return data
