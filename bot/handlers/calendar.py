"""/calendar: the coming training days as a file for the runner's own calendar."""

import asyncio

from bot.callbacks import CalendarTap
from bot.coach import Coach
from bot.content.texts import Texts
from bot.domain.calendar_days import TrainingCalendar
from bot.domain.runner import Screening
from bot.handlers import gate
from bot.handlers.request import Request
from bot.services import calendar_days, runners
from bot.views import calendar_days as views

NAME = "training-days.ics"
TODAY = "today"  # the payload of the link that asks what to do today


async def calendar(coach: Coach, request: Request) -> None:
    """Send the file, or say what sessions wait for, or offer training days if there are none."""
    runner = await runners.get(coach.db, request.runner)
    if runner is not None and runner.screening is Screening.WAITING:
        await gate.show(coach, request)
        return
    planned = await calendar_days.write(coach.db, coach.catalogue, request.runner, coach.now())
    if planned is None or not planned.entries:
        has_days = planned is not None and bool(planned.runner.schedule)
        screen = views.nothing_left(coach.texts) if has_days else views.no_days(coach.texts)
        await coach.messenger.show(request.chat, screen)
        return
    link = coach.messenger.link(TODAY)
    content = await asyncio.to_thread(_file, coach.texts, planned, link)
    caption = views.caption(coach.texts, planned)
    if not await coach.messenger.hand(request.chat, NAME, content, caption):
        await coach.messenger.show(request.chat, views.not_sent(coach.texts))


def _file(texts: Texts, planned: TrainingCalendar, link: str) -> bytes:
    from bot.views.calendar_file import calendar_file  # 0.2 s, saved if nobody wants a file

    return calendar_file(texts, planned.entries, link)


async def tapped(coach: Coach, request: Request, _tap: CalendarTap) -> None:
    """Send the file again, after sending failed."""
    await coach.messenger.answer(request.query)
    await coach.messenger.strip(request.chat, request.message_id)
    await calendar(coach, request)
