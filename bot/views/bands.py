"""Screens of the bands that a runner owns."""

from dataclasses import replace

from bot.callbacks import BandsTap, CloseTap, ColoursTap, ColourTap, NoBandsTap, OwnTap
from bot.content.texts import Html, Texts
from bot.domain.kit import COLOURS, LEVELS, Band, Kit, KitKind, Level
from bot.domain.kit_words import Unreadable
from bot.views.screen import Button, Rows, Screen, in_rows, lines, notice, paragraphs, shortened


def bands(texts: Texts, kit: Kit | None) -> Screen:
    """Show what the runner owns (None: not known), with a button for each kind."""
    hint = texts.html("bands-untold" if kit is None else "bands-hint")
    return Screen(paragraphs(_owned(texts, kit), hint), _kinds(texts, kit))


def ask_level(texts: Texts, kind: KitKind) -> Screen:
    """Ask how strong the runner's band of this kind is."""
    buttons = [
        Button(texts.plain(f"button-strength-{level}"), OwnTap(kind, level, 1)) for level in LEVELS
    ]
    text = texts.html("bands-ask-level", kind=kind)
    return Screen(text, in_rows(buttons, 2))


level_left = notice("bands-level-left")


def _owned(texts: Texts, kit: Kit | None) -> Html:
    """List the bands, a line for each kind."""
    title = texts.html("bands-title")
    if kit is None:
        return title
    if not kit.bands:
        return lines(title, texts.html("bands-none"))
    return lines(title, *(_line(texts, kind, kit.of(kind)) for kind in KitKind if kit.of(kind)))


def _line(texts: Texts, kind: KitKind, owned: tuple[Band, ...]) -> Html:
    if kind is KitKind.DOOR_ANCHOR:
        return texts.html("bands-line-anchor", kind=kind)
    named = [_named(texts, band) for band in owned]
    return texts.html("bands-line", kind=kind, bands=texts.row(named))


def _named(texts: Texts, band: Band) -> Html:
    if not band.colour:
        return texts.html("strength", strength=band.level)
    return texts.html("bands-coloured", strength=band.level, colour=band.colour)


def _kinds(texts: Texts, kit: Kit | None) -> Rows:
    def button(kind: KitKind) -> Button:
        owned = kit is not None and kit.owns(kind)
        label = _ticked(texts, texts.plain(f"button-kind-{kind}"), owned)
        if kind is KitKind.DOOR_ANCHOR:
            return Button(label, OwnTap(kind, Level.NONE, int(not owned)))
        return Button(label, BandsTap(kind.value))

    last = [Button(texts.plain("button-bands-done"), CloseTap())]
    if kit is None or kit.bands:
        last.insert(0, Button(texts.plain("button-bands-none"), NoBandsTap()))
    return (
        (button(KitKind.MINI_BAND), button(KitKind.HIP_CIRCLE)),
        (button(KitKind.LONG_LOOP), button(KitKind.LONG_BAND)),
        (button(KitKind.DOOR_ANCHOR),),
        tuple(last),
    )


def _ticked(texts: Texts, label: str, owned: bool) -> str:
    return texts.plain("bands-ticked", label=label) if owned else label


def levels(texts: Texts, kit: Kit | None, kind: KitKind) -> Screen:
    """Show the strengths of one kind; a tap adds a band of that strength or removes it."""
    rows = []
    for level in LEVELS:
        band = kit.get(kind, level) if kit else None
        label = _ticked(texts, texts.plain(f"button-strength-{level}"), band is not None)
        row = [Button(label, OwnTap(kind, level, int(band is None)))]
        if band is not None:
            colour = band.colour or texts.plain("button-colour")
            row.append(Button(colour, ColoursTap(kind, level)))
        rows.append(tuple(row))
    back = (Button(texts.plain("button-bands-back"), BandsTap()),)
    question = texts.html("bands-which", kind=kind)
    fabric = texts.html("bands-fabric") if kind is KitKind.HIP_CIRCLE else None
    return Screen(paragraphs(_owned(texts, kit), question, fabric), (*rows, back))


def colours(texts: Texts, band: Band) -> Screen:
    """Offer the usual colours of a band, and no colour."""
    buttons = [
        Button(texts.plain(f"colour-{colour}"), ColourTap(band.kind, band.level, colour))
        for colour in COLOURS
    ]
    last = (
        Button(texts.plain("button-colour-none"), ColourTap(band.kind, band.level)),
        Button(texts.plain("button-bands-back"), BandsTap(band.kind.value)),
    )
    question = texts.html(
        "bands-colour", kind=band.kind, strength=band.level, colour=band.colour or "none"
    )
    return Screen(question, (*in_rows(buttons, 4), last))


def saved(texts: Texts, kit: Kit) -> Screen:
    """Show how a typed kit was understood, and say that sessions will fit it from now on."""
    routines = texts.html("bands-saved")
    return Screen(paragraphs(_owned(texts, kit), routines), _kinds(texts, kit))


def ask_kind(texts: Texts, kit: Kit | None) -> Screen:
    """Ask which kind of bands the runner means, with the buttons of all kinds."""
    return replace(bands(texts, kit), text=texts.html("bands-ask-kind"))


def unreadable(texts: Texts, wrong: Unreadable) -> Screen:
    """Say which word was not understood, with an example that works."""
    return Screen(texts.html(f"bands-error-{wrong.problem}", word=shortened(wrong.word)))
