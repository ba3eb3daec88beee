"""The file of words for warning signs: what is wrong in it is told in a line."""

from pathlib import Path

import pytest

from bot.content import read_catalogue
from bot.content.reading import Reading, shipped
from bot.content.texts import ENGLISH
from bot.content.warning_signs import FILE
from bot.domain.warning_signs import FLAGGED, LOCAL, WHOLE_BODY, Sign, Urgency, read
from tests.shipped import CATALOGUE

SAME = 'same: “{hot}” must be words only, without { } and " + "'
WHOLE = """
small = ["my", "is"]
negations = ["no"]
[sets]
hot = ["hot", "red"]
[signs.calf]
urgency = "today"
phrases = ["my calf is {hot}", "calf + swollen"]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "locales/en" / FILE
    file.parent.mkdir(parents=True)
    return file


def told(file: Path) -> list[str]:
    faults = Reading([file.parents[2]], ENGLISH).faults
    return [str(fault).removeprefix(f"{file}: ") for fault in faults if fault.file == file]


def test_the_shipped_file_has_no_fault() -> None:
    assert Reading([shipped()], ENGLISH).faults == []


def test_a_small_file_is_enough(file: Path) -> None:
    file.write_text(WHOLE, encoding="utf-8")
    assert told(file) == []


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (
            '"today"',
            '"soon"',
            'signs.calf.urgency: must be emergency, today or days, not "soon",'
            ' such as urgency = "today"',
        ),
        (
            '"calf + swollen"',
            '"Calf swollen"',
            "signs.calf.phrases.1: must be in lower case, without punctuation and apostrophes,"
            ' not "Calf swollen", such as phrases = ["calf is swollen"]',
        ),
        (
            '"calf + swollen"',
            '"calf + {hto}"',
            "signs.calf.phrases: “calf + {hto}”: there is no set hto; did you mean hot?",
        ),
        (
            '"calf + swollen"',
            '"calf {hot"',
            "signs.calf.phrases: “calf {hot”: {hot must be the name of a set in { },"
            " such as {hurts}",
        ),
        (
            '"calf + swollen"',
            '"calf +"',
            "signs.calf.phrases: “calf +”: + must stand between two words, such as calf + hot",
        ),
        (
            '"calf + swollen"',
            '"my is"',
            "signs.calf.phrases: “my is” has only words of small, which are ignored",
        ),
        (
            '"calf + swollen"',
            '"cöld calf"',
            "signs.calf.phrases: “cöld calf”: cöld must be written without accents,"
            " hyphens and other signs",
        ),
        ('"red"]', '"{hot}"]', 'sets.hot: “{hot}” must be words only, without { } and " + "'),
        ('"my", "is"', '"my", "is so"', "small: “is so” must be one word"),
        ("[sets]", '[same]\n"tummy" = "{hot}"\n[sets]', SAME),
        ("small =", "smal =", "smal: is not a field here; did you mean small?"),
        (
            'negations = ["no"]',
            "",
            'negations: is missing, such as negations = ["no", "not", "without"]',
        ),
    ],
)
def test_what_is_wrong_is_told_with_what_would_be_right(
    file: Path, old: str, new: str, what: str
) -> None:
    file.write_text(WHOLE.replace(old, new), encoding="utf-8")
    assert what in told(file)


def test_a_hosts_own_words_replace_the_shipped_ones(file: Path) -> None:
    file.write_text(WHOLE, encoding="utf-8")
    vocabulary = read_catalogue([shipped(), file.parents[2]], ENGLISH)[0].warning_signs
    assert read("my calf is red", vocabulary)
    assert read("chest pain", vocabulary) is None


def test_a_language_without_a_file_of_its_own_has_the_english_words() -> None:
    assert read("chest pain", read_catalogue([shipped()], "de")[0].warning_signs)


def test_the_signs_of_one_part_of_the_body_are_to_be_seen_within_days() -> None:
    shipped_signs = {sign.id: sign for sign in CATALOGUE.warning_signs.signs}
    for key in (LOCAL - {FLAGGED}) | {WHOLE_BODY}:
        sign = shipped_signs[key]
        assert isinstance(sign, Sign)
        assert sign.urgency is Urgency.DAYS
