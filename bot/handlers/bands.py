"""/bands: the bands that the runner owns, named in words or chosen by the buttons of a message."""

from bot.callbacks import BandsTap, ColoursTap, ColourTap, NoBandsTap, OwnTap
from bot.coach import Coach
from bot.content.texts import Texts
from bot.domain.kit import COLOURS, LEVELS, Band, Kit, KitKind, Level, kit_of
from bot.domain.kit_words import (
    Problem,
    Unreadable,
    Vocabulary,
    kind_of,
    lacks_kind,
    level_of,
    read_kit,
)
from bot.domain.question import Question
from bot.handlers.rejected import outdated
from bot.handlers.request import Request, as_answer, without_opening
from bot.services import bands as services
from bot.services import schedule, session_plans
from bot.views import bands as views
from bot.views.screen import Screen

LONGEST_NAME = 4  # words for a band that are understood without “I have”


async def bands(coach: Coach, request: Request) -> None:
    """Save the kit that the words name; without words, show the buttons."""
    if not request.words:
        kit = await services.get(coach.db, request.runner)
        await coach.messenger.show(request.chat, views.bands(coach.texts, kit))
        return
    is_none = request.words.casefold().strip(" .!") in coach.texts.words("word-bands-none")
    named = Kit() if is_none else read_kit(request.words, vocabulary(coach.texts))
    if isinstance(named, Kit):
        await _save(coach, request, named, only=True)
    elif (kind := _without_level(coach, named)) is not None:
        await _ask_level(coach, request, request.words, named.word, kind, only=True)
    else:
        await coach.messenger.show(request.chat, views.unreadable(coach.texts, named))


def are_told(texts: Texts, words: str) -> bool:
    """Return whether a clause names bands that somebody has; without “I have”, with a strength."""
    opening, named = _without_having(texts, words)
    kit = read_kit(named, vocabulary(texts))
    if isinstance(kit, Kit):
        return all(band.colour in ("", *COLOURS) for band in kit.bands)
    return (
        bool(opening)
        and kit.problem is Problem.LEVEL
        and kind_of(kit.word, vocabulary(texts)) is not None
    )


def _without_having(texts: Texts, words: str) -> tuple[str, str]:
    """Return what a sentence about one's bands begins with, such as “I have”, and the bands."""
    typed = " ".join(words.lower().replace("’", "'").split()).strip(" .!")
    return without_opening(typed, texts.words("word-bands-have"))


async def named(coach: Coach, request: Request) -> bool:
    """Save the bands that the runner mentions, or ask how strong one is; False for other words.

    They are added to the known bands, unless the runner has only these.
    """
    texts = coach.texts
    opening, words = _without_having(texts, request.words)
    is_only = not texts.words("word-bands-only").isdisjoint((opening, *opening.split()))
    return await _named(coach, request, words, only=is_only, needs_all=not opening)


async def _named(
    coach: Coach, request: Request, words: str, *, only: bool, needs_all: bool = False
) -> bool:
    """Handle words for bands; `needs_all`: words without a strength are not accepted."""
    spoken = vocabulary(coach.texts)
    kit = read_kit(words, spoken)
    if isinstance(kit, Kit):
        if any(band.colour not in ("", *COLOURS) for band in kit.bands):
            return False
        await _save(coach, request, kit, only=only)
        return True
    if kit.problem is Problem.KIND and not (needs_all and "=" not in words):
        return lacks_kind(words, spoken) and await _ask_kind(coach, request)
    kind = _without_level(coach, kit)
    if kind is None or (needs_all and len(words.split()) > LONGEST_NAME):
        return False
    await _ask_level(coach, request, words, kit.word, kind, only=only)
    return True


async def _ask_kind(coach: Coach, request: Request) -> bool:
    kit = await services.get(coach.db, request.runner)
    await coach.messenger.show(request.chat, views.ask_kind(coach.texts, kit))
    return True


def _without_level(coach: Coach, unread: Unreadable) -> KitKind | None:
    """Return the kind of the only band, if nothing but its strength is missing."""
    is_level = unread.problem is Problem.LEVEL
    return kind_of(unread.word, vocabulary(coach.texts)) if is_level else None


async def _ask_level(
    coach: Coach, request: Request, words: str, unclear: str, kind: KitKind, *, only: bool
) -> None:
    await schedule.ask_level(coach.db, request.runner, words, unclear, coach.now(), only=only)
    await coach.messenger.show(request.chat, views.ask_level(coach.texts, kind))


async def _save(coach: Coach, request: Request, named: Kit, *, only: bool) -> None:
    if not only:
        known = await services.get(coach.db, request.runner)
        named = kit_of((*(known.bands if known else ()), *named.bands))
    kit = await services.choose(coach.db, request.runner, named, coach.now())
    await session_plans.after_new_bands(coach.db, coach.catalogue, request.runner, coach.now())
    await schedule.leave_level(coach.db, request.runner, coach.now())
    await coach.messenger.show(request.chat, views.saved(coach.texts, kit))


async def level_answered(coach: Coach, request: Request, question: Question) -> bool:
    """Handle typed words as an answer to the question how strong a band is; False for others."""
    if not question.bands:
        return False
    if as_answer(request.words) in coach.texts.words("word-no"):
        await schedule.leave_level(coach.db, request.runner, coach.now())
        await coach.messenger.show(request.chat, views.level_left(coach.texts))
        return True
    level = level_of(request.words, vocabulary(coach.texts))
    return level is not None and await _told(coach, request, question, level)


async def _told(coach: Coach, request: Request, question: Question, level: Level) -> bool:
    """Save the bands of the question, now that the missing strength is known."""
    clear = f"{question.unclear} {level}"
    words = question.bands.replace(question.unclear, clear, 1)
    await schedule.leave_level(coach.db, request.runner, coach.now())
    return await _named(coach, request, words, only=question.only)


def vocabulary(texts: Texts) -> Vocabulary:
    """Return the words for kinds and strengths of bands, and the filler words to be ignored."""
    return Vocabulary(
        kinds={word: kind for kind in KitKind for word in texts.words(f"word-{kind}")},
        levels={word: level for level in LEVELS for word in texts.words(f"word-{level}")},
        filler=texts.words("word-bands-filler"),
        joining=texts.words("word-bands-joining"),
    )


async def bands_tapped(coach: Coach, request: Request, tap: BandsTap) -> None:
    """Show all kinds of bands, or the strengths of one kind, in place."""
    if tap.kind and tap.kind not in set(KitKind) - {KitKind.DOOR_ANCHOR}:
        raise outdated(request)
    await coach.messenger.answer(request.query)
    kit = await services.get(coach.db, request.runner)
    screen = views.bands(coach.texts, kit)
    if tap.kind:
        screen = views.levels(coach.texts, kit, KitKind(tap.kind))
    await _in_place(coach, request, screen)


async def own_tapped(coach: Coach, request: Request, tap: OwnTap) -> None:
    """Store whether the runner owns the band; a second tap changes nothing.

    If this answers how strong a band is, the bands named together with it are stored, too.
    """
    question = await schedule.question(coach.db, request.runner, coach.now())
    is_asked = question.bands and kind_of(question.unclear, vocabulary(coach.texts)) is tap.kind
    if tap.owned and is_asked and await _told(coach, request, question, tap.level):
        await coach.messenger.answer(request.query, coach.texts.plain("toast-saved"))
        await coach.messenger.strip(request.chat, request.message_id)
        return
    band = Band(tap.kind, tap.level)
    kit = await services.own(coach.db, request.runner, band, bool(tap.owned), coach.now())
    await session_plans.after_new_bands(coach.db, coach.catalogue, request.runner, coach.now())
    await schedule.leave_level(coach.db, request.runner, coach.now())
    await coach.messenger.answer(request.query, coach.texts.plain("toast-saved"))
    await _in_place(coach, request, _list_with(coach, kit, tap.kind))


def _list_with(coach: Coach, kit: Kit | None, kind: KitKind) -> Screen:
    """Return the screen that lists bands of this kind."""
    if kind is KitKind.DOOR_ANCHOR:
        return views.bands(coach.texts, kit)
    return views.levels(coach.texts, kit, kind)


async def no_bands_tapped(coach: Coach, request: Request, _tap: NoBandsTap) -> None:
    kit = await services.choose(coach.db, request.runner, Kit(), coach.now())
    await session_plans.after_new_bands(coach.db, coach.catalogue, request.runner, coach.now())
    await coach.messenger.answer(request.query, coach.texts.plain("toast-saved"))
    await _in_place(coach, request, views.bands(coach.texts, kit))


async def colours_tapped(coach: Coach, request: Request, tap: ColoursTap) -> None:
    """Show the colours to choose from; if the band was removed meanwhile, list the bands."""
    await coach.messenger.answer(request.query)
    kit = await services.get(coach.db, request.runner)
    band = kit.get(tap.kind, tap.level) if kit else None
    screen = views.colours(coach.texts, band) if band else _list_with(coach, kit, tap.kind)
    await _in_place(coach, request, screen)


async def colour_tapped(coach: Coach, request: Request, tap: ColourTap) -> None:
    """Store the colour of a band; an empty colour removes it."""
    kit = await services.get(coach.db, request.runner)
    if tap.colour and tap.colour not in COLOURS:
        raise outdated(request)
    if kit is not None and kit.get(tap.kind, tap.level) is not None:
        name = coach.texts.plain(f"colour-{tap.colour}") if tap.colour else ""
        kit = await services.colour(
            coach.db, request.runner, tap.kind, tap.level, name, coach.now()
        )
        await session_plans.after_new_bands(coach.db, coach.catalogue, request.runner, coach.now())
    await coach.messenger.answer(request.query, coach.texts.plain("toast-saved"))
    await _in_place(coach, request, _list_with(coach, kit, tap.kind))


async def _in_place(coach: Coach, request: Request, screen: Screen) -> None:
    await coach.messenger.replace(request.chat, request.message_id, screen)
