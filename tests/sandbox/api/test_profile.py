"""Commands, descriptions and getMe."""

from typing import Any

import pytest

from tests.sandbox.conftest import Api, refused

HELP = {"command": "help", "description": "Every command"}


async def test_the_bot_knows_itself(api: Api) -> None:
    me = (await api("getMe"))["result"]
    assert (me["id"], me["is_bot"], me["first_name"]) == (1, True, "Band Coach")
    assert me["username"] == "band_coach_bot"


async def test_commands_are_kept_by_scope_and_language(api: Api) -> None:
    german = [{"command": "help", "description": "Alle Befehle"}]
    scope = {"type": "all_private_chats"}
    await api("setMyCommands", commands=[HELP])
    await api("setMyCommands", commands=german, language_code="de", scope=scope)
    assert (await api("getMyCommands"))["result"] == [HELP]
    assert (await api("getMyCommands", language_code="de"))["result"] == []
    assert (await api("getMyCommands", language_code="de", scope=scope))["result"] == german


@pytest.mark.parametrize(
    ("commands", "description"),
    [
        ([HELP | {"command": "Help"}], "BOT_COMMAND_INVALID"),
        ([HELP | {"command": "he-lp"}], "BOT_COMMAND_INVALID"),
        ([HELP | {"command": ""}], "command must be non-empty"),
        ([HELP | {"command": "x" * 33}], "command length must not exceed 32"),
        ([HELP | {"description": ""}], "command description must be non-empty"),
        ([HELP | {"description": "x" * 257}], "command description length must not exceed 256"),
        ([HELP] * 101, "BOT_COMMANDS_TOO_MUCH"),
        (None, "expected an Array of BotCommand"),
        (["help"], "can't parse BotCommand: expected an Object"),
        ([{"command": "help"}], "can't parse BotCommand: Can't find field \"description\""),
    ],
)
async def test_wrong_commands_are_refused(commands: Any, description: str, api: Api) -> None:
    answer = await api("setMyCommands", commands=commands)
    assert answer == refused(400, f"Bad Request: {description}")


@pytest.mark.parametrize(
    ("params", "description"),
    [
        ({"language_code": "german"}, "invalid language code specified"),
        (
            {"scope": {"type": "planet"}},
            "can't parse BotCommandScope: Unsupported type specified",
        ),
        (
            {"scope": {"type": "chat"}},
            "can't parse BotCommandScope: Can't find field \"chat_id\"",
        ),
    ],
)
async def test_a_wrong_scope_or_language_is_refused(
    params: dict[str, Any], description: str, api: Api
) -> None:
    answer = await api("setMyCommands", commands=[HELP], **params)
    assert answer == refused(400, f"Bad Request: {description}")


@pytest.mark.parametrize(
    ("name", "field", "limit"),
    [("Description", "description", 512), ("ShortDescription", "short_description", 120)],
)
async def test_descriptions_are_kept_by_language(
    name: str, field: str, limit: int, api: Api
) -> None:
    await api(f"setMy{name}", **{field: "x" * limit})
    await api(f"setMy{name}", **{field: "kurz"}, language_code="de")
    assert (await api(f"getMy{name}"))["result"] == {field: "x" * limit}
    assert (await api(f"getMy{name}", language_code="de"))["result"] == {field: "kurz"}
    assert (await api(f"getMy{name}", language_code="fr"))["result"] == {field: "x" * limit}
    assert (await api(f"setMy{name}", **{field: "x" * (limit + 1)}))["error_code"] == 400
