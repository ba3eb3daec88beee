"""data/calendar-words.toml: the words by which the titles in a calendar file are read."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from bot.content.models import Model
from bot.domain.run_titles import LONGEST_PHRASE, TitleClass, TitleWords, as_written

FILE = "calendar-words.toml"

Phrase = Annotated[str, Field(min_length=1, max_length=60)]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
Words = dict[Language, tuple[Phrase, ...]]


def _words(what: str, **example: list[str]) -> Words:
    field: Words = Field({}, description=f"words by language: {what}", examples=[example])
    return field


class CalendarWordsFile(Model):
    """data/calendar-words.toml: classes of words, and in each the words by language."""

    fields: dict[TitleClass, tuple[Phrase, ...]] = Field(
        {},
        description="what programs write into the category of an entry, by class",
        examples=[{"race": ["race_a"], "ask": ["run"]}],
    )
    race: Words = _words("a race", en=["race", "race day"])
    long: Words = _words("a long run", en=["long run", "lsd"])
    medium_long: Words = Field(
        {},
        alias="medium-long",
        description="words by language: a long run from 80 minutes on, otherwise a hard one",
        examples=[{"en": ["mlr"]}],
    )
    hard: Words = _words("a hard run", en=["tempo", "intervals"])
    session: Words = _words(
        "a hard run, if no word of strength, rest or a ride is there", en=["workout"]
    )
    easy: Words = _words("an easy run", en=["easy", "recovery"])
    strides: Words = _words("nothing beside an easy run", en=["strides"])
    rest: Words = _words("a day of rest", en=["rest day"])
    strength: Words = _words("strength work for the legs", en=["gym"])
    trunk: Words = _words("work for the trunk or the arms, or gentle work", en=["core", "yoga"])
    ride: Words = _words("another sport", en=["ride", "swim"])
    game: Words = _words("another sport that is hard", en=["football", "climbing"])
    away: Words = _words("a whole day away or ill", en=["holiday"])
    gone: Words = _words("an entry that is not there", en=["cancelled"])
    ask: Words = _words("a run of which the kind is asked", en=["run"])
    nothing: Words = _words("nothing, whatever other words are in it", en=["race week"])

    def by_class(self) -> Iterator[tuple[TitleClass, str, str]]:
        """Yield each phrase with its class and language."""
        for each in TitleClass:
            words: Words = getattr(self, each.name.lower())
            for language, phrases in words.items():
                for phrase in phrases:
                    yield each, language, phrase


def vocabulary(file: CalendarWordsFile) -> TitleWords:
    return TitleWords.of(
        {as_written(phrase): each for each, _, phrase in file.by_class()},
        {value: each for each, values in file.fields.items() for value in values},
    )


def faults(file: CalendarWordsFile) -> Iterator[tuple[str, str]]:
    """Yield the field and the explanation of each phrase that could never be matched."""
    seen: dict[tuple[str, ...], TitleClass] = {}
    for each, language, phrase in file.by_class():
        field, tokens = f"{each}.{language}", as_written(phrase)
        if not tokens:
            yield field, f"“{phrase}” has no letter and no digit"
        elif len(tokens) > LONGEST_PHRASE:
            yield field, f"“{phrase}” has more than {LONGEST_PHRASE} words"
        elif seen.setdefault(tokens, each) is not each:
            yield field, f"“{phrase}” is among {seen[tokens]}, too"
    for each, values in file.fields.items():
        for value in values:
            if value != value.casefold():
                yield f"fields.{each}", f"“{value}” must be written “{value.casefold()}”"
