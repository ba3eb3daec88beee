"""Several things in one phrase; what is not Html yet is shown as typed."""

from collections.abc import Sequence

from bot.content.texts import Html, Texts


def listed(texts: Texts, items: Sequence[str]) -> Html:
    """One, two and three."""
    *first, last = items
    if not first:
        return Html.of(last)
    return chained(texts, "kit-and", [chained(texts, "kit-list", first), last])


def either(texts: Texts, items: Sequence[str]) -> Html:
    """One or two or three."""
    return chained(texts, "kit-or", items)


def chained(texts: Texts, joint: str, items: Sequence[str]) -> Html:
    """The same words between each and the next."""
    phrase, *others = (Html.of(item) for item in items)
    for other in others:
        phrase = texts.html(joint, first=phrase, second=other)
    return phrase
