"""The phrases of a track: the sentences that a voice says, each by itself."""

from bot.content.texts import Texts, plain
from bot.domain.kit import COLOURS
from bot.domain.prescription import seconds_each
from bot.domain.session import Part, Step


def opening(texts: Texts, minutes: int) -> str:
    return texts.plain("track-length", minutes=minutes)


def ready(texts: Texts) -> str:
    return texts.plain("track-ready")


def number(texts: Texts, count: int) -> str:
    return texts.plain(f"word-number-{count}")


def warm_up(texts: Texts, seconds: int) -> str:
    return texts.plain("track-warm-up", minutes=-(-seconds // 60))


def warm_up_how(texts: Texts, kind: str) -> str:
    """Return what to do in a warm-up: its message without the title."""
    message = f"warm-up-{kind}" if kind else "step-warm-up"
    return plain(texts.html(message, minutes=1)).partition("\n")[2].strip()


def seconds(texts: Texts, count: int) -> str:
    return plain(texts.html("step-work", seconds=count))


def amount(texts: Texts, step: Step) -> str | None:
    """Return about how many repetitions a step has time for; None: it is held."""
    if step.count:
        return repetitions(texts, step.unit, step.count, each=step.each_side)
    if step.about is None or step.about[2] == "seconds":
        return None
    return about(texts, *step.about)


def repetitions(texts: Texts, unit: str, count: int, *, each: bool) -> str:
    each_side = "yes" if each else "no"
    return texts.plain("track-amount", unit=unit, count=count, each=each_side)


def about(texts: Texts, low: int, high: int, unit: str) -> str:
    if low == high:
        return repetitions(texts, unit, low, each=False)
    return texts.plain("track-about", low=low, high=high, unit=unit)


def set_number(texts: Texts, number: int, sets: int, *, in_rounds: bool) -> str:
    return texts.plain("step-round" if in_rounds else "step-set", set=number, sets=sets)


def side(texts: Texts, step: Step) -> str | None:
    if step.side:
        return step.side
    return half(texts, step.go) if step.go else None


def half(texts: Texts, go: int) -> str:
    return texts.plain("step-go", go=go)


def band(texts: Texts, step: Step) -> tuple[str, ...]:
    """Return which band a step needs, and where; a colour beyond the usual is not said."""
    if step.gently:
        return (gently(texts),)
    if not step.band:
        return () if step.advice and not step.variant else (without_band(texts),)
    if step.level:
        return _own_band(texts, step), step.band
    if step.part is Part.RAMP:
        return lighter_band(texts), step.band
    return texts.plain("track-band"), step.band


def gently(texts: Texts) -> str:
    return plain(texts.html("step-gently"))


def without_band(texts: Texts) -> str:
    return plain(texts.html("step-band-none"))


def lighter_band(texts: Texts) -> str:
    return plain(texts.html("step-ramp-band"))


def _own_band(texts: Texts, step: Step) -> str:
    usual = {texts.plain(f"colour-{colour}") for colour in COLOURS}
    if step.colour.lower() in usual:
        return coloured(texts, step.kind, step.colour.lower())
    return owned(texts, step.kind, step.level)


def owned(texts: Texts, kind: str, strength: str) -> str:
    return texts.plain("track-band-own", kind=kind, strength=strength)


def coloured(texts: Texts, kind: str, colour: str) -> str:
    return texts.plain("track-band-colour", kind=kind, colour=colour)


def today(texts: Texts, step: Step) -> tuple[str, ...]:
    """Return what is different today: the easier or harder way, or the tempo."""
    if step.advice:
        return texts.plain("track-harder" if step.variant else "track-easier"), step.advice
    if step.tempo:
        return (tempo(texts, step.tempo),)
    if step.pace:
        return (pace(texts, seconds_each(step.pace, 0)),)
    return ()


def tempo(texts: Texts, tempo: int) -> str:
    return plain(texts.html(f"step-tempo-{tempo}"))


def pace(texts: Texts, each: int) -> str:
    return plain(texts.html("step-pace", seconds=each))


def anchor(texts: Texts, height: str, *, moves: bool) -> tuple[str, ...]:
    """Return how the anchor is fixed, or moved."""
    how = (line.strip(" •") for line in plain(texts.html("step-anchor-how")).splitlines())
    return (
        plain(texts.html("step-anchor-moves" if moves else "step-anchor")),
        plain(texts.html("step-anchor-height", height=height)),
        *(line for line in how if line),
        texts.plain("track-anchor-longer"),
    )
