"""Published findings, each with its source and a link to it."""

from collections.abc import Iterable, Iterator

from bot.content.texts import Html, Texts
from bot.content.topic_models import Evidence
from bot.views.screen import lines


def findings(texts: Texts, sources: Iterable[tuple[Evidence, str]]) -> Iterator[Html]:
    """Yield a paragraph for each source, with its finding in this language."""
    for source, finding in sources:
        yield lines(
            Html.of(finding),
            texts.html(
                "exercise-source",
                authors=source.authors,
                year=str(source.year),
                published=Html.link(source.published_in, source.link),
            ),
        )
