"""The list of commands, buttons and kinds of updates, with the handler of each."""

import logging
import traceback
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import replace
from functools import partial
from typing import Any

from telegram import Update
from telegram.ext import (
    ApplicationHandlerStop,
    CallbackContext,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot import calendars, callbacks
from bot.coach import Coach
from bot.db.engine import is_away
from bot.gateway.client import App
from bot.gateway.inbox import Inbox
from bot.handlers import (
    about,
    access,
    away,
    bands,
    bring_back,
    calendar,
    documents,
    exercise,
    export,
    first_questions,
    free_text,
    inline,
    intents,
    listening,
    own_routines,
    pain,
    pain_talk,
    place,
    race,
    rating,
    reminder_answers,
    reminders,
    routine,
    run_plan,
    screening,
    start,
    status,
    swaps,
    training,
    warning_signs,
    watch,
    week,
)
from bot.handlers.content import CONTENT
from bot.handlers.rejected import answering
from bot.handlers.request import Request, by_message, by_tap
from bot.services import runners
from bot.views import talk as talk_views

log = logging.getLogger(__name__)

Context = CallbackContext[Any, Any, Any, Any]
Handle = Callable[[Coach, Request], Coroutine[Any, Any, None]]

COMMANDS: dict[str, Handle] = {
    "start": start.start,
    "exercise": exercise.exercise,
    "routine": routine.routine,
    "today": routine.today,
    "stop": training.stop,
    "reminders": reminders.reminders,
    "timezone": place.timezone,
    "calendar": calendar.calendar,
    "away": away.away,
    "bands": bands.bands,
    "week": week.week,
    "race": race.race,
    "pain": pain_talk.command,
    "progress": about.progress,
    "privacy": about.privacy,
    "export": export.export,
    "delete": about.delete,
    "help": about.help_,
}

# Commands for hosts in their private chats; for everyone else they are unknown commands.
HOST_COMMANDS: dict[str, Handle] = {"status": status.status}

TAPS: dict[type[callbacks.Tap], Callable[[Coach, Request, Any], Awaitable[None]]] = {
    callbacks.SafetyTap: screening.safety_tapped,
    callbacks.SafetyScreenTap: screening.safety_screen_tapped,
    callbacks.ConditionTap: screening.condition_tapped,
    callbacks.ToldTap: screening.told_tapped,
    callbacks.AgeTap: screening.age_tapped,
    callbacks.AgeAgainTap: screening.age_again_tapped,
    callbacks.AdultTap: screening.adult_tapped,
    callbacks.ReactionTap: screening.reaction_tapped,
    callbacks.LabelTap: screening.label_tapped,
    callbacks.AgreedTap: screening.agreed_tapped,
    callbacks.AppliesTap: screening.applies_tapped,
    callbacks.StartTap: training.start_tapped,
    callbacks.RoutineTap: training.routine_tapped,
    callbacks.NewRoutineTap: own_routines.new_tapped,
    callbacks.PickExerciseTap: own_routines.pick_tapped,
    callbacks.SaveRoutineTap: own_routines.save_tapped,
    callbacks.LeaveRoutineTap: own_routines.leave_tapped,
    callbacks.OwnRoutineTap: own_routines.own_tapped,
    callbacks.ChangeRoutineTap: own_routines.change_tapped,
    callbacks.RemoveRoutineTap: own_routines.remove_tapped,
    callbacks.KeepRoutineTap: own_routines.keep_tapped,
    callbacks.TrainAnywayTap: training.train_anyway_tapped,
    callbacks.RestartTap: training.restart_tapped,
    callbacks.MoveTap: training.move_tapped,
    callbacks.ListenTap: listening.listen_tapped,
    callbacks.HeardTap: listening.heard_tapped,
    callbacks.HeardToTap: listening.heard_to_tapped,
    callbacks.HurtElsewhereTap: listening.elsewhere_tapped,
    callbacks.HurtAtTap: listening.hurt_at_tapped,
    callbacks.LateTap: training.late_tapped,
    callbacks.ShowTap: training.show_tapped,
    callbacks.HowTap: training.how_tapped,
    callbacks.OptionsTap: training.options_tapped,
    callbacks.WishTap: intents.wish_tapped,
    callbacks.SecondTap: free_text.second_tapped,
    callbacks.SoundTap: training.sound_tapped,
    callbacks.RateTap: rating.rate_tapped,
    callbacks.SummaryTap: rating.summary_tapped,
    callbacks.EachTap: rating.each_tapped,
    callbacks.OneTap: rating.one_tapped,
    callbacks.RateOneTap: rating.rate_one_tapped,
    callbacks.WhyTap: rating.why_tapped,
    callbacks.SkippedTap: rating.skipped_tapped,
    callbacks.WatchTap: watch.tapped,
    callbacks.HurtTap: pain.hurt_tapped,
    callbacks.AcheTap: pain.ache_tapped,
    callbacks.SoreTap: pain.sore_tapped,
    callbacks.PainTap: pain.pain_tapped,
    callbacks.WhereTap: pain.where_tapped,
    callbacks.SideTap: pain.side_tapped,
    callbacks.ScoreTap: pain.score_tapped,
    callbacks.FlagsTap: pain.flags_tapped,
    callbacks.FlagTap: pain.flag_tapped,
    callbacks.SignTap: warning_signs.sign_tapped,
    callbacks.SignAtTap: warning_signs.place_tapped,
    callbacks.SignOfTap: warning_signs.rest_tapped,
    callbacks.TalkTap: pain_talk.tapped,
    callbacks.WrongTap: pain_talk.wrong_tapped,
    callbacks.FineTap: pain_talk.fine_tapped,
    callbacks.RegionTap: pain.region_tapped,
    callbacks.MorningTap: pain.morning_tapped,
    callbacks.SwapTap: swaps.swap_tapped,
    callbacks.SwapToTap: swaps.swap_to_tapped,
    callbacks.SwapBackTap: swaps.swap_back_tapped,
    callbacks.LeaveOutTap: swaps.leave_out_tapped,
    callbacks.BringBackTap: swaps.bring_back_tapped,
    callbacks.ExerciseTap: exercise.tapped,
    callbacks.PartTap: exercise.part_tapped,
    callbacks.HearTap: exercise.hear_tapped,
    callbacks.BrowseTap: exercise.browse_tapped,
    callbacks.StudiesTap: exercise.studies_tapped,
    callbacks.ReminderTap: reminder_answers.tapped,
    callbacks.SuitTap: reminder_answers.suit_tapped,
    callbacks.FirstTap: first_questions.tapped,
    callbacks.BandsFirstTap: first_questions.bands_tapped,
    callbacks.ResumeTap: reminders.resume_tapped,
    callbacks.DaysTap: reminders.days_tapped,
    callbacks.AskedDaysTap: reminders.asked_days_tapped,
    callbacks.RemindersTap: reminders.reminders_tapped,
    callbacks.WeekTap: week.week_tapped,
    callbacks.WeekdayTap: week.weekday_tapped,
    callbacks.RunTap: week.run_tapped,
    callbacks.UseDaysTap: week.use_tapped,
    callbacks.MoveDayTap: reminder_answers.move_day_tapped,
    callbacks.WhyTodayTap: week.why_tapped,
    callbacks.UsePlanTap: run_plan.use_tapped,
    callbacks.LeavePlanTap: run_plan.leave_tapped,
    callbacks.PlanTap: run_plan.plan_tapped,
    callbacks.AskPlanTap: run_plan.ask_tapped,
    callbacks.PlanKindTap: run_plan.kind_tapped,
    callbacks.PlanRaceTap: run_plan.race_tapped,
    callbacks.MoveThemTap: race.them_tapped,
    callbacks.RaceTap: race.race_tapped,
    callbacks.RankTap: race.rank_tapped,
    callbacks.RaceOffTap: race.off_tapped,
    callbacks.RaceMoveTap: race.move_tapped,
    callbacks.AnotherRaceTap: race.another_tapped,
    callbacks.RaceWentTap: race.went_tapped,
    callbacks.RaceReachedTap: race.reached_tapped,
    callbacks.PlaceTap: place.tapped,
    callbacks.NamesakesTap: place.namesakes_tapped,
    callbacks.NoPlaceTap: place.no_place_tapped,
    callbacks.AwayTap: away.away_tapped,
    callbacks.UntilTap: away.until_tapped,
    callbacks.CalendarTap: calendar.tapped,
    callbacks.UseArchiveTap: bring_back.use_tapped,
    callbacks.LeaveArchiveTap: bring_back.leave_tapped,
    callbacks.ExportTap: export.tapped,
    callbacks.BandsTap: bands.bands_tapped,
    callbacks.OwnTap: bands.own_tapped,
    callbacks.NoBandsTap: bands.no_bands_tapped,
    callbacks.ColoursTap: bands.colours_tapped,
    callbacks.ColourTap: bands.colour_tapped,
    callbacks.EraseTap: about.erase_tapped,
    callbacks.CloseTap: about.close_tapped,
}

# Commands and taps that are handled in groups; all others are private.
IN_GROUPS: dict[str, Handle] = {"exercise": exercise.exercise, "help": free_text.help_in_group}
TAPS_IN_GROUPS = (
    callbacks.ExerciseTap,
    callbacks.PartTap,
    callbacks.BrowseTap,
    callbacks.StudiesTap,
)

# The kinds of documents that are read, in the private chat.
DOCUMENTS: tuple[documents.DocumentKind, ...] = (
    documents.DocumentKind((".zip",), ("application/zip",), bring_back.MEGABYTES, bring_back.read),
    documents.DocumentKind(
        endings=(".ics", ".ical"),
        types=("text/calendar",),
        megabytes=calendars.MEGABYTES,
        read=run_plan.received,
    ),
)

TEXT = filters.TEXT | filters.CAPTION
# Only with text, because a live location edits its message all the time.
EDITED = filters.ChatType.PRIVATE & filters.UpdateType.EDITED_MESSAGE & TEXT

# The groups of handlers that run before the others, in this order.
FIRST, SECOND = -2, -1


def register(app: App, coach: Coach, inbox: Inbox) -> None:
    """Register the handlers of all updates; the first that matches an update handles it."""
    message = filters.UpdateType.MESSAGE & ~filters.VIA_BOT  # inline results are the bot's words
    private, group = filters.ChatType.PRIVATE & message, filters.ChatType.GROUPS & message
    if not coach.hosting.door.is_open:
        _add_access_checks(app, coach)
    typed = (private & ~filters.FORWARDED & TEXT) | EDITED
    check = _only_if(partial(_has_no_warning_sign, coach))
    app.add_handler(MessageHandler(typed, check), group=SECOND)
    app.add_handler(CallbackQueryHandler(partial(_on_tap, coach)))
    app.add_handler(InlineQueryHandler(partial(_on_inline, coach)))
    forwarded = private & filters.FORWARDED & filters.TEXT  # includes forwarded commands
    app.add_handler(MessageHandler(forwarded, _on_message(coach, free_text.forwarded)))
    for name, handle in COMMANDS.items():
        read = handle if name == "pain" else partial(_unless_complained, handle)
        app.add_handler(CommandHandler(name, _on_message(coach, read), filters=private))
        in_group = _on_message(coach, IN_GROUPS.get(name, free_text.in_group))
        app.add_handler(CommandHandler(name, in_group, filters=group))
    for name, handle in HOST_COMMANDS.items() if coach.hosting.admins else ():
        hosts = private & filters.User(list(coach.hosting.admins))
        app.add_handler(CommandHandler(name, _on_message(coach, handle), filters=hosts))
    app.add_handler(ChatMemberHandler(partial(_on_membership, coach)))
    app.add_handler(MessageHandler(private & filters.LOCATION, partial(_on_location, coach)))
    app.add_handler(MessageHandler(private & filters.Regex("^/"), partial(_on_unknown, coach)))
    app.add_handler(MessageHandler(private & filters.TEXT, _on_message(coach, free_text.words)))
    document = private & filters.Document.ALL & ~filters.ANIMATION
    app.add_handler(MessageHandler(document, partial(_on_document, coach)))
    captioned = private & ~filters.FORWARDED & filters.CAPTION
    app.add_handler(MessageHandler(captioned, _on_message(coach, free_text.caption)))
    app.add_handler(MessageHandler(private & CONTENT, _on_message(coach, free_text.only_words)))
    app.add_handler(MessageHandler(EDITED, _on_message(coach, free_text.edited)))
    app.add_error_handler(partial(_on_error, coach, inbox))


def _add_access_checks(app: App, coach: Coach) -> None:
    """Register the access checks, which run before all other handlers.

    Groups and inline queries are not checked, because they only explain exercises.
    """
    private = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE & ~filters.VIA_BOT
    message = (private & CONTENT) | EDITED
    own = private & ~filters.FORWARDED
    for handler in (
        CommandHandler(access.COMMANDS, _checked(coach, access.always_allowed), filters=own),
        CommandHandler("start", _checked(coach, access.start_allowed), filters=own),
        MessageHandler(message, _checked(coach, access.message_allowed)),
        CallbackQueryHandler(_checked(coach, access.tap_allowed)),
    ):
        app.add_handler(handler, group=FIRST)


def _checked(
    coach: Coach, is_allowed: Callable[[Coach, Request], Awaitable[bool]]
) -> Callable[[Update, Context], Coroutine[Any, Any, None]]:
    async def check(update: Update) -> bool:
        query = update.callback_query
        if update.effective_user is None:
            return True
        return await is_allowed(coach, by_message(update) if query is None else by_tap(query))

    return _only_if(check)


def _only_if(
    check: Callable[[Update], Awaitable[bool]],
) -> Callable[[Update, Context], Coroutine[Any, Any, None]]:
    """Return a handler that ends the handling of an update unless `check` returns True.

    An error ends it, too: the library would go on to the next group of handlers.
    """

    async def handler(update: Update, context: Context) -> None:
        try:
            passed = await check(update)
        except Exception as error:
            await context.application.process_error(update, error)
            passed = False
        if not passed:
            raise ApplicationHandlerStop

    return handler


async def _has_no_warning_sign(coach: Coach, update: Update) -> bool:
    """Look for warning signs in what was typed, whatever else it may mean."""
    message = update.effective_message
    if message is None or update.effective_user is None:
        return True
    async with answering(coach):
        return await warning_signs.is_none(coach, by_message(update), message)
    return False


async def _unless_complained(handle: Handle, coach: Coach, request: Request) -> None:
    """Handle a command, unless the words after it say that something hurts."""
    if not request.words or not await pain_talk.complained(coach, request):
        await handle(coach, request)


def _on_message(
    coach: Coach, handle: Handle
) -> Callable[[Update, Context], Coroutine[Any, Any, None]]:
    async def handler(update: Update, _context: Context) -> None:
        if update.effective_user is not None:
            await coach.level()
            async with answering(coach):
                await handle(coach, by_message(update))

    return handler


async def _on_tap(coach: Coach, update: Update, _context: Context) -> None:
    """Handle a tap; answer even one that no button can have sent."""
    query = update.callback_query
    assert query is not None
    tap = callbacks.parse(query.data or "")
    request = by_tap(query)
    if tap is None:
        await coach.messenger.answer(query, coach.texts.plain("toast-old"))
    elif request.chat != request.runner and not isinstance(tap, TAPS_IN_GROUPS):
        await coach.messenger.answer(query, coach.texts.plain("toast-foreign"))
    else:
        await coach.level()
        async with answering(coach):
            await TAPS[type(tap)](coach, request, tap)


async def _on_inline(coach: Coach, update: Update, _context: Context) -> None:
    query = update.inline_query
    assert query is not None
    await inline.inline(coach, query.query, query.id)


async def _on_membership(coach: Coach, update: Update, _context: Context) -> None:
    """Store that a runner blocked or unblocked the bot."""
    changed = update.my_chat_member
    if changed is not None and changed.chat.id == changed.from_user.id:
        reachable = changed.new_chat_member.status not in ("kicked", "left")
        await runners.set_reachable(coach.db, changed.from_user.id, reachable, coach.now())


async def _on_location(coach: Coach, update: Update, _context: Context) -> None:
    message = update.effective_message
    assert message is not None
    assert message.location is not None
    own = message.forward_origin is None and message.venue is None
    await place.location(coach, by_message(update), message.location, own=own)


async def _on_document(coach: Coach, update: Update, _context: Context) -> None:
    message = update.effective_message
    assert message is not None
    assert message.document is not None
    await coach.level()
    request = by_message(update)
    if message.forward_origin is not None:
        request = replace(request, words="")  # which may be another person's
    async with answering(coach):
        await documents.received(DOCUMENTS, coach, request, message.document)


async def _on_unknown(coach: Coach, update: Update, _context: Context) -> None:
    message = update.effective_message
    assert message is not None
    unknown = partial(free_text.unknown_command, message=message)
    async with answering(coach):
        await _unless_complained(unknown, coach, by_message(update))


async def _on_error(coach: Coach, inbox: Inbox, update: object, context: Context) -> None:
    """Log an error without any words of the runner.

    If the database is unreachable, the update is handled again later. For any other error the
    runner gets a message that something went wrong.
    """
    error = context.error
    assert error is not None
    frames = "".join(traceback.format_tb(error.__traceback__))
    kind = type(error).__name__
    log.error("%s while handling an update\n%s", kind, frames, extra={"kind": kind})
    if not isinstance(update, Update):
        return
    if is_away(error):
        inbox.not_handled(update)
        return
    if update.callback_query is not None:
        await coach.messenger.answer(update.callback_query, coach.texts.plain("toast-wrong"))
    chat = update.effective_chat
    if chat is not None and chat.id > 0:
        await coach.messenger.show(chat.id, talk_views.went_wrong(coach.texts))


async def postponed(coach: Coach, update: Update) -> None:
    """Tell the chat that the database is unreachable, and that the update will be handled later."""
    chat = update.effective_chat
    if chat is not None:
        await coach.messenger.show(chat.id, talk_views.postponed(coach.texts))
