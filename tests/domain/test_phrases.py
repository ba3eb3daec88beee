"""The phrases that a message may be are those that all ways to type all phrases give."""

from functools import lru_cache

from hypothesis import given
from hypothesis import strategies as st

from bot.content import purposes
from bot.content.intents import PURPOSE, IntentsFile
from bot.content.phrases import PhraseReader
from bot.content.reading import shipped
from bot.domain.intents import Intent
from bot.domain.phrases import PhraseIndex, Ways, Words, plain_ways
from bot.runtime.files import parse_toml
from tests.shipped import CATALOGUE

FILE = IntentsFile.model_validate(
    parse_toml((shipped() / "locales" / "en" / "intents.toml").read_bytes())
)
WORDS = CATALOGUE.intents
LOOSE, COACH = frozenset(FILE.loose), frozenset(FILE.coach)
TYPED = sorted(WORDS.known | WORDS.plain.small | {word for key in WORDS.plain.same for word in key})


@lru_cache(1)
def everything() -> tuple[PhraseIndex[Intent], list[Words]]:
    """Return the index of all ways to type the shipped phrases, and these ways."""
    reader = PhraseReader({PURPOSE: purposes.words(CATALOGUE.purpose_texts), **FILE.sets})
    index, ways = PhraseIndex[Intent](LOOSE, COACH), Ways()
    listed: list[Words] = []
    for intent, phrases in FILE.intents.items():
        for pattern in map(reader.pattern, phrases):
            index.add(plain_ways(pattern, WORDS.plain, ways), intent)
            listed += filter(None, ways.of(pattern))
    return index, listed


def assert_alike(typed: Words) -> None:
    every, _ = everything()
    found = WORDS.phrases.among(typed)
    words = WORDS.plain.of(typed)
    assert found.exact.get(words) == every.exact.get(words)
    bag = frozenset(words) - LOOSE
    assert found.stated.get(bag) == every.stated.get(bag)
    assert found.asked.get(bag - COACH) == every.asked.get(bag - COACH)


@given(st.lists(st.sampled_from(TYPED), min_size=1, max_size=6))
def test_any_words(typed: list[str]) -> None:
    assert_alike(tuple(typed))


@given(st.data())
def test_a_way_to_type_a_phrase_and_a_word_more_or_less(data: st.DataObject) -> None:
    _, ways = everything()
    way = list(data.draw(st.sampled_from(ways)))
    assert_alike(tuple(way))
    assert WORDS.phrases.among(way).exact.get(WORDS.plain.of(tuple(way))) is not None
    place = data.draw(st.integers(0, len(way)))
    assert_alike((*way[:place], data.draw(st.sampled_from(TYPED)), *way[place:]))
    assert_alike(tuple(data.draw(st.permutations(way))))
    if len(way) > 1:
        del way[min(place, len(way) - 1)]
        assert_alike(tuple(way))
