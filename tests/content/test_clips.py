"""Which clip an exercise has for a form and a side."""

import shutil
from pathlib import Path

import pytest

from bot.content import Exercise, read_catalogue
from bot.content.models import BASE
from bot.content.reading import shipped
from bot.content.texts import ENGLISH
from tests.shipped import CATALOGUE as SHIPPED

RAISE = "exercises/band-calf-raise"


def name(exercise: Exercise, form: str = BASE, side: str | None = None) -> str:
    clip = exercise.clip(form, side)
    return clip.file.name if clip else ""


def with_clips(folder: Path, *names: str) -> Exercise:
    """The calf raise with these clips in a host's folder, and no others."""
    own = folder / RAISE
    own.mkdir(parents=True)
    for file in ("exercise.toml", "en.toml"):
        shutil.copy(shipped() / RAISE / file, own)
    for clip in names:
        (own / clip).write_bytes(clip.encode())
    catalogue, _ = read_catalogue([shipped(), folder], ENGLISH)
    return catalogue.exercises["band-calf-raise"]


def test_every_form_of_a_shipped_exercise_has_a_clip_of_its_own() -> None:
    for exercise in SHIPPED.exercises.values():
        for form in exercise.texts.forms:
            assert name(exercise, form) == f"clip-{form}.mp4", exercise.id


def test_a_form_that_looks_the_same_is_shown_with_the_exercises_clip() -> None:
    assert name(SHIPPED.exercises["band-row"], "no-such-form") == "clip.mp4"


@pytest.mark.parametrize(
    ("exercise", "form", "names"),
    [
        ("lateral-band-walk", BASE, ("clip.mp4", "clip-mirrored.mp4")),
        ("standing-band-twist", BASE, ("clip.mp4", "clip-mirrored.mp4")),
        (
            "band-calf-raise",
            "single-leg",
            ("clip-single-leg.mp4", "clip-single-leg-mirrored.mp4"),
        ),
        ("band-calf-raise", BASE, ("clip.mp4", "clip.mp4")),
    ],
)
def test_the_second_side_has_the_mirrored_clip_if_there_is_one(
    exercise: str, form: str, names: tuple[str, str]
) -> None:
    one = SHIPPED.exercises[exercise]
    assert one.texts.side_names
    assert tuple(name(one, form, side) for side in one.texts.side_names) == names
    assert name(one, form) == names[0]


def test_a_clip_of_the_hosts_takes_the_place_of_the_shipped_one_and_its_mirrored(
    tmp_path: Path,
) -> None:
    exercise = with_clips(tmp_path, "clip-single-leg.mp4")
    left = exercise.texts.side_names[1] if exercise.texts.side_names else None
    for side in (None, left):
        clip = exercise.clip("single-leg", side)
        assert clip is not None
        assert clip.file == tmp_path / RAISE / "clip-single-leg.mp4"
        assert not clip.drawn, "a film has no muscles tinted"
    other = exercise.clip("bent-knee")
    assert other is not None
    assert other.file == shipped() / RAISE / "clip-bent-knee.mp4"
    assert other.drawn
