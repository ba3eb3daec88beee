"""Feedback after a session: its rating, that of each exercise, and why exercises were skipped."""

from bot import session_chat
from bot.callbacks import EachTap, OneTap, RateOneTap, RateTap, SkippedTap, SummaryTap, WhyTap
from bot.coach import Coach
from bot.domain.session import Outcome, Rating
from bot.handlers import rejected
from bot.handlers.rejected import accepted, outdated
from bot.handlers.request import Request
from bot.services import first_questions
from bot.services import rating as services
from bot.services.rating import Feedback
from bot.services.rejections import Reason, Rejected
from bot.views import first_questions as question_views
from bot.views import rating as views
from bot.views.screen import Screen


async def rate_tapped(coach: Coach, request: Request, tap: RateTap) -> None:
    """Store how the session felt; show the summary, with what changes next time."""
    feedback = await services.rate(
        coach.db, coach.catalogue, request.runner, tap.session, tap.rating, coach.now()
    )
    await _note(coach, request, feedback, tap.session)


async def each_tapped(coach: Coach, request: Request, tap: EachTap) -> None:
    """Show each exercise with its rating."""
    feedback = await _get(coach, request, tap.session)
    screen = views.each(coach.texts, feedback.session, feedback.doses, feedback.done)
    await _answer_in_place(coach, request, screen)


async def one_tapped(coach: Coach, request: Request, tap: OneTap) -> None:
    """Show the buttons to rate one exercise."""
    feedback = await _get(coach, request, tap.session)
    if tap.place not in feedback.done:
        raise outdated(request)
    screen = views.one(coach.texts, feedback.session, feedback.doses[tap.place], tap.place)
    await _answer_in_place(coach, request, screen)


async def rate_one_tapped(coach: Coach, request: Request, tap: RateOneTap) -> None:
    """Store how one exercise felt; show the summary again."""
    feedback = await services.answer_one(
        coach.db, coach.catalogue, request.runner, tap.session, tap.place, tap.rating, coach.now()
    )
    await _note(coach, request, feedback, tap.session)


async def why_tapped(coach: Coach, request: Request, tap: WhyTap) -> None:
    """Ask why the first exercise without a reason was skipped."""
    feedback = await _get(coach, request, tap.session)
    if not feedback.skipped:
        raise outdated(request)
    place = feedback.skipped[0] if feedback.next_skip is None else feedback.next_skip
    await _answer_in_place(coach, request, _why(coach, feedback, place))


async def skipped_tapped(coach: Coach, request: Request, tap: SkippedTap) -> None:
    """Store why an exercise was skipped; ask about the next one, or show the summary."""
    feedback = await services.answer_one(
        coach.db, coach.catalogue, request.runner, tap.session, tap.place, tap.reason, coach.now()
    )
    if isinstance(feedback, Feedback) and feedback.next_skip is not None:
        screen = _why(coach, feedback, feedback.next_skip)
        await _answer_in_place(coach, request, screen, coach.texts.plain("toast-noted"))
    else:
        await _note(coach, request, feedback, tap.session)


async def summary_tapped(coach: Coach, request: Request, tap: SummaryTap) -> None:
    """Show the summary again."""
    feedback = await _get(coach, request, tap.session)
    await _answer_in_place(coach, request, await _summary(coach, feedback))


async def _get(coach: Coach, request: Request, session: int) -> Feedback:
    feedback = await services.get(coach.db, coach.catalogue, request.runner, session)
    return accepted(request, feedback)


async def rate_typed(coach: Coach, request: Request, rating: Rating) -> bool:
    """Store how the last session felt; return False if no session waits for a rating."""
    feedback = await services.rate_by_word(
        coach.db, coach.catalogue, request.runner, rating, coach.now()
    )
    if feedback is None:
        return False
    message, screen = feedback.message_id, await _summary(coach, feedback)
    if message is None or not await coach.messenger.replace(request.chat, message, screen):
        await coach.messenger.show(request.chat, screen)
    await _ask_once(coach, request, feedback)
    return True


async def _ask_once(coach: Coach, request: Request, feedback: Feedback) -> None:
    """Ask the question that is due after a session, unless something hurt in it."""
    if feedback.session.count(Outcome.HURT) or feedback.session.rating is None:
        return
    topic = await first_questions.after_session(coach.db, request.runner, coach.now())
    if topic is not None:
        await coach.messenger.show(request.chat, question_views.question(coach.texts, topic))


async def _note(
    coach: Coach, request: Request, feedback: Feedback | Rejected, session: int
) -> None:
    if isinstance(feedback, Rejected):
        await _reject(coach, request, feedback, session)
    else:
        toast = coach.texts.plain("toast-noted")
        await _answer_in_place(coach, request, await _summary(coach, feedback), toast)
        await _ask_once(coach, request, feedback)


async def _summary(coach: Coach, feedback: Feedback, *, is_closed: bool = False) -> Screen:
    shown = views.summary(
        coach.texts,
        feedback.session,
        feedback.doses,
        feedback.changes,
        feedback.skipped,
        feedback.growth,
        is_closed=is_closed,
    )
    return await session_chat.praised(coach, feedback.session, shown)


def _why(coach: Coach, feedback: Feedback, place: int) -> Screen:
    return views.why(coach.texts, feedback.session, feedback.doses[place], place)


async def _reject(coach: Coach, request: Request, rejection: Rejected, session: int) -> None:
    """Show the reason; if the session can no longer be rated, remove the summary's buttons.

    The button for the session's file stays, unless pain ended the session.
    """
    await rejected.show(coach, request, rejection)
    if rejection.reason is Reason.ENDED_BY_PAIN:
        await coach.messenger.strip(request.chat, request.message_id)
    elif rejection.reason is Reason.NEXT_BEGUN:
        feedback = await services.get(coach.db, coach.catalogue, request.runner, session)
        if isinstance(feedback, Feedback):
            closed = await _summary(coach, feedback, is_closed=True)
            await coach.messenger.replace(request.chat, request.message_id, closed)


async def _answer_in_place(coach: Coach, request: Request, screen: Screen, toast: str = "") -> None:
    await coach.messenger.answer(request.query, toast)
    await coach.messenger.replace(request.chat, request.message_id, screen)
