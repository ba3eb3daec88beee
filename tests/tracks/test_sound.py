"""What is heard of a track, decoded as players do."""

import io
from importlib.util import find_spec
from typing import Any

import pytest

from bot.authoring.recording import RATE, signal
from bot.domain.timer import Stage
from bot.domain.timetable import timetable
from bot.tracks import assemble, write
from bot.tracks.voice import Tone
from tests.conftest import unavailable
from tests.shipped import TEXTS
from tests.tracks.spoken import VOICE, session

LOUDNESS = -16.0  # LUFS
LIKE = 0.9  # correlation with a signal
APART = 0.25  # seconds between two signals, at least
WINDOW = 60 * RATE  # samples that are searched at a time
ROUTINES = ["before-a-run", pytest.param("marathon-five", marks=pytest.mark.slow)]


@pytest.fixture(scope="module", autouse=True)
def need_libraries() -> None:
    for library in ("av", "pyloudnorm"):
        if find_spec(library) is None:
            unavailable(f"{library} is not installed")


def decoded(data: bytes) -> Any:
    import av
    import numpy as np

    with av.open(io.BytesIO(data), format="mp3") as container:
        frames = [frame.to_ndarray().ravel() for frame in container.decode(audio=0)]
    return np.concatenate(frames, dtype=np.float32)


def found(sound: Any, tone: Tone) -> list[float]:
    """The seconds at which the signal begins: where the sound is most like it."""
    import numpy as np
    from scipy.signal import fftconvolve, find_peaks

    shape = np.array(signal(tone), np.float32)
    shape /= np.linalg.norm(shape)
    seconds: list[float] = []
    for start in range(0, len(sound), WINDOW):
        part = sound[start : start + WINDOW + len(shape) - 1].astype(np.float32)
        if len(part) < len(shape):
            break
        sums = np.cumsum(np.concatenate(([0.0], part.astype(np.float64) ** 2)))
        energy = sums[len(shape) :] - sums[: -len(shape)]
        like = fftconvolve(part, shape[::-1], "valid") / np.sqrt(np.maximum(energy, 1e-3))
        peaks, _ = find_peaks(np.pad(like, 1), height=LIKE, distance=RATE // 2)
        for second in ((start + peak - 1) / RATE for peak in peaks):
            if not seconds or second - seconds[-1] > APART:  # else it lies across two windows
                seconds.append(second)
    return seconds


@pytest.mark.slow
@pytest.mark.parametrize("routine", ROUTINES)
def test_every_signal_is_heard_within_50_ms_of_the_clock(routine: str) -> None:
    steps = session(routine)
    sound = decoded(assemble(write(steps, TEXTS, VOICE), VOICE).data)
    work = [it for it in timetable(steps) if it.stage is Stage.WORK]
    for tone, moments in (
        (Tone.GO, [it.starts_at for it in work]),
        (Tone.END, [it.ends_at for it in work]),
    ):
        heard = found(sound, tone)
        assert len(heard) == len(moments)
        assert heard == pytest.approx(moments, abs=0.05)


@pytest.mark.parametrize("routine", ROUTINES)
def test_it_lasts_as_long_as_it_says(routine: str) -> None:
    steps = session(routine)
    track = assemble(write(steps, TEXTS, VOICE), VOICE)
    seconds = len(decoded(track.data)) / RATE
    assert seconds == pytest.approx(track.seconds, abs=1)
    assert 0 < seconds - timetable(steps)[-1].ends_at < 7


@pytest.mark.slow
@pytest.mark.parametrize("routine", ROUTINES)
def test_it_is_as_loud_as_it_should_be_and_does_not_clip(routine: str) -> None:
    import pyloudnorm

    sound = decoded(assemble(write(session(routine), TEXTS, VOICE), VOICE).data)
    assert pyloudnorm.Meter(RATE).integrated_loudness(sound) == pytest.approx(LOUDNESS, abs=1)
    assert abs(sound).max() < 1


@pytest.mark.slow
def test_no_phrase_clips_and_each_begins_and_ends_in_silence() -> None:
    for key, data in VOICE.phrases.items():
        sound = decoded(data)
        assert abs(sound).max() < 1, key
        assert abs(sound[:576]).max() < 0.02, key
        assert abs(sound[-576:]).max() < 0.02, key


def test_phrases_may_follow_one_another() -> None:
    import numpy as np

    one, other = VOICE.phrases[Tone.GO], VOICE.phrases[Tone.END]
    apart = np.concatenate([decoded(one), decoded(other)])
    assert np.abs(decoded(one + other) - apart).max() < 0.01
