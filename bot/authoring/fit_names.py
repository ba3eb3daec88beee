"""Checks the names of exercises in files for a watch."""

from collections.abc import Iterator
from pathlib import Path

from bot.content import Catalogue, Fault
from bot.content.explaining import did_you_mean
from bot.fit.encoding import CATEGORIES, names_of
from bot.runtime.files import is_there


def check_fit_names(catalogue: Catalogue, folders: list[Path]) -> Iterator[Fault]:
    """Yield a fault for each name that the FIT profile does not have, or form that is not known."""
    for key, exercise in catalogue.exercises.items():
        if exercise.facts.fit is None:
            continue
        files = [folder / "exercises" / key / "exercise.toml" for folder in reversed(folders)]
        file = next((file for file in files if is_there(file)), files[0])
        forms = exercise.facts.fit.forms
        for form in forms.keys() - exercise.texts.forms.keys():
            what = f"{key} has no form {form}{did_you_mean(form, exercise.texts.forms)}"
            yield Fault(file, f"fit.forms.{form}", what)
        named = {"fit": exercise.facts.fit, **{f"fit.forms.{k}": v for k, v in forms.items()}}
        for field, fit in named.items():
            names = names_of(fit.category)
            if names is None:
                what = f"the FIT profile has no category {fit.category}"
                yield Fault(
                    file, f"{field}.category", what + did_you_mean(fit.category, CATEGORIES)
                )
            elif fit.name is not None and fit.name not in names:
                what = f"the FIT profile has no {fit.name} in {fit.category}"
                yield Fault(file, f"{field}.name", what + did_you_mean(fit.name, names))
