"""Days and times are read as people type them; what can't be read says which word."""

from datetime import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.schedule import WEEK, Schedule, TrainingDay, Weekday, in_order
from bot.domain.schedule_words import (
    DayPart,
    Incomplete,
    Problem,
    Unreadable,
    read_schedule,
    read_time,
)
from bot.handlers.reminders import vocabulary
from tests.conftest import tries
from tests.shipped import TEXTS

VOCABULARY = vocabulary(TEXTS)
ALL_WORDS = {*VOCABULARY.days, *VOCABULARY.letters, *VOCABULARY.parts, *VOCABULARY.numbers}


def read(words: str) -> str | Incomplete | Unreadable:
    """The schedule as `mon 07:00 sat 09:30`, or what is missing or wrong."""
    found = read_schedule(words, VOCABULARY)
    return shown(found) if isinstance(found, tuple) else found


def shown(schedule: Schedule) -> str:
    return " ".join(f"{day.weekday[:3]} {day.at:%H:%M}" for day in schedule)


def every(days: str, at: str) -> str:
    """every("mon wed", "07:00") is mon 07:00 wed 07:00."""
    return " ".join(f"{day} {at}" for day in days.split())


ALL = "mon tue wed thu fri sat sun"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        # the contract's own
        ("mon wed fri 07:00", every("mon wed fri", "07:00")),
        ("tue 7am sat 9:30", "tue 07:00 sat 09:30"),
        # names of days
        ("monday 7:00", "mon 07:00"),
        ("Mondays 7:00", "mon 07:00"),
        ("MON WED 7:00", every("mon wed", "07:00")),
        ("tues thurs 17:45", every("tue thu", "17:45")),
        ("weds 6", "wed 06:00"),
        ("mo we fr 7", every("mon wed fri", "07:00")),
        ("tu th sa 7", every("tue thu sat", "07:00")),
        ("su 8", "sun 08:00"),
        # groups of days
        ("daily 7", every(ALL, "07:00")),
        ("everyday 7", every(ALL, "07:00")),
        ("weekdays 6:30", every("mon tue wed thu fri", "06:30")),
        ("weekend 9", every("sat sun", "09:00")),
        (
            "weekdays 6:30 weekends 9",
            f"{every('mon tue wed thu fri', '06:30')} {every('sat sun', '09:00')}",
        ),
        ("mon-fri 7:00", every("mon tue wed thu fri", "07:00")),
        ("mon - fri 7:00", every("mon tue wed thu fri", "07:00")),
        ("Mon–Fri 7:00", every("mon tue wed thu fri", "07:00")),
        ("monday-wednesday 7", every("mon tue wed", "07:00")),
        ("fri-mon 6", "mon 06:00 fri 06:00 sat 06:00 sun 06:00"),
        ("mon-mon 6", "mon 06:00"),
        # times
        ("mon 7", "mon 07:00"),
        ("mon 0730", "mon 07:30"),
        ("mon 7.30", "mon 07:30"),
        ("mon 19h30", "mon 19:30"),
        ("mon 7am", "mon 07:00"),
        ("mon 7 am", "mon 07:00"),
        ("mon 7 a.m.", "mon 07:00"),
        ("mon 7PM", "mon 19:00"),
        ("mon 7:30pm", "mon 19:30"),
        ("mon 12am", "mon 00:00"),
        ("mon 12pm", "mon 12:00"),
        ("mon 0:00", "mon 00:00"),
        ("mon 23:59", "mon 23:59"),
        # with commas and small words
        ("Mon, Wed & Fri at 7", every("mon wed fri", "07:00")),
        ("mon,wed,fri,7:00", every("mon wed fri", "07:00")),
        ("sat/sun 9", every("sat sun", "09:00")),
        ("mon+wed 7", every("mon wed", "07:00")),
        ("mon;wed;7", every("mon wed", "07:00")),
        ("every monday at 7am", "mon 07:00"),
        ("remind me every mon at 7 please", "mon 07:00"),
        (
            "on tuesdays and thursdays at 18:00 and saturdays at 10:00",
            "tue 18:00 thu 18:00 sat 10:00",
        ),
        ("mon 7 o'clock in the morning", "mon 07:00"),
        ("tuesday, 7:00am; sat, 9", "tue 07:00 sat 09:00"),
        ("  mon\n wed\t7 ", every("mon wed", "07:00")),
        # the time first
        ("7:00 mon wed", every("mon wed", "07:00")),
        ("7pm mondays", "mon 19:00"),
        ("at 7 on mon and wed", every("mon wed", "07:00")),
        # in any order, and said twice
        ("fri wed mon 7", every("mon wed fri", "07:00")),
        ("sat 9 mon 7", "mon 07:00 sat 09:00"),
        ("mon 7 mon 7:00", "mon 07:00"),
        ("mon mon 7", "mon 07:00"),
    ],
)
def test_days_and_times_are_read_as_people_type_them(words: str, expected: str) -> None:
    assert read(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("mon wed fri 07:00,", every("mon wed fri", "07:00")),
        (", mon 7", "mon 07:00"),
        ("mon wed fri 07:00.", every("mon wed fri", "07:00")),
        ("mon 7 o’clock", "mon 07:00"),
        ("mon 7a.m.", "mon 07:00"),
        ("monday: 7am", "mon 07:00"),
        ("mon. 7am", "mon 07:00"),
        ("every day 7:00", every(ALL, "07:00")),
        ("mon to fri 7:00", every("mon tue wed thu fri", "07:00")),
    ],
)
def test_what_phones_and_hasty_people_type_is_read_too(words: str, expected: str) -> None:
    assert read(words) == expected


@pytest.mark.parametrize(
    ("words", "problem", "word"),
    [
        ("mon wendesday 7", Problem.UNKNOWN, "wendesday"),
        ("twice a week", Problem.UNKNOWN, "twice"),
        ("mon 24:00", Problem.UNKNOWN, "24:00"),
        ("mon 7:60", Problem.UNKNOWN, "7:60"),
        ("mon 7:5", Problem.UNKNOWN, "7:5"),
        ("mon 25", Problem.UNKNOWN, "25"),
        ("mon 13pm", Problem.UNKNOWN, "13pm"),
        ("mon 0am", Problem.UNKNOWN, "0am"),
        ("mon 123456", Problem.UNKNOWN, "123456"),
        ("mon -7", Problem.UNKNOWN, "-7"),
        ("mon-xyz 6", Problem.UNKNOWN, "mon-xyz"),
        ("weekdays-sun 6", Problem.UNKNOWN, "weekdays-sun"),
        ("<b>mon</b> 7", Problem.UNKNOWN, "<b>mon<"),
        ("7am 8pm", Problem.NO_DAY, "07:00"),
        ("7:00 mon 8:00 tue", Problem.NO_DAY, "07:00"),
        ("mon 7 19:30", Problem.NO_DAY, "19:30"),
        ("mon 7 wed", Problem.NO_TIME, ""),
        ("please", Problem.NO_TIME, ""),
        ("mon 7 mon 8", Problem.TWO_TIMES, "monday"),
        ("daily 7 sat 9", Problem.TWO_TIMES, "saturday"),
        ("mon-wed 7 tue 8", Problem.TWO_TIMES, "tuesday"),
    ],
)
def test_what_cannot_be_read_says_why(words: str, problem: Problem, word: str) -> None:
    assert read(words) == Unreadable(problem, word)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("every day at noon", every(ALL, "12:00")),
        ("weekdays 6:30 pm", every("mon tue wed thu fri", "18:30")),
        ("m w f 7", every("mon wed fri", "07:00")),
        ("MWF 7", every("mon wed fri", "07:00")),
        ("M/W/F at 7am", every("mon wed fri", "07:00")),
        ("TTh 18:00", every("tue thu", "18:00")),
        ("tuthsa 6", every("tue thu sat", "06:00")),
        ("mtwtf 7", every("mon tue wed thu fri", "07:00")),
        ("mon—fri 7", every("mon tue wed thu fri", "07:00")),
        ("tue half past six", "tue 06:30"),
        ("half past six on tuesdays", "tue 06:30"),
        ("mon quarter to seven", "mon 06:45"),
        ("mon a quarter past 7", "mon 07:15"),
        ("mon at seven", "mon 07:00"),
        ("mon six thirty", "mon 06:30"),
        ("mon 6 30 pm", "mon 18:30"),
        ("mon 730", "mon 07:30"),
        ("mon 7 in the evening", "mon 19:00"),
        ("evenings at 7 tue thu", every("tue thu", "19:00")),
        ("tue thu half past six in the evening", every("tue thu", "18:30")),
        ("7 in the morning on weekends", every("sat sun", "07:00")),
        ("sundays at midnight", "sun 00:00"),
        ("mon 19:00 in the evening", "mon 19:00"),
        ("tue 7 in the morning, sat 6 in the evening", "tue 07:00 sat 18:00"),
    ],
)
def test_days_and_times_are_read_as_people_say_them(words: str, expected: str) -> None:
    assert read(words) == expected


TUE_THU = (Weekday.TUESDAY, Weekday.THURSDAY)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("7:00", Incomplete(local_time=time(7))),
        ("at 7", Incomplete(local_time=time(7))),
        ("half past six", Incomplete(local_time=time(6, 30))),
        ("tue thu", Incomplete(TUE_THU)),
        ("tt", Incomplete(TUE_THU)),
        ("tue/thu evenings", Incomplete(TUE_THU, part=DayPart.EVENING)),
        ("mornings", Incomplete(part=DayPart.MORNING)),
        ("at lunch on tue and thu", Incomplete(TUE_THU, part=DayPart.LUNCH)),
        ("weekdays", Incomplete(WEEK[:5])),
        ("no, thursday", Incomplete((Weekday.THURSDAY,))),
    ],
)
def test_what_is_missing_is_left_to_be_asked(words: str, expected: Incomplete) -> None:
    assert read(words) == expected


@pytest.mark.parametrize("words", ["t 7", "s", "mtf 7", "wx 7", "mm 7"])
def test_letters_that_may_be_several_days_are_none(words: str) -> None:
    assert isinstance(read(words), Unreadable)


def test_an_answer_completes_or_corrects_what_was_said() -> None:
    seven = Incomplete(local_time=time(7))
    assert seven.joined(Incomplete(TUE_THU)) == read_schedule("tue thu 7", VOCABULARY)
    assert Incomplete(TUE_THU).joined(seven) == read_schedule("tue thu 7", VOCABULARY)
    monday = Incomplete((Weekday.MONDAY,))
    assert Incomplete(TUE_THU).joined(monday) == monday
    evening = Incomplete(part=DayPart.EVENING)
    assert seven.joined(evening) == evening


@pytest.mark.parametrize("problem", Problem)
def test_every_problem_has_a_sentence_with_an_example_that_works(problem: Problem) -> None:
    sentence = TEXTS.plain(f"reminders-error-{problem}", word="7:00")
    example_given = sentence.rpartition("/reminders ")[2]
    assert isinstance(read_schedule(example_given, VOCABULARY), tuple)


@pytest.mark.parametrize("message", ["reminders-none", "reminders-some"])
def test_the_examples_in_the_picker_work(message: str) -> None:
    sentence = TEXTS.plain(message, days="Monday 07:00")
    assert isinstance(read_schedule(sentence.rpartition("/reminders ")[2], VOCABULARY), tuple)


@pytest.mark.parametrize("word", ["", "am", "7:", ":30", "7:300", "7 am", "7xm", "1:2:3", "²"])
def test_what_is_no_time_is_none(word: str) -> None:
    assert read_time(word) is None


@given(st.times())
def test_a_time_is_read_in_every_way_of_writing_it(at: time) -> None:
    at = time(at.hour, at.minute)
    half = at.hour % 12 or 12, "pm" if at.hour >= 12 else "am"
    ways = [f"{at:%H:%M}", f"{at.hour}:{at.minute:02}", f"{at:%H.%M}", f"{at:%H%M}", f"{at:%Hh%M}"]
    ways.append(f"{half[0]}:{at.minute:02}{half[1]}")
    assert {read_time(way) for way in ways} == {at}


SCHEDULES = st.dictionaries(
    st.sampled_from(WEEK), st.times().map(lambda at: time(at.hour, at.minute)), min_size=1
).map(lambda days: in_order(tuple(TrainingDay(day, at) for day, at in days.items())))


@given(SCHEDULES)
def test_a_schedule_written_out_reads_as_itself(schedule: Schedule) -> None:
    assert read_schedule(shown(schedule), VOCABULARY) == schedule


TYPED = st.lists(
    st.sampled_from([*sorted(ALL_WORDS), "7", "07:00", "7pm", "25", "-", "–", "mon-fri", "²", "٧"])
    | st.text(max_size=6)
).map(" ".join)


@given(st.text() | TYPED)
@example("mon 7" + " pm" * 200)
@example("9" * 400)
@example("\x00")
@example("mon 7\u2009am")
@settings(max_examples=tries(300))
def test_no_text_raises_and_what_is_read_is_one_time_a_day(words: str) -> None:
    found = read_schedule(words, VOCABULARY)
    if isinstance(found, Unreadable):
        assert len(found.word) <= 300
    elif isinstance(found, Incomplete):
        assert not (found.days and found.local_time)
    else:
        days = [day.weekday for day in found]
        assert days == sorted(set(days), key=WEEK.index)
        assert days
