"""Turns samples into the frames of a phrase, and makes the signals."""

import math
from array import array
from collections.abc import Sequence

from bot.tracks.voice import FRAME_BYTES, LEAD, Tone

RATE = 16_000
BIT_RATE = 24  # kbit/s
FRAME = 576  # samples
DELAY = 1105  # samples by which encoder and decoder delay a sound
BETWEEN = RATE // 4  # samples of silence between two sentences
BETWEEN_STEPS = RATE // 2  # the same in an explanation, which a listener follows
QUIET = 250  # of 32767: what is less is silence at the ends of a sentence
LOUDEST = 29_000  # of 32767: a decoded peak may be a little higher than the one encoded
TONES = {
    Tone.GO: ((880, 0.30),),
    Tone.END: ((523, 0.15), (392, 0.25)),
    Tone.NOTICE: ((659, 0.12), (659, 0.12)),
}  # Hz, seconds
GAP = 0.04  # seconds between two tones of a signal
TONE_LEVEL = 9000
FADE = RATE // 100  # samples in which a tone rises and falls


def trimmed(samples: bytes) -> "array[int]":
    """Return the samples without the silence before and after."""
    sound = array("h", samples)
    heard = [place for place, level in enumerate(sound) if abs(level) > QUIET]
    return sound[heard[0] : heard[-1] + 1] if heard else array("h")


def joined(sentences: "Sequence[array[int]]", pause: int) -> "array[int]":
    """Return the sentences with this number of samples of silence between them."""
    result = array("h")
    for sentence in sentences:
        if result:
            result.extend([0] * pause)
        result.extend(sentence)
    return result


def signal(tone: Tone) -> "array[int]":
    result = array("h")
    for hertz, seconds in TONES[tone]:
        if result:
            result.extend([0] * int(GAP * RATE))
        count = int(seconds * RATE)
        for place in range(count):
            fade = min(1.0, place / FADE, (count - place) / FADE)
            result.append(int(fade * TONE_LEVEL * math.sin(2 * math.pi * hertz * place / RATE)))
    return result


def encoded(sound: "array[int]") -> bytes:
    """Return the frames of a sound that is heard LEAD frames after their beginning.

    The last frame is silent, so that whatever follows begins in silence.
    """
    import lameenc

    before = LEAD * FRAME - DELAY
    frames = math.ceil((LEAD * FRAME + len(sound)) / FRAME) + 1
    peak = max(map(abs, sound), default=0)
    gain = min(1.0, LOUDEST / peak) if peak else 1.0
    padded = array("h", [0] * before)
    padded.extend(int(level * gain) for level in sound)
    padded.extend([0] * (frames * FRAME - len(padded)))
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_bit_rate(BIT_RATE)
    encoder.set_in_sample_rate(RATE)
    encoder.set_out_sample_rate(RATE)
    encoder.set_channels(1)
    encoder.set_quality(2)
    data = bytes(encoder.encode(padded.tobytes())) + bytes(encoder.flush())
    return data[: frames * FRAME_BYTES]
