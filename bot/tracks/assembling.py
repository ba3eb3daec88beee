"""Assembles a track: the frames of its phrases at their moments, and silence between them."""

from dataclasses import field
from hashlib import sha256

from bot.domain.frozen import frozen
from bot.tracks.script import Moment, Script
from bot.tracks.voice import FRAME_BYTES, FRAME_MS, LEAD, SILENCE, Voice


@frozen
class Track:
    """An MP3 file; equal plans have equal bytes, and so equal digests."""

    data: bytes = field(repr=False)
    milliseconds: int

    @property
    def seconds(self) -> int:
        return round(self.milliseconds / 1000)

    @property
    def digest(self) -> str:
        """The SHA-256 digest of the bytes."""
        return sha256(self.data).hexdigest()


def assemble(script: Script, voice: Voice) -> Track:
    """Return the track of a script.

    Nothing is encoded: it takes some ten milliseconds. Raise ValueError if phrases overlap.
    """
    parts = []
    place = 0  # in frames
    for moment in script.moments:
        phrase = voice.phrases[moment.key]
        start = _frame(moment)
        if start < place:
            raise ValueError(f"{moment.key} at {moment.at} ms begins within the phrase before it")
        parts += [SILENCE * (start - place), phrase]
        place = start + len(phrase) // FRAME_BYTES
    end = max(place, round(script.milliseconds / FRAME_MS))
    parts.append(SILENCE * (end - place))
    return Track(b"".join(parts), end * FRAME_MS)


def _frame(moment: Moment) -> int:
    """Return the frame with which a phrase begins, so that it is heard at its moment."""
    return max(0, round(moment.at / FRAME_MS) - LEAD)
