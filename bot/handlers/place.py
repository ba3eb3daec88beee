"""/timezone, and where a runner is: typed, shared or tapped."""

import asyncio
import re
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from telegram import Location

from bot.callbacks import NamesakesTap, NoPlaceTap, PlaceTap
from bot.coach import Coach
from bot.content.places import MAX_LETTERS, Found, Place, fold
from bot.content.texts import Texts
from bot.domain.once_words import read_once
from bot.domain.question import Question
from bot.gateway.updates import TappedMessage
from bot.handlers import reminders
from bot.handlers.rejected import outdated
from bot.handlers.request import Request, without_ending, without_opening
from bot.services import runners, schedule
from bot.views import reminders as views

LABEL, TIME = "\N{BULLET}L", "\N{BULLET}T"


def openings(texts: Texts, *, alone: bool = True) -> list[str]:
    """Return what may precede the name of a place, such as “i live in”.

    `alone`: include words such as “in” alone.
    """
    where = texts.words("word-place-where")
    whole = [f"{who} {word}" for who in texts.words("word-place-who") for word in where]
    whole += texts.words("word-place-label")
    return [*where, *whole] if alone else whole


async def timezone(coach: Coach, request: Request) -> None:
    """Save the place that the words name; without words, show the present place and ask for it."""
    if request.words:
        await named(coach, request)
        return
    runner = await runners.get(coach.db, request.runner)
    await schedule.ask_place(coach.db, request.runner, coach.now())
    texts = await coach.texts_for(request.runner)
    now_at = views.place_now(texts, runner, coach.now()) if runner else None
    await coach.messenger.show(request.chat, views.ask_place(texts, now_at=now_at))


async def moved(coach: Coach, request: Request) -> None:
    """Ask whether the runner is at the place in a sentence such as “I moved to Lisbon”."""
    typed, _ = without_ending(
        request.words.lower().strip(" .!"), coach.texts.words("word-place-behind")
    )
    words = typed.split()
    behind = [index for index, word in enumerate(words) if word in ("to", "in")]
    name = " ".join(words[behind[-1] + 1 :]) if behind else ""
    place = coach.places.find(name).sure if name else None
    if place is None:
        await timezone(coach, replace(request, words=""))
        return
    await _ask_here(coach, request, name, place)


async def _ask_here(coach: Coach, request: Request, name: str, place: Place) -> None:
    """Ask whether the runner is at the place of this name; the answer may be typed or tapped."""
    await schedule.offer_place(coach.db, request.runner, name[:MAX_LETTERS], coach.now())
    texts = await coach.texts_for(request.runner)
    await coach.messenger.show(request.chat, views.is_it_here(texts, place, coach.now()))


async def told(coach: Coach, request: Request) -> bool:
    """Ask whether the runner is at the place in words such as “I'm in Lisbon this week”.

    Return False for other words, and if they name no place.
    """
    name, match = _told(coach, request.words)
    if not match.places:
        return False
    if match.sure is None:
        await named(coach, replace(request, words=name))
        return True
    await _ask_here(coach, request, name, match.sure)
    return True


def is_told(coach: Coach, words: str) -> bool:
    """Return whether a clause says where the runner is."""
    return bool(_told(coach, words)[1].places)


def _told(coach: Coach, words: str) -> tuple[str, Found]:
    """Return the name of the place where somebody says to be, or of a time zone, and what fits."""
    typed = " ".join(words.lower().replace("’", "'").replace(",", " ").split()).strip(" .!")
    opening, name = without_opening(typed, openings(coach.texts, alone=False))
    name, _ = without_ending(name, coach.texts.words("word-place-behind"))
    match = coach.places.find(name) if name and (opening or "/" in name) else Found()
    return name, Found() if match.guessed else match


async def told_for_days(coach: Coach, request: Request) -> None:
    """Save the place where somebody says to be, beside their training days."""
    name, match = _told(coach, request.words)
    await named(coach, replace(request, words=name) if match.places else request)


async def named(coach: Coach, request: Request) -> None:
    """Save the place that the words name.

    If several places or only similar names match, ask which is meant; if none does, ask again.
    """
    if request.words.lower() in coach.texts.words("word-no"):
        await schedule.leave_place(coach.db, request.runner, coach.now())
        await coach.messenger.show(request.chat, views.place_left(coach.texts))
        return
    match = coach.places.find(request.words, openings(coach.texts))
    if match.sure:
        await _save(coach, request, match.sure, match.elsewhere)
    elif match.places:
        name = fold(request.words[:MAX_LETTERS])
        await schedule.ask_place(coach.db, request.runner, coach.now(), name)
        await _ask_which(coach, request, request.words, match)
    else:
        await schedule.ask_place(coach.db, request.runner, coach.now())
        await coach.messenger.show(request.chat, views.ask_place(coach.texts, request.words))


async def _ask_which(coach: Coach, request: Request, words: str, match: Found) -> None:
    texts = await coach.texts_for(request.runner)
    screen = views.which_place(texts, words, match, coach.now())
    await coach.messenger.show(request.chat, screen)


async def answered(coach: Coach, request: Request, question: Question) -> bool:
    """Handle typed words as an answer to the question which of the offered places is meant.

    Return False if that question is not open or the words do not answer it.
    """
    if not question.name:
        return False
    words = fold(request.words)
    match = coach.places.find(question.name)
    offered = [*match.places, *match.others]
    if words in map(fold, coach.texts.words("word-no")):
        if not question.place:
            return False
        await _ask_other(coach, request)
    elif words in map(fold, coach.texts.words("word-yes")):
        only = match.sure or (offered[0] if len(offered) == 1 else None)
        if only is not None:
            await _save(coach, request, only)
        else:
            await _ask_which(coach, request, question.name, match)
    elif (place := _only_match(offered, words)) is not None:
        await _save(coach, request, place)
    else:
        return False
    return True


def _only_match(offered: list[Place], words: str) -> Place | None:
    """Return the only place whose label has all these words, such as “illinois”, or None."""
    wanted = set(words.split())
    matching = [place for place in offered if wanted and wanted <= set(fold(place.label).split())]
    return matching[0] if len(matching) == 1 else None


async def namesakes_tapped(coach: Coach, request: Request, tap: NamesakesTap) -> None:
    """Show the places of this name that were not offered at first."""
    others = coach.places.find(tap.name).others
    if not others:
        raise outdated(request)
    await coach.messenger.answer(request.query)
    await schedule.ask_place(coach.db, request.runner, coach.now(), tap.name)
    screen = views.namesakes(await coach.texts_for(request.runner), tap.name, others, coach.now())
    await coach.messenger.show(request.chat, screen)


async def no_place_tapped(coach: Coach, request: Request, _tap: NoPlaceTap) -> None:
    await coach.messenger.answer(request.query)
    await _ask_other(coach, request)
    await coach.messenger.strip(request.chat, request.message_id)


async def _ask_other(coach: Coach, request: Request) -> None:
    """Ask for another place than those that were offered."""
    await schedule.ask_place(coach.db, request.runner, coach.now())
    await coach.messenger.show(request.chat, views.other_place(coach.texts))


async def location(coach: Coach, request: Request, where: Location, *, own: bool) -> None:
    """Save only the zone and the name of the town of a shared location.

    `own`: False for a forwarded location or a venue, which the runner has to confirm first.
    """
    place = await asyncio.to_thread(coach.places.at, where.latitude, where.longitude)
    if place is None:
        await coach.messenger.show(request.chat, views.nowhere(coach.texts))
    elif own:
        await _save(coach, request, place)
    else:
        texts = await coach.texts_for(request.runner)
        await coach.messenger.show(request.chat, views.is_it_here(texts, place, coach.now()))


async def tapped(coach: Coach, request: Request, tap: PlaceTap) -> None:
    """Save the tapped place; reject a zone that no button can have contained."""
    found = coach.places.find(tap.zone).sure
    if found is None:
        raise outdated(request)
    name = _label_tapped(coach.texts, request) or found.name
    await _save(coach, request, Place(name, "", "", found.zone))
    await coach.messenger.strip(request.chat, request.message_id)


def _label_tapped(texts: Texts, request: Request) -> str | None:
    """Return the place's name from the tapped button's label; its data hold only the zone."""
    message = request.query.message if request.query else None
    if not isinstance(message, TappedMessage) or not message.label:
        return None
    written = re.escape(texts.plain("place-button", label=LABEL, time=TIME))
    found = re.fullmatch(written.replace(LABEL, "(.+)").replace(TIME, ".+"), message.label)
    return found[1] if found else None


async def _save(
    coach: Coach, request: Request, place: Place, elsewhere: Place | None = None
) -> None:
    """Save the place; `elsewhere` is a place of the same name in another zone, to be mentioned."""
    saved = await schedule.choose_place(
        *(coach.db, coach.calendar, request.runner, place.zone, place.label, coach.now()),
        await _waiting_reminder(coach, request.runner, place.zone),
    )
    await coach.messenger.answer(request.query)
    texts, plan = await coach.texts_for(request.runner), saved.plan
    view = views.saved if saved.had_days else views.place_saved
    coming = plan.coming if saved.once is None or saved.had_days else None
    screen = view(texts, plan.runner, coming, coach.now(), elsewhere)
    await coach.messenger.show(request.chat, screen)
    if saved.once is not None:
        coach.outbox_due.set()
        await coach.messenger.show(request.chat, views.once(texts, saved.once, place.zone))


async def _waiting_reminder(coach: Coach, runner: int, zone: str) -> datetime | None:
    """Return the moment of the one reminder that waits for the place; None if none does."""
    once = (await schedule.question(coach.db, runner, coach.now())).once
    if once is None:
        return None
    words, local = reminders.once_words(coach.texts), ZoneInfo(zone)
    moment = read_once(once.words, once.asked_at.astimezone(local), words)
    now = coach.now().astimezone(local)
    return moment if moment > now else read_once(once.words, now, words)
