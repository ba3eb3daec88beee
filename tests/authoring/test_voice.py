"""The record of what the voice says: what is missing, out of date or said by nothing is named."""

import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest

from bot.authoring.covers import LARGEST
from bot.authoring.speaking import CannotSpeakError, sayable, speak
from bot.authoring.voice import RECORD, check_voice, record
from bot.content import read_catalogue
from bot.content.reading import shipped
from bot.figures.record import STILL
from bot.tracks import read_voice
from bot.tracks.voice import COVERS, FOLDER, ROUTINES, Tone, key_of
from tests.conftest import unavailable
from tests.shipped import CATALOGUE, TEXTS

CLAM = f"{key_of('Clamshell')}.mp3"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A copy of the shipped phrases, in a content folder that has nothing else."""
    shutil.copytree(shipped() / FOLDER, tmp_path / FOLDER)
    return tmp_path / FOLDER / "en"


def faults(place: Path) -> list[str]:
    found = check_voice([place.parents[1]], CATALOGUE, TEXTS)
    return [str(fault).removeprefix(f"{place}/") for fault in found]


def test_all_that_is_shipped_is_recorded_as_it_is_written(place: Path) -> None:
    assert faults(place) == []


def test_a_phrase_that_is_missing_is_named(place: Path) -> None:
    (place / CLAM).unlink()
    assert faults(place) == [f"{CLAM}: is missing, which says “Clamshell.”: python -m bot voice"]


def test_a_phrase_whose_words_have_changed_is_named(place: Path) -> None:
    lines = (place / RECORD).read_text(encoding="utf-8").splitlines()
    other = [line.replace("\t", "\t0", 1) if "\tClamshell." in line else line for line in lines]
    (place / RECORD).write_text("\n".join(other), encoding="utf-8")
    assert faults(place) == [f"{CLAM}: was not recorded from “Clamshell.”: python -m bot voice"]


def test_a_phrase_that_nothing_says_is_named(place: Path) -> None:
    shutil.copy(place / CLAM, place / "hello-12345678.mp3")
    assert faults(place) == ["hello-12345678.mp3: is said by nothing any more: python -m bot voice"]


@pytest.mark.breadth(2)
@pytest.mark.parametrize("wrong", [b"", b"ID3", b"\xff\xf3\x38\xc4" + bytes(200)])
def test_a_file_that_can_t_be_joined_is_named_and_not_played(place: Path, wrong: bytes) -> None:
    (place / CLAM).write_bytes(wrong)
    (fault,) = faults(place)
    assert fault.startswith(f"{CLAM}: has no frames of 24 kbit/s, mono, 16 kHz")
    assert not read_voice([place.parents[1]], "en").has("Clamshell")


def test_a_host_without_phrases_lacks_nothing(tmp_path: Path) -> None:
    assert list(check_voice([shipped(), tmp_path], CATALOGUE, TEXTS)) == []


def test_a_language_without_a_voice_has_none() -> None:
    assert not read_voice([shipped()], "de").speaks
    assert read_voice([shipped()], "en").speaks


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Right leg on top", "Right leg on top."),
        ("Easier today:", "Easier today."),
        ("Tempo: take two seconds", "Tempo, take two seconds."),
        ("Ready?", "Ready?"),
        ("A hand’s width\n above", "A hand's width above."),
    ],
)
def test_a_text_becomes_a_sentence(written: str, spoken: str) -> None:
    assert sayable(written) == spoken


@pytest.mark.parametrize(
    "text", ["", " ", "…", '<genfile file="x.wav">hello</genfile>', "a < b", "50 %", "a & b", "x_y"]
)
def test_nothing_but_words_reaches_the_engine(text: str) -> None:
    with pytest.raises(CannotSpeakError):
        sayable(text)


@pytest.fixture
def engine() -> None:
    for library in ("py_nanotts", "lameenc"):
        if find_spec(library) is None:
            unavailable(f"{library} is not installed")


@pytest.mark.usefixtures("engine")
def test_a_sentence_sounds_alike_whatever_was_said_before() -> None:
    first = speak("Right leg on top", "en")
    speak("Something else", "en")
    assert speak("Right leg on top", "en") == first


@pytest.mark.usefixtures("engine")
def test_only_what_a_host_has_changed_is_recorded_in_their_folder(tmp_path: Path) -> None:
    own = tmp_path / "exercises" / "clamshell" / "en.toml"
    own.parent.mkdir(parents=True)
    texts = (shipped() / "exercises" / "clamshell" / "en.toml").read_text(encoding="utf-8")
    own.write_text(texts.replace('name = "Clamshell"', 'name = "Our clam"', 1), encoding="utf-8")
    folders = [shipped(), tmp_path]
    catalogue, wrong = read_catalogue(folders, "en")
    assert wrong == []
    record(folders, catalogue, TEXTS)
    assert [file.stem for file in (tmp_path / FOLDER / "en").glob("*.mp3")] == [key_of("Our clam")]
    assert list(check_voice(folders, catalogue, TEXTS)) == []
    voice = read_voice(folders, "en")
    assert voice.has("Our clam")
    assert voice.has("Clamshell")
    assert Tone.GO in voice.phrases


@pytest.mark.slow
@pytest.mark.usefixtures("engine")
def test_phrases_are_recorded_alike_each_time(place: Path) -> None:
    for file in place.glob("*.mp3"):
        if file.stem != key_of("Clamshell") and not file.stem.startswith("tone"):
            continue
        file.unlink()
    record([place.parents[1]], CATALOGUE, TEXTS)
    for name in (CLAM, *(f"{tone}.mp3" for tone in Tone)):
        assert (place / name).read_bytes() == (shipped() / FOLDER / "en" / name).read_bytes()


def test_a_cover_of_another_still_is_named(place: Path) -> None:
    folder = place.parents[1]
    still = folder / "exercises" / "clamshell" / STILL
    still.parent.mkdir(parents=True)
    shutil.copy(shipped() / "exercises" / "clamshell" / STILL, still)
    assert faults(place) == []
    still.write_bytes(still.read_bytes() + b"\0")
    (fault,) = faults(place)
    assert fault.endswith("was not made from clamshell/still.png: python -m bot voice")


def test_a_routine_whose_picture_is_missing_or_of_other_exercises_is_named(place: Path) -> None:
    folder = place.parents[1]
    routine = folder / "routines" / "taper-week.toml"
    routine.parent.mkdir()
    shutil.copy(shipped() / "routines" / routine.name, routine)
    picture = folder / FOLDER / COVERS / ROUTINES / "taper-week.jpg"
    folders = [shipped(), folder]

    def named() -> list[Path]:
        found = check_voice(folders, CATALOGUE, TEXTS)
        return [fault.file for fault in found if fault.file.suffix == ".jpg"]

    assert named() == []
    shutil.copy(picture.with_name("hips-and-glutes.jpg"), picture)
    assert named() == [picture]
    picture.unlink()
    assert named() == [picture]


def test_a_track_has_the_picture_of_its_routine() -> None:
    voice = read_voice([shipped()], "en")
    assert voice.routine_covers.keys() == CATALOGUE.routines.keys()
    assert voice.covers.keys() == CATALOGUE.exercises.keys()
    pictures = [*voice.routine_covers.values(), *voice.covers.values()]
    assert all(picture.read_bytes().startswith(b"\xff\xd8") for picture in pictures)
    assert max(picture.stat().st_size for picture in pictures) < LARGEST
    steps = CATALOGUE.steps(CATALOGUE.routine("hips-and-glutes"), 5, None)
    assert voice.cover("hips-and-glutes", steps) == voice.routine_covers["hips-and-glutes"]


def test_a_routine_of_ones_own_has_the_picture_of_its_first_exercise() -> None:
    voice = read_voice([shipped()], "en")
    steps = CATALOGUE.steps(CATALOGUE.routine("hips-and-glutes"), 5, None)
    first = next(step.exercise for step in steps if step.is_work)
    assert first is not None
    assert voice.cover("my own", steps) == voice.covers[first]
    assert voice.cover("my own", steps[:1]) is None
