"""Reminders, and the screens that set their days, time and place."""

from dataclasses import replace
from datetime import date, datetime, time
from functools import reduce
from zoneinfo import ZoneInfo

from bot.callbacks import (
    EVERY_WEEK,
    THIS_WEEK,
    AskedDaysTap,
    CloseTap,
    DaysTap,
    MoveDayTap,
    NamesakesTap,
    NoPlaceTap,
    PlaceTap,
    RemindersTap,
    ReminderTap,
    ResumeTap,
    SecondTap,
    SuitTap,
    WhyTodayTap,
)
from bot.content.places import Found, Place, fold
from bot.content.texts import Html, Texts
from bot.domain.load import Loading
from bot.domain.question import AskedDays
from bot.domain.reminder import Reminder, ReminderAnswer, Suiting
from bot.domain.runner import Runner, Screening
from bot.domain.schedule import WEEK, Due, Schedule, TrainingDay, too_close
from bot.domain.schedule_words import PRESETS, Unreadable
from bot.views.screen import (
    Button,
    Rows,
    Screen,
    above,
    column,
    in_rows,
    lines,
    notice,
    paragraphs,
    row,
    shortened,
)

USUAL = time(7)
NAME_BYTES = 50  # of a button's 64
PICK_DAYS = ("button-pick-days", RemindersTap())


def reminder(
    texts: Texts,
    reminder: Reminder,
    routine_name: str,
    minutes: int,
    kit: Html,
    late_at: time | None,
    standing: Html | None = None,
    loading: Loading = Loading.ALLOWED,
) -> Screen:
    """Return a reminder; `late_at` is the local time at which a late one was due.

    `standing` is a line about the season and the week, which a button explains. If the session is
    over the cap of `loading`, the text first says why the day is for rest, as Start would.
    """
    is_over = loading is not Loading.ALLOWED
    if reminder.put_off:
        message = "reminder-again-over-cap" if is_over else "reminder-again"
    else:
        message = "reminder-over-cap" if is_over else "reminder"
    intro = texts.html(
        message,
        name=routine_name,
        minutes=minutes,
        kit=kit,
        why=texts.html(f"cap-{loading}") if is_over else "",
    )
    late = texts.html("reminder-late", time=late_at) if late_at else None
    start = ("button-start", ReminderTap(ReminderAnswer.START, reminder.id))
    later = ("button-later", ReminderTap(ReminderAnswer.LATER, reminder.id))
    not_today = ("button-not-today", ReminderTap(ReminderAnswer.NOT_TODAY, reminder.id))
    rows = (
        row(texts, start),
        row(texts, not_today) if reminder.put_off else row(texts, later, not_today),
        *(column(texts, ("button-why-today", WhyTodayTap(reminder.date))) if standing else ()),
    )
    return Screen(paragraphs(intro, standing, late), rows)


def busy(texts: Texts, reminder: Reminder) -> Screen:
    """Say how the reminder can be put off."""
    if reminder.put_off:
        return Screen(texts.html("reminder-busy-again"))
    later = ReminderTap(ReminderAnswer.LATER, reminder.id)
    return notice("reminder-busy", ("button-later", later))(texts)


def answered(
    texts: Texts, answer: ReminderAnswer, routine_name: str, again_at: time | None
) -> Screen:
    """Return what replaces a reminder that was answered; `again_at` is a local time."""
    if answer is ReminderAnswer.LATER:
        return Screen(texts.html("outcome-reminder-later", time=again_at))
    return Screen(texts.html(f"outcome-reminder-{answer.value}", name=routine_name))


def with_missed(texts: Texts, screen: Screen, reminder: int, day: date | None) -> Screen:
    """Add the date to which a missed session may move; None: it is not made up."""
    if day is None:
        return replace(screen, text=paragraphs(screen.text, texts.html("missed-let-go")))
    return above(room(texts, reminder, day), screen.text)


def room(texts: Texts, reminder: int, day: date) -> Screen:
    """Say which date has room for a missed session."""
    return Screen(texts.html("missed-move", day=day), _move_or_let_go(texts, reminder, day))


def missed(texts: Texts, reminder: int, day: date) -> Screen:
    """Offer to move the session of a reminder that was ignored the day before."""
    return Screen(texts.html("missed-ignored", day=day), _move_or_let_go(texts, reminder, day))


def _move_or_let_go(texts: Texts, reminder: int, day: date) -> Rows:
    move = Button(texts.plain("button-move-day", day=day), MoveDayTap(reminder, day))
    return ((move,), *column(texts, ("button-let-go", CloseTap())))


def moved(texts: Texts, day: date) -> Screen:
    """Return what replaces the offer when the missed session has moved."""
    return Screen(texts.html("missed-moved", day=day))


def question(texts: Texts, reminder: Reminder) -> Screen:
    """Ask, after reminders that were ignored, what would suit the runner better."""
    buttons = row(
        texts, *((f"button-suit-{answer}", SuitTap(answer, reminder.id)) for answer in Suiting)
    )
    return Screen(texts.html("reminder-question"), in_rows(buttons, 2))


def question_answered(texts: Texts, answer: Suiting) -> Screen:
    """Return what replaces the question."""
    return Screen(texts.html(f"outcome-suit-{answer}"))


def resumed(texts: Texts, runner: Runner, coming: Due | None) -> Screen:
    """Say that reminders come again, and when the next one does."""
    text = texts.html("reminders-resumed", days=days(texts, runner.schedule))
    return Screen(lines(text, next_words(texts, runner, coming)))


def chosen(texts: Texts, schedule: Schedule) -> Screen:
    """Return what replaces the day picker when its days are saved."""
    return Screen(texts.html("reminders-chosen", days=days(texts, schedule)))


def picker(
    texts: Texts, runner: Runner, draft: DaysTap | None, now: datetime, *, is_paused: bool = False
) -> Screen:
    """Show buttons for the seven days and the time; nothing is stored before Save.

    `draft`: the choice so far; None: start with the runner's schedule. `is_paused`: no reminders
    come, because the question after ignored ones had no answer.
    """
    times = {day.at for day in runner.schedule}
    state = draft or DaysTap.of(runner.schedule, min(times, default=USUAL))
    schedule, local_time = state.schedule, state.time
    is_paused = is_paused and bool(runner.schedule)
    if is_paused:
        intro = texts.html("reminders-paused", days=days(texts, runner.schedule))
    elif runner.schedule:
        intro = texts.html("reminders-some", days=days(texts, runner.schedule))
    else:
        intro = texts.html("reminders-none")
    text = paragraphs(
        intro,
        _away(texts, runner, now) if runner.schedule else None,
        texts.html("reminders-pick-mixed") if len(times) > 1 else None,
        texts.html("reminders-pick-time", time=local_time),
        close(texts, schedule),
    )
    rows = _picker_buttons(texts, state, bool(runner.schedule))
    if is_paused:
        rows = (*column(texts, ("button-reminders-on", ResumeTap())), *rows)
    return Screen(text, rows)


def _picker_buttons(texts: Texts, state: DaysTap, any_saved: bool) -> Rows:
    def day(index: int) -> Button:
        name = texts.plain(f"short-{WEEK[index]}")
        label = texts.plain("chosen", day=name) if state.days[index] == "1" else name
        return Button(label, state.with_day_changed(index))

    def shift(label: str, minutes: int) -> Button:
        return Button(texts.plain(label), state.with_time_shifted(minutes))

    last = [Button(texts.plain("button-save"), state.to_save())]
    if any_saved:
        last.append(Button(texts.plain("button-turn-off"), RemindersTap(off=1)))
    return (
        tuple(day(index) for index in range(4)),
        tuple(day(index) for index in range(4, 7)),
        (shift("button-hour-earlier", -60), shift("button-hour-later", 60)),
        (shift("button-earlier", -15), shift("button-later-time", 15)),
        tuple(last),
    )


def saved(
    texts: Texts, runner: Runner, coming: Due | None, now: datetime, elsewhere: Place | None = None
) -> Screen:
    """Show days, times, zone and the next reminder; `elsewhere` is a place of the same name."""
    zone = runner.zone or "UTC"
    return Screen(
        paragraphs(
            lines(
                texts.html(
                    "reminders-saved",
                    days=days(texts, runner.schedule),
                    place=runner.place or zone,
                    zone=zone,
                    now=local(now, zone),
                ),
                next_words(texts, runner, coming),
            ),
            _away(texts, runner, now),
            _elsewhere(texts, elsewhere),
            close(texts, runner.schedule),
        ),
        drop_keyboard=True,
    )


def _away(texts: Texts, runner: Runner, now: datetime) -> Html | None:
    """Say when the runner is away, now or later; None if they are not."""
    today = now.astimezone(ZoneInfo(runner.zone or "UTC")).date()
    if runner.away_from is None or runner.away_until is None:
        return None
    if runner.goes_away(today):
        first, day = texts.full_day(runner.away_from), texts.full_day(runner.away_until)
        return texts.html("reminders-away-later", first=first, day=day)
    if not runner.is_away(today):
        return None
    return texts.html("reminders-away", day=texts.full_day(runner.away_until))


def next_words(texts: Texts, runner: Runner, coming: Due | None) -> Html | None:
    """Say when the next reminder comes, or that reminders wait as sessions do; None: none comes."""
    if coming is None:
        return None
    if runner.screening is Screening.WAITING:
        return texts.html("reminders-wait")
    zone = runner.zone or "UTC"
    day = coming.moment.astimezone(ZoneInfo(zone)).date()  # a postponed one may come later
    return texts.html("reminders-next", day=day, time=local(coming.moment, zone))


def days(texts: Texts, schedule: Schedule) -> Html:
    """Format a schedule as in: Monday, Wednesday 07:00; Saturday 09:30."""
    by_time: dict[time, list[TrainingDay]] = {}
    for day in schedule:
        by_time.setdefault(day.at, []).append(day)
    groups = [
        texts.html(
            "day-at",
            days=texts.row([texts.plain(f"weekday-{day.weekday}") for day in group]),
            time=local_time,
        )
        for local_time, group in by_time.items()
    ]
    return reduce(
        lambda before, group: texts.html("day-at-then", first=before, second=group), groups
    )


def close(texts: Texts, schedule: Schedule) -> Html | None:
    """Return a remark if two days are less than 48 hours apart, else None."""
    pair = too_close(schedule)
    if pair is None:
        return None
    first, second = (texts.plain(f"weekday-{day.weekday}") for day in pair)
    return texts.html("reminders-close", first=first, second=second)


def unreadable(texts: Texts, error: Unreadable) -> Screen:
    word = error.word
    if word in set(WEEK):
        word = texts.plain(f"weekday-{word}")
    text = texts.html(f"reminders-error-{error.problem}", word=shortened(word))
    return Screen(text, column(texts, PICK_DAYS))


def ask_days(texts: Texts, asked: AskedDays) -> Screen:
    """Ask for the time of the days, or for the days of a time; the answer is typed or tapped."""
    incomplete = asked.incomplete
    if incomplete.days:
        names = [texts.plain(f"weekday-{day}") for day in incomplete.days]
        text = texts.html("reminders-ask-time", days=texts.all_of(names))
        return Screen(text, _time_buttons(texts, asked))
    local_time = incomplete.local_time or PRESETS[incomplete.part][1]
    text = texts.html("reminders-ask-days", time=local_time)
    state = _answer(asked, local_time)
    return Screen(text, _picker_buttons(texts, state, any_saved=False))


def _answer(asked: AskedDays, local_time: time) -> AskedDaysTap:
    days = tuple(TrainingDay(day, local_time) for day in asked.incomplete.days)
    return replace(AskedDaysTap.of(days, local_time), asked=asked.number)


def _time_buttons(texts: Texts, asked: AskedDays) -> Rows:
    incomplete = asked.incomplete
    presets = PRESETS[incomplete.part]
    buttons = [
        Button(texts.plain("clock-time", time=local_time), _answer(asked, local_time).to_save())
        for local_time in presets
    ]
    other = Button(texts.plain("button-other-time"), _answer(asked, presets[1]))
    return (*in_rows(buttons, 3), (other,))


def also(texts: Texts, day: TrainingDay) -> str:
    """Return the words that add the day to the known ones."""
    name = texts.plain(f"weekday-{day.weekday}")
    return texts.plain("reminders-also", day=name, time=day.at)


def ask_beside(texts: Texts, known: Schedule, day: TrainingDay, asked: int) -> Screen:
    """Ask whether a day is meant in addition to the known ones, or alone."""
    name = texts.plain(f"weekday-{day.weekday}")
    alone = DaysTap.of((day,), day.at).to_save()
    return Screen(
        texts.html("reminders-ask-beside", days=days(texts, known), day=name, time=day.at),
        (
            (Button(texts.plain("button-day-as-well", day=name), SecondTap(1, asked)),),
            (Button(texts.plain("button-day-alone", day=name), alone),),
        ),
    )


def ask_weeks(texts: Texts, day: date, asked: int) -> Screen:
    """Ask whether a change of a training day is meant of this date alone, or of every week."""
    once = texts.plain("button-only-day", day=texts.full_day(day))
    return Screen(
        texts.html("reminders-ask-weeks", day=texts.full_day(day)),
        (
            (Button(once, SecondTap(THIS_WEEK, asked)),),
            (Button(texts.plain("button-every-week"), SecondTap(EVERY_WEEK, asked)),),
            (Button(texts.plain("button-leave"), SecondTap(0, asked)),),
        ),
    )


def moved_once(texts: Texts, day: date, to: date, *, is_free: bool) -> Screen:
    """Say that the reminder of one day has moved; if it had no room there, that it has not."""
    text = "reminders-moved-once" if is_free else "reminders-not-moved"
    return Screen(texts.html(text, day=texts.full_day(day), to=texts.full_day(to)))


days_left = notice("reminders-left")
off = notice("reminders-off")


def ask_place(texts: Texts, unknown: str | None = None, now_at: Html | None = None) -> Screen:
    """Ask where the runner is; `unknown` are words that were not recognised as a place."""
    if unknown is not None:
        text = texts.html("place-ask-again", words=shortened(unknown))
    else:
        text = paragraphs(now_at, texts.html("place-ask"))
    return Screen(text, ask_location=texts.plain("button-share-place"))


def ask_place_for_once(texts: Texts) -> Screen:
    """Ask where the runner is before one reminder, whose time of day depends on it."""
    return Screen(texts.html("once-place"), ask_location=texts.plain("button-share-place"))


def once(texts: Texts, due: Due, zone: str | None) -> Screen:
    """Say when the single reminder comes; without a zone, the time of day is unknown."""
    text = texts.html("once-planned-soon")
    if zone is not None:
        text = texts.html("once-planned", day=due.date, time=local(due.moment, zone))
    return Screen(text, column(texts, PICK_DAYS))


def place_now(texts: Texts, runner: Runner, now: datetime) -> Html | None:
    """Return a sentence with the stored place and its local time; None: no place is stored."""
    if runner.zone is None:
        return None
    return texts.html(
        "place-now",
        place=runner.place or runner.zone,
        zone=runner.zone,
        now=local(now, runner.zone),
    )


def which_place(texts: Texts, words: str, found: Found, now: datetime) -> Screen:
    """Ask which place of this name, or of a similar name, is meant."""
    message = "place-which"
    if found.guessed:
        message = "place-guess-one" if len(found.places) == 1 else "place-guess"
    rows = [(_place_button(texts, place, now),) for place in found.places]
    name = fold(words)
    if found.others and len(name.encode()) <= NAME_BYTES:
        rows.append((Button(texts.plain("button-namesakes"), NamesakesTap(name)),))
    text = texts.html(message, words=shortened(words))
    return Screen(text, (*rows, _none_of_them(texts)))


def namesakes(texts: Texts, words: str, places: tuple[Place, ...], now: datetime) -> Screen:
    """Offer more places of a name."""
    rows = tuple((_place_button(texts, place, now),) for place in places)
    return Screen(
        texts.html("place-namesakes", words=shortened(words)), (*rows, _none_of_them(texts))
    )


def _none_of_them(texts: Texts) -> tuple[Button, ...]:
    return row(texts, ("button-no-place", NoPlaceTap()))


def other_place(texts: Texts) -> Screen:
    """Ask for another place, since none of those offered is meant."""
    return Screen(texts.html("place-other"), ask_location=texts.plain("button-share-place"))


def _elsewhere(texts: Texts, place: Place | None) -> Html | None:
    """Return how to choose another place of the same name."""
    return texts.html("place-elsewhere", label=place.label) if place else None


def is_it_here(texts: Texts, place: Place, now: datetime) -> Screen:
    """Ask whether the runner is at this place."""
    return Screen(texts.html("place-is-it"), ((_place_button(texts, place, now),),))


def _place_button(texts: Texts, place: Place, now: datetime) -> Button:
    label = texts.plain("place-button", label=place.label, time=local(now, place.zone))
    return Button(label, PlaceTap(place.zone))


nowhere = notice("place-nowhere")


def place_left(texts: Texts) -> Screen:
    """Show what remains of the question about the place after it was declined."""
    return Screen(texts.html("place-left"), drop_keyboard=True)


def place_saved(
    texts: Texts, runner: Runner, coming: Due | None, now: datetime, elsewhere: Place | None = None
) -> Screen:
    """Show the place with its local time; `elsewhere` is a place of the same name."""
    zone = runner.zone or "UTC"
    return Screen(
        lines(
            texts.html("place-saved", place=runner.place or zone, zone=zone, now=local(now, zone)),
            next_words(texts, runner, coming),
            _elsewhere(texts, elsewhere),
        ),
        drop_keyboard=True,
    )


def local(moment: datetime, zone: str) -> time:
    """Return the time of day in a zone."""
    return moment.astimezone(ZoneInfo(zone)).time()
