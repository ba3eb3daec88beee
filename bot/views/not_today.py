"""Screens for a day without a session: why, what to do instead, when the coach asks next."""

from bot.content.texts import Html, Texts
from bot.domain.not_today import NotToday
from bot.views import pain, standing
from bot.views.screen import Screen, lines, paragraphs


def screen(texts: Texts, not_today: NotToday) -> Screen:
    """Return the screen that is shown instead of a session."""
    return Screen(text(texts, not_today), pain.agreed_rows(texts, not_today.rests))


def text(texts: Texts, not_today: NotToday) -> Html:
    """Return the reason, what rests, what to do instead, and when the coach asks."""
    if not_today.season is not None and not_today.reason is None:
        return standing.season(texts, not_today.season) or Html()
    rests, reason = [rest for rest in not_today.rests if rest.rests], not_today.reason
    return paragraphs(
        texts.html(f"not-today-{reason}") if reason else texts.html("not-today-too-little"),
        lines(
            texts.html(
                "not-today-resting", regions=pain.regions(texts, (rest.region for rest in rests))
            )
            if rests
            else None,
            pain.resting(texts, [rest for rest in rests if rest.locked]),
            _asks(texts, not_today),
        ),
        texts.html("not-today-instead"),
    )


def _asks(texts: Texts, not_today: NotToday) -> Html | None:
    """Return when the coach asks about what rests; None: it does not ask."""
    day = not_today.ask_on
    if day is None:
        return None
    if day == not_today.today:
        return texts.html("not-today-asks-today")
    return texts.html("not-today-asks", day=day)
