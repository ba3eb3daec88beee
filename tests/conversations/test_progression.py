"""Weeks of training over the local Bot API: numbers rise as the rules say, never by mistake."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.db import prescriptions, sessions
from bot.db.engine import Connection
from bot.db.opening import open_database
from bot.db.tables import PRESCRIBED, SESSIONS
from bot.domain.kit import LEVELS
from bot.domain.prescription import Prescription
from tests.conversations.stage import TUESDAY, Runner, Stage

BANDS = "/bands mini light green, mini medium red, long band light, door anchor"
FIVE = "marathon five"
PAUSE = "Tempo: in each repetition, pause two seconds"


async def begin(runner: Runner, routine: str = FIVE) -> None:
    """Begins, with the anchor fixed where one is used."""
    await runner.says(f"/routine {routine}")
    await runner.taps("Start")
    if "the anchor" in runner.shown.text:
        await runner.taps("Done")


async def walk(runner: Runner, *, skip: str = "\0", most: int = 100) -> list[str]:
    """Done to the end, one exercise skipped; returns the steps as they were shown."""
    shown = []
    while "Done" in runner.shown.labels and len(shown) < most:
        shown.append(runner.shown.text)
        named = runner.shown.text.splitlines()[1:2]
        await runner.taps("Skip" if named and skip in named[0] else "Done")
    return shown


async def train(runner: Runner, rating: str | None, routine: str = FIVE) -> list[str]:
    """A whole session and its rating, if there is one."""
    await begin(runner, routine)
    steps = await walk(runner)
    if rating:
        await runner.taps(rating)
    return steps


async def doses(runner: Runner) -> dict[str, Prescription]:
    db = open_database(runner.stage.database)
    async with db.read() as connection:
        found = await prescriptions.get(connection, [runner.id])
    await db.close()
    return {key: stored.prescription for key, stored in found[runner.id].items()}


async def on_day(runner: Runner, number: int) -> None:
    """Days after the first one."""
    await runner.stage.travel(TUESDAY + timedelta(days=number))


async def with_bands(runner: Runner) -> Runner:
    await runner.says(BANDS)
    return runner


@pytest.mark.slow
async def test_a_step_names_the_runners_own_band(bea: Runner) -> None:
    await with_bands(bea)
    steps = await train(bea, None)
    assert "Band: your green mini band (light)" in steps[1]
    assert "Band: your light long band" in "".join(steps)


@pytest.mark.slow
async def test_who_has_not_told_their_bands_reads_of_none(bea: Runner) -> None:
    steps = []
    for day in (0, 3, 7, 10):
        await on_day(bea, day)
        steps += await train(bea, "Easy")
    assert "Band: your" not in "".join(steps)
    assert {dose.band for dose in (await doses(bea)).values()} == {None}
    assert max(dose.tempo for dose in (await doses(bea)).values()) == 2
    await with_bands(bea)
    assert {dose.sets for dose in (await doses(bea)).values()} == {3}
    await on_day(bea, 14)
    assert "Band: your green mini band (light)" in (await train(bea, None))[1]


async def train_at_own_pace(runner: Runner, rating: str, routine: str = FIVE) -> list[str]:
    await runner.says(f"/routine {routine}")
    await runner.taps("My own pace" if "My own pace" in runner.shown.labels else "Start")
    if "the anchor" in runner.shown.text:
        await runner.taps("Done")
    steps = await walk(runner)
    await runner.taps(rating)
    return steps


@pytest.mark.slow
async def test_at_my_own_pace_repetitions_grow_with_every_good_session(bea: Runner) -> None:
    await with_bands(bea)
    steps = await train_at_own_pace(bea, "Just right")
    assert "10 steps, then tap Done" in steps[1]
    for sentence in (
        "Lateral band walk and Sumo squat walk: next time 11 steps in a set, because it went well.",
        "Dead bug with band and Standing band twist: next time 7 repetitions in a set",
        "Standing leg raise, three ways: next time 4 rounds of three in a set",
    ):
        assert sentence in bea.shown.text
    await on_day(bea, 3)
    assert "11 steps, then tap Done" in (await train_at_own_pace(bea, "Too hard"))[1]
    assert "Nothing becomes harder next time" in bea.shown.text
    await on_day(bea, 7)
    assert "11 steps, then tap Done" in (await train_at_own_pace(bea, "Just right"))[1]


@pytest.mark.slow
async def test_what_was_counted_takes_its_time_on_the_clock(bea: Runner) -> None:
    await train_at_own_pace(bea, "Just right")
    await on_day(bea, 3)
    await bea.says(f"/routine {FIVE}")
    await bea.taps("Hands-free")
    steps = await walk(bea)
    assert "33 seconds, about 11 steps" in steps[1]
    await bea.taps("Just right")
    assert "Lateral band walk and Sumo squat walk: next time 12 steps" in bea.shown.text
    await on_day(bea, 7)
    assert "12 steps, then tap Done" in (await train_at_own_pace(bea, "Just right"))[1]


@pytest.mark.slow
async def test_the_top_reached_twice_is_a_step_up_for_two_exercises(bea: Runner) -> None:
    await with_bands(bea)
    for day in (0, 2, 4, 7, 9):
        await on_day(bea, day)
        await train_at_own_pace(bea, "Just right")
    assert {key: dose.target for key, dose in (await doses(bea)).items()} == {
        "lateral-band-walk": 14,
        "dead-bug-band": 10,
        "sumo-squat-walk": 14,
        "standing-band-twist": 11,
        "standing-leg-raise-3way": 8,
        "band-calf-raise": 12,
    }
    await on_day(bea, 11)
    await train_at_own_pace(bea, "Just right")
    up = "next time your medium band and 8 steps in a set, because you reached the top twice."
    assert f"Lateral band walk and Sumo squat walk: {up}" in bea.shown.text
    assert "Dead bug with band: next time" not in bea.shown.text


@pytest.mark.slow
async def test_a_session_of_before_repetitions_were_counted_goes_on(bea: Runner) -> None:
    await with_bands(bea)
    await bea.says(f"/routine {FIVE}")
    await bea.taps("My own pace")
    await bea.taps("Done")
    await bea.taps("Done")
    db = open_database(bea.stage.database)
    async with db.write() as connection:
        session = await sessions.current(connection, bea.id)
        assert session is not None
        await as_before(connection, session.session.id)
    await db.close()
    assert "30 seconds" in (await bea.says("/routine")).text
    steps = await walk(bea)
    assert all("then tap Done" not in text for text in steps)
    await bea.taps("Just right")
    assert {(dose.target, dose.credits) for dose in (await doses(bea)).values()} == {(None, 1)}
    await on_day(bea, 3)
    assert "10 steps, then tap Done" in (await train_at_own_pace(bea, "Just right"))[1]


async def as_before(connection: Connection, session: int) -> None:
    """Stored as it was before steps had a count and exercises their own range."""
    steps = await connection.scalar(select(SESSIONS.c.steps).where(SESSIONS.c.id == session))
    made_of = PRESCRIBED.c.session_id == session
    made = await connection.scalar(select(PRESCRIBED.c.doses).where(made_of))
    assert steps
    assert made
    new = {"count", "unit", "each_side"}
    old = [{key: value for key, value in it.items() if key not in new} for it in steps]
    bare = [{key: value for key, value in it.items() if key != "range"} for it in made]
    doses = [{**it, "tempo": "2-0-1-0"} for it in bare]
    await connection.execute(update(SESSIONS).where(SESSIONS.c.id == session).values(steps=old))
    await connection.execute(update(PRESCRIBED).where(made_of).values(doses=doses))


@pytest.mark.slow
async def test_a_colour_is_shown_as_typed(bea: Runner) -> None:
    await bea.says("/bands mini light <b>mint</b>")
    steps = await train(bea, "Easy")
    assert "your <b>mint</b> mini band (light)" in steps[1]


@pytest.mark.slow
async def test_four_sessions_just_right_lead_one_step_up_for_two_exercises(bea: Runner) -> None:
    """The heaviest band is in use already, so that the tempo is what is left to rise."""
    await bea.says("/bands mini light green, long band light, door anchor")
    for day in (0, 3, 7):
        await on_day(bea, day)
        steps = await train(bea, "Just right")
        assert "Tempo: " not in "".join(steps)
        assert "Nothing changes next time, because a step up takes" in bea.shown.text
    await on_day(bea, 10)
    await train(bea, "Just right")
    up = "Lateral band walk and Sumo squat walk: next time a pause of two seconds in each"
    assert up in bea.shown.text
    assert bea.shown.text.count("next time") == 1
    assert sum(dose.tempo for dose in (await doses(bea)).values()) == 2
    await on_day(bea, 14)
    await begin(bea)
    steps = await walk(bea)
    slower = {text.splitlines()[1] for text in steps if PAUSE in text}
    assert slower == {"Lateral band walk", "Sumo squat walk"}
    assert "about 12–15 steps" not in steps[1]


@pytest.mark.slow
async def test_easy_in_the_first_sessions_finds_the_band(bea: Runner) -> None:
    await with_bands(bea)
    await train(bea, "Easy")
    assert "next time your medium band, because it was easy" in bea.shown.text
    await on_day(bea, 3)
    assert "Band: your red mini band (medium)" in "".join(await train(bea, None))


@pytest.mark.slow
async def test_weeks_of_ease_never_lead_to_a_band_that_is_not_owned(bea: Runner) -> None:
    await with_bands(bea)
    seen = []
    for week in range(6):
        for day in (0, 3):
            await on_day(bea, 7 * week + day)
            seen += await train(bea, "Easy")
            owned = {None, *LEVELS[1:3]}
            assert {dose.band for dose in (await doses(bea)).values()} <= owned
    assert "(heavy)" not in "".join(seen)
    assert "red mini band" in "".join(seen)


@pytest.mark.slow
async def test_changing_an_answer_counts_once(bea: Runner) -> None:
    await train(bea, "Just right")
    once = await doses(bea)
    for answer in ("Easy", "Too hard", "Just right"):
        await bea.taps(answer)
    assert await doses(bea) == once
    assert {dose.credits for dose in once.values()} == {1}
    assert bea.shown.labels == [
        *("Easy", "✓ Just right", "Too hard", "Per exercise", "For my watch")
    ]


@pytest.mark.slow
async def test_one_exercise_can_be_told_apart(bea: Runner) -> None:
    await train(bea, "Just right")
    await bea.taps("Per exercise")
    assert bea.shown.labels[0] == "Lateral band walk: Just right"
    await bea.taps("Sumo squat walk: Just right")
    await bea.taps("Too hard")
    assert "You said: just right" in bea.shown.text
    assert "Sumo squat walk: too hard, noted. If it is so again" in bea.shown.text
    gained = {key: dose.credits for key, dose in (await doses(bea)).items()}
    assert gained.pop("sumo-squat-walk") == 0
    assert set(gained.values()) == {1}
    await bea.taps("Per exercise")
    assert "Sumo squat walk: Too hard" in bea.shown.labels
    await bea.taps("‹ Back")
    assert "Per exercise" in bea.shown.labels


@pytest.mark.slow
async def test_why_something_was_skipped_is_asked_one_by_one(bea: Runner) -> None:
    await begin(bea)
    await walk(bea, skip="Dead bug")
    await bea.taps("Just right")
    assert bea.shown.labels[-2:] == ["Why skipped?", "For my watch"]
    await bea.taps("Why skipped?")
    assert "Why did you skip Dead bug with band?" in bea.shown.text
    await bea.taps("I dislike it")
    assert "another exercise for the same muscles may suit you better" in bea.shown.text
    assert (await doses(bea))["dead-bug-band"].skips == 1
    await bea.taps("Why skipped?")
    await bea.taps("It hurt")
    assert "because it hurt" in bea.shown.text
    assert (await doses(bea))["dead-bug-band"].freeze == 2
    await bea.taps("Why skipped?")
    await bea.taps("No time")
    assert (await doses(bea))["dead-bug-band"].freeze == 0


@pytest.mark.slow
async def test_a_stopped_session_leads_to_nothing_harder(bea: Runner) -> None:
    await with_bands(bea)
    for day in (0, 3, 7, 10):
        await on_day(bea, day)
        await begin(bea)
        await walk(bea, most=15)
        await bea.says("/stop")
        await bea.taps("Easy")
        assert "because the session ended early" in bea.shown.text
    assert {(dose.credits, dose.tempo) for dose in (await doses(bea)).values()} == {(0, 0)}


@pytest.mark.slow
async def test_a_stop_that_is_taken_back_can_be_rated_anew(bea: Runner) -> None:
    await begin(bea)
    await walk(bea, most=5)
    await bea.taps("Stop")
    again = bea.shown.button("Resume").data
    await bea.says("too hard")
    assert (await doses(bea))["lateral-band-walk"].hard == 1
    await bea.sends_data(bea.shown, again)
    await walk(bea)
    await bea.taps("Just right")
    dose = (await doses(bea))["lateral-band-walk"]
    assert (dose.hard, dose.credits) == (0, 1)


async def test_a_session_that_was_not_rated_before_the_next_is_no_longer_asked_about(
    bea: Runner,
) -> None:
    await train(bea, None)
    old = bea.shown
    await on_day(bea, 7)
    await bea.says(f"/routine {FIVE}")
    await bea.taps("Start")
    await bea.taps("Too hard", old)
    shown = next(message for message in bea.messages if message.id == old.id)
    assert "How did it feel" not in shown.text
    assert "Nothing changes next time" not in shown.text
    assert shown.labels == ["For my watch"]


@pytest.mark.slow
async def test_an_answer_comes_too_late_once_the_next_session_has_begun(bea: Runner) -> None:
    await train(bea, None)
    old = bea.shown
    await on_day(bea, 7)
    await bea.says(f"/routine {FIVE}")
    tap = await bea.taps("Just right", old)
    assert tap.text == "Noted"
    await bea.taps("Start")
    before = await doses(bea)
    tap = await bea.taps("Too hard", old)
    assert tap.text == "Your next session has begun since, so this answer stays as it was."
    assert await doses(bea) == before
    assert "1 of 22" in (await bea.says("done")).text


@pytest.mark.slow
async def test_an_answer_while_the_next_session_waits_counts_in_it(bea: Runner) -> None:
    await with_bands(bea)
    await train(bea, None)
    old = bea.shown
    await on_day(bea, 7)
    await bea.says(f"/routine {FIVE}")
    await bea.taps("Easy", old)
    await bea.taps("Start")
    await bea.taps("Done")  # the anchor
    await bea.taps("Done")
    assert "your red mini band (medium)" in bea.shown.text
    await walk(bea)
    await bea.taps("Just right")
    assert (await doses(bea))["lateral-band-walk"].credits == 1


@pytest.mark.slow
async def test_what_nobody_rated_changes_nothing(bea: Runner) -> None:
    for day in (0, 3, 7):
        await on_day(bea, day)
        await train(bea, None)
    assert {(dose.credits, dose.tempo) for dose in (await doses(bea)).values()} == {(0, 0)}


@pytest.mark.slow
async def test_two_phones_rate_at_once_and_the_last_word_counts(bea: Runner) -> None:
    await train(bea, None)
    summary = bea.shown
    first = bea.stage.world.tap(bea.person, summary, "Easy")
    second = bea.stage.world.tap(bea.person, summary, "Too hard")
    await first.answer()
    await second.answer()
    await bea.stage.settle()
    assert (first.text, second.text) == ("Noted", "Noted")
    assert "You said: too hard" in bea.shown.text
    assert {(dose.hard, dose.credits) for dose in (await doses(bea)).values()} == {(1, 0)}


@pytest.mark.slow
async def test_an_exercise_stopped_for_pain_becomes_easier_for_two_sessions(bea: Runner) -> None:
    await with_bands(bea)
    await begin(bea)
    await bea.taps("Done")
    await bea.taps("Something hurts")
    await bea.says("skip")
    await walk(bea)
    await bea.taps("Easy")
    assert "Lateral band walk: next time the easier form, because it hurt" in bea.shown.text
    assert (await doses(bea))["lateral-band-walk"].freeze == 2
    await on_day(bea, 3)
    assert "Easier today: " in (await train(bea, None))[1]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("days", "said", "steps"),
    [
        (10, "more than a week", "11 steps"),
        (20, "Expect the worked muscles to ache", "22 steps"),
        (40, "After four weeks off", "11 steps"),
    ],
)
async def test_after_a_gap_the_session_is_lighter_and_says_so_first(
    bea: Runner, days: int, said: str, steps: str
) -> None:
    await with_bands(bea)
    await train(bea, "Just right")
    await on_day(bea, days)
    await bea.says("/start")
    await bea.says("/routine marathon five")
    assert said in bea.shown.text
    assert steps in bea.shown.text
    await bea.taps("Start")
    await walk(bea)
    await bea.taps("Easy")
    assert "you had not done this for a while" in bea.shown.text
    await on_day(bea, days + 3)
    await bea.says("/routine marathon five")
    assert "Welcome back" not in bea.shown.text


@pytest.mark.slow
async def test_a_start_is_held_back_until_the_gap_is_told(bea: Runner) -> None:
    await train(bea, "Just right")
    await on_day(bea, 20)
    await bea.says("/start")
    await bea.taps("Start")
    assert "Welcome back" in bea.shown.text
    await bea.taps("Start")
    assert "Warm-up" in bea.shown.text


@pytest.mark.slow
async def test_after_eight_weeks_the_health_questions_come_again(bea: Runner) -> None:
    await with_bands(bea)
    await train(bea, "Just right")
    await on_day(bea, 60)
    await bea.says(f"/routine {FIVE}")
    assert "You have been away for eight weeks or more" in bea.shown.text
    await bea.taps("None applies to me")
    assert "you begin afresh" in bea.shown.text
    assert "11 steps" in bea.shown.text
    await bea.says("/routine")
    assert "Next for you: First two weeks" in bea.shown.text


@pytest.mark.slow
async def test_a_clinicians_word_is_asked_anew_after_eight_weeks(stage: Stage) -> None:
    eve = stage.runner("Eve")
    await eve.says("/start")
    await eve.declares("Lasting illness")
    await eve.taps("A clinician agreed")
    steps = await train(eve, "Just right")
    assert "Easier today: " in steps[1]
    await on_day(eve, 60)
    await eve.says(f"/routine {FIVE}")
    await eve.taps("None applies to me")
    await eve.taps("Skip")  # the question about bands
    assert "you begin afresh" in eve.shown.text


@pytest.mark.slow
async def test_days_away_are_no_gap_up_to_a_week(bea: Runner) -> None:
    await train(bea, "Just right")
    await bea.says("/away 1 week")
    await on_day(bea, 10)
    await bea.says(f"/routine {FIVE}")
    assert "Welcome back" not in bea.shown.text


@pytest.mark.slow
async def test_every_fourth_week_is_easier(bea: Runner) -> None:
    """She has trained in the week before, too."""
    for week in range(2):
        await on_day(bea, 7 * week)
        await train(bea, "Just right")
    await on_day(bea, 14)
    await bea.says(f"/routine {FIVE}")
    assert "This is your easier week" in bea.shown.text
    assert "11 steps" in bea.shown.text
    await bea.taps("Start")
    await walk(bea)
    await bea.taps("Easy")
    assert "because this is your easier week" in bea.shown.text
    await on_day(bea, 21)
    await bea.says(f"/routine {FIVE}")
    assert "easier week" not in bea.shown.text


@pytest.mark.slow
async def test_a_session_too_soon_offers_a_light_one_and_counts_as_none(bea: Runner) -> None:
    await train(bea, "Just right")
    await on_day(bea, 1)
    await bea.says(f"/routine {FIVE}")
    assert "less than 48 hours ago" in bea.shown.text
    assert bea.shown.labels == ["Rest today", "Before a run · 6 min", "Train anyway"]
    await bea.taps("Train anyway")
    assert "one set of each exercise" in bea.shown.text
    await bea.taps("Start")
    assert len(await walk(bea)) == 10
    await bea.taps("Easy")
    assert "because this session was a light one" in bea.shown.text
    assert {dose.credits for dose in (await doses(bea)).values()} == {1}


@pytest.mark.slow
async def test_a_light_session_is_no_load(bea: Runner) -> None:
    await train(bea, "Just right")
    before = await doses(bea)
    await on_day(bea, 1)
    await bea.says(f"/routine {FIVE}")
    await bea.taps("Before a run · 6 min")
    await bea.taps("Start")
    await walk(bea)
    await bea.taps("Easy")
    assert await doses(bea) == before
    await on_day(bea, 3)
    await bea.says(f"/routine {FIVE}")
    assert "48 hours" not in bea.shown.text


@pytest.mark.slow
async def test_the_first_two_weeks_lead_to_the_five_and_on_in_turns(bea: Runner) -> None:
    newcomer = "first two weeks"
    for day, routine in ((0, newcomer), (4, newcomer), (8, newcomer), (12, newcomer), (14, FIVE)):
        await on_day(bea, day)
        await bea.says("/routine")
        assert f"next for you: {routine}" in bea.shown.text.casefold()
        await train(bea, "Just right", routine)
    await on_day(bea, 17)
    await bea.says("/routine")
    assert "Next for you: Hips and glutes" in bea.shown.text
    assert {dose.tempo for dose in (await doses(bea)).values()} == {0}


@pytest.mark.slow
async def test_the_taper_week_stays_easy_however_easy_it_felt(bea: Runner) -> None:
    await with_bands(bea)
    for day in (0, 3, 7, 10):
        await on_day(bea, day)
        await train(bea, "Easy", "taper week")
        easy = "Nothing becomes harder next time. This routine is meant to stay easy."
        assert easy in bea.shown.text
    found = (await doses(bea)).values()
    assert {(dose.credits, dose.tempo, dose.band) for dose in found} == {(0, 0, LEVELS[1])}


@pytest.mark.slow
async def test_the_table_of_sets_has_target_and_actual(bea: Runner) -> None:
    await begin(bea)
    await bea.taps("Done")
    await bea.stage.travel(bea.stage.clock.moment + timedelta(seconds=45))
    await bea.says("/stop")
    db = open_database(bea.stage.database)
    async with db.read() as connection:
        kept = await sessions.last_ended(connection, bea.id)
    await db.close()
    assert kept is not None
    assert [entry.seconds for entry in kept.session.log] == [None, 30]


@pytest.mark.slow
async def test_the_progress_names_the_band_that_was_used(bea: Runner) -> None:
    await with_bands(bea)
    await train(bea, None)
    await bea.says("/progress")
    assert "Sumo squat walk: 2 sets, light" in bea.shown.text


async def test_the_clock_says_which_band_comes_next(bea: Runner) -> None:
    await with_bands(bea)
    await begin(bea)
    await bea.stage.travel(bea.stage.clock.moment + timedelta(seconds=133))
    assert "Warm-up done" in bea.shown.text
    assert "Band: your green mini band (light)" in bea.shown.text


async def test_a_band_given_away_before_the_start_is_not_named(bea: Runner) -> None:
    await with_bands(bea)
    await bea.says(f"/routine {FIVE}")
    ready = bea.shown
    await bea.says("/bands mini heavy black, long band light, door anchor")
    await bea.taps("Start", ready)
    await bea.taps("Done")  # the anchor holds
    await bea.taps("Done")
    assert "Band: your black mini band (heavy)" in bea.shown.text


@pytest.mark.slow
async def test_pain_in_words_counts_and_worse_next_morning_counts_more(bea: Runner) -> None:
    await with_bands(bea)
    await train(bea, "Just right")
    before = (await doses(bea))["lateral-band-walk"]
    await on_day(bea, 3)
    await begin(bea)
    await bea.taps("Done")
    for label in ("Something hurts", "Dull pain", "Knee", "5", "Resume"):
        await bea.taps(label)
    await walk(bea)
    await bea.taps("Just right")
    evening = (await doses(bea))["lateral-band-walk"]
    assert evening.freeze == 2
    assert (evening.band, evening.sets) <= (before.band, before.sets)
    await on_day(bea, 4)
    await bea.stage.travel(bea.stage.clock.now() + timedelta(hours=6))
    await bea.taps("Worse", bea.with_button("Worse"))
    await on_day(bea, 7)
    await bea.says("/routine core and upper back")
    morning = (await doses(bea))["lateral-band-walk"]
    assert morning.sets == 1
    await bea.says("/routine core and upper back")
    assert (await doses(bea))["lateral-band-walk"] == morning, "counted once"
