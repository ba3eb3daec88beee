"""How fast the coach talks, on a clock that leaps: nothing here waits in real time."""

import asyncio
import selectors
from collections.abc import Coroutine, Iterable
from datetime import timedelta
from typing import Any, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram.error import BadRequest, RetryAfter

from bot.gateway import rate_limiter
from bot.gateway.priority_quota import A_SECOND, OwnLimit, Priority
from bot.gateway.rate_limiter import GROUP_A_MINUTE, TRIES

T = TypeVar("T")
EPSILON = 1e-6
BURST = 5


def RateLimiter(per_second: int, burst: int = rate_limiter.BURST) -> rate_limiter.RateLimiter:  # noqa: N802
    return rate_limiter.RateLimiter(OwnLimit(per_second), burst)


class Leap(selectors.DefaultSelector):
    """Does not wait for the time to pass, it lets it pass."""

    now = 0.0

    def select(self, timeout: float | None = None) -> Any:
        if timeout is None:
            raise AssertionError("everybody waits for nothing")
        self.now += max(timeout, 0)
        return super().select(0)


class LeapingLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._leap = Leap()
        super().__init__(self._leap)

    def time(self) -> float:
        return self._leap.now


def run(work: Coroutine[Any, Any, T]) -> T:
    with asyncio.Runner(loop_factory=LeapingLoop) as runner:
        return runner.run(work)


def now() -> float:
    return asyncio.get_running_loop().time()


class Telegram:
    """Notes when what comes in; answers the first ones of a chat as told."""

    def __init__(self, pace: rate_limiter.RateLimiter) -> None:
        self.pace = pace
        self.calls: list[tuple[float, int | str | None, str]] = []
        self.refusals: dict[int | str | None, list[Exception]] = {}

    async def call(
        self,
        chat: int | str | None = 1,
        endpoint: str = "sendMessage",
        priority: Priority | None = Priority.TAP,
    ) -> str:
        async def request(*_: Any, **__: Any) -> str:
            self.calls.append((now(), chat, endpoint))
            if self.refusals.get(chat):
                raise self.refusals[chat].pop(0)
            return "ok"

        data = {} if chat is None else {"chat_id": chat}
        return str(await self.pace.process_request(request, (), {}, endpoint, data, priority))

    async def remind(self, chat: int) -> str:
        """As the coach does: the turn first, then the message."""
        await self.pace.crowd_permits(1)
        return await self.call(chat, priority=Priority.CROWD)

    def moments(self, chat: int | str | None) -> list[float]:
        return [round(at, 3) for at, to, _ in self.calls if to == chat]


def most_in_a_second(moments: Iterable[float]) -> int:
    """The largest number of moments within less than a second."""
    ordered = sorted(moments)
    return max(sum(at <= other < at + 1 - EPSILON for other in ordered) for at in ordered)


def calls_of(
    pace: rate_limiter.RateLimiter, *wishes: tuple[int | str | None, str]
) -> list[tuple[float, Any, str]]:
    """All at once; returns when each was made."""

    async def scene() -> Telegram:
        telegram = Telegram(pace)
        await asyncio.gather(*(telegram.call(chat, endpoint) for chat, endpoint in wishes))
        return telegram

    return run(scene()).calls


@pytest.mark.parametrize("per_second", [1, 7, 30])
def test_never_more_than_allowed_in_any_second(per_second: int) -> None:
    sends = [(chat, "sendMessage") for chat in range(1, per_second * 4 + 1)]
    moments = [at for at, _, _ in calls_of(RateLimiter(per_second), *sends)]
    assert len(moments) == per_second * 4
    assert most_in_a_second(moments) == per_second
    assert max(moments) == pytest.approx(3 * A_SECOND, abs=0.01)


@given(
    asked=st.lists(
        st.tuples(
            st.integers(0, 3000),
            st.booleans(),
            st.sampled_from(["sendMessage", "editMessageText", "deleteMessage", "copyMessage"]),
        ),
        max_size=60,
    )
)
@settings(max_examples=50)
def test_never_more_than_allowed_whoever_asks_and_whenever(
    asked: list[tuple[int, bool, str]],
) -> None:
    per_second = 10

    async def ask(telegram: Telegram, chat: int, after: float, crowd: bool, endpoint: str) -> None:
        await asyncio.sleep(after)
        await (telegram.remind(chat) if crowd else telegram.call(chat, endpoint))

    async def scene() -> Telegram:
        telegram = Telegram(RateLimiter(per_second))
        await asyncio.gather(
            *(ask(telegram, n + 1, ms / 1000, *rest) for n, (ms, *rest) in enumerate(asked))
        )
        return telegram

    calls = run(scene()).calls
    assert len(calls) == len(asked)
    assert not calls or most_in_a_second(at for at, _, _ in calls) <= per_second


@pytest.mark.parametrize(
    "endpoint", ["answerCallbackQuery", "sendChatAction", "getUpdates", "getMe", "setMyCommands"]
)
def test_what_telegram_does_not_count_never_waits(endpoint: str) -> None:
    wishes = [(None, "sendMessage")] * 5 + [(None, endpoint)] * 50
    calls = calls_of(RateLimiter(1), *wishes)
    assert {at for at, _, name in calls if name == endpoint} == {0.0}


def test_answers_to_taps_do_not_slow_the_messages_down() -> None:
    wishes = [(None, "answerCallbackQuery")] * 50 + [(1, "sendMessage")]
    assert {at for at, _, _ in calls_of(RateLimiter(1), *wishes)} == {0.0}


@pytest.mark.parametrize(
    "endpoint", ["editMessageText", "deleteMessage", "forwardMessage", "copyMessage", "sendVideo"]
)
def test_all_that_telegram_counts_waits_its_turn(endpoint: str) -> None:
    calls = calls_of(RateLimiter(2), *[(chat, endpoint) for chat in (1, 2, 3)])
    assert [round(at) for at, _, _ in calls] == [0, 0, 1]


def test_a_tap_overtakes_a_waiting_crowd() -> None:
    async def scene() -> tuple[float, int]:
        telegram = Telegram(RateLimiter(10))
        crowd = [asyncio.create_task(telegram.remind(chat)) for chat in range(100, 400)]
        await asyncio.sleep(2.5)
        asked, before = now(), len(telegram.calls)
        await telegram.call(1)
        waited, between = now() - asked, len(telegram.calls) - before - 1
        await asyncio.gather(*crowd)
        assert len(telegram.calls) == 301
        return waited, between

    waited, overtaken_by = run(scene())
    assert waited <= 1
    assert overtaken_by == 0


def test_the_crowd_goes_in_the_order_of_asking() -> None:
    async def scene() -> list[int]:
        telegram = Telegram(RateLimiter(5))
        await asyncio.gather(*(telegram.remind(chat) for chat in range(1, 31)))
        return [int(chat or 0) for _, chat, _ in telegram.calls]

    assert run(scene()) == list(range(1, 31))


def test_a_reminder_takes_one_turn_not_two() -> None:
    async def scene() -> list[float]:
        telegram = Telegram(RateLimiter(10))
        await asyncio.gather(*(telegram.remind(chat) for chat in range(1, 21)))
        return [at for at, _, _ in telegram.calls]

    assert max(run(scene())) == pytest.approx(19 * A_SECOND / 10, abs=0.01)


def test_the_crowd_comes_evenly_and_leaves_a_tap_the_next_turn() -> None:
    async def scene() -> tuple[list[float], list[float]]:
        telegram = Telegram(RateLimiter(30))
        crowd = [asyncio.create_task(telegram.remind(chat)) for chat in range(100, 400)]
        waits = []
        for _ in range(5):
            await asyncio.sleep(1.01)
            asked = now()
            await telegram.call(1)
            waits.append(now() - asked)
        await asyncio.gather(*crowd)
        return waits, [at for at, chat, _ in telegram.calls if chat != 1]

    waits, reminded = run(scene())
    assert max(waits) <= 2 * A_SECOND / 30
    assert max(reminded) <= 1.05 * 300 / (30 - 1)


def test_at_a_high_rate_a_crowd_gets_many_turns_at_a_time() -> None:
    async def scene() -> tuple[int, int, float]:
        paced, turns, asked = RateLimiter(1000), 0, 0
        while turns < 5000:
            turns += await paced.crowd_permits(1000)
            asked += 1
            await asyncio.sleep(0.01)
        return turns, asked, now()

    turns, asked, seconds = run(scene())
    assert seconds <= 1.05 * turns / 1000
    assert asked <= turns / 5


def test_a_burst_in_one_chat_passes_at_once() -> None:
    calls = calls_of(RateLimiter(30, BURST), *[(1, "sendMessage")] * BURST)
    assert [at for at, _, _ in calls] == [0.0] * BURST


def test_in_the_long_run_one_chat_gets_one_message_a_second() -> None:
    calls = calls_of(RateLimiter(30, BURST), *[(1, "sendMessage")] * 50)
    assert max(at for at, _, _ in calls) == pytest.approx(50 - BURST, abs=BURST)


def test_after_a_burst_one_message_a_second_passes() -> None:
    calls = calls_of(RateLimiter(30, BURST), *[(1, "sendMessage")] * (BURST + 3))
    assert [round(at, 2) for at, _, _ in calls] == [0.0] * BURST + [
        round(n * A_SECOND, 2) for n in (1, 2, 3)
    ]


def test_edits_in_a_chat_do_not_wait_for_its_messages() -> None:
    wishes = [(1, "sendMessage")] * (BURST + 1) + [(1, "editMessageText")]
    calls = calls_of(RateLimiter(30, BURST), *wishes)
    assert [at for at, _, name in calls if name == "editMessageText"] == [0.0]


def test_other_chats_do_not_wait_for_a_busy_one() -> None:
    wishes = [(1, "sendMessage")] * 20 + [(chat, "sendMessage") for chat in range(2, 8)]
    calls = calls_of(RateLimiter(30), *wishes)
    assert {at for at, chat, _ in calls if chat != 1} == {0.0}


def test_a_group_gets_twenty_messages_a_minute() -> None:
    calls = calls_of(RateLimiter(1000), *[(-100, "sendMessage")] * (2 * GROUP_A_MINUTE + 1))
    moments = [round(at) for at, _, _ in calls]
    assert GROUP_A_MINUTE == 20
    assert moments == [0] * 20 + [60] * 20 + [120]


def test_messages_in_one_chat_keep_their_order() -> None:
    async def scene() -> list[str]:
        telegram, order = Telegram(RateLimiter(30)), []

        async def say(words: str) -> None:
            await telegram.call(1)
            order.append(words)

        await asyncio.gather(*(say(f"{n}") for n in range(12)))
        return order

    assert run(scene()) == [f"{n}" for n in range(12)]


def test_a_busy_chat_is_not_forgotten_when_many_others_come() -> None:
    async def scene() -> float:
        telegram = Telegram(RateLimiter(100_000, BURST))
        await asyncio.gather(*(telegram.call(1) for _ in range(BURST)))
        await asyncio.gather(*(telegram.call(chat) for chat in range(2, 2000)))
        await telegram.call(1)
        return now()

    assert run(scene()) > 0


@pytest.mark.parametrize("told", [3, timedelta(seconds=3)])
def test_a_429_is_waited_for_and_then_goes_through(told: int | timedelta) -> None:
    async def scene() -> Telegram:
        telegram = Telegram(RateLimiter(30))
        telegram.refusals[1] = [RetryAfter(told)]
        assert await telegram.call(1) == "ok"
        return telegram

    assert run(scene()).moments(1) == [0, 3]


def test_a_429_holds_that_chat_and_no_other() -> None:
    async def scene() -> Telegram:
        telegram = Telegram(RateLimiter(30))
        telegram.refusals[1] = [RetryAfter(10)]
        first = asyncio.create_task(telegram.call(1))
        await asyncio.sleep(1)
        await asyncio.gather(
            telegram.call(1),
            telegram.call(1, "editMessageText"),
            telegram.call(2),
            telegram.call(3),
        )
        await first
        return telegram

    telegram = run(scene())
    assert telegram.moments(1) == [0, 10, 10, 10]
    assert (telegram.moments(2), telegram.moments(3)) == ([1], [1])


def test_a_429_holds_the_crowd_and_the_refused_goes_back_among_the_due() -> None:
    async def scene() -> Telegram:
        telegram = Telegram(RateLimiter(30))
        telegram.refusals[1] = [RetryAfter(10)]
        with pytest.raises(RetryAfter):
            await telegram.remind(1)
        await asyncio.sleep(1)
        await asyncio.gather(telegram.remind(2), telegram.call(3))
        return telegram

    telegram = run(scene())
    assert (telegram.moments(1), telegram.moments(2)) == ([0], [10])
    assert telegram.moments(3) == [1]


def test_a_long_wait_for_the_menu_is_not_worth_it() -> None:
    async def scene() -> Telegram:
        telegram = Telegram(RateLimiter(30))
        telegram.refusals[None] = [RetryAfter(3600)]
        with pytest.raises(RetryAfter):
            await telegram.call(None, "setMyCommands")
        return telegram

    assert run(scene()).calls[-1][0] == 0


def test_a_429_again_and_again_is_given_up() -> None:
    async def scene() -> Telegram:
        telegram = Telegram(RateLimiter(30))
        telegram.refusals[1] = [RetryAfter(2) for _ in range(10)]
        with pytest.raises(RetryAfter):
            await telegram.call(1)
        return telegram

    telegram = run(scene())
    assert telegram.moments(1) == [0, 2, 4, 6, 8]
    assert len(telegram.calls) == TRIES == 5


@pytest.mark.parametrize("endpoint", ["setMyCommands", "answerCallbackQuery"])
def test_a_429_without_a_chat_is_waited_for_too(endpoint: str) -> None:
    async def scene() -> Telegram:
        telegram = Telegram(RateLimiter(30))
        telegram.refusals[None] = [RetryAfter(4)]
        await telegram.call(None, endpoint)
        return telegram

    assert run(scene()).moments(None) == [0, 4]


@pytest.mark.parametrize("endpoint", ["sendChatAction", "getChatMember"])
def test_a_429_for_what_is_not_counted_is_waited_for_too(endpoint: str) -> None:
    async def scene() -> Telegram:
        telegram = Telegram(RateLimiter(30))
        telegram.refusals[1] = [RetryAfter(4)]
        await telegram.call(1, endpoint)
        return telegram

    assert run(scene()).moments(1) == [0, 4]


def test_every_other_refusal_is_passed_on_at_once() -> None:
    async def scene() -> int:
        telegram = Telegram(RateLimiter(30))
        telegram.refusals[1] = [BadRequest("chat not found")]
        with pytest.raises(BadRequest):
            await telegram.call(1)
        return len(telegram.calls)

    assert run(scene()) == 1


def test_who_gives_up_waiting_leaves_the_turn_to_the_next() -> None:
    async def scene() -> Telegram:
        telegram = Telegram(RateLimiter(1))
        waiting = [asyncio.create_task(telegram.call(chat)) for chat in range(1, 5)]
        await asyncio.sleep(0.5)
        waiting[1].cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        return telegram

    telegram = run(scene())
    assert [(chat, round(at)) for at, chat, _ in telegram.calls] == [(1, 0), (3, 1), (4, 2)]


def test_who_gives_up_waiting_for_a_chat_does_not_block_it() -> None:
    async def scene() -> Telegram:
        telegram = Telegram(RateLimiter(30, BURST))
        waiting = [asyncio.create_task(telegram.call(1)) for _ in range(BURST + 3)]
        await asyncio.sleep(0.1)
        waiting[BURST].cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        return telegram

    assert len(run(scene()).moments(1)) == BURST + 2
