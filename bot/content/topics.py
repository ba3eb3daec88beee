"""Topics, by which the exercises can be browsed and searched."""

from collections.abc import Container, Iterator, Mapping

from bot.content.exercise_models import ExerciseFacts
from bot.content.reading import Exercise
from bot.content.search import Match, Search, SearchWords
from bot.content.topic_models import Topic

NO_BAND = "no-band"  # the topic of what needs no band

STUDIES = "studies"  # the group of questions that findings answer


class Topics:
    """The topics with their exercises, and a search by topic."""

    def __init__(
        self,
        topics: Mapping[str, Topic],
        exercises: Mapping[str, Exercise],
        known: Container[str],
        words: SearchWords,
        language: str,
    ) -> None:
        """Assign the exercises to topics; `known` are words that are spelt right."""
        self._topics = topics
        self._texts = {key: topic.in_language(language) for key, topic in topics.items()}
        self._words = words
        self._members = {key: tuple(_members(topic, exercises)) for key, topic in topics.items()}
        self._search = Search(
            {key: (*self._names(key), *topic.muscles) for key, topic in topics.items()},
            {},
            known,
            words,
            kit_names=True,
        )
        self._questions = {
            words.stems(name): key
            for key, topic in topics.items()
            if topic.group == STUDIES
            for name in self._names(key)
        }

    def _names(self, key: str) -> tuple[str, ...]:
        return (self._texts[key].name, *self._texts[key].words)

    def __iter__(self) -> Iterator[str]:
        return iter(self._topics)

    def __contains__(self, key: str) -> bool:
        return key in self._topics

    def of_group(self, group: str) -> tuple[str, ...]:
        """Return the ids of the group's topics in the order of the file; none that is empty."""
        return tuple(
            key
            for key, topic in self._topics.items()
            if topic.group == group and (self._members[key] or topic.evidence)
        )

    def name(self, key: str) -> str:
        return self._texts[key].name

    def members(self, key: str) -> tuple[str, ...]:
        """Return the ids of the topic's exercises, those that it describes best first."""
        return self._members[key]

    def says(self, key: str) -> tuple[str, ...]:
        return self._texts[key].says

    def evidence(self, key: str) -> tuple[str, ...]:
        """Return the ids of the findings that are shown with the topic, in their order."""
        return self._topics[key].evidence

    def find(self, words: str) -> Match:
        return self._search.find(words)

    def asked(self, words: str) -> str | None:
        """Return the id of the question in a text of any length, or None.

        A question is there if the text has all words of one of its names, in any order; a single
        word is enough only in a text that ends with a question mark.
        """
        typed = self._words.stems(words)
        least = 1 if words.rstrip().endswith("?") else 2
        found = (names for names in self._questions if names <= typed and len(names) >= least)
        names = max(found, key=len, default=None)
        return self._questions[names] if names else None


def _members(topic: Topic, exercises: Mapping[str, Exercise]) -> Iterator[str]:
    ranked = {key: _rank(topic, exercise.facts) for key, exercise in exercises.items()}
    fitting = {key: rank for key, rank in ranked.items() if rank is not None}
    return iter(sorted(fitting, key=lambda key: (fitting[key], exercises[key].texts.name)))


def _rank(topic: Topic, facts: ExerciseFacts) -> int | None:
    """Return a sort key: 0 where the topic is what the exercise is mainly for; None: not at all."""
    places = [place for place, purpose in enumerate(facts.purposes) if purpose in topic.purposes]
    if places:
        return places[0]
    if set(topic.muscles) & set(facts.muscles.primary):
        return len(facts.purposes)
    if set(topic.bands) & set(facts.bands):
        return 0
    if topic.no_band and (facts.band_optional or not facts.bands):
        return int(facts.band_optional)
    return 0 if topic.before_run and facts.before_run else None
