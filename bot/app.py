"""The composition root: what is built, and the one visible list of commands, taps and jobs."""

import asyncio
import logging
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import (
    AsyncExitStack,
    asynccontextmanager,
)
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from telegram import Update
from telegram.ext import (
    ApplicationHandlerStop,
    CallbackContext,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot import callbacks, logs, transport
from bot.background import in_the_background, working
from bot.calendar import Calendar
from bot.catalogue import Catalogue
from bot.charts import Charts
from bot.clips import Clips
from bot.clock import Clock, TelegramClock
from bot.cluster import Alone, Cluster, News, Shared
from bot.coach import Coach, Content
from bot.db import postgresql
from bot.db.engine import Database, Place, is_away, open_database
from bot.db.sqlite import job_store_file
from bot.domain.timing import fits
from bot.door import Door
from bot.duties import UPDATES, by_webhook, leading
from bot.handlers import (
    about,
    away,
    bands,
    door,
    exercise,
    export,
    hurt,
    inline,
    rating,
    reminders,
    start,
    status,
    swaps,
    talk,
    training,
)
from bot.handlers.asked import Asked, by_message, by_tap
from bot.handlers.content import CONTENT
from bot.handlers.surplus import Surplus
from bot.hosting import Hosting
from bot.inbox import Inbox
from bot.introducing import RefusedTokenError, introduce, introduce_to_hosts, meet_telegram
from bot.jobs import Slots
from bot.listening import Address, Webhook
from bot.looks import Looks
from bot.messenger import Messenger
from bot.order import InOrderPerChat
from bot.pace import BURST, Pace
from bot.places import Places
from bot.reception import Reception
from bot.registration import Registration
from bot.sending import Pulse
from bot.services import runners
from bot.services.jumps import Jumps
from bot.texts import Texts
from bot.timing import Alarm, Cues
from bot.transport import App
from bot.turns import Limit, OwnLimit, SharedLimit
from bot.views import talk as talk_views

if TYPE_CHECKING:
    from bot.monitor import Monitor

log = logging.getLogger(__name__)

Context = CallbackContext[Any, Any, Any, Any]
Handle = Callable[[Coach, Asked], Coroutine[Any, Any, None]]

COMMANDS: dict[str, Handle] = {
    "start": start.start,
    "exercise": exercise.exercise,
    "routine": training.routine,
    "stop": training.stop,
    "reminders": reminders.reminders,
    "timezone": reminders.timezone,
    "away": away.away,
    "bands": bands.bands,
    "progress": about.progress,
    "privacy": about.privacy,
    "export": export.export,
    "delete": about.delete,
    "help": about.help_,
}

# For hosts in their private chats; for anybody else there is no such command.
HOST_COMMANDS: dict[str, Handle] = {"status": status.status}

TAPS: dict[type[Any], Callable[[Coach, Asked, Any], Awaitable[None]]] = {
    callbacks.SafetyTap: start.safety_tapped,
    callbacks.SafetyScreenTap: start.safety_screen_tapped,
    callbacks.StartTap: training.start_tapped,
    callbacks.RoutineTap: training.routine_tapped,
    callbacks.RestartTap: training.restart_tapped,
    callbacks.MoveTap: training.move_tapped,
    callbacks.LateTap: training.late_tapped,
    callbacks.ShowTap: training.show_tapped,
    callbacks.HowTap: training.how_tapped,
    callbacks.SoundTap: training.sound_tapped,
    callbacks.RateTap: rating.rate_tapped,
    callbacks.SummaryTap: rating.summary_tapped,
    callbacks.EachTap: rating.each_tapped,
    callbacks.OneTap: rating.one_tapped,
    callbacks.RateOneTap: rating.rate_one_tapped,
    callbacks.WhyTap: rating.why_tapped,
    callbacks.SkippedTap: rating.skipped_tapped,
    callbacks.HurtTap: hurt.hurt_tapped,
    callbacks.AcheTap: hurt.ache_tapped,
    callbacks.SoreTap: hurt.sore_tapped,
    callbacks.PainTap: hurt.pain_tapped,
    callbacks.WhereTap: hurt.where_tapped,
    callbacks.ScoreTap: hurt.score_tapped,
    callbacks.FlagsTap: hurt.flags_tapped,
    callbacks.FlagTap: hurt.flag_tapped,
    callbacks.RegionTap: hurt.region_tapped,
    callbacks.MorningTap: hurt.morning_tapped,
    callbacks.SwapTap: swaps.swap_tapped,
    callbacks.SwapToTap: swaps.swap_to_tapped,
    callbacks.SwapBackTap: swaps.swap_back_tapped,
    callbacks.ExerciseTap: exercise.tapped,
    callbacks.PartTap: exercise.part_tapped,
    callbacks.BrowseTap: exercise.browse_tapped,
    callbacks.ReminderTap: reminders.reminder_tapped,
    callbacks.DaysTap: reminders.days_tapped,
    callbacks.RemindersTap: reminders.reminders_tapped,
    callbacks.PlaceTap: reminders.place_tapped,
    callbacks.NamesakesTap: reminders.namesakes_tapped,
    callbacks.NoPlaceTap: reminders.no_place_tapped,
    callbacks.AwayTap: away.away_tapped,
    callbacks.UntilTap: away.until_tapped,
    callbacks.ExportTap: export.tapped,
    callbacks.BandsTap: bands.bands_tapped,
    callbacks.OwnTap: bands.own_tapped,
    callbacks.NoBandsTap: bands.no_bands_tapped,
    callbacks.ColoursTap: bands.colours_tapped,
    callbacks.ColourTap: bands.colour_tapped,
    callbacks.EraseTap: about.erase_tapped,
    callbacks.CloseTap: about.close_tapped,
}

# What answers in a group; all else is between the coach and one runner.
IN_GROUPS: dict[str, Handle] = {"exercise": exercise.exercise, "help": talk.help_in_group}
TAPS_IN_GROUPS = (callbacks.ExerciseTap, callbacks.PartTap, callbacks.BrowseTap)

FIRST = -1  # the group of handlers that is asked before the others


@dataclass(frozen=True, slots=True)
class Parts:
    """What a coach is made of; `chat_burst` is how many messages in a row one chat may get.

    Without a `webhook` it polls for updates; without an address for `metrics` nobody counts.
    `admins` are the hosts' Telegram numbers; without an `invite_code` everybody may come in.
    `proxy` is the address of an HTTP proxy on the way to the Bot API server.
    """

    token: str
    api_url: str
    database: Place
    catalogue: Catalogue
    texts: Texts
    places: Places
    clock: Clock
    messages_per_second: int
    chat_burst: int = BURST
    admins: frozenset[int] = frozenset()
    invite_code: str = ""
    webhook: Webhook | None = None
    metrics: Address | None = None
    proxy: str | None = None


@asynccontextmanager
async def at_work(parts: Parts) -> AsyncIterator["Work"]:
    """A coach that takes updates and delivers reminders until the block is left."""
    db = open_database(parts.database)
    cluster = _cluster(parts, db)
    pace = Pace(_limit(parts, db), parts.chat_burst)
    monitor = _monitor() if parts.metrics else None
    told = monitor.called if monitor else None
    telegram = TelegramClock(parts.clock)
    registration = Registration(parts.webhook, UPDATES)
    time = asyncio.get_running_loop().time
    reception = Reception(parts.clock.now, time, by_webhook=parts.webhook is not None)
    async with transport.application(
        parts.token, parts.api_url, pace, telegram, told, parts.proxy
    ) as app:
        poked, alarm, recent = asyncio.Event(), Alarm(), logs.Recent()
        assert isinstance(app.update_processor, InOrderPerChat)
        coach = Coach(
            clock=parts.clock,
            telegram=telegram,
            content=Content(parts.catalogue, parts.texts),
            places=parts.places,
            db=db,
            calendar=calendar_of(parts.database, partial(cluster.tell, News.SLOTS)),
            messenger=Messenger(app.bot, pace, Clips(db), Looks(alone=isinstance(cluster, Alone))),
            charts=Charts(),
            poke=poked.set,
            expect=partial(_expect, cluster, alarm),
            turn=app.update_processor.turn,
            room=fits(parts.messages_per_second),
            hosting=Hosting(
                parts.admins,
                Door(parts.invite_code),
                recent,
                parts.clock.steady(),
                reception,
            ),
            jumps=Jumps(cluster, parts.clock, partial(_jumped, poked, alarm)),
        )
        pulse = Pulse(coach, poked)
        slots = Slots(coach, cluster, partial(_claimed, cluster, poked))
        cues = Cues(coach, cluster, alarm, monitor.cue_out if monitor else None)
        inbox = Inbox(
            app,
            db,
            coach.now,
            surplus=Surplus(coach).tell,
            postponed=partial(_on_postponed, coach),
            timed=partial(_handled, reception, monitor),
        )
        _register(app, coach, inbox)
        assert isinstance(app.bot, transport.SteadyBot)
        recent.listen()
        try:
            async with AsyncExitStack() as stack:
                await stack.enter_async_context(in_the_background(db.tend()))
                if monitor and parts.metrics:
                    watched = monitor.watched(coach, cluster, inbox, app.bot, pace, registration)
                    await stack.enter_async_context(monitor.answering(watched, parts.metrics))
                await meet_telegram(app, transport.way_to(parts.api_url, parts.proxy))
                await introduce(app.bot, coach.texts)
                await introduce_to_hosts(app.bot, coach)
                await inbox.take_over()
                polled = None if parts.webhook else inbox
                duties = partial(
                    leading, coach, cluster, slots, cues, app.bot, registration, polled
                )
                hear = {
                    News.SLOTS: slots.poke,
                    News.DUE: poked.set,
                    News.CLOCK: alarm.rung.set,
                    News.WAKE: slots.catch_up,
                }
                await stack.enter_async_context(cluster.member(duties, hear))
                await stack.enter_async_context(working(pulse))
                await stack.enter_async_context(inbox.at_work())
                if parts.webhook:
                    await stack.enter_async_context(by_webhook(app.bot, inbox, parts.webhook))
                yield Work(coach, slots, pulse, cues, app, inbox, cluster)
        finally:
            recent.stop()
            await coach.charts.close()
            await coach.db.close()


@dataclass(frozen=True, slots=True)
class Work:
    """A coach at work, for those who watch it."""

    coach: Coach
    slots: Slots
    pulse: Pulse
    cues: Cues
    app: App
    inbox: Inbox
    cluster: Cluster

    async def settled(self) -> None:
        """Until every update that has come in is handled."""
        await self.inbox.settled()

    async def until_refused(self) -> None:
        """Raises RefusedTokenError once Telegram takes the token no more."""
        bot = self.app.bot
        assert isinstance(bot, transport.SteadyBot)
        await bot.refused.wait()
        raise RefusedTokenError


def _limit(parts: Parts, db: Database) -> Limit:
    """Processes on one server keep the limit together."""
    if isinstance(parts.database, Path):
        return OwnLimit(parts.messages_per_second)
    return SharedLimit(db, parts.messages_per_second)


def _cluster(parts: Parts, db: Database) -> Cluster:
    return Alone(db) if isinstance(parts.database, Path) else Shared(parts.database, db)


def _handled(reception: Reception, monitor: "Monitor | None", kind: str, seconds: float) -> None:
    """An update has come in and is dealt with."""
    reception.came()
    if monitor is not None:
        monitor.handled(kind, seconds)


def _jumped(poked: asyncio.Event, alarm: Alarm) -> None:
    """What is due next may be due sooner than was known."""
    poked.set()
    alarm.rung.set()


def _claimed(cluster: Cluster, poked: asyncio.Event) -> None:
    """All processes may send what is due."""
    poked.set()
    cluster.tell(News.DUE)


def _expect(cluster: Cluster, alarm: Alarm, due: datetime | None) -> None:
    """Whoever leads the sessions hears of a new moment."""
    if cluster.leads:
        alarm.expect(due)
    elif due is not None:
        cluster.tell(News.CLOCK)


def calendar_of(database: Place, elsewhere: Callable[[], None] | None = None) -> Calendar:
    """The calendar that belongs to this database; `elsewhere` tells the process that keeps it."""
    if isinstance(database, Path):
        return Calendar(f"sqlite:///{job_store_file(database)}", elsewhere)
    prepare = postgresql.let_go_when_frozen
    return Calendar(database, elsewhere, prepare, **postgresql.CONNECT)


def _monitor() -> "Monitor":
    from bot.monitor import Monitor  # brings a web server, which polling does not need

    return Monitor(UPDATES)


def _guard(app: App, coach: Coach) -> None:
    """Asked before all else: what may not go on ends here. Groups and inline searches may, they
    explain exercises and nothing more; Telegram hands a found one on to others by itself."""
    said = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE & ~filters.VIA_BOT
    edited = filters.ChatType.PRIVATE & filters.UpdateType.EDITED_MESSAGE
    edited &= filters.TEXT | filters.CAPTION
    message = (said & CONTENT) | edited
    own = said & ~filters.FORWARDED
    for handler in (
        CommandHandler(door.COMMANDS, _at_door(coach, door.passes), filters=own),
        CommandHandler("start", _at_door(coach, door.started), filters=own),
        MessageHandler(message, _at_door(coach, door.said)),
        CallbackQueryHandler(_at_door(coach, door.tapped)),
    ):
        app.add_handler(handler, group=FIRST)


def _at_door(
    coach: Coach, may_pass: Callable[[Coach, Asked], Awaitable[bool]]
) -> Callable[[Update, Context], Coroutine[Any, Any, None]]:
    async def passes(update: Update) -> bool:
        query = update.callback_query
        if update.effective_user is None:
            return True
        return await may_pass(coach, by_message(update) if query is None else by_tap(query))

    return _or_ends(passes)


def _or_ends(
    passes: Callable[[Update], Awaitable[bool]],
) -> Callable[[Update, Context], Coroutine[Any, Any, None]]:
    """Handles an update no further unless it passes; after an error the library would go on."""

    async def handler(update: Update, context: Context) -> None:
        try:
            passed = await passes(update)
        except Exception as error:
            await context.application.process_error(update, error)
            passed = False
        if not passed:
            raise ApplicationHandlerStop

    return handler


async def _reached(coach: Coach, update: Update) -> bool:
    """Whoever comes in private can be written to, but for the update that tells of a block."""
    chat, user = update.effective_chat, update.effective_user
    if chat is not None and user is not None and chat.id == user.id and not update.my_chat_member:
        await runners.reached(coach.db, user.id)
    return True


def _register(app: App, coach: Coach, inbox: Inbox) -> None:
    """Which update leads where; the first that fits takes it."""
    said = filters.UpdateType.MESSAGE & ~filters.VIA_BOT  # what a runner chose inline is ours
    private, group = filters.ChatType.PRIVATE & said, filters.ChatType.GROUPS & said
    app.add_handler(TypeHandler(Update, _or_ends(partial(_reached, coach))), group=FIRST - 1)
    if not coach.hosting.door.is_open:
        _guard(app, coach)
    app.add_handler(CallbackQueryHandler(partial(_on_tap, coach)))
    app.add_handler(InlineQueryHandler(partial(_on_inline, coach)))
    forwarded = private & filters.FORWARDED & filters.TEXT  # commands among them
    app.add_handler(MessageHandler(forwarded, _on_message(coach, talk.forwarded)))
    for name, handle in COMMANDS.items():
        app.add_handler(CommandHandler(name, _on_message(coach, handle), filters=private))
        in_group = _on_message(coach, IN_GROUPS.get(name, talk.in_group))
        app.add_handler(CommandHandler(name, in_group, filters=group))
    for name, handle in HOST_COMMANDS.items() if coach.hosting.admins else ():
        hosts = private & filters.User(list(coach.hosting.admins))
        app.add_handler(CommandHandler(name, _on_message(coach, handle), filters=hosts))
    app.add_handler(ChatMemberHandler(partial(_on_membership, coach)))
    app.add_handler(MessageHandler(private & filters.LOCATION, partial(_on_location, coach)))
    app.add_handler(MessageHandler(private & filters.Regex("^/"), partial(_on_unknown, coach)))
    app.add_handler(MessageHandler(private & filters.TEXT, _on_message(coach, talk.words)))
    app.add_handler(MessageHandler(private & CONTENT, _on_message(coach, talk.only_words)))
    edited = filters.ChatType.PRIVATE & filters.UpdateType.EDITED_MESSAGE
    edited &= filters.TEXT | filters.CAPTION  # a live location edits its message all the time
    app.add_handler(MessageHandler(edited, _on_message(coach, talk.edited)))
    app.add_error_handler(partial(_on_error, coach, inbox))


def _on_message(
    coach: Coach, handle: Handle
) -> Callable[[Update, Context], Coroutine[Any, Any, None]]:
    async def handler(update: Update, _context: Context) -> None:
        if update.effective_user is not None:
            await coach.level()
            await handle(coach, by_message(update))

    return handler


async def _on_tap(coach: Coach, update: Update, _context: Context) -> None:
    """Every tap is answered, also one that no button of ours can have made."""
    query = update.callback_query
    assert query is not None
    tap = callbacks.parse(query.data or "")
    asked = by_tap(query)
    if tap is None:
        await coach.messenger.answer(query, coach.texts.plain("toast-old"))
    elif asked.chat != asked.runner and not isinstance(tap, TAPS_IN_GROUPS):
        await coach.messenger.answer(query, coach.texts.plain("toast-foreign"))
    else:
        await coach.level()
        await TAPS[type(tap)](coach, asked, tap)


async def _on_inline(coach: Coach, update: Update, _context: Context) -> None:
    query = update.inline_query
    assert query is not None
    await inline.inline(coach, query.query, query.id)


async def _on_membership(coach: Coach, update: Update, _context: Context) -> None:
    """A runner blocked the bot, or came back."""
    changed = update.my_chat_member
    if changed is not None and changed.chat.id == changed.from_user.id:
        reachable = changed.new_chat_member.status not in ("kicked", "left")
        await runners.set_reachable(coach.db, changed.from_user.id, reachable, coach.now())


async def _on_location(coach: Coach, update: Update, _context: Context) -> None:
    message = update.effective_message
    assert message is not None
    assert message.location is not None
    own = message.forward_origin is None and message.venue is None
    await reminders.location(coach, by_message(update), message.location, own=own)


async def _on_unknown(coach: Coach, update: Update, _context: Context) -> None:
    message = update.effective_message
    assert message is not None
    await talk.unknown_command(coach, by_message(update), message)


async def _on_error(coach: Coach, inbox: Inbox, update: object, context: Context) -> None:
    """A bug, or no database: logged without a word of the message. With no database the update is
    handled again; for a bug it is over, and the runner is told."""
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


async def _on_postponed(coach: Coach, update: Update) -> None:
    """Nothing can be stored or read just now; what the runner sent is kept for later."""
    chat = update.effective_chat
    if chat is not None:
        await coach.messenger.show(chat.id, talk_views.postponed(coach.texts))
