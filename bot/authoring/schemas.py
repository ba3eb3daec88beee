"""JSON Schemas of the models, with which editors complete and check content files."""

import json
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from bot.content.calendar_words import CalendarWordsFile
from bot.content.conditions import ConditionsFile
from bot.content.emergency_numbers import EmergencyNumbersFile
from bot.content.exercise_models import ExerciseFacts, ExerciseTexts
from bot.content.intents import IntentsFile
from bot.content.pain_words import PainWordsFile
from bot.content.purposes import PurposesFile, PurposeTextsFile
from bot.content.region_rules import RegionRules
from bot.content.routine_models import Routine
from bot.content.routine_words import RoutineWordsFile
from bot.content.search import SearchFile
from bot.content.topic_models import EvidenceFile, TopicsFile
from bot.content.warning_signs import WarningSignsFile
from bot.figures.pose import Pose


@dataclass(frozen=True, slots=True)
class ContentKind:
    """A kind of content file: name of the schema, model, and glob pattern of the files."""

    name: str
    model: type[BaseModel]
    files: str


# A new kind needs a line here and a rule in .taplo.toml.
KINDS = (
    ContentKind("exercise", ExerciseFacts, "exercises/*/exercise.toml"),
    ContentKind("texts", ExerciseTexts, "exercises/*/en.toml"),
    ContentKind("pose", Pose, "*/*/pose*.toml"),
    ContentKind("routine", Routine, "routines/*.toml"),
    ContentKind("evidence", EvidenceFile, "evidence.toml"),
    ContentKind("topics", TopicsFile, "topics.toml"),
    ContentKind("purposes", PurposesFile, "purposes.toml"),
    ContentKind("purpose-words", PurposeTextsFile, "locales/*/purpose-words.toml"),
    ContentKind("conditions", ConditionsFile, "conditions.toml"),
    ContentKind("calendar-words", CalendarWordsFile, "calendar-words.toml"),
    ContentKind("regions", RegionRules, "regions.toml"),
    ContentKind("emergency-numbers", EmergencyNumbersFile, "emergency-numbers.toml"),
    ContentKind("warning-signs", WarningSignsFile, "locales/*/warning-signs.toml"),
    ContentKind("intents", IntentsFile, "locales/*/intents.toml"),
    ContentKind("search", SearchFile, "locales/*/search.toml"),
    ContentKind("routine-words", RoutineWordsFile, "locales/*/routine-words.toml"),
    ContentKind("pain-words", PainWordsFile, "locales/*/pain-words.toml"),
)


def schema(kind: ContentKind) -> str:
    """Return the text of the schema file."""
    fields = kind.model.model_json_schema(by_alias=True)
    return json.dumps({"$schema": GenerateJsonSchema.schema_dialect, **fields}, indent=2) + "\n"


def write_schemas(folder: Path) -> list[Path]:
    """Write all schemas; return their paths. Raise OSError if the folder can't be written to."""
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / f"{kind.name}.json" for kind in KINDS]
    for kind, file in zip(KINDS, files, strict=True):
        file.write_text(schema(kind), encoding="utf-8")
    return files
