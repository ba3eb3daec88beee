"""Export of the exercises as JSON in the form of free-exercise-db, with additional fields.

The required fields keep their names, so that a program that reads free-exercise-db can read the
export, too.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bot.content import Catalogue, Exercise
from bot.content.models import Muscle
from bot.runtime.files import is_there, parse_toml, read_file

# Anatomical name -> the nearest of the 17 words of free-exercise-db; None: all would mislead.
PLAIN: Mapping[Muscle, str | None] = {
    "gluteus maximus": "glutes",
    "gluteus medius": "abductors",
    "gluteus minimus": "abductors",
    "tensor fasciae latae": "abductors",
    "deep hip external rotators": "glutes",
    "piriformis": "glutes",
    "iliopsoas": "quadriceps",
    "sartorius": "quadriceps",
    "rectus femoris": "quadriceps",
    "vasti": "quadriceps",
    "biceps femoris": "hamstrings",
    "semitendinosus": "hamstrings",
    "semimembranosus": "hamstrings",
    "adductor longus": "adductors",
    "adductor brevis": "adductors",
    "adductor magnus": "adductors",
    "gracilis": "adductors",
    "pectineus": "adductors",
    "gastrocnemius": "calves",
    "soleus": "calves",
    "tibialis anterior": None,
    "tibialis posterior": None,
    "fibularis longus": None,
    "fibularis brevis": None,
    "extensor digitorum longus": None,
    "extensor hallucis longus": None,
    "flexor digitorum longus": "calves",
    "flexor hallucis longus": "calves",
    "foot stabilisers": None,
    "rectus abdominis": "abdominals",
    "transversus abdominis": "abdominals",
    "external oblique": "abdominals",
    "internal oblique": "abdominals",
    "erector spinae": "lower back",
    "multifidus": "lower back",
    "rotatores": "lower back",
    "quadratus lumborum": "lower back",
    "rhomboids": "middle back",
    "upper trapezius": "traps",
    "middle trapezius": "middle back",
    "lower trapezius": "traps",
    "latissimus dorsi": "lats",
    "anterior deltoid": "shoulders",
    "middle deltoid": "shoulders",
    "posterior deltoid": "shoulders",
    "infraspinatus": "shoulders",
    "teres minor": "shoulders",
    "serratus anterior": "chest",
    "rotator cuff": "shoulders",
    "biceps brachii": "biceps",
    "brachialis": "biceps",
    "forearm flexors": "forearms",
}


def write_export(catalogue: Catalogue, folders: list[Path], file: Path) -> None:
    """Write all exercises as a JSON list. Raise OSError if the file can't be written."""
    records = [
        record(exercise, _loop_seconds(exercise.id, folders))
        for exercise in catalogue.exercises.values()
    ]
    file.write_text(json.dumps(records, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def record(exercise: Exercise, loop_seconds: float | None) -> dict[str, Any]:
    """Return the fields of an exercise; `loop_seconds` is the length of its drawn animation."""
    facts, texts = exercise.facts, exercise.texts
    primary = _plain(facts.muscles.primary)
    return {
        "id": exercise.id,
        "name": texts.name,
        "force": facts.force,
        "level": facts.level,
        "mechanic": facts.mechanic,
        "equipment": "bands" if facts.bands else "body only",
        "primaryMuscles": primary,
        "secondaryMuscles": [
            muscle for muscle in _plain(facts.muscles.secondary) if muscle not in primary
        ],
        "instructions": [*texts.set_up, *texts.movement, *texts.way_back],
        "category": facts.category,
        "images": [],
        **_additions(exercise),
        "loopSeconds": loop_seconds,
    }


def _additions(exercise: Exercise) -> dict[str, Any]:
    """Return the fields that free-exercise-db does not have."""
    facts, texts, dose = exercise.facts, exercise.texts, exercise.facts.dose
    return {
        "aliases": texts.aliases,
        "laterality": facts.laterality,
        "measurementType": facts.measurement_type,
        "family": facts.family,
        "bandType": facts.bands,
        "bandPlacement": facts.band_place,
        "anchor": facts.anchor,
        "miniBandOnly": "mini-band" in facts.bands and not facts.anchor,
        "muscles": facts.muscles.model_dump(),
        "start": texts.set_up,
        "move": texts.movement,
        "return": texts.way_back,
        "cues": texts.cues,
        "mistakes": texts.mistakes,
        "why": texts.why,
        "easier": [adjustment.text for adjustment in texts.easier],
        "harder": [adjustment.text for adjustment in texts.harder],
        "class": facts.exercise_class,
        "tempo": facts.tempo,
        "dose": {
            "sets": dose.sets,
            "range": dose.range,
            "unit": dose.unit,
            "rest": dose.rest_seconds,
        },
        "cautions": texts.safety,
        "datasetRefs": {
            "fed": facts.dataset_refs.free_exercise_db,
            "wger": facts.dataset_refs.wger,
        },
    }


def _plain(muscles: Iterable[Muscle]) -> list[str]:
    return list(dict.fromkeys(word for muscle in muscles if (word := PLAIN[muscle])))


def _loop_seconds(key: str, folders: list[Path]) -> float | None:
    """Return the length of the loop in the pose file that the animation is drawn from."""
    for folder in reversed(folders):
        file = folder / "exercises" / key / "pose.toml"
        if is_there(file):
            loop = parse_toml(read_file(file)).get("loop")
            return loop if isinstance(loop, float | int) else None
    return None
