"""The chat page's data: a chat as one person sees it, and the bot's calls."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from bot.sandbox.world.calls import Call
from bot.sandbox.world.chats import Chat, Person
from bot.sandbox.world.keyboards import Button, ReplyKeyboard
from bot.sandbox.world.messages import Message
from bot.sandbox.world.wire import Json
from bot.sandbox.world.world import World

SHOWN = 200  # the newest messages and calls on the page
QUOTED = 80  # characters of the message that another one replies to


def view(world: World, person_id: int, chat_id: int) -> Json:
    """Return all data but the calls; no messages if the person is not in the chat."""
    people = {person.id: person for person in world.people}
    chat = world.chat_of(people[person_id], chat_id) if person_id in people else None
    return {
        "bot": world.bot.first_name,
        "username": world.bot.username,
        "about": world.profile.descriptions.get("", ""),
        "people": [_person(world, person) for person in people.values()],
        "groups": [{"id": group.id, "title": group.title} for group in world.groups],
        "ahead": _ahead(world),
        "is_fast": world.is_fast,
        "chat": chat.id if chat else None,
        "is_group": bool(chat and not chat.is_private),
        "commands": _commands(world, chat),
        "messages": [
            _message(world, message, person_id) for message in world.messages(chat.id)[-SHOWN:]
        ]
        if chat
        else [],
        "keyboard": _keyboard(world.keyboard(chat.id) if chat else None),
    }


def calls_json(world: World, calls: Iterable[Call]) -> str:
    """Return the calls but getUpdates as JSON, with the token replaced."""
    listed = [_call(call) for call in calls if call.method.lower() != "getupdates"][-SHOWN:]
    text = json.dumps(listed, ensure_ascii=False, default=_type_name)
    return text.replace(world.token, "<token>")


def _ahead(world: World) -> int | None:
    """Return how many seconds the clock is ahead; None where it cannot be moved."""
    if world.travel is None:
        return None
    return round((world.clock() - datetime.now(UTC)).total_seconds())


def _person(world: World, person: Person) -> Json:
    return {"id": person.id, "name": person.first_name, "blocks": world.is_blocked_by(person)}


def _commands(world: World, chat: Chat | None) -> list[Json]:
    """Return the commands of the narrowest scope that has any, as clients do."""
    kind = "all_private_chats" if chat is None or chat.is_private else "all_group_chats"
    for scope in ((kind,), ("default",)):
        if commands := world.profile.commands.get((scope, "")):
            return commands
    return []


def _message(world: World, message: Message, person_id: int) -> Json:
    return {
        "id": message.id,
        "sender": message.sender.first_name if message.sender else message.chat.title,
        "sender_id": message.sender.id if message.sender else message.chat_id,
        "from_bot": message.from_bot,
        "is_mine": message.sender is not None and message.sender.id == person_id,
        "time": message.date.isoformat(),
        "edited": message.edited > 0 and not message.from_bot,
        "text": message.text,
        "entities": [entity.wire() for entity in message.entities],
        "media": next(iter(message.media), None),
        "file": file_json(world, message.media),
        "via": message.via_bot.username if message.via_bot else None,
        "reply_to": _quote(message.reply_to),
        "buttons": [[_button(button) for button in row] for row in message.buttons],
    }


def file_json(world: World, media: Json) -> Json | None:
    """Return a file's name and size, and the URL if its content is known."""
    content = next(iter(media.values()), None)
    file = content[-1] if isinstance(content, list) else content
    if not isinstance(file, dict) or "file_unique_id" not in file:
        return None
    unique_id, mime = file["file_unique_id"], file.get("mime_type")
    return {
        "name": file.get("file_name"),
        "size": file.get("file_size"),
        "width": file.get("width"),
        "height": file.get("height"),
        "duration": file.get("duration"),
        "title": file.get("title"),
        "performer": file.get("performer"),
        "thumbnail": _media_url(world, file.get("thumbnail", {}).get("file_unique_id", "")),
        "moves": mime != "image/gif",
        "url": _media_url(world, unique_id),
    }


def _media_url(world: World, unique_id: str) -> str | None:
    return f"/page/media/{unique_id}" if world.files.find_unique(unique_id) else None


def _quote(message: Message | None) -> Json | None:
    if message is None:
        return None
    name = message.sender.first_name if message.sender else message.chat.title
    return {"sender": name, "text": message.text[:QUOTED]}


def _button(button: Button) -> Json:
    fields: Json = {"label": button.label, "data": button.data, "url": button.url}
    fields["style"] = button.fields.get("style")
    if button.copy_text is not None:
        fields["copied"] = button.copy_text
    if button.inline_query is not None:
        fields |= {"query": button.inline_query, "chats": button.inline_chats}
    return fields


def _keyboard(keyboard: ReplyKeyboard | None) -> Json:
    rows = keyboard.rows if keyboard else ()
    return {
        "rows": [[{"label": key.label, "asks_for": key.asks_for} for key in row] for row in rows],
        "placeholder": keyboard.placeholder if keyboard else "",
    }


def _call(call: Call) -> Json:
    return {
        "method": call.method,
        "params": call.params,
        "status": call.status,
        "answer": call.answer,
        "at": call.called_at.isoformat(),
        "chat_id": call.chat_id,
    }


def _type_name(value: Any) -> str:
    return f"<{type(value).__name__}>"
