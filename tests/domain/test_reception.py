"""Whether updates come in: by polling, by webhook, and with another program on the same token."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.reception import EPISODE, FRESH, SILENCE, Known, Obstacle, Reception, Rival
from bot.gateway.client import POLL_PATIENCE, POLL_SECONDS

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)


@dataclass
class Times:
    """Both clocks, which go on together."""

    passed: float = 0.0

    def time(self) -> float:
        return self.passed

    def now(self) -> datetime:
        return NOW + timedelta(seconds=self.passed)


@dataclass
class Scene:
    times: Times = field(default_factory=Times)
    by_webhook: bool = False
    reception: Reception = field(init=False)

    def __post_init__(self) -> None:
        self.reception = Reception(self.times.now, self.times.time, by_webhook=self.by_webhook)
        self.reception.begin()

    @property
    def obstacles(self) -> list[Obstacle]:
        return [problem.obstacle for problem in self.reception.problems()]

    def looked(self, *, ours: bool = True, error: float | None = None) -> None:
        """`error`: the last one was so many seconds ago."""
        at = None if error is None else self.times.now() - timedelta(seconds=error)
        self.reception.looked(Known(ours, 0, at, "Connection refused" if at else ""))


@pytest.fixture
def polling() -> Scene:
    return Scene()


@pytest.fixture
def webhook() -> Scene:
    return Scene(by_webhook=True)


def test_polls_that_bring_nothing_all_night_are_well(polling: Scene) -> None:
    for _ in range(1000):
        polling.times.passed += POLL_SECONDS + POLL_PATIENCE
        polling.reception.fetched()
        assert polling.obstacles == []


def test_two_minutes_without_one_that_succeeded_are_not(polling: Scene) -> None:
    polling.reception.fetched()
    polling.times.passed += SILENCE
    assert polling.obstacles == []
    polling.times.passed += 1
    (problem,) = polling.reception.problems()
    assert (problem.obstacle, problem.seconds) == (Obstacle.SILENT, 121)
    polling.looked()  # getWebhookInfo is no reception
    assert polling.obstacles == [Obstacle.SILENT]
    polling.reception.fetched()
    assert polling.obstacles == []


def test_who_does_not_look_after_it_has_no_problems(polling: Scene) -> None:
    polling.reception.end()
    polling.times.passed += 10 * SILENCE
    assert polling.obstacles == []
    polling.reception.begin()
    assert polling.obstacles == []


def test_a_webhook_to_which_nothing_is_brought_is_well(webhook: Scene) -> None:
    for _ in range(1000):
        webhook.looked()
        webhook.times.passed += SILENCE
        assert webhook.obstacles == []


def test_one_that_can_t_be_read_for_a_while_is_not(webhook: Scene) -> None:
    webhook.looked()
    webhook.times.passed += SILENCE + 1
    webhook.reception.came()
    assert webhook.obstacles == [Obstacle.UNREAD]


def test_another_address_is_an_obstacle_until_it_is_put_right(webhook: Scene) -> None:
    webhook.looked(ours=False)
    assert webhook.obstacles == [Obstacle.ELSEWHERE]
    webhook.looked()
    assert webhook.obstacles == []
    assert webhook.reception.rival is Rival.ADDRESS


@pytest.mark.parametrize(
    ("ago", "expected"), [(1, [Obstacle.FAILING]), (FRESH.total_seconds() + 1, [])]
)
def test_an_error_counts_while_it_is_fresh(
    webhook: Scene, ago: float, expected: list[Obstacle]
) -> None:
    webhook.looked(error=ago)
    assert webhook.obstacles == expected


def test_an_error_after_which_an_update_came_is_over(webhook: Scene) -> None:
    webhook.looked(error=5)
    assert webhook.reception.problems()[0].words == "Connection refused"
    webhook.reception.came()
    assert webhook.obstacles == []
    webhook.times.passed += 3
    webhook.looked(error=1)
    assert webhook.obstacles == [Obstacle.FAILING]


def test_an_error_of_another_address_is_not_ours(webhook: Scene) -> None:
    webhook.looked(ours=False, error=1)
    assert webhook.obstacles == [Obstacle.ELSEWHERE]


def told(scene: Scene) -> list[Rival]:
    queue = scene.reception._rivals_to_report
    return [queue.get_nowait() for _ in range(queue.qsize())]


def test_a_restart_that_overlaps_is_not_told(polling: Scene) -> None:
    for _ in range(20):
        for _ in range(2):
            polling.reception.met(Rival.POLLER)
            polling.times.passed += 3
        polling.times.passed += EPISODE + 1
    assert told(polling) == []


def test_an_episode_is_logged_and_told_once_and_so_is_the_next(
    polling: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    for episode in (1, 2):
        for _ in range(50):
            polling.reception.met(Rival.POLLER)
            polling.times.passed += 30
            polling.reception.fetched()  # now and then one gets through
            assert polling.reception.rival is Rival.POLLER
        assert told(polling) == [Rival.POLLER]
        lines = [record for record in caplog.records if record.levelname == "WARNING"]
        assert len(lines) == episode
        polling.times.passed += EPISODE
        polling.reception.fetched()
        assert polling.reception.rival is None


def test_a_changed_webhook_is_told_at_once_and_once(webhook: Scene) -> None:
    for _ in range(5):
        webhook.looked(ours=False)
        webhook.times.passed += 60
        webhook.looked()
    assert told(webhook) == [Rival.ADDRESS]
