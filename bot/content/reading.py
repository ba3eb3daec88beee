"""Reads data/: every file against its model, and the files against one another."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from stat import S_ISDIR
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from bot.content import warning_signs
from bot.content.explaining import did_you_mean, explained, nearest, not_toml, toml
from bot.content.models import (
    BASE,
    Evidence,
    EvidenceFile,
    ExerciseFacts,
    ExerciseTexts,
    Routine,
    Topic,
    TopicsFile,
)
from bot.content.search import fold
from bot.content.warning_signs import WarningSignsFile
from bot.runtime.files import UnreadableError, is_there, parse_toml, read_file

M = TypeVar("M", bound=BaseModel)
FEW = 3
LARGEST_CLIP = 50_000_000  # bytes; Telegram takes no larger one
VERY_NEAR = 85  # out of 100; a folder such as exercises-old is left alone
PARTS = ("exercises", "routines", "locales", "evidence.toml", "topics.toml")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a content file, and where."""

    file: Path
    field: str
    what: str

    def __str__(self) -> str:
        said = ": ".join(filter(None, (str(self.file), self.field, self.what)))
        return said.encode(errors="backslashreplace").decode()  # a name may not be in UTF-8


@dataclass(frozen=True, slots=True)
class Clip:
    """A drawn animation; the digest of its bytes is what tells one from another."""

    file: Path
    digest: str


@dataclass(frozen=True, slots=True)
class Exercise:
    """One movement: what is true of it, what a coach says, and its clip if there is one."""

    facts: ExerciseFacts
    texts: ExerciseTexts
    clip: Clip | None = None

    @property
    def id(self) -> str:
        return self.facts.id


@dataclass(frozen=True, slots=True)
class Name:
    """Something that may lead to an exercise or routine, and the file that says so."""

    name: str
    owner: str
    file: Path


class Reading:
    """One pass over content folders; later folders are laid over earlier ones, file by file."""

    def __init__(self, folders: list[Path], language: str) -> None:
        self.faults: list[Fault] = []
        self.exercises: dict[str, Exercise] = {}
        self.routines: dict[str, Routine] = {}
        self.evidence: dict[str, Evidence] = {}
        self.topics: dict[str, Topic] = {}
        self.warning_signs: WarningSignsFile | None = None
        self._facts: dict[str, tuple[Path, ExerciseFacts | None]] = {}
        self._texts: dict[str, tuple[Path, ExerciseTexts | None]] = {}
        self._routine_files: dict[str, Path] = {}
        self._said: dict[Path, dict[str, Any]] = {}  # what files say, whatever is wrong with it
        self._folders = folders
        self._language = language
        for folder in folders:
            self._check_names_of_parts(folder)
            self._read_exercises(folder / "exercises")
            self._read_routines(folder / "routines")
            self._read_evidence(folder / "evidence.toml")
            self._read_topics(folder / "topics.toml")
            self._read_warning_signs(folder / "locales" / language / warning_signs.FILE)
        self._check_sides()
        self._check_aliases()
        self._check_evidence()
        self._check_routines()

    def _check_names_of_parts(self, folder: Path) -> None:
        """A misspelt folder is told, because nobody would read it."""
        self._entries(folder / "locales")  # told if it can't be read
        for entry in self._entries(folder, needed=True):
            near = nearest(entry.name, PARTS, VERY_NEAR)
            if near and entry.name not in PARTS and entry.suffix == Path(near).suffix:
                self._fault(entry, "", f"is not read; did you mean {near}?")

    def _read_exercises(self, folder: Path) -> None:
        for place in filter(self._is_folder, self._entries(folder)):
            key = place.name
            facts = self._over(self._facts, place / "exercise.toml", ExerciseFacts)
            texts = self._over(self._texts, place / f"{self._language}.toml", ExerciseTexts)
            if facts and facts.id != key and self._facts[key][0].parent == place:
                self._fault(place / "exercise.toml", "id", f'must be the folder\'s name: "{key}"')
            if facts and texts:
                before = self.exercises.get(key)
                clip = self._clip(place / "clip.mp4") or (before.clip if before else None)
                self.exercises[key] = Exercise(facts.model_copy(update={"id": key}), texts, clip)

    def _over(self, read: dict[str, tuple[Path, M | None]], file: Path, model: type[M]) -> M | None:
        """What this file says; where there is none, what an earlier folder's says."""
        key = file.parent.name
        found = self._read(file, model, needed=key not in read)
        if found or key not in read:
            read[key] = (file, found)
        return read[key][1]

    def _read_routines(self, folder: Path) -> None:
        for file in (entry for entry in self._entries(folder) if entry.suffix == ".toml"):
            routine = self._read(file, Routine)
            if routine and routine.id != file.stem:
                self._fault(file, "id", f'must be the file\'s name: "{file.stem}"')
            if routine:
                self.routines[file.stem] = routine.model_copy(update={"id": file.stem})
                self._routine_files[file.stem] = file

    def _read_evidence(self, file: Path) -> None:
        if read := self._read(file, EvidenceFile, needed=False):
            self.evidence |= read.root

    def _read_topics(self, file: Path) -> None:
        if read := self._read(file, TopicsFile, needed=False):
            self.topics |= read.root

    def _read_warning_signs(self, file: Path) -> None:
        """Read the words for warning signs; a later folder's replace an earlier one's."""
        if read := self._read(file, WarningSignsFile, needed=False):
            self.warning_signs = read
            for field, what in warning_signs.faults(read):
                self._fault(file, field, what)

    def _read(self, file: Path, model: type[M], *, needed: bool = True) -> M | None:
        try:
            text = read_file(file)
        except FileNotFoundError:
            if needed:
                self._fault(file, "", "is missing; another exercise's shows what is in it")
            return None
        except UnreadableError as error:
            self._fault(file, "", str(error))
            return None
        try:
            self._said[file] = parse_toml(text)
            return model.model_validate(self._said[file])
        except ValidationError as error:  # which is a ValueError, too
            for field, what in explained(model, error):
                self._fault(file, field, what)
        except ValueError as error:
            self._fault(file, "", not_toml(error, text))
        return None

    def _clip(self, file: Path) -> Clip | None:
        try:
            return Clip(file, sha256(read_file(file, LARGEST_CLIP)).hexdigest())
        except FileNotFoundError:
            return None
        except UnreadableError as error:
            self._fault(file, "", str(error))
            return None

    def _entries(self, folder: Path, *, needed: bool = False) -> list[Path]:
        """What lies in the folder, but for hidden files, such as those of an open editor."""
        try:
            return sorted(it for it in folder.iterdir() if not it.name.startswith("."))
        except OSError as error:
            if needed or is_there(folder):
                self._fault(folder, "", f"can't be read: {error.strerror}")
            return []

    def _is_folder(self, entry: Path) -> bool:
        try:
            return S_ISDIR(entry.stat().st_mode)
        except FileNotFoundError:
            self._fault(entry, "", "is a link that leads nowhere")
            return False
        except OSError as error:
            self._fault(entry, "", f"can't be read: {error.strerror}")
            return False

    def _check_sides(self) -> None:
        for key, exercise in self.exercises.items():
            if exercise.facts.laterality != "bilateral" and exercise.texts.side_names is None:
                example = toml(ExerciseTexts.model_fields["side_names"].examples)[1:-1]
                what = f"is missing: the exercise has two sides, such as side_names = {example}"
                self._fault(self._texts[key][0], "side_names", what)

    def _check_aliases(self) -> None:
        """A name leads to one exercise, or to one routine; the one that came first keeps it.

        What lies in a later folder came later, so that a host is told of the host's own file.
        """
        self._check_unique(
            Name(name, key, self._texts[key][0])
            for key, exercise in self.exercises.items()
            for name in (key, exercise.texts.name, *exercise.texts.aliases)
        )
        self._check_unique(
            Name(name, key, self._routine_files[key])
            for key, routine in self.routines.items()
            for texts in (routine.texts.get(self._language, routine.texts["en"]),)
            for name in (key, texts.name, *texts.aliases)
        )

    def _check_unique(self, names: Iterator[Name]) -> None:
        owners: dict[str, Name] = {}
        taken: dict[tuple[Path, str, Path], list[str]] = {}
        for it in sorted(names, key=lambda it: self._layer(it.file)):
            first = owners.setdefault(fold(it.name), it)
            if first.owner != it.owner:
                taken.setdefault((it.file, first.owner, first.file), []).append(f"“{it.name}”")
        for (file, owner, other), them in taken.items():
            more = f" (and {len(them) - FEW} more)" if len(them) > FEW else ""
            what = f"{', '.join(them[:FEW])}{more}: taken by {owner} in {other}"
            self._fault(file, "aliases", what)

    def _layer(self, file: Path) -> int:
        return max(n for n, folder in enumerate(self._folders) if file.is_relative_to(folder))

    def _check_evidence(self) -> None:
        """Also of exercises that something else is wrong with."""
        there = {name for file in self._said_of("evidence.toml") for name in self._said[file]}
        for file in self._said_of("exercise.toml"):
            for name in _texts(self._said[file].get("evidence")):
                if name not in there:
                    what = f"there is no {name} in evidence.toml{did_you_mean(name, there)}"
                    self._fault(file, "evidence", what)

    def _check_routines(self) -> None:
        """Also those that something else is wrong with."""
        for file, said in self._said.items():
            blocks = said.get("blocks")
            if file.parent.name == "routines" and isinstance(blocks, list):
                for number, block in enumerate(blocks):
                    if isinstance(block, dict):
                        self._check_block(file, f"blocks.{number}", block)

    def _check_block(self, file: Path, field: str, block: dict[str, Any]) -> None:
        """What it names is there; whether it says all that a block must say is the model's."""
        for place in ("exercise", "swap"):
            for key in _texts(block.get(place)):
                if key not in self._facts:
                    what = f"there is no exercise {key}{did_you_mean(key, self._facts)}"
                    self._fault(file, f"{field}.{place}", what)
        for exercise in filter(None, map(self.exercises.get, _texts(block.get("exercise")))):
            forms = (BASE, *exercise.texts.forms)
            for form in _texts(block.get("form")):
                if form not in forms:
                    what = f"{exercise.id} has no form {form}, only {', '.join(forms)}"
                    self._fault(file, f"{field}.form", what)
            two_sided = exercise.facts.laterality != "bilateral"  # told at the exercise
            if block.get("halves") is True and exercise.texts.side_names is None and not two_sided:
                what = f"{exercise.id} has no side_names: take halves and switch out"
                self._fault(file, f"{field}.halves", what)

    def _said_of(self, name: str) -> list[Path]:
        return [file for file in self._said if file.name == name]

    def _fault(self, file: Path, field: str, what: str) -> None:
        self.faults.append(Fault(file, field, what))


def _texts(said: object) -> list[str]:
    """The texts in a value as a file has it, which may be of any kind."""
    listed = said if isinstance(said, list) else [said]
    return [text.strip() for text in listed if isinstance(text, str)]


def shipped() -> Path:
    """The content that comes with the coach: inside the wheel, or beside bot/ in a checkout."""
    package = Path(__file__).parents[1]
    inside = package / "data"
    return inside if inside.is_dir() else package.parent / "data"


def locale_files(folders: list[Path], language: str) -> Iterator[Path]:
    """The sentences of this language, in the order in which they are laid over one another."""
    for folder in folders:
        file = folder / "locales" / f"{language}.ftl"
        if is_there(file):
            yield file
