"""What people say they want is read as that, and nothing else is taken for a wish."""

from pathlib import Path

import pytest

from bot.content import purposes
from bot.content.intents import PURPOSE, IntentsFile, ambiguous, faults, vocabulary
from bot.content.phrases import PhraseReader
from bot.content.reading import shipped
from bot.domain.intents import Intent
from bot.domain.phrases import Ways
from bot.runtime.files import parse_toml
from tests.sentences import corpus
from tests.shipped import CATALOGUE

DATA = Path(__file__).parents[1] / "data"
FILE = IntentsFile.model_validate(
    parse_toml((shipped() / "locales" / "en" / "intents.toml").read_bytes())
)
PURPOSES = purposes.words(CATALOGUE.purpose_texts)
WORDS = CATALOGUE.intents


# Other readers than that of intents may understand these.
OTHERS = {Intent.LANGUAGE, Intent.BANDS, Intent.DAY, Intent.TIRED}


def test_each_sentence_of_the_corpus_is_read_as_its_intent() -> None:
    sentences = [it for it in corpus() if it.target in set(Intent) and not it.in_session]
    read = {it.words: (WORDS.read(it.words), it.target) for it in sentences}
    wrong = {words: both for words, both in read.items() if both[0] != both[1]}
    assert {words: both for words, both in wrong.items() if both[1] not in OTHERS} == {}


def test_what_is_no_wish_is_read_as_none() -> None:
    others = [it.words for it in corpus() if it.target == "not-understood"]
    assert [words for words in others if WORDS.read(words)] == []


@pytest.mark.slow
def test_no_phrase_of_the_file_has_two_meanings_and_each_is_read_as_its_own() -> None:
    assert (*faults(FILE, PURPOSES), *ambiguous(FILE, PURPOSES)) == ()
    assert set(FILE.intents) == set(Intent)
    reader = PhraseReader({**FILE.sets, PURPOSE: PURPOSES})
    for intent, phrases in FILE.intents.items():
        for phrase in phrases:
            ways = [*filter(None, Ways().of(reader.pattern(phrase)))]
            for way in (ways[0], ways[-1]):
                typed = " ".join(way).replace("#", "7").replace("*", "town")
                assert WORDS.read(typed) is intent, phrase


@pytest.mark.parametrize(
    ("typed", "intent"),
    [
        ("delte my data", Intent.DELETE),
        ("remiders", Intent.REMINDERS),
        ("porgress", Intent.PROGRESS),
        ("What's my PROGRESS???", Intent.PROGRESS),
        ("  thanks 🙏🙏 ", Intent.THANKS),
    ],
)
def test_typing_slips_are_read(typed: str, intent: Intent) -> None:
    assert WORDS.read(typed) is intent


@pytest.mark.parametrize(
    "typed", ["", " ", "?", "the", "please", "a" * 4096, "please " * 500, "\x00", "🦄", "a b " * 9]
)
def test_what_says_nothing_is_no_intent(typed: str) -> None:
    assert WORDS.read(typed) is None


@pytest.mark.parametrize(
    "typed",
    [
        *("do not delete anything", "don't delete my data", "never delete my data", "no help"),
        *("i don't want to delete my data", "did you delete my data", "delete the last set"),
        *("do not stop the reminders", "please don't turn off my reminders", "turn it off"),
        *("remove the reminder on tuesday", "stop the session", "should I stop reminders?"),
        *("i am not ill", "not ill", "i'm not tired today", "my dad is ill", "what if i'm ill"),
        *("i wish i was dead", "the dog is tired", "i am not on holiday", "i moved my leg"),
        *("my band did not snap", "the band has not snapped", "my niece snapped my red band"),
        *("i have no space left on my phone", "i have no room for error", "no pain no gain"),
        *("my friend has no pain", "does my wife have to rest", "i am not pain free"),
        *("i don't want to pay", "are you free on friday", "what about friday's race"),
    ],
)
def test_what_is_denied_or_of_somebody_else_is_no_intent(typed: str) -> None:
    assert WORDS.read(typed) is None


@pytest.mark.parametrize(
    "typed",
    ["no reminders today", "don't remind me this week", "can I turn off the reminders?"],
)
def test_reminders_are_turned_off_only_by_plain_words(typed: str) -> None:
    assert WORDS.read(typed) in (Intent.AWAY, Intent.REMINDERS)


@pytest.mark.parametrize(
    ("typed", "intent"),
    [
        ("stop reminders and delete my data", None),
        ("show me my progress and my bands", None),
        ("I'm ill. Delete my data", None),
        ("Hello! What shall I do today?", Intent.TODAY),
        ("sorry, no time today", Intent.TIRED),
        ("I'm tired and I have no time", Intent.TIRED),
        ("good morning, and thanks", Intent.THANKS),
    ],
)
def test_of_two_wishes_none_is_taken_and_a_greeting_is_no_wish(
    typed: str, intent: Intent | None
) -> None:
    assert WORDS.read(typed) is intent


def test_names_of_commands_are_read_without_their_slash() -> None:
    names = ["progress", "bands", "privacy", "export", "delete", "help", "reminders"]
    names += ["timezone", "away", "settings"]
    assert [name for name in names if WORDS.read(name) is None] == []


def test_names_of_exercises_are_no_wishes() -> None:
    names = (DATA / "free-exercise-db.txt").read_text(encoding="utf-8").splitlines()
    assert [name for name in names if WORDS.read(name)] == ["Good_Morning"]


SMALL = """
small = ["the"]
[sets]
session = ["session", "workout"]
[intents]
today = ["start [a] {session}", "(go|begin) now"]
"""


def told(text: str) -> list[str]:
    file = IntentsFile.model_validate(parse_toml(text.encode()))
    return [f"{field}: {what}" for field, what in (*faults(file), *ambiguous(file))]


def test_a_small_file_is_enough() -> None:
    assert told(SMALL) == []
    words = vocabulary(IntentsFile.model_validate(parse_toml(SMALL.encode())))
    for typed in ("start the workout", "start a session", "begin now"):
        assert words.read(typed) is Intent.TODAY


@pytest.mark.parametrize(
    ("phrase", "what"),
    [
        ("{sesion}", "“{sesion}”: there is no set sesion; did you mean session?"),
        ("go (now", "“go (now”: ) is missing"),
        ("go now]", "“go now]”: ] has no beginning"),
        ("* now", "“* now”: * must stand at the end, behind other words"),
        ("[now] *", "“[now] *”: * must stand at the end, behind other words"),
        ("go (*|now) home", "“go (*|now) home”: * must stand at the end, behind other words"),
        ("café", "“café”: café must be written without accents, hyphens and other signs"),
        (
            "begin workout",
            "“begin workout” may be “begin workout”, which is “begin {session}” of today, too",
        ),
    ],
)
def test_what_is_wrong_with_a_phrase_is_told(phrase: str, what: str) -> None:
    text = SMALL.replace("start [a]", "begin") + f'help = ["{phrase}"]\n'
    assert told(text) == [f"intents.help: {what}"]


def test_a_phrase_that_could_be_typed_in_too_many_ways_is_a_fault() -> None:
    phrase = " ".join(["(a|b|c|d|e|f|g|h|i|j|k|l|m|n|o)"] * 3)
    what = f"intents.help: “{phrase}”: can be read in more than 3000 ways"
    assert told(SMALL + f'help = ["{phrase}"]\n') == [what]


def test_a_set_that_has_itself_inside_is_a_fault() -> None:
    text = SMALL.replace(
        "[intents]", 'far = ["away", "very {near}"]\nnear = ["{far} off"]\n[intents]'
    )
    assert told(text) == [
        "sets.far: “very {near}”: the set near has itself inside",
        "sets.near: “{far} off”: the set far has itself inside",
    ]
