"""The pretend Telegram: what it keeps, and what people do in it."""

import base64
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.sandbox.world import media
from bot.sandbox.world.chats import Chat, Person
from bot.sandbox.world.entities import Formatted, utf16_slice, with_detected_entities
from bot.sandbox.world.files import ANY_TYPE, MediaInfo, stored_file
from bot.sandbox.world.inline import QUERY_LIMIT, InlineQuery
from bot.sandbox.world.messages import Message
from bot.sandbox.world.store import ChatRef, MessageRef, Store, id_of
from bot.sandbox.world.taps import Tap
from bot.sandbox.world.wire import Json

QUERIES_KEPT = 100


class World(Store):
    """One bot and the people it may meet.

    Each method is something a person does on a phone. It takes effect at once and queues the
    update that Telegram would send to the bot.
    """

    # Messages

    def say(
        self,
        person: Person,
        text: str,
        chat: ChatRef | None = None,
        reply_to: MessageRef | None = None,
        topic: int | None = None,
    ) -> Message:
        """Type a text, or press a key of the reply keyboard."""
        return self._send(person, chat, reply_to=reply_to, topic=topic, **_content(text))

    def start(self, person: Person, payload: str = "") -> Message:
        """Open the bot by a deep link and press Start."""
        return self.say(person, f"/start {payload}".strip())

    def forward(
        self, person: Person, text: str, author: Person | None = None, chat: ChatRef | None = None
    ) -> Message:
        """Forward a text from another chat; the author is the person unless another is named."""
        return self._send(person, chat, forwarded_from=author or person, **_content(text))

    def send(
        self, person: Person, kind: str, chat: ChatRef | None = None, caption: str = ""
    ) -> Message:
        """Send a sample medium of a kind in `media.SAMPLES`."""
        return self._send(person, chat, media=media.SAMPLES[kind], text=caption)

    def send_album(
        self, person: Person, kinds: Sequence[str], chat: ChatRef | None = None, caption: str = ""
    ) -> list[Message]:
        """Send media as one album: a message each, the first of them with the caption."""
        album = str(self._album_ids.take())
        captions = [caption, *[""] * len(kinds)]
        return [
            self._send(person, chat, media=media.SAMPLES[kind], text=text, album=album)
            for kind, text in zip(kinds, captions, strict=False)
        ]

    def send_document(
        self,
        person: Person,
        name: str,
        content: bytes,
        chat: ChatRef | None = None,
        *,
        mime: str = ANY_TYPE,
        caption: str = "",
    ) -> Message:
        """Send a file, which the bot can fetch."""
        file = stored_file("document", name, MediaInfo(), mime, content)
        wire = file.wire(self.files.keep(file, content))
        return self._send(person, chat, media=wire, text=caption)

    def send_location(
        self, person: Person, latitude: float, longitude: float, chat: ChatRef | None = None
    ) -> Message:
        return self.send_content(person, media.location(latitude, longitude), chat)

    def send_content(self, person: Person, content: Json, chat: ChatRef | None = None) -> Message:
        """Send a medium, or a service message, given as the fields of the Bot API's Message."""
        return self._send(person, chat, media=content)

    def edit(
        self, person: Person, message: MessageRef, text: str, chat: ChatRef | None = None
    ) -> Message:
        """Edit a text that the person sent."""
        old = self._messages[id_of(chat or person)][id_of(message)]
        assert old.sender == person, "people edit what they wrote themselves"
        new = self.edit_message(old, **_content(text))
        if self._bot_sees(new):
            self.updates.put("edited_message", new.wire())
        return new

    def post_in_channel(self, channel: Chat, text: str) -> Message:
        message = self.add_message(channel, None, text=text)
        self.updates.put("channel_post", message.wire())
        return message

    def _send(
        self,
        person: Person,
        chat_ref: ChatRef | None,
        reply_to: MessageRef | None = None,
        **content: Any,
    ) -> Message:
        chat = self._joined_chat(person, chat_ref)
        assert person.id not in self.deactivated, "the account is gone"
        assert not (chat.is_private and person.id in self.blocked), "blocks the bot"
        if chat.is_private:
            self.acquainted.add(person.id)
        if chat.id in self._keyboards and self._keyboards[chat.id].one_time:
            del self._keyboards[chat.id]
        replied = None if reply_to is None else self._messages[chat.id][id_of(reply_to)]
        if replied is not None and replied.topic is not None:
            content["topic"] = replied.topic
        message = self.add_message(chat, person, reply_to=replied, **content)
        if self._bot_sees(message):
            self.updates.put("message", message.wire())
        return message

    def _joined_chat(self, person: Person, chat_ref: ChatRef | None) -> Chat:
        chat = self.chats[id_of(chat_ref or person)]
        assert person.id in chat.members, f"{person.first_name} is not in {chat.title}"
        return chat

    def _bot_sees(self, message: Message) -> bool:
        """Apply privacy mode: in groups the bot sees commands for it, replies to it, and messages
        sent via it."""
        if message.chat_id in self.group_states.without_bot:
            return False
        if message.chat.is_private or message.via_bot:
            return True
        if message.reply_to and message.reply_to.from_bot:
            return True
        return any(
            self._is_for_bot(utf16_slice(message.text, 0, entity.length))
            for entity in message.entities
            if entity.type == "bot_command" and entity.offset == 0
        )

    def _is_for_bot(self, command: str) -> bool:
        addressee = command.partition("@")[2].lower()
        return addressee in ("", (self.bot.username or "").lower())

    # Buttons and inline queries

    def tap(
        self,
        person: Person,
        message: MessageRef,
        button: str = "",
        chat: ChatRef | None = None,
        *,
        data: str | None = None,
    ) -> Tap:
        """Tap the button with that label or data; `data` is sent even if no button has it."""
        chat_id = message.chat_id if isinstance(message, Message) else id_of(chat or person)
        message_id = id_of(message)
        if data is None:
            snapshot = message if isinstance(message, Message) else None
            data = _button_data(snapshot or self.message(chat_id, message_id), button)
        tap = Tap(
            id=str(self._tap_ids.take()),
            person=person,
            chat_id=chat_id,
            message_id=message_id,
            data=data,
            tapped_at=self.clock(),
        )
        self.taps[tap.id] = tap
        query = {"id": tap.id, "from": person.wire(), "chat_instance": str(chat_id), "data": data}
        self.updates.put("callback_query", query | self._tapped_message(chat_id, message_id))
        self.mark_changed()
        return tap

    def _tapped_message(self, chat_id: int, message_id: int) -> Json:
        """Return the fields of a callback query for its message; an id if sent via the bot."""
        message = self.message(chat_id, message_id)
        if message is None:
            gone = {"chat": self.chats[chat_id].wire(), "message_id": message_id, "date": 0}
            return {"message": gone}
        if message.inline_id:
            return {"inline_message_id": message.inline_id}
        return {"message": message.wire()}

    def ask_inline(
        self, person: Person, query: str, chat: ChatRef | None = None, offset: str = ""
    ) -> InlineQuery:
        """Type the bot's name and a query into the message box of a chat."""
        target = self._joined_chat(person, chat)
        inline_query = InlineQuery(
            id=str(self._inline_ids.take()),
            person=person,
            chat_id=target.id,
            query=query[:QUERY_LIMIT],
            offset=offset,
            typed_at=self.clock(),
        )
        self.queries[inline_query.id] = inline_query
        for old in list(self.queries)[:-QUERIES_KEPT]:
            del self.queries[old]
        chat_type = "sender" if target.is_private else target.type
        self.updates.put("inline_query", inline_query.wire() | {"chat_type": chat_type})
        self.mark_changed()
        return inline_query

    @property
    def inline_queries(self) -> list[InlineQuery]:
        """The newest queries, oldest first."""
        return list(self.queries.values())

    def choose(self, query: InlineQuery, result_id: str) -> Message:
        """Send one of the query's results as the person's message via the bot."""
        result = query.result(result_id)
        inline_id = _inline_message_id(self._inline_ids.take()) if result.markup.inline else None
        message = self._send(
            query.person,
            query.chat_id,
            text=result.text,
            entities=result.entities,
            html=result.html,
            media=result.media,
            markup=result.markup,
            via_bot=self.bot,
            inline_id=inline_id,
        )
        if inline_id:
            self.inline_messages[inline_id] = message.chat_id, message.id
        return message

    # Blocking the bot, and leaving Telegram

    def block(self, person: Person) -> None:
        self.blocked.add(person.id)
        self._put_membership(self.chats[person.id], person, "member", "kicked")

    def unblock(self, person: Person) -> None:
        self.blocked.discard(person.id)
        self._put_membership(self.chats[person.id], person, "kicked", "member")

    def deactivate(self, person: Person) -> None:
        """Delete the person's account."""
        self.deactivated.add(person.id)

    def _put_membership(self, chat: Chat, person: Person, old: str, new: str) -> None:
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
        self.mark_changed()

    # Groups

    def open_topic(self, person: Person, forum: Chat, name: str) -> int:
        """Open a topic in a forum; return its id, which is that of its service message."""
        service = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
        message = self.add_message(forum, person, media=service)
        message = replace(message, topic=message.id)
        self._messages[forum.id][message.id] = message
        self.group_states.topics.setdefault(forum.id, set()).add(message.id)
        self.updates.put("message", message.wire())
        return message.id

    def delete_topic(self, forum: Chat, topic: int) -> None:
        """Delete a topic and its messages; sending to it is refused from then on."""
        self.group_states.topics[forum.id].discard(topic)
        for message in self.messages(forum):
            if message.topic == topic:
                self.delete_message(message)

    def upgrade(self, group: Chat, person: Person) -> Chat:
        """Turn a basic group into a supergroup with another id; return the supergroup."""
        old = self.chats[group.id]
        supergroup = Chat(self._group_ids.take(), "supergroup", old.title, members=old.members)
        new = self._put_chat(supergroup)
        for chat, service in (
            (old, {"migrate_to_chat_id": new.id}),
            (new, {"migrate_from_chat_id": old.id}),
        ):
            self.updates.put("message", self.add_message(chat, person, media=service).wire())
        self.group_states.supergroups[old.id] = new.id
        return new

    def forbid(self, group: Chat, refusal: Exception, *kinds: str) -> None:
        """Refuse what the bot sends there: these kinds ("text messages", "animations"), or all."""
        self.group_states.refusals[group.id] = refusal, kinds

    def remove_bot(self, group: Chat, person: Person) -> None:
        self.group_states.without_bot.add(group.id)
        self._put_membership(group, person, "member", "kicked")

    # Updates of any other kind

    def update(self, kind: str, payload: Json) -> int | None:
        """Queue an update as it is, whatever it holds."""
        return self.updates.put(kind, payload)


def _content(text: str) -> dict[str, Any]:
    formatted = with_detected_entities(Formatted(text))
    return {"text": formatted.text, "entities": formatted.entities}


def _inline_message_id(number: int) -> str:
    return base64.urlsafe_b64encode(number.to_bytes(15, "big")).decode()


def _button_data(message: Message | None, button: str) -> str:
    if message is None:
        raise LookupError("the message is gone: tap it by its old snapshot or with `data`")
    data = message.button(button).data
    if data is None:
        raise LookupError(f"the button {button!r} does not ask the bot anything")
    return data
