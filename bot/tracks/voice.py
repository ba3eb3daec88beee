"""The recorded phrases: MP3 frames of one size, so that a phrase may follow any other.

A phrase is found by its text, not by an id, so that what a host rewrites is never said in the old
words.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from bot.content.exercise_models import ExerciseTexts
from bot.domain.frozen import frozen
from bot.domain.session import Step
from bot.runtime.files import UnreadableError, read_file

# MPEG-2 layer III, mono, 16 kHz, 24 kbit/s: 576 samples in 108 bytes, without padding.
FRAME_BYTES = 108
FRAME_MS = 36
LEAD = 2  # frames before the sound of a phrase begins: the encoder's delay
HEADER = bytes.fromhex("fff338c4")
SILENCE = HEADER + bytes(FRAME_BYTES - len(HEADER))

FOLDER = "voice"
COVERS = "covers"
ROUTINES = "routines"  # the folder of the covers of routines
HOW = "how"  # the folder of the explanations
LONGEST_SLUG = 40
LARGEST_PHRASE = 500_000  # bytes
OFTEN = 50  # phrases and signals that a track has again and again


class Tone(StrEnum):
    """The signals, by the names of their files."""

    GO = "tone-go"
    END = "tone-end"
    NOTICE = "tone-notice"


def key_of(text: str) -> str:
    """Return the key of a phrase, the stem of its file: its first words, and a digest."""
    said = " ".join(text.split()).rstrip(".").lower()
    slug = re.sub(r"[^a-z0-9]+", "-", said)[:LONGEST_SLUG].strip("-")
    return f"{slug}-{sha256(said.encode()).hexdigest()[:8]}"


def explanation(texts: ExerciseTexts) -> str:
    """Return how an exercise is set up and done, as it is read aloud."""
    return " ".join((*texts.set_up, *texts.movement, *texts.way_back))


def explanation_key(texts: ExerciseTexts) -> str:
    return f"{HOW}/{key_of(explanation(texts))}"


class Recordings(Mapping[str, bytes]):
    """The phrases in files, which are read when a track needs them: all take 4 MB."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        self._files = files
        self._read = lru_cache(OFTEN)(lambda key: read_file(self._files[key], LARGEST_PHRASE))

    def __getitem__(self, key: str) -> bytes:
        return self._read(key)

    def __contains__(self, key: object) -> bool:
        return key in self._files

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


@frozen
class Voice:
    """The phrases of one language by their keys, and pictures of exercises and routines by ids.

    `explanations` are the files that read an exercise's set-up and movement aloud, by their keys.
    """

    phrases: Mapping[str, bytes] = field(default_factory=dict)
    explanations: Mapping[str, Path] = field(default_factory=dict)
    covers: Mapping[str, Path] = field(default_factory=dict)
    routine_covers: Mapping[str, Path] = field(default_factory=dict)

    def has(self, text: str) -> bool:
        return key_of(text) in self.phrases

    @property
    def speaks(self) -> bool:
        """Whether it has the signals, without which there is no track."""
        return all(tone in self.phrases for tone in Tone)

    def milliseconds(self, key: str) -> int:
        """Return how long a phrase takes, from the beginning of its sound to its last frame."""
        return (len(self.phrases[key]) // FRAME_BYTES - LEAD) * FRAME_MS

    def explanation(self, texts: ExerciseTexts) -> bytes | None:
        """Return how an exercise is done, read aloud, as an MP3; None: it is not recorded."""
        file = self.explanations.get(explanation_key(texts))
        return None if file is None else read_file(file, LARGEST_PHRASE)

    def cover(self, routine: str, steps: tuple[Step, ...]) -> Path | None:
        """Return the picture of a track, a JPEG of 320 pixels.

        It is the routine's; without one, as for a routine of the runner's own, that of the first
        exercise.
        """
        if routine in self.routine_covers:
            return self.routine_covers[routine]
        found = (self.covers.get(step.exercise or "") for step in steps if step.is_work)
        return next((file for file in found if file is not None), None)


def read_voice(folders: list[Path], language: str) -> Voice:
    """Read the phrases in the content folders; a later folder takes precedence.

    Files that are not phrases are ignored; `check` reports them.
    """
    phrases: dict[str, Path] = {}
    explanations: dict[str, Path] = {}
    covers: dict[str, Path] = {}
    routine_covers: dict[str, Path] = {}
    for folder in folders:
        place = folder / FOLDER / language
        for file in sorted(place.glob("*.mp3")):
            try:
                data = read_file(file, LARGEST_PHRASE)
            except (OSError, UnreadableError):
                continue
            if is_phrase(data):
                phrases[file.stem] = file
        explanations |= {f"{HOW}/{file.stem}": file for file in (place / HOW).glob("*.mp3")}
        pictures = folder / FOLDER / COVERS
        covers |= {file.stem: file for file in pictures.glob("*.jpg")}
        routine_covers |= {file.stem: file for file in (pictures / ROUTINES).glob("*.jpg")}
    return Voice(Recordings(phrases), explanations, covers, routine_covers)


def is_phrase(data: bytes) -> bool:
    """Return whether these are frames of the one kind that can be joined."""
    frames, rest = divmod(len(data), FRAME_BYTES)
    starts = {data[place : place + 3] for place in range(0, len(data), FRAME_BYTES)}
    return rest == 0 and frames > LEAD and starts == {HEADER[:3]}
