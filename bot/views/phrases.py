"""Lists as phrases; items that are not Html are escaped."""

from collections.abc import Sequence

from bot.content.texts import Html, Texts


def listed(texts: Texts, items: Sequence[str]) -> Html:
    """Join items as in: one, two and three."""
    *first, last = items
    if not first:
        return Html.of(last)
    return chained(texts, "kit-and", [chained(texts, "kit-list", first), last])


def either(texts: Texts, items: Sequence[str]) -> Html:
    """Join items as in: one or two or three."""
    return chained(texts, "kit-or", items)


def chained(texts: Texts, message: str, items: Sequence[str]) -> Html:
    """Join items pairwise by a message with the variables `first` and `second`."""
    phrase, *others = (Html.of(item) for item in items)
    for other in others:
        phrase = texts.html(message, first=phrase, second=other)
    return phrase
