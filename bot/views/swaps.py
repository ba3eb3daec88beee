"""What could be done instead of a step, and what a swap has changed."""

from bot.callbacks import Lasting, ShowTap, SwapToTap
from bot.content import Doing
from bot.content.sparing import key_of
from bot.content.texts import Html, Texts
from bot.domain.session import Phase, Session
from bot.views.screen import Button, Screen, lines, paragraphs

LASTING = {Lasting.TODAY: "button-swap-today", Lasting.ALWAYS: "button-swap-always"}


def offer(texts: Texts, session: Session, options: tuple[Doing, ...]) -> Screen:
    """Two at most, each for today or from now on."""
    go_on = (Button(texts.plain("button-go-on"), ShowTap(session.id)),)
    if not options:
        warm_up = session.step.is_warm_up
        none = "swap-warm-up" if warm_up else "swap-none"
        return Screen(texts.html(none, name=session.step.name), (go_on,))
    text = paragraphs(
        texts.html("swap-ask", name=session.step.name),
        *(_option(texts, number, it) for number, it in enumerate(options, start=1)),
        texts.html("swap-hint"),
    )
    rows = tuple(
        tuple(
            Button(
                texts.plain(label, number=number),
                SwapToTap(lasting, key_of(it), session.id, session.revision),
            )
            for lasting, label in LASTING.items()
        )
        for number, it in enumerate(options, start=1)
    )
    return Screen(text, (*rows, go_on))


def _option(texts: Texts, number: int, it: Doing) -> Html:
    form = it.exercise.texts.forms.get(it.form)
    name = form.name if form else it.exercise.texts.name
    said = form.how[0] if form else it.exercise.texts.in_short
    return texts.html("swap-option", number=number, name=name, text=said)


def swapped(texts: Texts, session: Session, screen: Screen, *, always: bool) -> Screen:
    """The step as it is now, saying what has changed."""
    step = session.step
    if step.planned:
        done = "swap-done-always" if always else "swap-done"
        said = texts.html(done, name=step.name, planned=step.instead_of)
    else:
        said = texts.html("swap-undone", name=step.name)
    paused = session.phase is Phase.PAUSED
    still = texts.html("swap-paused") if paused else None
    text = paragraphs(lines(said, still), screen.text)
    return Screen(text, screen.buttons, screen.clip)
