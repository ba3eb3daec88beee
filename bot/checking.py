"""Everything that `check` looks at beyond the models: sentences, and what Telegram would refuse."""

from pathlib import Path

from bot.callbacks import Part
from bot.catalogue import Catalogue, Exercise, Fault, read_catalogue
from bot.catalogue.models import BASE
from bot.catalogue.reading import locale_files, shipped
from bot.texts import Texts, message_ids, plain
from bot.views import exercise as views

LONGEST_CAPTION = 1024
FIELDS = {
    Part.OVERVIEW: "in_short, cues, why",
    Part.HOW: "set_up, movement, way_back",
    Part.MISTAKES: "mistakes",
    Part.LEVELS: "easier, harder, forms",
    Part.MUSCLES: "muscles",
    Part.SAFETY: "safety",
    Part.WHY: "why, evidence",
}


def check_content(folders: list[Path], language: str) -> list[Fault]:
    """All that is wrong in these content folders."""
    catalogue, faults = read_catalogue(folders, language)
    files = list(locale_files(folders, language))
    faults += _check_sentences(files, language)
    if faults:
        return faults
    texts = Texts(language, files)
    for exercise in catalogue.exercises.values():
        folder = next(f for f in reversed(folders) if (f / "exercises" / exercise.id).is_dir())
        file = folder / "exercises" / exercise.id / f"{language}.toml"
        for part in Part:
            if (over := _longest(texts, catalogue, exercise, part) - LONGEST_CAPTION) > 0:
                what = (
                    f"shown as “{part}”, {over} characters over the {LONGEST_CAPTION} of a caption"
                )
                faults.append(Fault(file, FIELDS[part], what))
    return faults


def _longest(texts: Texts, catalogue: Catalogue, exercise: Exercise, part: Part) -> int:
    """Characters of this part in the form that needs most."""
    forms = (BASE, *exercise.texts.forms)
    return max(
        len(plain(views.explanation(texts, catalogue, exercise, part, form).text)) for form in forms
    )


def _check_sentences(files: list[Path], language: str) -> list[Fault]:
    """Readable, sayable, and with the ids and variables of the shipped English ones."""
    english = dict(message_ids(shipped() / "locales" / "en.ftl"))
    faults = []
    for number, file in enumerate(files, start=1):
        try:
            texts = Texts(language, files[:number])
        except (ValueError, OSError) as error:
            faults.append(Fault(file, "", str(error).removeprefix(f"{file}: ")))
            return faults
        for message, variables in message_ids(file):
            if message not in english:
                faults.append(Fault(file, message, "is a message that nothing uses"))
            elif extra := variables - english[message]:
                names = ", $".join(sorted(extra))
                faults.append(Fault(file, message, f"uses ${names}, which is not given"))
            elif wrong := _cannot_be_said(texts, message, variables):
                faults.append(Fault(file, message, wrong))
    return faults


def _cannot_be_said(texts: Texts, message: str, variables: frozenset[str]) -> str | None:
    """Why a message fails when it is to be said, with a 1 for each variable."""
    try:
        texts.plain(message, **dict.fromkeys(variables, 1))
    except KeyError:
        return "has no text"
    except ValueError as error:
        return str(error).removeprefix(f"message {message}: ")
    return None
