"""Finds what a call names, and refuses calls about what is missing or out of reach."""

from bot.sandbox.api.refusal import Refusal, bad_request, forbidden, upgraded
from bot.sandbox.world.chats import Chat
from bot.sandbox.world.files import StoredFile
from bot.sandbox.world.messages import Message
from bot.sandbox.world.world import World


def find_chat(world: World, chat_id: str) -> Chat:
    if not chat_id:
        raise bad_request("chat_id is empty")
    try:
        chat = world.chats[int(chat_id)]
    except (ValueError, KeyError):
        raise bad_request("chat not found") from None
    if chat.id in world.group_states.supergroups:
        raise upgraded(world.group_states.supergroups[chat.id])
    return chat


def find_known_chat(world: World, chat_id: str) -> Chat:
    """Find a chat that is known to the bot: not that of a person who never wrote to it."""
    chat = find_chat(world, chat_id)
    if chat.is_private and chat.id not in world.acquainted:
        raise bad_request("chat not found")
    return chat


def find_message(world: World, chat: Chat, message_id: int, missing: str) -> Message:
    """Find a message; `missing` is the description of the refusal."""
    message = world.message(chat.id, message_id)
    if message is None:
        raise bad_request(missing)
    return message


def find_inline_message(world: World, inline_id: str) -> Message:
    message = world.message(*world.inline_messages.get(inline_id, (0, 0)))
    if message is None:
        raise bad_request("MESSAGE_ID_INVALID")
    return message


def find_file(
    world: World, file_id: str, missing: str = "wrong file identifier/HTTP URL specified"
) -> StoredFile:
    file = world.files.find(file_id)
    if file is None:
        raise bad_request(missing)
    return file


def check_reachable(world: World, chat: Chat) -> None:
    if chat.id in world.deactivated:
        raise forbidden("user is deactivated")
    if chat.id in world.blocked:
        raise forbidden("bot was blocked by the user")
    if chat.is_private and chat.id not in world.acquainted:
        raise forbidden("bot can't initiate conversation with a user")


def check_topic(world: World, chat: Chat, topic: int | None) -> None:
    """General, the topic of messages without one, cannot be named."""
    if topic is not None and topic not in world.group_states.topics.get(chat.id, ()):
        raise bad_request("message thread not found")


def check_rights(world: World, chat: Chat, kind: str) -> None:
    """Check that the bot may send this kind there: "text messages", "animations" and so on."""
    if chat.id in world.group_states.without_bot:
        raise forbidden(f"bot was kicked from the {chat.type} chat")
    refusal, kinds = world.group_states.refusals.get(chat.id, (None, ()))
    if refusal is not None and (not kinds or kind in kinds):
        raise refusal


def too_old() -> Refusal:
    """Return the refusal of an answer to a tap or an inline query that is unknown or expired."""
    return bad_request("query is too old and response timeout expired or query ID is invalid")
