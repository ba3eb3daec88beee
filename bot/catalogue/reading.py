"""Reads data/: every file against its model, and the files against one another."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from bot.catalogue.models import BASE, Evidence, EvidenceFile, ExerciseFacts, ExerciseTexts, Routine
from bot.catalogue.search import fold

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a content file, and where."""

    file: Path
    field: str
    what: str

    def __str__(self) -> str:
        return (
            f"{self.file}: {self.field}: {self.what}" if self.field else f"{self.file}: {self.what}"
        )


@dataclass(frozen=True, slots=True)
class Exercise:
    """One movement: what is true of it, and what a coach says."""

    facts: ExerciseFacts
    texts: ExerciseTexts

    @property
    def id(self) -> str:
        return self.facts.id


class Reading:
    """One pass over content folders; later folders are laid over earlier ones, id by id."""

    def __init__(self, folders: list[Path], language: str) -> None:
        self.faults: list[Fault] = []
        self.exercises: dict[str, Exercise] = {}
        self.routines: dict[str, Routine] = {}
        self.evidence: dict[str, Evidence] = {}
        self._files: dict[str, Path] = {}
        self._language = language
        for folder in folders:
            self._read_exercises(folder / "exercises")
            self._read_routines(folder / "routines")
            self._read_evidence(folder / "evidence.toml")
        self._check_aliases()
        self._check_evidence()
        for routine in self.routines.values():
            self._check_routine(routine)

    def _read_exercises(self, folder: Path) -> None:
        for place in sorted(path for path in folder.glob("*") if path.is_dir()):
            file = place / "exercise.toml"
            texts_file = place / f"{self._language}.toml"
            facts = self._read(file, ExerciseFacts)
            texts = self._read(texts_file, ExerciseTexts)
            if facts and facts.id != place.name:
                self._fault(file, "id", f"must be the folder's name, {place.name}")
            if facts and texts:
                if facts.laterality != "bilateral" and texts.side_names is None:
                    self._fault(texts_file, "side_names", "missing: the exercise has two sides")
                self.exercises[facts.id] = Exercise(facts, texts)
                self._files[facts.id] = texts_file

    def _read_routines(self, folder: Path) -> None:
        for file in sorted(folder.glob("*.toml")):
            routine = self._read(file, Routine)
            if routine and routine.id != file.stem:
                self._fault(file, "id", f"must be the file's name, {file.stem}")
            if routine:
                self.routines[routine.id] = routine
                self._files[f"routine {routine.id}"] = file

    def _read_evidence(self, file: Path) -> None:
        if file.is_file() and (read := self._read(file, EvidenceFile)):
            self.evidence |= read.root

    def _read(self, file: Path, model: type[M]) -> M | None:
        try:
            return model.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
        except FileNotFoundError:
            self._fault(file, "", "is missing")
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            self._fault(file, "", f"is not TOML: {error}")
        except OSError as error:
            self._fault(file, "", f"can't be read: {error.strerror}")
        except ValidationError as error:
            for wrong in error.errors():
                field = ".".join(str(part) for part in wrong["loc"]) or "file"
                self._fault(file, field, str(wrong["msg"]).removeprefix("Value error, "))
        return None

    def _check_aliases(self) -> None:
        """A name leads to one exercise; the one that came first keeps it."""
        owners: dict[str, str] = {}
        for exercise in self.exercises.values():
            for name in (exercise.texts.name, *exercise.texts.aliases):
                owner = owners.setdefault(fold(name), exercise.id)
                if owner != exercise.id:
                    file = self._files[exercise.id]
                    self._fault(file, "aliases", f"“{name}” is taken by {owner}")

    def _check_evidence(self) -> None:
        for exercise in self.exercises.values():
            for name in exercise.facts.evidence:
                if name not in self.evidence:
                    file = self._files[exercise.id].with_name("exercise.toml")
                    self._fault(file, "evidence", f"there is no {name} in evidence.toml")

    def _check_routine(self, routine: Routine) -> None:
        file = self._files[f"routine {routine.id}"]
        for number, block in enumerate(routine.blocks):
            field = f"blocks.{number}"
            if block.swap is not None and block.swap not in self.exercises:
                self._fault(file, f"{field}.swap", f"there is no exercise {block.swap}")
            exercise = self.exercises.get(block.exercise)
            if exercise is None:
                self._fault(file, f"{field}.exercise", f"there is no exercise {block.exercise}")
                continue
            if block.form != BASE and block.form not in exercise.texts.forms:
                self._fault(file, f"{field}.form", f"{block.exercise} has no form {block.form}")
            if block.halves and exercise.texts.side_names is None:
                self._fault(file, f"{field}.halves", f"{block.exercise} has no side_names")

    def _fault(self, file: Path, field: str, what: str) -> None:
        self.faults.append(Fault(file, field, what))


def shipped() -> Path:
    """The content that comes with the coach: inside the wheel, or beside bot/ in a checkout."""
    package = Path(__file__).parents[1]
    inside = package / "data"
    return inside if inside.is_dir() else package.parent / "data"


def locale_files(folders: list[Path], language: str) -> Iterator[Path]:
    """The sentences of this language, in the order in which they are laid over one another."""
    for folder in folders:
        file = folder / "locales" / f"{language}.ftl"
        if file.is_file():
            yield file
