"""The proxy that the environment names is the way to Telegram."""

import asyncio

import pytest

from tests.process.coach_process import CoachProcess, eventually
from tests.process.proxy import proxy_to
from tests.process.runner import Runner


@pytest.mark.slow
async def test_calls_and_polls_go_through_the_proxy(coach: CoachProcess, ann: Runner) -> None:
    async with proxy_to(coach.url) as proxy:
        coach.settings = {"BOT_API_URL": "http://api.example.test", "HTTP_PROXY": proxy.url}
        await coach.start()
        await ann.says("/help")
        assert "/routine" in ann.messages[-1].text
        assert set(proxy.asked) == {"api.example.test"}
        await coach.kill()


@pytest.mark.slow
async def test_telegram_itself_is_reached_by_a_tunnel(coach: CoachProcess) -> None:
    """And one that is refused is told with both addresses, without the password."""
    async with proxy_to(coach.url) as proxy:
        address = proxy.url.replace("//", "//ann:secret@")
        coach.settings = {"BOT_API_URL": "", "https_proxy": address}
        await coach.spawn()
        await eventually(lambda: "\n" in coach.stderr)
        await coach.kill()
    assert set(proxy.asked) == {"api.telegram.org:443"}
    assert proxy.users == {"ann:secret"}
    first = coach.stderr.splitlines()[0]
    assert f"at https://api.telegram.org through the proxy {proxy.url} (" in first
    assert "secret" not in coach.stderr


@pytest.mark.slow
async def test_a_server_on_this_machine_needs_no_proxy(coach: CoachProcess, ann: Runner) -> None:
    coach.settings = {"HTTP_PROXY": "http://127.0.0.1:9"}
    await coach.start()
    await ann.says("/help")
    assert "/routine" in ann.messages[-1].text


@pytest.mark.slow
async def test_what_is_no_http_proxy_is_told_to_run_alone(coach: CoachProcess) -> None:
    wrong = {"BOT_API_URL": "", "HTTPS_PROXY": "socks5://ann:secret@127.0.0.1:9"}
    run, check = await asyncio.gather(
        coach.command("run", **wrong), coach.command("check", **wrong)
    )
    assert run.code == 2
    (line,) = run.lines
    assert line.startswith("HTTPS_PROXY: ")
    assert "secret" not in line
    assert check.code == 0
