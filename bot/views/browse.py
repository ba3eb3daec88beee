"""Screens for browsing the exercises by topic, page by page."""

from collections.abc import Iterable, Sequence

from bot.callbacks import BrowseTap
from bot.content import Catalogue
from bot.content.texts import Texts
from bot.views.exercise import buttons
from bot.views.screen import Button, Screen, in_rows

A_PAGE = 8
ALL = "all"
GROUPS = ("trains", "aim", "band")


def topics(texts: Texts, catalogue: Catalogue) -> Screen:
    """Show the groups of topics."""
    rows = [(Button(texts.plain(f"browse-{group}"), BrowseTap(group)),) for group in GROUPS]
    when = [
        (Button(catalogue.topics.name(key), BrowseTap(key)),)
        for key in catalogue.topics.of_group("when")
    ]
    everything = (Button(texts.plain("browse-all"), BrowseTap(ALL)),)
    return Screen(texts.html("browse"), (*rows, *when, everything))


def page(texts: Texts, catalogue: Catalogue, topic: str, number: int) -> Screen:
    """Show a group's topics, or page `number` (from 0) of a topic's exercises.

    An unknown topic shows the groups of topics.
    """
    if topic in GROUPS:
        names = catalogue.topics.of_group(topic)
        listed = [Button(catalogue.topics.name(key), BrowseTap(key)) for key in names]
        rows = (*in_rows(listed, 2), _back(texts))
        return Screen(texts.html(f"browse-which-{topic}"), rows)
    if topic == ALL:
        return _page(
            texts, catalogue, ALL, texts.plain("browse-all"), catalogue.look_up(""), number
        )
    if topic in catalogue.topics:
        name, members = catalogue.topics.name(topic), catalogue.topics.members(topic)
        return _page(texts, catalogue, topic, name, members, number)
    return topics(texts, catalogue)


def _page(
    texts: Texts, catalogue: Catalogue, topic: str, name: str, ids: Sequence[str], number: int
) -> Screen:
    pages = max(1, -(-len(ids) // A_PAGE))
    number = min(number, pages - 1)
    shown = ids[number * A_PAGE : (number + 1) * A_PAGE]
    turn = []
    if number > 0:
        turn.append(Button(texts.plain("browse-previous"), BrowseTap(topic, number - 1)))
    if number < pages - 1:
        turn.append(Button(texts.plain("browse-next"), BrowseTap(topic, number + 1)))
    heading = texts.html("browse-page", name=name, count=len(ids), page=number + 1, pages=pages)
    rows: Iterable[tuple[Button, ...]] = (*buttons(catalogue, shown), tuple(turn), _back(texts))
    return Screen(heading, tuple(row for row in rows if row))


def _back(texts: Texts) -> tuple[Button, ...]:
    return (Button(texts.plain("browse-back"), BrowseTap()),)
