"""Reading and checking of data/: each file against its model, and the files against each other."""

import dataclasses
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from stat import S_ISDIR
from typing import Any, TypeVar, cast

from pydantic import BaseModel, ValidationError

from bot.content import (
    calendar_words,
    conditions,
    intents,
    pain_words,
    purposes,
    region_rules,
    routine_words,
    search,
    warning_signs,
)
from bot.content.calendar_words import CalendarWordsFile
from bot.content.conditions import ConditionsFile
from bot.content.exercise_models import Adjustment, ExerciseFacts, ExerciseTexts
from bot.content.explaining import did_you_mean, explained, nearest, not_toml, toml
from bot.content.intents import IntentsFile
from bot.content.models import BASE
from bot.content.pain_words import PainWordsFile
from bot.content.purposes import PurposesFile, PurposeTexts, PurposeTextsFile, SessionPurpose
from bot.content.region_rules import RegionRules
from bot.content.routine_models import Block, Routine
from bot.content.routine_words import RoutineWordsFile
from bot.content.search import SearchFile, SearchWords
from bot.content.texts import ENGLISH
from bot.content.topic_models import Evidence, EvidenceFile, Topic, TopicsFile
from bot.content.warning_signs import WarningSignsFile
from bot.domain.frozen import frozen
from bot.runtime.files import UnreadableError, is_there, parse_toml, read_file

M = TypeVar("M", bound=BaseModel)
_Faults = Callable[[Any], Iterable[tuple[str, str]]]  # of a file: fields, and what is wrong
FEW = 3  # names that a fault lists
LARGEST_CLIP = 50_000_000  # bytes; Telegram takes no larger one
CLIP = "clip"  # the stem of a clip's file; a form's is clip-<form>
MIRRORED = "-mirrored"  # ends the stem of the clip for the second of the side names
VERY_NEAR = 85  # similarity out of 100; that of exercises-old is less
PARTS = (
    "exercises",
    "routines",
    "warm-ups",
    "locales",
    "evidence.toml",
    "topics.toml",
    calendar_words.FILE,
    conditions.FILE,
    purposes.FILE,
    region_rules.FILE,
)
OTHERS = (  # next to the parts: read elsewhere, or by people
    "card",
    "emergency-numbers.toml",
    "places.tsv",
    "schemas",
    "voice",
    "words-copyright.txt",
    "words.txt",
)
IN_MINUTES = re.compile(r"(\d+) min(?:utes?)?", re.IGNORECASE)


@frozen
class Fault:
    """A fault in a content file: where it is, and what is wrong."""

    file: Path
    field: str
    what: str

    def __str__(self) -> str:
        text = ": ".join(filter(None, (str(self.file), self.field, self.what)))
        return text.encode(errors="backslashreplace").decode()  # a name may not be in UTF-8


@frozen
class Clip:
    """An animation of an exercise, identified by the SHA-256 digest of its file.

    `drawn`: it was drawn from a pose file, so the working muscles are tinted.
    """

    file: Path
    digest: str
    drawn: bool = False


@frozen
class Exercise:
    """An exercise: its facts, texts in one language, and clips by the stem of their file."""

    facts: ExerciseFacts
    texts: ExerciseTexts
    clips: Mapping[str, Clip] = dataclasses.field(default_factory=dict)

    @property
    def id(self) -> str:
        return self.facts.id

    def clip(self, form: str = BASE, side: str | None = None) -> Clip | None:
        """Return the clip of a form and a side, or the nearest one; None: there is none.

        For a form without its own clip this is the exercise's clip, and for the second side the
        mirrored one if there is one.
        """
        stem = f"{CLIP}-{form}" if f"{CLIP}-{form}" in self.clips else CLIP
        if self.texts.side_names and side == self.texts.side_names[1]:
            return self.clips.get(f"{stem}{MIRRORED}") or self.clips.get(stem)
        return self.clips.get(stem)

    def has(self, form: str) -> bool:
        """Return whether the exercise can be done in this form."""
        return form == BASE or form in self.texts.forms

    def has_sides(self, form: str) -> bool:
        """Return whether its two halves have names: of both legs at once, only other forms do."""
        return self.facts.laterality != "bilateral" or form != BASE


@frozen
class Name:
    """A name by which an exercise or routine is found, its id, and the file that has the name."""

    name: str
    owner: str
    file: Path


class Reading:
    """The content of some folders and its faults; a file in a later folder replaces an earlier one.

    A fault does not end the reading: the other files are read and checked.
    """

    def __init__(self, folders: list[Path], language: str) -> None:
        self.faults: list[Fault] = []
        self.exercises: dict[str, Exercise] = {}
        self.routines: dict[str, Routine] = {}
        self.warm_up_clips: dict[str, Clip] = {}
        self.evidence: dict[str, Evidence] = {}
        self.topics: dict[str, Topic] = {}
        self.purposes: dict[str, SessionPurpose] = {}
        self.purpose_texts: dict[str, PurposeTexts] = {}
        # The valid files that replace those of earlier folders, by their models.
        self._latest: dict[type[BaseModel], tuple[Path, BaseModel]] = {}
        self.search_file = SearchFile()
        self.spelt: Path | None = None  # the file with words that are spelt right
        self._facts: dict[str, tuple[Path, ExerciseFacts | None]] = {}
        self._texts: dict[str, tuple[Path, ExerciseTexts | None]] = {}
        self._routine_files: dict[str, Path] = {}
        self._parsed: dict[Path, dict[str, Any]] = {}  # TOML files, whether valid or not
        self._folders = folders
        self._language = language
        for folder in folders:
            self._check_names_of_parts(folder)
            self._read_exercises(folder / "exercises")
            self._read_routines(folder / "routines")
            self._read_warm_up_clips(folder / "warm-ups")
            self._read_entries(folder)
            self._read_search(folder / "locales" / language)
            self._read_whole_files(folder)
        self._check_sides()
        self._check_adjustments()
        self._check_demands()
        self._check_aliases()
        self._check_evidence()
        self._check_routines()
        self._check_purposes()

    def _check_names_of_parts(self, folder: Path) -> None:
        """Add a fault for each entry with a misspelt name, which otherwise would be ignored."""
        self._entries(folder / "locales")  # adds a fault if the folder cannot be read
        for entry in self._entries(folder, needed=True):
            if entry.name not in (*PARTS, *OTHERS):
                near = nearest(entry.name, PARTS, VERY_NEAR)
                if near and entry.suffix == Path(near).suffix:
                    self._fault(entry, "", f"is not read; did you mean {near}?")

    def _read_exercises(self, folder: Path) -> None:
        for inner in filter(self._is_folder, self._entries(folder)):
            key = inner.name
            facts = self._read_over(self._facts, inner / "exercise.toml", ExerciseFacts)
            texts = self._read_over(self._texts, self._texts_file(inner), ExerciseTexts)
            if facts and facts.id != key and self._facts[key][0].parent == inner:
                self._fault(inner / "exercise.toml", "id", f'must be the folder\'s name: "{key}"')
            if facts and texts:
                before = self.exercises.get(key)
                clips = self._clips(inner, before.clips if before else {})
                self.exercises[key] = Exercise(facts.model_copy(update={"id": key}), texts, clips)

    def _texts_file(self, folder: Path) -> Path:
        """Return the file with an exercise's texts in the language, or in English."""
        file = folder / f"{self._language}.toml"
        return file if is_there(file) else folder / f"{ENGLISH}.toml"

    def _read_over(
        self, earlier: dict[str, tuple[Path, M | None]], file: Path, model: type[M]
    ) -> M | None:
        """Read the file; if it is missing or invalid, return what an earlier folder has."""
        key = file.parent.name
        value = self._read(file, model, needed=key not in earlier)
        if value or key not in earlier:
            earlier[key] = (file, value)
        return earlier[key][1]

    def _read_routines(self, folder: Path) -> None:
        for file in (entry for entry in self._entries(folder) if entry.suffix == ".toml"):
            routine = self._read(file, Routine)
            if routine and routine.id != file.stem:
                self._fault(file, "id", f'must be the file\'s name: "{file.stem}"')
            if routine:
                self.routines[file.stem] = routine.model_copy(update={"id": file.stem})
                self._routine_files[file.stem] = file

    def _read_entries(self, folder: Path) -> None:
        """Read the files whose entries are added to those of an earlier folder."""
        if sources := self._read(folder / "evidence.toml", EvidenceFile, needed=False):
            self.evidence |= sources.root
        if topics := self._read(folder / "topics.toml", TopicsFile, needed=False):
            self.topics |= topics.root
        if read := self._read(folder / purposes.FILE, PurposesFile, needed=False):
            self.purposes |= read.root
        for language in dict.fromkeys(("en", self._language)):  # English where there are no others
            file = folder / "locales" / language / purposes.WORDS_FILE
            if texts := self._read(file, PurposeTextsFile, needed=False):
                self.purpose_texts |= texts.root

    def _read_whole_files(self, folder: Path) -> None:
        """Read the files that replace those of an earlier folder, and check what no model does."""
        words = folder / "locales" / self._language

        def pain_faults(file: PainWordsFile) -> Iterator[tuple[str, str]]:
            return pain_words.faults(file, self.latest(WarningSignsFile))

        def intent_faults(file: IntentsFile) -> Iterable[tuple[str, str]]:
            return intents.faults(file, purposes.words(self.purpose_texts))

        whole: tuple[tuple[Path, type[BaseModel], _Faults], ...] = (
            (folder / region_rules.FILE, RegionRules, region_rules.faults),
            (folder / conditions.FILE, ConditionsFile, conditions.faults),
            (folder / calendar_words.FILE, CalendarWordsFile, calendar_words.faults),
            (words / warning_signs.FILE, WarningSignsFile, warning_signs.faults),
            (words / pain_words.FILE, PainWordsFile, pain_faults),
            (words / intents.FILE, IntentsFile, intent_faults),
            (words / routine_words.FILE, RoutineWordsFile, routine_words.faults),
        )
        for file, model, faults in whole:
            if read := self._read(file, model, needed=False):
                self._latest[model] = (file, read)
                for field, what in faults(read):
                    self._fault(file, field, what)

    def latest(self, model: type[M]) -> M | None:
        """Return the valid file of this model from the latest folder that has one."""
        return cast("tuple[Path, M | None]", self._latest.get(model, (None, None)))[1]

    def ambiguous_phrases(self) -> Iterator[Fault]:
        """Yield a fault for each phrase with two meanings; this takes a third of a second."""
        if IntentsFile in self._latest:
            file, read = self._latest[IntentsFile]
            assert isinstance(read, IntentsFile)
            words = purposes.words(self.purpose_texts)
            for field, what in intents.ambiguous(read, words):
                yield Fault(file, field, what)

    def _read_search(self, folder: Path) -> None:
        """Read the words for the search, and find those that are spelt right."""
        if read := self._read(folder / search.FILE, SearchFile, needed=False):
            self.search_file = read
        if is_there(folder / "words.txt"):
            self.spelt = folder / "words.txt"

    def _read(self, file: Path, model: type[M], *, needed: bool = True) -> M | None:
        """Read and validate a file; None, with a fault, if it is invalid or needed and missing."""
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
            self._parsed[file] = parse_toml(text)
            return model.model_validate(self._parsed[file])
        except ValidationError as error:  # a subclass of ValueError
            for field, what in explained(model, error):
                self._fault(file, field, what)
        except ValueError as error:
            self._fault(file, "", not_toml(error, text))
        return None

    def _clips(self, folder: Path, earlier: Mapping[str, Clip]) -> dict[str, Clip]:
        """Return the clips of a folder merged with those of an earlier one.

        If a folder has a form's clip, the earlier folder's mirrored clip is dropped, too.
        """
        read = {file.stem: self._clip(file) for file in sorted(folder.glob(f"{CLIP}*.mp4"))}
        own = {stem: clip for stem, clip in read.items() if clip}
        kept = {
            stem: clip for stem, clip in earlier.items() if stem.removesuffix(MIRRORED) not in own
        }
        return kept | own

    def _read_warm_up_clips(self, folder: Path) -> None:
        """Read the clip of each warm-up that has a folder; the others are only described."""
        for inner in filter(self._is_folder, self._entries(folder)):
            if clip := self._clip(inner / f"{CLIP}.mp4"):
                self.warm_up_clips[inner.name] = clip

    def _clip(self, file: Path) -> Clip | None:
        try:
            content = read_file(file, LARGEST_CLIP)
            stem = file.stem.removesuffix(MIRRORED).replace(CLIP, "pose", 1)
            drawn = is_there(file.with_name(f"{stem}.toml"))
            return Clip(file, sha256(content).hexdigest(), drawn)
        except FileNotFoundError:
            return None
        except UnreadableError as error:
            self._fault(file, "", str(error))
            return None

    def _entries(self, folder: Path, *, needed: bool = False) -> list[Path]:
        """Return the folder's entries without hidden files, such as the swap files of an editor."""
        try:
            return sorted(entry for entry in folder.iterdir() if entry.name[:1] != ".")
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

    def _check_adjustments(self) -> None:
        """Check that each way to make an exercise easier or harder can apply."""
        for key, exercise in self.exercises.items():
            texts = exercise.texts
            for name, listed in (("easier", texts.easier), ("harder", texts.harder)):
                for number, adjustment in enumerate(listed):
                    for field, what in _adjustment_faults(exercise, adjustment):
                        self._fault(self._texts[key][0], f"{name}.{number}.{field}", what)
            for form in exercise.facts.form_evidence.keys() - {BASE, *texts.forms}:
                what = f"{key} has no form {form}{did_you_mean(form, texts.forms)}"
                self._fault(self._facts[key][0], f"form_evidence.{form}", what)

    def _check_demands(self) -> None:
        """Check that an exercise says for exactly its forms what they ask of the body."""
        for key, exercise in self.exercises.items():
            forms, demands = exercise.texts.forms, exercise.facts.demands.forms
            for form in forms.keys() - demands.keys():
                what = 'is missing: say what this form asks, such as posture = "sitting"'
                self._fault(self._facts[key][0], f"demands.forms.{form}", what)
            for form in demands.keys() - forms.keys():
                what = f"{key} has no form {form}{did_you_mean(form, forms)}"
                self._fault(self._facts[key][0], f"demands.forms.{form}", what)

    def _check_aliases(self) -> None:
        """Check that a name belongs to one exercise and to one routine at most.

        The fault is reported for the file in the later folder, because hosts can only change that.
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
        words = SearchWords(self.search_file)
        taken: dict[tuple[Path, str, Path], list[str]] = {}
        for name in sorted(names, key=lambda name: self._layer(name.file)):
            first = owners.setdefault(words.fold(name.name), name)
            if first.owner != name.owner:
                taken.setdefault((name.file, first.owner, first.file), []).append(f"“{name.name}”")
        for (file, owner, other), quoted in taken.items():
            more = f" (and {len(quoted) - FEW} more)" if len(quoted) > FEW else ""
            what = f"{', '.join(quoted[:FEW])}{more}: taken by {owner} in {other}"
            self._fault(file, "aliases", what)

    def _layer(self, file: Path) -> int:
        return max(n for n, folder in enumerate(self._folders) if file.is_relative_to(folder))

    def _check_evidence(self) -> None:
        """Check that each source that is named exists, even in an invalid exercise or topic."""
        sources = {name for file in self._named("evidence.toml") for name in self._parsed[file]}
        for file, field, name in (*self._evidence_of_exercises(), *self._evidence_of_topics()):
            if name not in sources:
                what = f"there is no {name} in evidence.toml{did_you_mean(name, sources)}"
                self._fault(file, field, what)

    def _evidence_of_exercises(self) -> Iterator[tuple[Path, str, str]]:
        """Yield the file, the field and each name of a source in it."""
        for file in self._named("exercise.toml"):
            for name in _texts(self._parsed[file].get("evidence")):
                yield file, "evidence", name
            of_forms = self._parsed[file].get("form_evidence")
            for form, names in of_forms.items() if isinstance(of_forms, dict) else ():
                for name in _texts(names):
                    yield file, f"form_evidence.{form}", name

    def _evidence_of_topics(self) -> Iterator[tuple[Path, str, str]]:
        """Yield the file, the field and each name of a source in it."""
        for file in self._named("topics.toml"):
            for key, topic in self._parsed[file].items():
                for name in _texts(topic.get("evidence")) if isinstance(topic, dict) else ():
                    yield file, f"{key}.evidence", name

    def _check_routines(self) -> None:
        """Check the references to routines and those in their blocks, even in invalid ones."""
        for file in self._named(conditions.FILE):
            for key in _texts(self._parsed[file].get("routines_from_16")):
                if key not in self.routines:
                    what = f"there is no routine {key}{did_you_mean(key, self.routines)}"
                    self._fault(file, "routines_from_16", what)
        for file, content in self._parsed.items():
            blocks = content.get("blocks")
            if file.parent.name == "routines" and isinstance(blocks, list):
                for number, block in enumerate(blocks):
                    if isinstance(block, dict):
                        self._check_block(file, f"blocks.{number}", block)
        for key, routine in self.routines.items():
            self._check_times(self._routine_files[key], routine)

    def _check_purposes(self) -> None:
        """Check that each purpose has exercises, and words that no other has."""
        if not self.purposes:
            return
        served = {one for exercise in self.exercises.values() for one in exercise.facts.purposes}
        for name, found in (
            (purposes.FILE, purposes.faults(self.purposes, self.purpose_texts, served)),
            (purposes.WORDS_FILE, purposes.word_faults(self.purposes, self.purpose_texts)),
        ):
            for file in self._named(name)[-1:]:
                for field, what in found:
                    self._fault(file, field, what)

    def _check_block(self, file: Path, field: str, block: dict[str, Any]) -> None:
        """Check that the exercises and the form of a block exist; the model checks the rest."""
        for name in ("exercise", "swap"):
            for key in _texts(block.get(name)):
                if key not in self._facts:
                    what = f"there is no exercise {key}{did_you_mean(key, self._facts)}"
                    self._fault(file, f"{field}.{name}", what)
        for exercise in filter(None, map(self.exercises.get, _texts(block.get("exercise")))):
            forms = (BASE, *exercise.texts.forms)
            for form in _texts(block.get("form")):
                if form not in forms:
                    what = f"{exercise.id} has no form {form}, only {', '.join(forms)}"
                    self._fault(file, f"{field}.form", what)
            two_sided = exercise.facts.laterality != "bilateral"  # then a fault of the exercise
            if block.get("halves") is True and exercise.texts.side_names is None and not two_sided:
                what = f"{exercise.id} has no side_names: take halves and switch out"
                self._fault(file, f"{field}.halves", what)

    def _check_times(self, file: Path, routine: Routine) -> None:
        """Check that the times of a routine agree with its exercises and its names."""
        for number, block in enumerate(routine.blocks):
            exercise = self.exercises.get(block.exercise)
            if exercise is not None:
                for field, what in block_faults(block, exercise):
                    self._fault(file, f"blocks.{number}.{field}", what)
        for language, texts in routine.texts.items():
            for name in texts.aliases:
                says = IN_MINUTES.fullmatch(name)
                if says and int(says[1]) != routine.minutes:
                    what = f"“{name}”: the blocks take {routine.minutes} minutes"
                    self._fault(file, f"texts.{language}.aliases", what)

    def _named(self, name: str) -> list[Path]:
        return [file for file in self._parsed if file.name == name]

    def _fault(self, file: Path, field: str, what: str) -> None:
        self.faults.append(Fault(file, field, what))


def _adjustment_faults(exercise: Exercise, adjustment: Adjustment) -> Iterator[tuple[str, str]]:
    """Yield fields with forms and bands that the exercise does not have, and explanations."""
    forms = (BASE, *exercise.texts.forms)
    for form in adjustment.forms:
        if form not in forms:
            yield "forms", f"{exercise.id} has no form {form}, only {', '.join(forms)}"
    bands = exercise.facts.bands
    for band in adjustment.bands:
        if band != "none" and band not in bands:
            yield "bands", f"{exercise.id} has no {band}, only {', '.join((*bands, 'none'))}"
    if adjustment.takes_band_off and not bands:
        yield "takes_band_off", f"{exercise.id} has no band to take off: take the line out"
    if adjustment.takes_band_off and "none" in adjustment.bands:
        yield "bands", "takes_band_off holds only where a band is worn: take none out"


def block_faults(block: Block, exercise: Exercise) -> Iterator[tuple[str, str]]:
    """Yield field and fault for times that do not agree with the exercise."""
    dose = exercise.facts.dose
    one_sided = exercise.has_sides(block.form) and exercise.facts.laterality != "alternating"
    between = block.rest + (block.switch + block.work if block.halves and one_sided else 0)
    low, high = dose.rest_seconds
    span = f"{low} s" if low == high else f"{low} to {high} s"
    if block.sets > 1 and between < low:
        whose = "two sets of the same side" if one_sided else "two sets"
        yield (
            "rest",
            f"{between} s between {whose}, but {exercise.id} rests {span}:"
            f" rest = {block.rest + low - between}",
        )
    form = exercise.texts.forms.get(block.form)
    held = ((form and form.unit) or dose.unit) == "seconds"
    if block.about and not held:
        yield "about", "is for what is held; the tempo says how many fit: take it out"
    each = sum(int(part) for part in exercise.facts.tempo.split("-"))
    if block.ramp and block.ramp.count * each > block.ramp.work:
        yield (
            "ramp",
            f"{block.ramp.count} repetitions of {each} s take more than {block.ramp.work} s:"
            f" work = {block.ramp.count * each}",
        )


def _texts(value: object) -> list[str]:
    """Return the texts in a value, which is a text, a list, or anything else."""
    listed = value if isinstance(value, list) else [value]
    return [text.strip() for text in listed if isinstance(text, str)]


def shipped() -> Path:
    """Return the folder of the content that is part of the program.

    In an installed wheel it is inside the package, in a checkout next to it.
    """
    package = Path(__file__).parents[1]
    inside = package / "data"
    return inside if inside.is_dir() else package.parent / "data"


@lru_cache
def _shipped(name: str, model: type[BaseModel]) -> BaseModel:
    return model.model_validate(parse_toml(read_file(shipped() / name)))


def shipped_file(name: str, model: type[M]) -> M:
    """Return a file of the shipped content, for content without a valid one."""
    return cast("M", _shipped(name, model))


def locale_files(folders: list[Path], language: str) -> Iterator[Path]:
    """Yield the files with the sentences of a language; a later file takes precedence.

    The first are the shipped English ones, for sentences that the language lacks.
    """
    if language != ENGLISH:
        yield shipped() / "locales" / f"{ENGLISH}.ftl"
    for folder in folders:
        file = folder / "locales" / f"{language}.ftl"
        if is_there(file):
            yield file
