"""One message in a chat, and its form in the Bot API."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.sandbox.world.chats import Chat, Person
from bot.sandbox.world.entities import Entity
from bot.sandbox.world.keyboards import Button, Markup, ReplyKeyboard
from bot.sandbox.world.wire import Json

TEXT_LIMIT = 4096  # characters


@dataclass(frozen=True, kw_only=True)
class Message:
    """A snapshot; an edit replaces it by a new value."""

    id: int
    chat: Chat
    sender: Person | None  # None for channel posts
    date: datetime
    text: str = ""  # the caption if there is a medium
    entities: tuple[Entity, ...] = ()
    html: str = ""  # the text as the bot sent it
    media: Json = field(default_factory=dict)
    markup: Markup = field(default_factory=Markup)
    reply_to: "Message | None" = None
    edited: int = 0  # how many times
    edited_at: datetime | None = None
    via_bot: Person | None = None  # if chosen from inline results
    inline_id: str | None = None  # if sent via the bot with buttons
    topic: int | None = None  # None in General, and outside forums
    album: str | None = None
    forwarded_from: Person | None = None  # the original author

    @property
    def chat_id(self) -> int:
        return self.chat.id

    @property
    def from_bot(self) -> bool:
        return self.sender is not None and self.sender.is_bot

    @property
    def buttons(self) -> tuple[tuple[Button, ...], ...]:
        return self.markup.inline

    @property
    def labels(self) -> list[str]:
        """The labels of all buttons, row by row."""
        return [button.label for row in self.buttons for button in row]

    @property
    def reply_keyboard(self) -> ReplyKeyboard | None:
        return self.markup.keyboard

    @property
    def thread_id(self) -> int | None:
        """The topic; or, in other supergroups, the first message of a thread of replies."""
        if self.topic is not None or self.chat.type != "supergroup" or self.reply_to is None:
            return self.topic
        return self.reply_to.thread_id or self.reply_to.id

    def button(self, label: str) -> Button:
        """Return the button with that label, or else with that data."""
        buttons = [button for row in self.buttons for button in row]
        for button in sorted(buttons, key=lambda button: button.label != label):
            if label in (button.label, button.data):
                return button
        raise LookupError(f"no button {label!r} under {self.text!r}, but {self.labels}")

    def wire(self) -> Json:
        message: Json = {"message_id": self.id, "date": int(self.date.timestamp())}
        message["chat"] = self.chat.wire()
        if self.sender:
            message["from"] = self.sender.wire()
        else:
            message["sender_chat"] = self.chat.wire()
        if self.thread_id is not None:
            message["message_thread_id"] = self.thread_id
        if self.topic is not None:
            message["is_topic_message"] = True
        if self.album is not None:
            message["media_group_id"] = self.album
        if self.via_bot:
            message["via_bot"] = self.via_bot.wire()
        if self.forwarded_from:
            author = self.forwarded_from.wire()
            message["forward_origin"] = {
                "type": "user",
                "date": int(self.date.timestamp()),
                "sender_user": author,
            }
        if self.edited_at:
            message["edit_date"] = int(self.edited_at.timestamp())
        if self.reply_to:
            message["reply_to_message"] = self.reply_to.wire_without_reply()
        return message | self._content()

    def wire_without_reply(self) -> Json:
        """Telegram does not nest replies."""
        return {name: value for name, value in self.wire().items() if name != "reply_to_message"}

    def _content(self) -> Json:
        content = dict(self.media)
        prefix, name = ("caption_", "caption") if self.media else ("", "text")
        if self.text:
            content[name] = self.text
        if self.entities:
            content[f"{prefix}entities"] = [entity.wire() for entity in self.entities]
        if markup := self.markup.wire():
            content["reply_markup"] = markup
        return content
