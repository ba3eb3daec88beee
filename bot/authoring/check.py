"""Checks of content beyond the models: sentences, and lengths that Telegram refuses."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.callbacks import Part
from bot.content import Catalogue, Exercise, Fault, read_catalogue
from bot.content.explaining import did_you_mean
from bot.content.models import BASE
from bot.content.reading import locale_files, shipped
from bot.content.region_rules import FILE as RULES
from bot.content.texts import Texts, message_ids, plain, referred_to
from bot.domain.regions import Region
from bot.runtime.files import is_there, parse_toml, read_file
from bot.views import exercise as views

LONGEST_CAPTION = 1024
LONGEST_MESSAGE = 4096
LONGEST_REGION = Region.SHOULDER_ARM  # of those that may stand in a note above an exercise
# Telegram's limits on other sentences, by the prefix of their ids; the first match counts.
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


def check_evidence(catalogue: Catalogue, folders: list[Path]) -> Iterator[Fault]:
    """Yield a fault for each source that no exercise and no topic names.

    It keeps nothing from being shown, so that a source may be written before what names it.
    """
    for key in catalogue.unnamed_evidence():
        files = (folder / "evidence.toml" for folder in reversed(folders))
        file = next(file for file in files if is_there(file) and key in parse_toml(read_file(file)))
        what = "no exercise and no topic names it in its evidence: name it there, or take it out"
        yield Fault(file, key, what)


def read_checked(folders: list[Path], language: str) -> tuple[Catalogue, Texts | None, list[Fault]]:
    """Read the content folders; return the content and all faults.

    The texts are None if the sentences have faults.
    """
    catalogue, faults = read_catalogue(folders, language, checked=True)
    files = list(locale_files(folders, language))
    warm_ups = {f"warm-up-{key}": frozenset({"minutes"}) for key in catalogue.warm_ups}
    if sentence_faults := _check_sentences(files, language, warm_ups):
        return catalogue, None, faults + sentence_faults
    texts = Texts(language, files)
    known = {message for file in files for message, _ in message_ids(file)}
    rules = next((folder for folder in reversed(folders) if is_there(folder / RULES)), Path())
    faults += [
        Fault(rules / RULES, f"warm_ups.{message.removeprefix('warm-up-')}", _no_words(message))
        for message in warm_ups
        if message not in known
    ]
    for exercise in catalogue.exercises.values():
        file = f"exercises/{exercise.id}/{language}.toml"
        paths = (folder / file for folder in reversed(folders))
        source = next((path for path in paths if is_there(path)), Path(file))
        faults += _check_lengths(texts, catalogue, exercise, source)
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
    """Return the number of characters of the part in the form that needs most."""
    forms = (BASE, *exercise.texts.forms)
    return max(
        len(
            plain(
                views.explanation(texts, catalogue, exercise, part, form, rests=LONGEST_REGION).text
            )
        )
        for form in forms
    )


def _no_words(message: str) -> str:
    return f"has no words: write the sentence {message} in the locale file"


def _check_sentences(
    files: list[Path], language: str, others: Mapping[str, frozenset[str]]
) -> list[Fault]:
    """Return sentences that can't be read or rendered, or have unknown ids or variables.

    Known are the ids and variables of the shipped English sentences, and `others`.
    """
    english = {**others, **dict(message_ids(shipped() / "locales" / "en.ftl"))}
    faults = []
    for number, file in enumerate(files, start=1):
        try:
            texts = Texts(language, files[:number])
        except (ValueError, OSError) as error:
            faults.append(Fault(file, "", str(error).removeprefix(f"{file}: ")))
            return faults
        used = english.keys() | {name for each in files[:number] for name in referred_to(each)}
        for message, variables in message_ids(file, *files[:number]):
            if message not in used:
                near = did_you_mean(message, english)
                faults.append(Fault(file, message, f"is a message that nothing uses{near}"))
            elif extra := variables - english.get(message, variables):
                names = ", $".join(sorted(extra))
                known = ", ".join(f"${name}" for name in sorted(english[message])) or "nothing"
                what = f"uses ${names}, which is not given; {known} is"
                faults.append(Fault(file, message, what))
            elif fault := _rendering_fault(texts, message, variables):
                faults.append(Fault(file, message, fault))
    return faults


def _rendering_fault(texts: Texts, message: str, variables: frozenset[str]) -> str | None:
    """Return why the message can't be rendered or is too long, with a 1 for each variable."""
    try:
        text = plain(texts.html(message, **dict.fromkeys(variables, 1)))
    except KeyError:
        return "has no text"
    except ValueError as error:
        return str(error).removeprefix(f"message {message}: ")
    limit, what = next(value for prefix, value in LONGEST.items() if message.startswith(prefix))
    if len(text) > limit:
        return f"{len(text) - limit} characters over the {limit} of {what}"
    return None
