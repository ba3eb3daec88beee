"""Screens that offer something to do instead of a step, and show a swap."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.callbacks import BringBackTap, CloseTap, Lasting, LeaveOutTap, ShowTap, SwapToTap
from bot.content import Catalogue, Doing, Exercise
from bot.content.sparing import LEFT_OUT, WITHOUT, key_of
from bot.content.texts import Html, Texts
from bot.domain.session import Phase, Session
from bot.views.screen import Button, Screen, above, column, lines, paragraphs

KEEP = ("button-keep-it", CloseTap())
LASTING = {Lasting.TODAY: "button-swap-today", Lasting.ALWAYS: "button-swap-always"}


def offer(texts: Texts, session: Session, options: tuple[Doing, ...]) -> Screen:
    """Offer each option for today and for always, or say that there is none."""
    go_on = column(texts, ("button-go-on", ShowTap(session.id)))
    if not options:
        none = "swap-warm-up" if session.step.is_warm_up else "swap-none"
        return Screen(texts.html(none, name=session.step.name), go_on)
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
    return Screen(text, (*rows, *go_on))


def _option(texts: Texts, number: int, option: Doing) -> Html:
    form = option.exercise.texts.forms.get(option.form)
    text = form.how[0] if form else option.exercise.texts.in_short
    return texts.html("swap-option", number=number, name=option.texts.name, text=text)


def swapped(
    texts: Texts, session: Session, screen: Screen, *, always: bool, for_rest: bool
) -> Screen:
    """Show the step's screen below what the swap has changed."""
    step = session.step
    if step.planned:
        done = "swap-done-for-rest" if for_rest else "swap-done-always" if always else "swap-done"
        change = texts.html(done, name=step.name, planned=step.instead_of)
    else:
        change = texts.html("swap-undone", name=step.name)
    paused = texts.html("swap-paused") if session.phase is Phase.PAUSED else None
    return above(screen, lines(change, paused))


def leave_out(texts: Texts, exercise: Exercise, options: tuple[Doing, ...] | None) -> Screen:
    """Offer what can be done from now on instead of an exercise, and doing nothing instead.

    `options` is None if the exercise can't be left out.
    """
    name = exercise.texts.name
    if options is None:
        return Screen(texts.html("leave-out-none", name=name))
    if not options:
        without = ("button-go-without", LeaveOutTap(exercise.id, WITHOUT))
        return Screen(texts.html("leave-out-without", name=name), column(texts, without, KEEP))
    text = paragraphs(
        texts.html("leave-out-ask", name=name),
        *(_option(texts, number, option) for number, option in enumerate(options, start=1)),
    )
    rows = []
    for option in options:
        label = texts.plain("button-instead", name=option.exercise.texts.name)
        rows.append((Button(label, LeaveOutTap(exercise.id, key_of(option))),))
    return Screen(text, (*rows, *column(texts, KEEP)))


def which(texts: Texts, catalogue: Catalogue, exercises: Iterable[str]) -> Screen:
    """Ask which exercise is to be left out."""
    rows = ((Button(catalogue.exercises[key].texts.name, LeaveOutTap(key)),) for key in exercises)
    return Screen(texts.html("leave-out-which"), tuple(rows))


def left_out(texts: Texts, exercise: Exercise, instead: str) -> Screen:
    """Say what is done from now on instead of the exercise; "": nothing."""
    said = "left-out" if instead else "left-out-without"
    text = texts.html(said, name=exercise.texts.name, instead=instead)
    return Screen(text, ((bring_back(texts, exercise),),))


def with_left_out(texts: Texts, exercise: Exercise, instead: str, screen: Screen) -> Screen:
    """Say above the explanation of an exercise that it is left out, with a button to undo that."""
    said = "left-out-here" if instead else "left-out-here-without"
    undone = replace(screen, buttons=(*screen.buttons, (bring_back(texts, exercise),)))
    return above(undone, texts.html(said, instead=instead))


def brought_back(texts: Texts, exercise: Exercise) -> Screen:
    """Say that the exercise is done again."""
    return Screen(texts.html("brought-back", name=exercise.texts.name))


def kept(texts: Texts, catalogue: Catalogue, swaps: Mapping[str, tuple[str, str]]) -> Screen:
    """List what is left out and what is done instead, with a button to undo each."""
    known = {key: instead for key, instead in swaps.items() if key in catalogue.exercises}
    if not known:
        return Screen(texts.html("left-out-none"))
    listed = (
        texts.html(
            "left-out-item-without" if instead == LEFT_OUT else "left-out-item",
            name=catalogue.exercises[key].texts.name,
            instead=catalogue.name(*instead),
        )
        for key, instead in known.items()
    )
    rows = tuple((bring_back(texts, catalogue.exercises[key]),) for key in known)
    return Screen(lines(texts.html("left-out-list"), *listed), rows)


def bring_back(texts: Texts, exercise: Exercise) -> Button:
    label = texts.plain("button-bring-back", name=exercise.texts.name)
    return Button(label, BringBackTap(exercise.id))
