"""How much a measurement has to do."""

from dataclasses import dataclass

STEPS = 11  # of a prepared session that are followed by another


@dataclass(frozen=True, slots=True)
class Sizes:
    """`growth`: numbers of runners, the largest last."""

    times: int = 3
    runners: int = 200
    taps: int = 1800
    walks: int = 10  # taps of each of ten runners, for latency
    crowd: int = 3000
    growth: tuple[int, ...] = (10_000, 100_000)
    watched: int = 5000  # reminders sent until the loop was watched for long enough

    def __post_init__(self) -> None:
        if self.taps + self.runners > STEPS * self.runners:
            raise ValueError(f"{self.runners} runners have no more than {STEPS} taps each")


TINY = Sizes(times=1, runners=3, taps=9, walks=2, crowd=20, growth=(20, 40), watched=10)
