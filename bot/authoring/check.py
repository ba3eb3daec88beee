"""Everything that `check` looks at beyond the models: sentences, and what Telegram would refuse."""

from collections.abc import Iterator
from pathlib import Path

from bot.callbacks import Part
from bot.content import Catalogue, Exercise, Fault, read_catalogue
from bot.content.explaining import did_you_mean
from bot.content.models import BASE
from bot.content.reading import locale_files, shipped
from bot.content.texts import Texts, message_ids, plain
from bot.figures.record import clip_faults
from bot.runtime.files import is_there
from bot.views import exercise as views

LONGEST_CAPTION = 1024
LONGEST_MESSAGE = 4096
# Telegram's limits on other sentences, by the beginning of their ids; the first that fits.
LONGEST = {
    "about-short": (120, "the bot's short description"),
    "about": (512, "the bot's description"),
    "command-": (256, "a line of the menu"),
    "toast-": (200, "an answer to a tap"),
    "": (LONGEST_MESSAGE, "a message"),
}
FIELDS = {
    Part.OVERVIEW: "in_short, cues, why",
    Part.HOW: "set_up, movement, way_back",
    Part.MISTAKES: "mistakes",
    Part.LEVELS: "easier, harder, forms",
    Part.MUSCLES: "muscles",
    Part.SAFETY: "safety",
    Part.WHY: "why, evidence",
}


def check_clips(folders: list[Path]) -> Iterator[Fault]:
    """What is wrong with the poses, and with the clips that were drawn from them."""
    for folder in folders:
        for exercise in sorted((folder / "exercises").glob("*")):
            yield from (Fault(*fault) for fault in clip_faults(exercise))


def read_checked(folders: list[Path], language: str) -> tuple[Catalogue, Texts | None, list[Fault]]:
    """The content of these folders and all that is wrong; no sentences where those are wrong."""
    catalogue, faults = read_catalogue(folders, language)
    files = list(locale_files(folders, language))
    if wrong := _check_sentences(files, language):
        return catalogue, None, faults + wrong
    texts = Texts(language, files)
    for exercise in catalogue.exercises.values():
        file = f"exercises/{exercise.id}/{language}.toml"
        newest = next((f / file for f in reversed(folders) if is_there(f / file)), Path(file))
        faults += _check_lengths(texts, catalogue, exercise, newest)
    return catalogue, texts, faults


def _check_lengths(
    texts: Texts, catalogue: Catalogue, exercise: Exercise, file: Path
) -> Iterator[Fault]:
    for part in Part:
        if (over := _longest(texts, catalogue, exercise, part) - LONGEST_CAPTION) > 0:
            what = (
                f"shown as “{part}”, {over} characters over the {LONGEST_CAPTION} of a caption:"
                " shorten or leave out a sentence"
            )
            yield Fault(file, FIELDS[part], what)


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
                near = did_you_mean(message, english)
                faults.append(Fault(file, message, f"is a message that nothing uses{near}"))
            elif extra := variables - english[message]:
                names = ", $".join(sorted(extra))
                given = ", ".join(f"${name}" for name in sorted(english[message])) or "nothing"
                what = f"uses ${names}, which is not given; {given} is"
                faults.append(Fault(file, message, what))
            elif wrong := _cannot_be_said(texts, message, variables):
                faults.append(Fault(file, message, wrong))
    return faults


def _cannot_be_said(texts: Texts, message: str, variables: frozenset[str]) -> str | None:
    """Why a message fails when it is to be said, with a 1 for each variable."""
    try:
        said = plain(texts.html(message, **dict.fromkeys(variables, 1)))
    except KeyError:
        return "has no text"
    except ValueError as error:
        return str(error).removeprefix(f"message {message}: ")
    most, what = next(it for begins, it in LONGEST.items() if message.startswith(begins))
    if len(said) > most:
        return f"{len(said) - most} characters over the {most} of {what}"
    return None
