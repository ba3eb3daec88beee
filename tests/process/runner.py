"""A person who talks to a coach in another process and can only look at the chat."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.sandbox.world.chats import Person
from bot.sandbox.world.messages import Message
from bot.sandbox.world.taps import Tap
from bot.sandbox.world.world import World
from tests.process.coach_process import eventually


@dataclass
class Runner:
    """`is_done`: whether the coach has nothing in hand, where that can be looked at."""

    world: World
    person: Person
    is_done: Callable[[], bool] = lambda: True

    @property
    def messages(self) -> list[Message]:
        """What the coach said and has not deleted."""
        return [m for m in self.world.messages(self.person) if m.from_bot]

    def with_words(self, words: str) -> list[Message]:
        return [message for message in self.messages if words in message.text]

    def newest(self, *labels: str) -> tuple[Message, str] | None:
        """The newest message with one of these buttons, and which of them it is."""
        for message in reversed(self.messages):
            for label in labels:
                if label in message.labels:
                    return message, label
        return None

    def tap(self, label: str) -> Tap:
        found = self.newest(label)
        assert found is not None, f"no button {label!r} in {[m.labels for m in self.messages]}"
        return self.world.tap(self.person, found[0], label)

    async def is_stored(self, update: int) -> None:
        """Until the coach has stored this update, and so told that it arrived."""
        await eventually(
            lambda: update not in [each["update_id"] for each in self.world.updates.pending]
        )

    async def taps(self, label: str) -> Tap:
        tap = self.tap(label)
        await tap.answer(timeout=15)
        await self.is_heard()
        return tap

    async def says(self, text: str) -> None:
        self.world.say(self.person, text)
        await self.is_heard()

    async def is_heard(self) -> None:
        """Until the coach is through with all this person did.

        The updates of one chat are handled in order, so the answer to a tap that no button of the
        coach's can have made comes after everything before it.
        """
        barrier = self.world.tap(self.person, self.world.messages(self.person)[0], data="?")
        await barrier.answer(timeout=15)
        await eventually(lambda: not self.world.updates.pending and self.is_done())

    async def is_ready(self) -> "Runner":
        """Has been through /start and the safety screen."""
        await self.says("/start")
        await self.taps("None applies to me")
        return self
