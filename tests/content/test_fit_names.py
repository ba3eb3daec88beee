"""Every exercise has a name in the FIT profile, and `check` names those that are wrong."""

from pathlib import Path

from bot.authoring.fit_names import check_fit_names
from bot.content import read_catalogue
from bot.content.reading import shipped
from bot.content.texts import ENGLISH
from tests.shipped import CATALOGUE

BANDED = {key for key, it in CATALOGUE.exercises.items() if it.facts.bands}


def test_every_exercise_in_every_form_has_a_name_that_the_profile_has() -> None:
    for key, exercise in CATALOGUE.exercises.items():
        for form in ("base", *exercise.texts.forms):
            assert CATALOGUE.fit_name(key, form) is not None, key
    assert list(check_fit_names(CATALOGUE, [shipped()])) == []


def test_most_exercises_with_a_band_are_banded_ones() -> None:
    names = {key: CATALOGUE.fit_name(key) for key in BANDED}
    banded = [key for key, name in names.items() if name and name.category == "banded_exercises"]
    assert len(banded) > 2 * len(BANDED) / 3


def test_a_form_may_have_a_name_of_its_own() -> None:
    raise_, single = (
        CATALOGUE.fit_name("band-calf-raise", form) for form in ("base", "single-leg")
    )
    assert (raise_ and raise_.name) == "calf_raises"
    assert (single and single.name) == "single_leg_standing_calf_raise"


def test_check_names_what_the_profile_lacks(tmp_path: Path) -> None:
    own = tmp_path / "exercises" / "clamshell"
    own.mkdir(parents=True)
    facts = (shipped() / "exercises" / "clamshell" / "exercise.toml").read_text("utf-8")
    before, _ = facts.split("[fit]")
    wrong = (
        '[fit]\ncategory = "banded_exercise"\n'
        '[fit.forms.upside-down]\ncategory = "banded_exercises"\nname = "clam_shell"\n'
    )
    (own / "exercise.toml").write_text(before + wrong, "utf-8")
    folders = [shipped(), tmp_path]
    catalogue, faults = read_catalogue(folders, ENGLISH)
    assert faults == []
    said = [str(fault) for fault in check_fit_names(catalogue, folders)]
    assert len(said) == 3
    assert "fit.forms.upside-down: clamshell has no form upside-down" in said[0]
    assert "no category banded_exercise" in said[1]
    assert "banded_exercises" in said[1]
    assert "no clam_shell in banded_exercises" in said[2]
    assert "clam_shells" in said[2]
