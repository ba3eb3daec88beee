"""What runners type about pain is read however it is typed, and our own words report nothing."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.content.reading import shipped
from bot.domain.pain_words import Reading, Subject, read
from bot.domain.regions import Region
from tests.corpora import Row, corpus
from tests.shipped import CATALOGUE, TEXTS

TESTS = Path(__file__).parents[1]
VOCABULARY = CATALOGUE.pain_words


def as_row(words: str) -> Row:
    reading = read(words, VOCABULARY)
    return ("none", "", words) if reading is None else (reading.subject, said(reading), words)


def said(reading: Reading) -> str:
    score = None if reading.score is None else f"{'~' * reading.guessed}{reading.score}"
    side = reading.side or ("one" if reading.one_sided else None)
    parts = ("/".join(reading.regions), side, reading.kind, score, reading.doubt)
    return " ".join(part for part in parts if part)


def test_every_phrase_of_the_corpus_is_read_as_it_says() -> None:
    rows = corpus("pain-words.tsv")
    assert [as_row(words) for _, _, words in rows] == rows


def names() -> Iterator[str]:
    for exercise in CATALOGUE.exercises.values():
        texts = exercise.texts
        yield from (texts.name, *texts.aliases, *texts.ask_back)
        yield from (form.name for form in texts.forms.values())
    for routine in CATALOGUE.routines.values():
        yield from (routine.id, CATALOGUE.texts(routine).name, *CATALOGUE.texts(routine).aliases)


def test_no_name_of_ours_is_a_report() -> None:
    readings = {name: read(name, VOCABULARY) for name in names()}
    # A part of the body that an exercise is named after is asked about.
    assert {it.subject for it in readings.values() if it} <= {Subject.PLACE}


def towns() -> Iterator[str]:
    with (shipped() / "places.tsv").open(encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("#"):
                yield from line.rstrip("\n").split("\t")[-1].strip("|").split("|")


@pytest.mark.slow
def test_no_town_is_a_report() -> None:
    readings = {words: read(words, VOCABULARY) for words in towns()}
    assert [words for words, reading in readings.items() if reading] == []


def test_what_was_denied_of_no_part_is_nothing() -> None:
    assert read("i don't have “pull up”", VOCABULARY) is None
    assert read("a green light mini band", VOCABULARY) is None


@pytest.mark.parametrize("message", ["easy", "right", "hard", "done", "skip", "stop", "yes", "no"])
def test_no_word_of_a_session_is_a_report(message: str) -> None:
    words = {word: read(word, VOCABULARY) for word in TEXTS.words(f"word-{message}")}
    assert {word for word, reading in words.items() if reading} == set()


def test_every_reading_survives_capitals_punctuation_and_accents() -> None:
    rows = corpus("pain-words.tsv")
    assert [as_row(f"{words.upper()}!!")[:2] for _, _, words in rows] == [
        (subject, details) for subject, details, _ in rows
    ]


def test_a_part_named_with_another_is_two_regions_to_choose_from() -> None:
    reading = read("my knee and my hip hurt", VOCABULARY)
    assert reading is not None
    assert (reading.regions, reading.region) == ((Region.KNEE, Region.HIP_GROIN), None)


def work(words: str, reader: Callable[[str], object]) -> int:
    """Return how many calls a reading takes."""
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        reader(words)
    finally:
        sys.setprofile(before)
    return calls


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["no knee hurts ", "6/10 ", "7 ", "back ", "sore ", "a", "but "])
def test_the_work_grows_no_faster_than_the_text(piece: str) -> None:
    longer, shorter = ((piece * 4096)[:size] for size in (4096, 2048))
    assert (read(longer, VOCABULARY) is None) == (read(shorter, VOCABULARY) is None)
    assert work(longer, lambda words: read(words, VOCABULARY)) < 2_000_000
