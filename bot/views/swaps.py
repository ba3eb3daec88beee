"""Screens that offer something to do instead of a step, and show a swap."""

from bot.callbacks import Lasting, ShowTap, SwapToTap
from bot.content import Doing
from bot.content.sparing import key_of
from bot.content.texts import Html, Texts
from bot.domain.session import Phase, Session
from bot.views.screen import Button, Screen, lines, paragraphs

LASTING = {Lasting.TODAY: "button-swap-today", Lasting.ALWAYS: "button-swap-always"}


def offer(texts: Texts, session: Session, options: tuple[Doing, ...]) -> Screen:
    """Offer each option for today and for always, or say that there is none."""
    go_on = (Button(texts.plain("button-go-on"), ShowTap(session.id)),)
    if not options:
        warm_up = session.step.is_warm_up
        none = "swap-warm-up" if warm_up else "swap-none"
        return Screen(texts.html(none, name=session.step.name), (go_on,))
    text = paragraphs(
        texts.html("swap-ask", name=session.step.name),
        *(_option(texts, number, option) for number, option in enumerate(options, start=1)),
        texts.html("swap-hint"),
    )
    rows = tuple(
        tuple(
            Button(
                texts.plain(label, number=number),
                SwapToTap(lasting, key_of(option), session.id, session.revision),
            )
            for lasting, label in LASTING.items()
        )
        for number, option in enumerate(options, start=1)
    )
    return Screen(text, (*rows, go_on))


def _option(texts: Texts, number: int, option: Doing) -> Html:
    form = option.exercise.texts.forms.get(option.form)
    name = form.name if form else option.exercise.texts.name
    text = form.how[0] if form else option.exercise.texts.in_short
    return texts.html("swap-option", number=number, name=name, text=text)


def swapped(
    texts: Texts, session: Session, screen: Screen, *, always: bool, for_rest: bool
) -> Screen:
    """Put what the swap has changed above the step's screen."""
    step = session.step
    if step.planned:
        done = "swap-done-for-rest" if for_rest else "swap-done-always" if always else "swap-done"
        change = texts.html(done, name=step.name, planned=step.instead_of)
    else:
        change = texts.html("swap-undone", name=step.name)
    paused = texts.html("swap-paused") if session.phase is Phase.PAUSED else None
    text = paragraphs(lines(change, paused), screen.text)
    return Screen(text, screen.buttons, screen.clip)
