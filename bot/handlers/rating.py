"""After a session: how it felt, each exercise if wished, and why something was skipped."""

from bot import session_chat
from bot.callbacks import EachTap, OneTap, RateOneTap, RateTap, SkippedTap, SummaryTap, WhyTap
from bot.coach import Coach
from bot.domain.session import Rating
from bot.handlers.request import Request
from bot.services import rating as services
from bot.services import training
from bot.services.rating import NotYours, Refused, StillOpen, Told, TooLate
from bot.views import rating as views
from bot.views.screen import Screen


async def rate_tapped(coach: Coach, request: Request, tap: RateTap) -> None:
    """How it felt; stored, and shown where it was asked, with what follows."""
    told = await services.rate(
        coach.db, coach.catalogue, request.runner, tap.session, tap.rating, coach.now()
    )
    await _noted(coach, request, told)


async def each_tapped(coach: Coach, request: Request, tap: EachTap) -> None:
    """Every exercise with how it felt."""
    told = await services.told(coach.db, request.runner, tap.session)
    if isinstance(told, Told):
        await coach.messenger.answer(request.query)
        await _in_place(
            coach, request, views.each(coach.texts, told.session, told.doses, told.done)
        )
    else:
        await _refused(coach, request, told)


async def one_tapped(coach: Coach, request: Request, tap: OneTap) -> None:
    """One exercise, to be changed."""
    told = await services.told(coach.db, request.runner, tap.session)
    if isinstance(told, Told) and tap.place in told.done:
        await coach.messenger.answer(request.query)
        dose = told.doses[tap.place]
        await _in_place(coach, request, views.one(coach.texts, told.session, dose, tap.place))
    else:
        await _refused(coach, request, told)


async def rate_one_tapped(coach: Coach, request: Request, tap: RateOneTap) -> None:
    """How one exercise felt; then the summary again."""
    told = await services.rate_one(
        coach.db, coach.catalogue, request.runner, tap.session, tap.place, tap.rating, coach.now()
    )
    await _noted(coach, request, told)


async def why_tapped(coach: Coach, request: Request, tap: WhyTap) -> None:
    """The first exercise that was skipped without a reason yet."""
    told = await services.told(coach.db, request.runner, tap.session)
    if not isinstance(told, Told) or not told.skipped:
        await _refused(coach, request, told)
        return
    await coach.messenger.answer(request.query)
    place = told.skipped[0] if told.next_skip is None else told.next_skip
    await _in_place(coach, request, views.why(coach.texts, told.session, told.doses[place], place))


async def skipped_tapped(coach: Coach, request: Request, tap: SkippedTap) -> None:
    """The reason, and the next exercise to say it of; after the last, the summary."""
    told = await services.say_why(
        coach.db, coach.catalogue, request.runner, tap.session, tap.place, tap.reason, coach.now()
    )
    if isinstance(told, Told) and told.next_skip is not None:
        await coach.messenger.answer(request.query, coach.texts.plain("toast-noted"))
        dose = told.doses[told.next_skip]
        screen = views.why(coach.texts, told.session, dose, told.next_skip)
        await _in_place(coach, request, screen)
    else:
        await _noted(coach, request, told)


async def summary_tapped(coach: Coach, request: Request, tap: SummaryTap) -> None:
    """Back to what was done."""
    told = await services.told(coach.db, request.runner, tap.session)
    if isinstance(told, Told):
        await coach.messenger.answer(request.query)
        await _in_place(coach, request, _summary(coach, told))
    else:
        await _refused(coach, request, told)


async def rate_typed(coach: Coach, request: Request, rating: Rating) -> bool:
    """A word on how the last session felt; False if none waits for it."""
    told = await services.rate_by_word(
        coach.db, coach.catalogue, request.runner, rating, coach.now()
    )
    if told is None:
        return False
    screen = _summary(coach, told)
    if told.message_id is None or not await coach.messenger.replace(
        request.chat, told.message_id, screen
    ):
        await coach.messenger.show(request.chat, screen)
    return True


async def _noted(coach: Coach, request: Request, told: Told | Refused) -> None:
    if isinstance(told, Told):
        await coach.messenger.answer(request.query, coach.texts.plain("toast-noted"))
        await _in_place(coach, request, _summary(coach, told))
    else:
        await _refused(coach, request, told)


def _summary(coach: Coach, told: Told) -> Screen:
    return views.summary(coach.texts, told.session, told.doses, told.changes, told.skipped)


async def _refused(coach: Coach, request: Request, told: Told | Refused) -> None:
    """Answered, and nothing changes; a session that is not over shows where it stands."""
    words = {TooLate: "toast-rated-late", StillOpen: "toast-stale"}
    word = words.get(type(told), "toast-old")
    if isinstance(told, NotYours):
        word = "toast-foreign" if told.exists else "toast-stale-none"
    await coach.messenger.answer(
        request.query, coach.texts.plain(word), alert=isinstance(told, TooLate)
    )
    if isinstance(told, TooLate):
        await coach.messenger.strip(request.chat, request.message_id)
    if isinstance(told, StillOpen) and request.chat == request.runner:
        kept = await training.current(coach.db, request.runner)
        if kept is not None:
            await session_chat.current(coach, request.chat, kept)


async def _in_place(coach: Coach, request: Request, screen: Screen) -> None:
    await coach.messenger.replace(request.chat, request.message_id, screen)
