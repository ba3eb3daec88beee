"""A warning sign is recognised however it is typed, and our own words are none."""

import ast
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.content.reading import locale_files, shipped
from bot.content.texts import ENGLISH, message_ids
from bot.domain.spelling import distance
from bot.domain.warning_signs import Doubt, Reading, Urgency, read
from tests.corpora import Row, corpus
from tests.shipped import CATALOGUE, TEXTS

TESTS = Path(__file__).parents[1]
VOCABULARY = CATALOGUE.warning_signs


def as_row(words: str) -> Row:
    reading = read(words, VOCABULARY)
    if reading is None:
        return "none", "", words
    return reading.urgency, reading.doubt or "", words


def firing(sentences: Iterator[str]) -> list[tuple[str, Reading]]:
    readings = ((words, read(words, VOCABULARY)) for words in sentences)
    return [(words, reading) for words, reading in readings if reading]


CORPUS = corpus("warning-signs.tsv")
EMERGENCIES = [words for urgency, doubt, words in CORPUS if (urgency, doubt) == ("emergency", "")]


def test_every_phrase_of_the_corpus_is_read_as_it_says() -> None:
    assert [as_row(words) for _, _, words in CORPUS] == CORPUS


def test_each_sign_is_told_by_its_id() -> None:
    assert read("i have chest pain", VOCABULARY) == Reading("heart", Urgency.EMERGENCY)
    assert read("i want to die", VOCABULARY) == Reading("crisis", Urgency.EMERGENCY)
    assert read("my calf is swollen", VOCABULARY) == Reading("calf", Urgency.TODAY)
    assert read("stress fracture?", VOCABULARY) == Reading("bone", Urgency.DAYS)
    assert read("my dad fainted", VOCABULARY) == Reading(
        "faint", Urgency.EMERGENCY, Doubt.OTHER_PERSON
    )


def names() -> Iterator[str]:
    for exercise in CATALOGUE.exercises.values():
        yield from (exercise.id, exercise.texts.name, *exercise.texts.aliases)
        yield from (*exercise.texts.ask_back, *(exercise.texts.side_names or ()))
        yield from (form.name for form in exercise.texts.forms.values())
        yield from exercise.texts.cues
    for routine in CATALOGUE.routines.values():
        yield from (routine.id, CATALOGUE.texts(routine).name, *CATALOGUE.texts(routine).aliases)
    for topic in tomllib.loads((shipped() / "topics.toml").read_text(encoding="utf-8")).values():
        yield from (
            topic["texts"]["en"]["name"],
            *topic["texts"]["en"].get("words", ()),
            *topic.get("muscles", ()),
        )


def test_no_name_alias_cue_or_topic_of_ours_is_a_warning_sign() -> None:
    assert firing(names()) == []


def test_no_word_that_the_coach_understands_is_a_warning_sign_but_those_for_one() -> None:
    words = {
        word
        for file in locale_files([shipped()], ENGLISH)
        for message, _ in message_ids(file)
        if message.startswith("word-") and message != "word-flags"
        if not message.startswith("word-condition-")  # those of the safety screen
        for word in TEXTS.words(message)
    }
    # In the dialogue about pain, the chest is a place and the bone is a kind.
    assert {word for word, _ in firing(iter(words))} == {"chest", "bone pain"}


def test_every_word_for_a_warning_sign_is_one() -> None:
    # Numb alone may be a song; the others name no sign.
    no_sign = {"a warning sign", "warning sign", "warning", "warnings", "numb"}
    plain = TEXTS.words("word-flags") - no_sign
    assert {word for word, _ in firing(iter(plain))} == plain


def places() -> Iterator[str]:
    with (shipped() / "places.tsv").open(encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("#"):
                yield from line.rstrip("\n").split("\t")[-1].strip("|").split("|")


@pytest.mark.slow
def test_no_place_is_a_warning_sign() -> None:
    # Hart is a heart in other languages, too.
    assert {words for words, _ in firing(places())} <= {"hart"}


def sayings() -> Iterator[str]:
    with_signs = {
        f"test_{name}.py"
        for name in (
            "another_language",
            "plain_words",
            "warning_signs",
            "pain",
            "screening",
            "ignored_reminders",
            "caps",
            "pain_taps",
            "locks",
            "calendar",
            "listening",
        )
    }
    for file in (TESTS / "conversations").glob("*.py"):
        if file.name in with_signs:
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "says":
                for inner in ast.walk(node):
                    if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
                        yield inner.value


@pytest.mark.slow
def test_nothing_else_that_runners_say_in_conversations_is_a_warning_sign() -> None:
    said = sorted(set(sayings()))
    assert len(said) > 100
    flags = TEXTS.words("word-flags")
    assert [words for words, _ in firing(iter(said)) if words.lower().strip("!") not in flags] == []


@pytest.mark.parametrize(
    "words",
    [
        "heart rate zone 2 run today",
        "i love this, my heart",
        "open chest stretch",
        "what is next",
        "my race was brutal",
        "",
        " ",
        "?!",
        "\U0001f600",
    ],
)
def test_everyday_words_are_no_warning_sign(words: str) -> None:
    assert read(words, VOCABULARY) is None


@pytest.mark.parametrize(
    "words",
    [
        "chest\u200bpain",
        "ch\u00adest pain",
        "che\u0301st pain",
        "ｃｈｅｓｔ ｐａｉｎ",
        "Chest\nPain",
        "chest_pain",
    ],
)
def test_oddly_encoded_words_are_read(words: str) -> None:
    assert read(words, VOCABULARY) == Reading("heart", Urgency.EMERGENCY)


def test_a_sign_that_is_denied_gives_way_to_any_other() -> None:
    assert read("no chest pain but i limp, limping a lot", VOCABULARY) == Reading(
        "worsening", Urgency.DAYS
    )


AROUND = st.sampled_from(
    [
        "",
        "hi coach",
        "ok so",
        "today",
        "after the clamshells",
        "during the run",
        "please help",
        "ok",
    ]
)
ENDS = st.sampled_from(["", "!", "!!!", ".", " 😰", "...", " pls", ", help", "\n", " 🏃‍♀️"])
CASES = st.sampled_from([str.lower, str.upper, str.title, str.capitalize])
LETTERS = st.sampled_from("abcdefghijklmnopqrstuvwxyz")


@st.composite
def emergencies(draw: st.DrawFn) -> str:
    """An emergency among other words, in any case and with any punctuation around."""
    words = draw(st.sampled_from(EMERGENCIES))
    words = words.replace("'", draw(st.sampled_from(["'", "’", "´"])))
    words = draw(CASES)(words)
    return f"{draw(AROUND)}. {words}{draw(ENDS)} {draw(AROUND)}"


@given(emergencies())
@settings(max_examples=200)
def test_an_emergency_among_other_words_is_one(words: str) -> None:
    assert as_row(words)[:2] == ("emergency", "")


@pytest.mark.slow
@given(emergencies(), st.data())
@settings(max_examples=200)
def test_repeated_letters_hide_no_emergency(words: str, data: st.DataObject) -> None:
    letters = [place for place, letter in enumerate(words) if letter.isalpha()]
    place = data.draw(st.sampled_from(letters))
    times = data.draw(st.integers(3, 9))
    assert as_row(words[:place] + words[place] * times + words[place + 1 :])[0] == "emergency"


SPELLER = VOCABULARY.index.speller
LONG_WORDS = {word for word in SPELLER.vocabulary if word.isalpha() and len(word) >= 5}


@st.composite
def misspelt(draw: st.DrawFn) -> tuple[str, str, str]:
    """An emergency with one slip in a word of five letters or more, that word and the slip."""
    words = draw(st.sampled_from(EMERGENCIES)).lower()
    long = sorted(LONG_WORDS.intersection(words.split()))
    assume(long)
    word = draw(st.sampled_from(long))
    place = draw(st.integers(0, len(word) - 1))
    slips = [
        word[:place] + word[place + 1 :],
        word[:place] + draw(LETTERS) + word[place + 1 :],
        word[:place] + draw(LETTERS) + word[place:],
        word[:place] + word[place : place + 2][::-1] + word[place + 2 :],
    ]
    typed = draw(st.sampled_from(slips))
    return words.replace(word, typed), word, typed


@pytest.mark.slow
@given(misspelt())
@settings(max_examples=200)
def test_a_slip_of_the_finger_hides_no_emergency(misspelling: tuple[str, str, str]) -> None:
    words, word, typed = misspelling
    assume(typed not in VOCABULARY.correct)
    near = (it for it in SPELLER.vocabulary if abs(len(it) - len(typed)) <= 1 and it != word)
    assume(all(distance(typed, other) > 1 for other in near))
    assert as_row(words)[0] == "emergency"


@pytest.mark.parametrize("typed", ["half", "skin", "hop", "bank", "toe", "hills", "chess", "paint"])
def test_a_word_that_is_spelt_right_is_no_slip(typed: str) -> None:
    assert SPELLER.meant(typed) <= {typed}


def work(words: str) -> int:
    """Return how many calls a reading takes."""
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        read(words, VOCABULARY)
    finally:
        sys.setprofile(before)
    return calls


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        "no chest no hurts ",
        "no calf no swollen no heart ",
        "no leg not swollen nor chest or breathless no hurt foot ",
        "no fever or ",
        "a",
        " ",
        "🤕",
        "胸",
        "a\u0301",
        ".,",
        "qwertzuiop ",
    ],
)
def test_the_work_grows_no_faster_than_the_text(piece: str) -> None:
    longer, shorter = ((piece * 4096)[:size] for size in (4096, 2048))
    assert read(longer, VOCABULARY) == read(shorter, VOCABULARY)  # both are known words by now
    assert work(longer) < 2.5 * work(shorter) + 1000
    assert work(longer) < 2_000_000


def test_a_sentence_takes_little_work() -> None:
    sentence = "i did the clamshells and the side plank today, they felt good but the band slipped "
    assert work(sentence * 4) < 20_000
