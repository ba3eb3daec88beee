"""Screens for browsing the exercises by topic, page by page."""

from collections.abc import Sequence

from bot.callbacks import BrowseTap
from bot.content import Catalogue
from bot.content.texts import Html, Texts
from bot.content.topics import STUDIES
from bot.views.evidence import findings
from bot.views.exercise import buttons
from bot.views.screen import Button, Rows, Screen, column, in_rows, paragraphs, row

A_PAGE = 8
ALL = "all"
GROUPS = ("trains", "aim", "band", STUDIES)


def topics(texts: Texts, catalogue: Catalogue) -> Screen:
    """Show the groups of topics."""
    *exercises, studies = column(texts, *((f"browse-{each}", BrowseTap(each)) for each in GROUPS))
    when = [
        (Button(catalogue.topics.name(key), BrowseTap(key)),)
        for key in catalogue.topics.of_group("when")
    ]
    everything = column(texts, ("browse-all", BrowseTap(ALL)))
    return Screen(texts.html("browse"), (*exercises, *when, *everything, studies))


def page(texts: Texts, catalogue: Catalogue, topic: str, number: int) -> Screen:
    """Show a group's topics, or page `number` (from 0) of a topic: what is said of it, findings
    and exercises.

    An unknown topic shows the groups of topics.
    """
    if topic in GROUPS:
        names = catalogue.topics.of_group(topic)
        listed = [Button(catalogue.topics.name(key), BrowseTap(key)) for key in names]
        rows = in_rows(listed, 1 if topic == STUDIES else 2)
        return Screen(texts.html(f"browse-which-{topic}"), (*rows, *_back(texts)))
    if topic == ALL:
        heading = _heading(texts, texts.plain("browse-all"), catalogue.look_up(""), number)
        return Screen(heading, _rows(texts, catalogue, ALL, catalogue.look_up(""), number))
    if topic in catalogue.topics:
        return _topic(texts, catalogue, topic, number)
    return topics(texts, catalogue)


def _topic(texts: Texts, catalogue: Catalogue, topic: str, number: int) -> Screen:
    name, ids = catalogue.topics.name(topic), catalogue.topics.members(topic)
    heading = _heading(texts, name, ids, number)
    if number == 0:
        heading = paragraphs(
            heading if ids else texts.html("browse-question", name=name),
            *(Html.of(text) for text in catalogue.topics.says(topic)),
            *findings(texts, catalogue.evidence_of_topic(topic)),
        )
    if ids:
        return Screen(heading, _rows(texts, catalogue, topic, ids, number))
    others = column(texts, ("browse-other-studies", BrowseTap(STUDIES)))
    return Screen(heading, (*others, *_back(texts)))


def _heading(texts: Texts, name: str, ids: Sequence[str], number: int) -> Html:
    pages = _pages(ids)
    page = min(number, pages - 1) + 1
    return texts.html("browse-page", name=name, count=len(ids), page=page, pages=pages)


def _pages(ids: Sequence[str]) -> int:
    return max(1, -(-len(ids) // A_PAGE))


def _rows(texts: Texts, catalogue: Catalogue, topic: str, ids: Sequence[str], number: int) -> Rows:
    """Return a button for each exercise of the page, and those to turn it."""
    pages = _pages(ids)
    number = min(number, pages - 1)
    shown = ids[number * A_PAGE : (number + 1) * A_PAGE]
    turn = {"browse-previous": number - 1, "browse-next": number + 1}
    possible = ((label, BrowseTap(topic, to)) for label, to in turn.items() if to in range(pages))
    rows = (*buttons(catalogue, shown), row(texts, *possible), *_back(texts))
    return tuple(filter(None, rows))


def _back(texts: Texts) -> Rows:
    return column(texts, ("browse-back", BrowseTap()))
