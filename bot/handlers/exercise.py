"""/exercise, the library by topic, and exercises named in free text."""

import asyncio
from contextlib import suppress

from bot import session_chat
from bot.callbacks import BrowseTap, ExerciseTap, HearTap, Part, PartTap, StudiesTap
from bot.coach import Coach
from bot.content.models import BASE
from bot.content.topics import STUDIES
from bot.gateway.messenger import NOT_TAKEN
from bot.handlers.request import Request, reply
from bot.runtime.files import UnreadableError
from bot.services import pain, runners, swaps, training
from bot.tracks.voice import explanation_key
from bot.views import browse
from bot.views import exercise as views
from bot.views import swaps as swap_views
from bot.views.screen import Screen


async def exercise(coach: Coach, request: Request) -> None:
    """Explain the named exercise; without a name, show the topics of the library."""
    if not request.words:
        await reply(coach, request, browse.topics(coach.texts, coach.catalogue))
    elif not await explain_named(coach, request) and not await show_topic(coach, request):
        match = coach.catalogue.find_exercise(request.words)
        screen = views.suggestions(coach.texts, coach.catalogue, request.words, match)
        await reply(coach, request, screen)


async def explain_named(coach: Coach, request: Request) -> bool:
    """Explain the exercise that the words name; return False unless they name one beyond doubt."""
    match = coach.catalogue.find_exercise(request.words)
    if match.sure is None:
        return False
    await explain(coach, request, match.sure)
    return True


async def show_topic(coach: Coach, request: Request) -> bool:
    """List the exercises for the muscle, the purpose or the band that the words name, or answer
    the question in them with what studies found.

    Return False if the words name none of these, or if they name exercises.
    """
    topics = coach.catalogue.topics
    topic = topics.find(request.words).sure or topics.asked(request.words)
    if topic is None or coach.catalogue.find_exercise(request.words).named:
        return False
    screen = browse.page(coach.texts, coach.catalogue, topic, 0)
    await reply(coach, request, screen)
    return True


async def tapped(coach: Coach, request: Request, tap: ExerciseTap) -> None:
    """Explain an exercise from a list; without one, show the topics of the library."""
    await coach.messenger.answer(request.query)
    if tap.exercise in coach.catalogue.exercises:
        await explain(coach, request, tap.exercise)
    else:
        await reply(coach, request, browse.topics(coach.texts, coach.catalogue))


async def browse_tapped(coach: Coach, request: Request, tap: BrowseTap) -> None:
    """Show a page of a topic in place."""
    await coach.messenger.answer(request.query)
    screen = browse.page(coach.texts, coach.catalogue, tap.topic, tap.page)
    if not await coach.messenger.replace(request.chat, request.message_id, screen):
        await reply(coach, request, screen)


async def studies_tapped(coach: Coach, request: Request, _tap: StudiesTap) -> None:
    await coach.messenger.answer(request.query)
    await studies(coach, request)


async def studies(coach: Coach, request: Request) -> None:
    """Show the questions that studies answer, in a new message."""
    await reply(coach, request, browse.page(coach.texts, coach.catalogue, STUDIES, 0))


async def hear_tapped(coach: Coach, request: Request, tap: HearTap) -> None:
    """Send how the exercise is done, read aloud; say so if that is not possible."""
    await coach.messenger.answer(request.query)
    shown, voice = coach.catalogue.exercises.get(tap.exercise), coach.content.voice
    data = None
    with suppress(OSError, UnreadableError):
        data = await asyncio.to_thread(voice.explanation, shown.texts) if shown else None
    if shown is None or data is None:
        await reply(coach, request, views.not_spoken(coach.texts))
        return
    cover = await asyncio.to_thread(session_chat.cover, voice.covers.get(shown.id))
    audio = views.spoken(coach.texts, shown, data, cover)
    sent = await coach.messenger.play(request.chat, audio, views.spoken_caption(coach.texts, shown))
    if sent.delivery in NOT_TAKEN:
        await reply(coach, request, views.not_spoken(coach.texts))


async def part_tapped(coach: Coach, request: Request, tap: PartTap) -> None:
    """Show another part of the explanation in place, under the same clip."""
    await coach.messenger.answer(request.query)
    if tap.exercise not in coach.catalogue.exercises:
        await reply(coach, request, browse.topics(coach.texts, coach.catalogue))
        return
    screen = await _explanation(coach, request, tap.exercise, tap.part)
    if not await coach.messenger.replace(request.chat, request.message_id, screen):
        await reply(coach, request, screen)


async def explain(coach: Coach, request: Request, key: str, part: Part = Part.OVERVIEW) -> None:
    """Explain the exercise with the id `key`; during a session, add a button back to its step."""
    await reply(coach, request, await _explanation(coach, request, key, part))


async def _explanation(coach: Coach, request: Request, key: str, part: Part) -> Screen:
    """Return the part; in private, with a remark if a rest or health rules the exercise out."""
    shown, rests, instead = coach.catalogue.exercises[key], None, None
    form, session = await _in_session(coach, request, key)
    is_spoken = is_unsuited = False
    if request.chat == request.runner:
        is_spoken = explanation_key(shown.texts) in coach.content.voice.explanations
        resting = await pain.resting(coach.db, request.runner)
        rests = coach.catalogue.ruled_out_by(shown, form, resting)
        is_unsuited = key in await _unsuited(coach, request)
        kept = await swaps.kept(coach.db, request.runner)
        instead = coach.catalogue.name(*kept[key]) if key in kept else None
    screen = views.explanation(
        *(coach.texts, coach.catalogue, shown, part, form, session, rests),
        is_spoken=is_spoken,
        is_unsuited=is_unsuited,
    )
    if instead is None:
        return screen
    return swap_views.with_left_out(coach.texts, shown, instead, screen)


async def _unsuited(coach: Coach, request: Request) -> frozenset[str]:
    """Return the ids of exercises that the runner's conditions rule out."""
    runner = await runners.get(coach.db, request.runner)
    conditions = runner.conditions if runner else ()
    return coach.catalogue.limited(coach.catalogue.limits(conditions, coach.now()))


async def _in_session(coach: Coach, request: Request, key: str) -> tuple[str, int | None]:
    """Return the exercise's form in the current step, and the id of the open session."""
    stored = None
    if request.chat == request.runner:
        stored = await training.current(coach.db, request.runner)
    if stored is None:
        return BASE, None
    step = stored.session.work_step
    return (step.form if step and step.exercise == key else BASE), stored.session.id
