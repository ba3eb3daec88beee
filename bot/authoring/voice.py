"""Records the phrases of the tracks that are missing or whose words have changed, and checks them.

Beside the phrases, `record.tsv` has the words of each, with the digest of what was recorded.
"""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from bot.authoring.covers import check_covers, draw_covers
from bot.authoring.recording import BETWEEN, BETWEEN_STEPS, encoded, joined, signal, trimmed
from bot.authoring.speaking import VOICES, CannotSpeakError, sayable, speak
from bot.content import Catalogue, Fault
from bot.content.texts import Texts
from bot.runtime.files import UnreadableError, read_file
from bot.tracks.repertoire import repertoire
from bot.tracks.voice import FOLDER, HOW, LARGEST_PHRASE, Tone, is_phrase

RECORD = "record.tsv"
RECORDING = 1  # raise it when the sound changes, so that every phrase is recorded again
SIDE_BY_SIDE = 2
AGAIN = "python -m bot voice"


class CannotRecordError(Exception):
    """Phrases can't be recorded; the message has a line for each reason."""


class NoEngineError(CannotRecordError):
    """The libraries that speak and encode are not installed."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words of a phrase, sentence by sentence; a signal has none."""

    key: str
    sentences: tuple[str, ...]

    @property
    def digest(self) -> str:
        said = "\n".join((str(RECORDING), *self.sentences))
        return sha256(said.encode()).hexdigest()[:16]


def phrases(
    folders: list[Path], catalogue: Catalogue, texts: Texts
) -> tuple[list[Phrase], list[CannotSpeakError]]:
    """Return the phrases and signals for the last content folder, and why some can't be spoken.

    These are the phrases that tracks need and no earlier folder has.
    """
    found, reasons = [Phrase(tone, ()) for tone in Tone], []
    for key, spoken in repertoire(catalogue, texts).items():
        try:
            found.append(Phrase(key, tuple(map(sayable, _sentences(spoken)))))
        except CannotSpeakError as error:
            reasons.append(error)
    others = {key for folder in folders[:-1] for key in _files(folder / FOLDER / texts.language)}
    return [phrase for phrase in found if phrase.key not in others], reasons


def _sentences(text: str) -> list[str]:
    """Return the sentences of a text, each of which a process speaks within its limit."""
    words = " ".join(text.split())
    for stop in ".?!":
        words = words.replace(f"{stop} ", f"{stop}\n")
    return words.split("\n")


def record(
    folders: list[Path],
    catalogue: Catalogue,
    texts: Texts,
    report: Callable[[str], None] = lambda _message: None,
) -> None:
    """Record what is missing or has changed in the last content folder; delete what nothing says.

    Raise CannotRecordError.
    """
    if any(find_spec(library) is None for library in ("py_nanotts", "lameenc", "skia")):
        raise NoEngineError(
            "speaking needs three more libraries: pip install 'bandcoach[voice]' "
            "(in a checkout: pip install -e '.[voice]')"
        )
    if texts.language not in VOICES:
        raise CannotRecordError(f"there is no voice for {texts.language}, but {', '.join(VOICES)}")
    place = folders[-1] / FOLDER / texts.language
    place.mkdir(parents=True, exist_ok=True)
    needed, reasons = phrases(folders, catalogue, texts)
    recorded = _recorded(place)
    due = [each for each in needed if not _is_recorded(place, each, recorded)]
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        for phrase, done in zip(
            due, pool.map(lambda each: _attempt(each, texts.language), due), strict=True
        ):
            if isinstance(done, CannotSpeakError):
                reasons.append(done)
                continue
            file = place / f"{phrase.key}.mp3"
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(done)
            report(f"{phrase.key}: {len(done) / 1000:.0f} kB")
    _write_record(place, needed)
    for made in draw_covers(folders, catalogue):
        report(made)
    if reasons:
        raise CannotRecordError("\n".join(map(str, reasons)))


def _attempt(phrase: Phrase, language: str) -> bytes | CannotSpeakError:
    if phrase.key in list(Tone):
        return encoded(signal(Tone(phrase.key)))
    try:
        spoken = [trimmed(speak(each, language)) for each in phrase.sentences]
    except CannotSpeakError as error:
        return error
    return encoded(joined(spoken, BETWEEN_STEPS if phrase.key.startswith(HOW) else BETWEEN))


def _write_record(place: Path, needed: list[Phrase]) -> None:
    """Write the record of what is recorded, and delete all other files."""
    there = [each for each in needed if (place / f"{each.key}.mp3").is_file()]
    kept = {each.key for each in there}
    for key, file in _files(place).items():
        if key not in kept:
            file.unlink()
    lines = (
        f"{each.key}\t{each.digest}\t{' '.join(each.sentences)}\n"
        for each in sorted(there, key=lambda each: each.key)
    )
    (place / RECORD).write_text("".join(lines), encoding="utf-8", newline="\n")


def _recorded(place: Path) -> Mapping[str, str]:
    """Return the digests of what is recorded, by key."""
    try:
        lines = read_file(place / RECORD).decode().splitlines()
    except (OSError, UnreadableError, UnicodeDecodeError):
        return {}
    fields = (line.split("\t") for line in lines)
    return {key: digest for key, digest, *_ in (each for each in fields if len(each) > 1)}


def _is_recorded(place: Path, phrase: Phrase, recorded: Mapping[str, str]) -> bool:
    return recorded.get(phrase.key) == phrase.digest and not _fault(place, phrase.key)


def _fault(place: Path, key: str) -> str:
    """Return what is wrong with the file of a phrase, or an empty string."""
    try:
        data = read_file(place / f"{key}.mp3", LARGEST_PHRASE)
    except FileNotFoundError:
        return "is missing"
    except UnreadableError as error:
        return str(error)
    return "" if is_phrase(data) else "has no frames of 24 kbit/s, mono, 16 kHz, one like another"


def check_voice(folders: list[Path], catalogue: Catalogue, texts: Texts) -> Iterator[Fault]:
    """Yield the phrases of the last folder with any that are missing or out of date.

    For a host's own texts without a recording, the track says only their kind, so hosts need no
    phrases.
    """
    place = folders[-1] / FOLDER / texts.language
    if not place.is_dir():
        return
    needed, reasons = phrases(folders, catalogue, texts)
    for error in reasons:
        yield Fault(place, "", str(error))
    recorded = _recorded(place)
    for phrase in needed:
        file = place / f"{phrase.key}.mp3"
        if fault := _fault(place, phrase.key):
            words = " ".join(phrase.sentences)
            yield Fault(file, "", f"{fault}, which says “{words}”: {AGAIN}")
        elif recorded.get(phrase.key) != phrase.digest:
            yield Fault(file, "", f"was not recorded from “{' '.join(phrase.sentences)}”: {AGAIN}")
    known = {phrase.key for phrase in needed}
    for key, file in _files(place).items():
        if key not in known:
            yield Fault(file, "", f"is said by nothing any more: {AGAIN}")
    for cover in check_covers(folders, catalogue):
        yield replace(cover, what=f"{cover.what}: {AGAIN}")


def _files(place: Path) -> dict[str, Path]:
    """Return the recorded files by the keys that their names are."""
    found = sorted(place.rglob("*.mp3"))
    return {file.relative_to(place).with_suffix("").as_posix(): file for file in found}
