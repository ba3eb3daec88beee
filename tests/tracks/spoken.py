"""The shipped voice, what its keys say, and sessions to speak of."""

from collections.abc import Iterator

from bot.content.reading import shipped
from bot.domain.kit import Band, Kit, KitKind, Level
from bot.domain.session import Step
from bot.tracks import Script, read_voice
from bot.tracks.repertoire import repertoire
from tests.shipped import CATALOGUE, TEXTS

VOICE = read_voice([shipped()], "en")
SAYS = repertoire(CATALOGUE, TEXTS)
MINI = Kit((Band(KitKind.MINI_BAND, Level.LIGHT, "green"),))
EVERYTHING = Kit(
    (
        *MINI.bands,
        Band(KitKind.LONG_LOOP, Level.MEDIUM),
        Band(KitKind.LONG_BAND, Level.LIGHT, "sunset"),
        Band(KitKind.DOOR_ANCHOR, Level.NONE),
    )
)
KITS = {"unknown": None, "none": Kit(()), "mini": MINI, "all": EVERYTHING}


def sessions() -> Iterator[tuple[str, tuple[Step, ...]]]:
    """Every shipped routine with every kit."""
    for routine in CATALOGUE.routines.values():
        for name, kit in KITS.items():
            yield f"{routine.id} {name}", CATALOGUE.steps(routine, 5, kit)


def session(routine: str, kit: Kit | None = None) -> tuple[Step, ...]:
    return CATALOGUE.steps(CATALOGUE.routine(routine), 5, kit)


def said(script: Script) -> list[tuple[float, str]]:
    """What is said when: seconds, and the words; of a signal, its key."""
    return [(moment.at / 1000, SAYS.get(moment.key, moment.key)) for moment in script.moments]
