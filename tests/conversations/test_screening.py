"""`One applies to me`: which, and where each condition leads."""

from datetime import timedelta

import pytest

from bot.content.sparing import is_harder
from bot.db import personal_data
from bot.domain.runner import Screening
from bot.domain.screening import ASKED, Condition, Detail
from bot.services import runner_states, runners, session_plans, training
from tests.conversations.stage import TEXTS, TUESDAY, Runner, Stage

TOO_OLD = "This button is too old."
AGREED, CHANGE = "A clinician agreed", "Change what applies"
FOR_A_CLINICIAN = [
    condition for condition in ASKED if condition not in (Condition.UNDER_18, Condition.LATEX)
]


def label(condition: Condition) -> str:
    return TEXTS.plain(f"button-condition-{condition}")


async def stored(runner: Runner) -> dict[Condition, tuple[Detail | None, bool]]:
    """What is kept of each condition: the detail, and whether it is settled."""
    known = await runners.get(runner.stage.work.coach.db, runner.id)
    assert known is not None
    return {each.condition: (each.detail, each.settled_at is not None) for each in known.conditions}


async def screening(runner: Runner) -> Screening | None:
    known = await runners.get(runner.stage.work.coach.db, runner.id)
    assert known is not None
    return known.screening


async def is_let_in(runner: Runner) -> bool:
    await runner.says("/routine marathon five")
    return "Start" in runner.shown.labels


# Which one


async def test_which_is_asked_with_a_button_for_each_condition(ann: Runner) -> None:
    await ann.says("/start")
    await ann.taps("One applies to me")
    labels = [*map(label, ASKED), "None of them", "That is all"]
    assert sorted(ann.shown.labels) == sorted(labels)
    assert "You said that something on this list applies" in ann.messages[0].text
    assert ann.messages[0].labels == []


@pytest.mark.parametrize("words", ["pregnant and latex allergy", "latex, pregnant"])
async def test_several_may_be_named_at_once(ann: Runner, words: str) -> None:
    await ann.says("/start")
    await ann.says(words)
    ticked = [each for each in ann.with_button("That is all").labels if each.startswith("✓")]
    assert sorted(ticked) == ["✓ Latex allergy", "✓ Pregnant"]


async def test_ticks_come_and_go_on_one_message(ann: Runner) -> None:
    await ann.says("/start")
    await ann.taps("One applies to me")
    question, count = ann.shown, len(ann.messages)
    await ann.taps("Pregnant")
    await ann.taps("Surgery")
    await ann.taps("✓ Surgery")
    await ann.taps("Chest pain")
    assert len(ann.messages) == count
    ticked = [each for each in ann.with_button("That is all").labels if each.startswith("✓")]
    assert ticked == ["✓ Chest pain", "✓ Pregnant"]
    await ann.taps("That is all")
    assert await stored(ann) == {
        Condition.CHEST_PAIN: (None, False),
        Condition.PREGNANT: (None, False),
    }
    told = next(each for each in ann.messages if each.id == question.id)
    assert "• chest pain" in told.text
    assert "• pregnant" in told.text
    assert told.labels == []


async def test_the_page_of_an_exercise_says_that_a_condition_leaves_it_out(ann: Runner) -> None:
    await ann.says("/start")
    await ann.declares("Pregnant")
    await ann.taps("A clinician agreed")
    assert (await ann.says("dead bug")).text.startswith("Not for you now")
    assert (await ann.says("clamshell")).text.startswith("Clamshell")


async def test_nothing_ticked_is_no_answer(ann: Runner) -> None:
    await ann.says("/start")
    await ann.taps("One applies to me")
    tap = await ann.taps("That is all")
    assert tap.text == "Tap what applies to you first, or None of them."
    assert tap.show_alert
    assert "That is all" in ann.shown.labels


async def test_none_of_them_leads_on(ann: Runner) -> None:
    await ann.starts("routine_marathon-five")
    await ann.taps("One applies to me")
    await ann.taps("Pregnant")
    await ann.taps("None of them")
    assert "Marathon five" in ann.shown.text
    assert "Start" in ann.shown.labels
    assert await stored(ann) == {}


@pytest.mark.parametrize("condition", FOR_A_CLINICIAN)
@pytest.mark.breadth(1)
async def test_a_clinician_is_waited_for(ann: Runner, condition: Condition) -> None:
    await ann.says("/start")
    await ann.declares(label(condition))
    assert ann.shown.labels == [AGREED, CHANGE]
    assert TEXTS.plain(f"ask-about-{condition}") in ann.shown.text
    assert not await is_let_in(ann)
    assert ann.shown.labels == [AGREED, CHANGE]
    await ann.taps(AGREED)
    assert "Marathon five" in ann.shown.text
    assert ann.count("Never hold your breath") == 1
    assert await stored(ann) == {condition: (None, True)}
    assert await screening(ann) is Screening.AGREED


async def test_what_was_declared_can_be_changed(ann: Runner) -> None:
    await ann.says("/start")
    await ann.declares("Surgery", "Pregnant")
    await ann.taps(CHANGE)
    assert "✓ Surgery" in ann.shown.labels
    for button in ("✓ Surgery", "✓ Pregnant", "Gave birth", "That is all"):
        await ann.taps(button)
    assert await stored(ann) == {Condition.BIRTH: (None, False)}
    assert "pelvic-health" in ann.shown.text


async def test_reminders_are_said_to_wait_while_sessions_do(ann: Runner) -> None:
    await ann.says("/start")
    await ann.declares("Pregnant")
    await ann.says("/timezone Berlin")
    await ann.says("/reminders mon 07:00")
    assert "Reminders wait for as long as your sessions do." in ann.shown.text
    assert "Next reminder" not in ann.shown.text
    await ann.says("when is my next reminder?")
    assert "Reminders wait" in ann.shown.text


@pytest.mark.slow
async def test_a_new_condition_asks_anew_and_the_old_agreement_keeps_its_date(
    stage: Stage, ann: Runner
) -> None:
    await ann.says("/start")
    await ann.declares("Surgery")
    await ann.taps(AGREED)
    await stage.travel(TUESDAY + timedelta(days=3))
    await ann.says("/start")
    await ann.taps("Safety")
    await ann.declares("Pregnant")
    assert "midwife" in ann.shown.text
    assert "operation" not in ann.shown.text
    assert await stored(ann) == {
        Condition.SURGERY: (None, True),
        Condition.PREGNANT: (None, False),
    }
    await ann.taps(AGREED)
    known = await runners.get(stage.work.coach.db, ann.id)
    assert known is not None
    settled = [each.settled_at for each in known.conditions]
    assert settled == [TUESDAY, TUESDAY + timedelta(days=3)]


# Age


@pytest.mark.breadth(1)
@pytest.mark.parametrize(
    ("age", "detail", "words"),
    [("16 or 17", Detail.AGE_16, "in reach"), ("13 to 15", Detail.AGE_13, "in the room")],
)
async def test_a_young_runner_needs_an_adult_and_no_clinician(
    ann: Runner, age: str, detail: Detail, words: str
) -> None:
    await ann.says("/start")
    await ann.declares("Under 18")
    assert ann.shown.text == "How old are you?"
    await ann.taps(age)
    assert words in ann.shown.text
    assert not await is_let_in(ann)
    assert AGREED not in ann.shown.labels
    await ann.taps("They agree")
    assert "Start" in ann.shown.labels
    assert await stored(ann) == {Condition.UNDER_18: (detail, True)}
    assert await screening(ann) is Screening.CLEAR
    assert await is_let_in(ann)


async def test_a_young_runner_has_pain_looked_at_where_bones_still_grow(ann: Runner) -> None:
    await ann.says("/start")
    await ann.declares("Under 18")
    await ann.taps("13 to 15")
    await ann.taps("They agree")
    for words, grows in (
        ("left heel hurts, dull, 4/10", True),
        ("left shin hurts, dull, 4/10", False),
    ):
        await ann.says(words)
        await ann.taps("None of these")
        assert "4 out of 10" in ann.shown.text
        assert ("the bones still grow" in ann.shown.text) is grows


async def test_under_13_is_told_so_kindly_and_a_wrong_tap_can_be_taken_back(ann: Runner) -> None:
    await ann.says("/start")
    await ann.declares("Under 18")
    await ann.taps("Under 13")
    assert "from 13 on" in ann.shown.text
    assert not await is_let_in(ann)
    await ann.taps("‹ Another age")
    assert ann.shown.text == "How old are you?"
    await ann.taps("18 or over")
    assert "Start" in ann.shown.labels
    assert await stored(ann) == {}


@pytest.mark.slow
async def test_the_age_is_asked_again_after_a_year(stage: Stage, ann: Runner) -> None:
    await ann.says("/start")
    await ann.declares("Under 18")
    await ann.taps("16 or 17")
    await ann.taps("They agree")
    await stage.travel(TUESDAY + timedelta(days=366))
    assert not await is_let_in(ann)
    assert ann.shown.text == "How old are you?"


# Latex


async def test_latex_free_bands_open_the_sessions(ann: Runner) -> None:
    await ann.says("/start")
    await ann.declares("Latex allergy")
    assert "trouble breathing" in ann.shown.text
    await ann.taps("No, never")
    assert "fabric does not mean latex-free" in ann.shown.text
    assert not await is_let_in(ann)
    assert AGREED not in ann.shown.labels
    await ann.taps("Yes, all of them")
    assert "a mini band" in ann.shown.text or "Start" in ann.shown.labels
    assert await stored(ann) == {Condition.LATEX: (Detail.LATEX_FREE, True)}
    assert await screening(ann) is Screening.CLEAR


@pytest.mark.slow
async def test_other_bands_are_locked_and_the_runner_is_not(ann: Runner) -> None:
    await ann.says("/start")
    await ann.declares("Latex allergy")
    await ann.taps("No, never")
    await ann.taps("No, or not sure")
    advice = ann.with_button("My bands are latex-free now")
    assert "leave those bands alone" in advice.text
    assert "with no band" in ann.shown.text
    for routine in ("build-strength", "marathon-five"):
        await ann.says(f"/routine {routine}")
        assert "You need: no band" in ann.shown.text
    await ann.taps("My bands are latex-free now", advice)
    assert await stored(ann) == {Condition.LATEX: (Detail.LATEX_FREE, True)}
    await ann.says("/routine first two weeks")
    assert "a mini band" in ann.shown.text


@pytest.mark.slow
async def test_a_strong_reaction_to_latex_goes_to_a_clinician_first(ann: Runner) -> None:
    await ann.says("/start")
    await ann.declares("Latex allergy")
    await ann.taps("Yes, it has")
    await ann.taps("Yes, all of them")
    assert "how you react to latex" in ann.shown.text
    assert not await is_let_in(ann)
    await ann.taps(AGREED)
    assert await is_let_in(ann)


@pytest.mark.slow
async def test_a_session_under_way_with_latex_bands_ends(bea: Runner) -> None:
    await bea.taps("Start")
    step = bea.shown
    await bea.says("/start")
    await bea.sends_data(step, "screen")
    await bea.declares("Latex allergy")
    await bea.taps("No, never")
    await bea.taps("No, or not sure")
    assert [each for each in bea.messages if "Done" in each.labels] == []
    assert await training.current(bea.stage.work.coach.db, bea.id) is None


# Time


@pytest.mark.slow
async def test_a_midwifes_word_is_asked_for_in_each_trimester(stage: Stage, ann: Runner) -> None:
    await ann.says("/start")
    await ann.declares("Pregnant")
    await ann.taps(AGREED)
    await stage.travel(TUESDAY + timedelta(days=90))
    await ann.says("/start")
    await ann.taps("Safety")
    await ann.taps("None applies to me")
    assert await is_let_in(ann)
    await stage.travel(TUESDAY + timedelta(days=92))
    assert not await is_let_in(ann)
    assert "midwife" in ann.shown.text
    await ann.taps(AGREED)
    assert await is_let_in(ann)


@pytest.mark.slow
async def test_a_birth_more_than_a_year_ago_is_dropped_when_asked_again(
    stage: Stage, ann: Runner
) -> None:
    await ann.says("/start")
    await ann.declares("Gave birth")
    await stage.travel(TUESDAY + timedelta(days=367))
    await ann.says("/start")
    assert ann.shown.labels == ["None applies to me", "One applies to me"]
    assert await stored(ann) == {}
    await ann.taps("None applies to me")
    assert await screening(ann) is Screening.CLEAR


# Restarts, other messages, old and doubled taps


@pytest.mark.slow
async def test_the_question_survives_a_restart_and_other_messages(
    stage: Stage, ann: Runner
) -> None:
    await ann.starts("routine_marathon-five")
    await ann.taps("One applies to me")
    await ann.taps("Latex allergy")
    await stage.restart()
    await ann.says("/exercise deadbug")
    await ann.taps("Under 18")
    await ann.taps("That is all")
    await stage.restart()
    await ann.says("/help")
    await ann.taps("16 or 17")
    await stage.restart()
    await ann.taps("They agree")
    await stage.restart()
    await ann.taps("No, never")
    await stage.restart()
    await ann.taps("Yes, all of them")
    assert "Marathon five" in ann.shown.text
    assert "Start" in ann.shown.labels


async def test_a_second_tap_changes_nothing(ann: Runner) -> None:
    screen = await ann.says("/start")
    await ann.taps("One applies to me")
    question, count = ann.shown, len(ann.messages)
    data = {each: question.button(each).data or "" for each in ("Pregnant", "That is all")}
    tap = await ann.sends_data(screen, "safety:waiting:")
    assert tap.text == "You have answered this one already."
    await ann.sends_data(question, data["Pregnant"])
    await ann.sends_data(question, data["Pregnant"])
    assert len(ann.messages) == count
    await ann.sends_data(question, data["That is all"])
    count = len(ann.messages)
    for each in data.values():
        tap = await ann.sends_data(question, each)
        assert tap.text == TOO_OLD
    assert len(ann.messages) == count
    waiting = ann.shown
    agreed = waiting.button(AGREED).data or ""
    await ann.sends_data(waiting, agreed)
    count = len(ann.messages)
    await ann.sends_data(waiting, agreed)
    assert len(ann.messages) == count
    assert await stored(ann) == {Condition.PREGNANT: (None, True)}


@pytest.mark.slow
async def test_an_earlier_agreement_button_does_not_cover_a_new_condition(
    stage: Stage, ann: Runner
) -> None:
    await ann.says("/start")
    waiting = await ann.declares("Surgery")
    agreed = waiting.button(AGREED).data or ""
    stage.clock.move(TUESDAY + timedelta(minutes=5))
    await ann.taps(CHANGE)
    await ann.taps("Chest pain")
    await ann.taps("That is all")
    for data in (agreed, "safety:agreed:", "safety:clear:"):
        await ann.sends_data(waiting, data)
        assert set((await stored(ann)).values()) == {(None, False)}
    assert await screening(ann) is Screening.WAITING


@pytest.mark.slow
async def test_nobody_answers_for_somebody_else(stage: Stage, ann: Runner) -> None:
    await ann.says("/start")
    await ann.taps("One applies to me")
    question = ann.shown
    eve = await stage.runner("Eve").is_ready()
    for button in ("Pregnant", "None of them", "That is all"):
        tap = await eve.sends_data(eve.shown, question.button(button).data or "")
        assert tap.text == TOO_OLD
    assert await screening(eve) is Screening.CLEAR
    assert await stored(eve) == {}


# Typed


async def test_words_answer_as_taps_do(ann: Runner) -> None:
    await ann.says("/start")
    await ann.says("one")
    await ann.says("I'm pregnant")
    await ann.says("latex allergy")
    await ann.says("I’m 17")
    ticked = [each for each in ann.shown.labels if each.startswith("✓")]
    assert ticked == ["✓ Pregnant", "✓ Under 18", "✓ Latex allergy"]
    await ann.says("That is all")
    assert ann.shown.text == "How old are you?"
    await ann.says("I am 17 years old")
    await ann.says("they agree")
    await ann.says("no")
    await ann.says("not sure")
    assert ann.shown.labels == [AGREED, CHANGE]
    await ann.says("my midwife agreed")
    assert "Start" in ann.shown.labels


@pytest.mark.breadth(1)
@pytest.mark.parametrize(
    "words",
    ["none", "nope", "None of them", "none applies to me", "I understand", "nah, none of that"],
)
async def test_none_is_typed(ann: Runner, words: str) -> None:
    await ann.says("/routine marathon five")
    await ann.says(words)
    assert "Marathon five" in ann.shown.text
    assert "Start" in ann.shown.labels


async def test_none_of_them_is_typed_where_which_is_asked(ann: Runner) -> None:
    await ann.says("/start")
    await ann.says("one")
    await ann.says("none of them")
    assert "Start" in ann.shown.labels


@pytest.mark.breadth(1)
@pytest.mark.parametrize("words", ["pregnant", "latex", "I'm 17"])
async def test_a_condition_typed_at_the_screen_is_ticked(ann: Runner, words: str) -> None:
    await ann.says("/start")
    await ann.says(words)
    assert sum(each.startswith("✓") for each in ann.shown.labels) == 1
    assert await screening(ann) is Screening.WAITING


@pytest.mark.parametrize(
    ("words", "ticked"),
    [
        ("I have osteoporosis", ["✓ Osteoporosis or a disc"]),
        ("i’ve got high blood pressure and take pills for it", ["✓ Heart or blood pressure"]),
        ("i had a knee op in march", ["✓ Surgery"]),
        ("flat feet, and asthma as a kid", []),
        ("no heart trouble here", []),
        ("my wife is pregnant", []),
        ("2", []),
    ],
)
@pytest.mark.breadth(3)
async def test_conditions_in_a_sentence_are_ticked_unless_denied_or_anothers(
    ann: Runner, words: str, ticked: list[str]
) -> None:
    await ann.says("/start")
    await ann.says(words)
    assert [each for each in ann.shown.labels if each.startswith("✓")] == ticked


async def test_a_condition_told_later_is_ticked(bea: Runner) -> None:
    await bea.says("I'm pregnant, 20 weeks")
    assert "✓ Pregnant" in bea.shown.labels
    await bea.says("that's everything")
    assert bea.shown.labels == [AGREED, CHANGE]
    for words in ("not yet", "I haven't asked my doctor yet"):
        await bea.says(words)
        assert bea.shown.labels == [AGREED, CHANGE]
    for words in ("I'll ask my doctor if it's ok", "the doctor would be happy if I rest"):
        await bea.says(words)
        assert await screening(bea) is Screening.WAITING, words
    await bea.says("my midwife has given me the go ahead")
    assert "Start" in bea.shown.labels


async def test_a_condition_in_words_that_nothing_understands_leads_to_the_screen(
    bea: Runner,
) -> None:
    await bea.says("forgot to say I’ve got a dodgy heart valve and a pacemaker")
    assert bea.shown.labels == ["None applies to me", "One applies to me"]
    assert await screening(bea) is Screening.CLEAR


async def test_words_that_do_not_answer_get_the_open_question_again(ann: Runner) -> None:
    await ann.says("/start")
    await ann.says("why do you ask this")
    assert ann.shown.text.startswith("That does not answer the question")
    assert "One applies to me" in ann.shown.labels
    await ann.says("I’m 71")
    assert "✓ Over 69" in ann.shown.labels
    await ann.says("had a baby 4 months ago")
    await ann.says("cleared by my physio")
    assert "✓ Gave birth" in ann.shown.labels


async def test_while_a_clinician_is_waited_for_their_word_is_never_told_to_be_for_nothing(
    ann: Runner,
) -> None:
    await ann.says("/start")
    await ann.declares("Heart or blood pressure", "Lasting illness")
    await ann.says("my physio cleared my knee")
    assert ann.shown.labels == [AGREED, CHANGE]
    await ann.says("doc said yes to both")
    assert "Start" in ann.shown.labels


async def test_a_condition_that_is_over_leads_to_the_screen_and_behind_a_question_about_pain(
    ann: Runner,
) -> None:
    await ann.says("/start")
    await ann.declares("Pregnant")
    await ann.says("my doctor agreed")
    await ann.says("I'm no longer pregnant")
    assert ann.shown.labels == ["None applies to me", "One applies to me"]
    await ann.says("my knee hurts")
    for words in ("I'm no longer pregnant", "doctor agreed"):
        await ann.says(words)
        assert ann.shown.text.startswith("I read that, but this question comes first.")
    await ann.says("the hip is fine again")
    assert ann.shown.text.startswith("If nothing hurts any more, tap or type")
    assert await screening(ann) is Screening.AGREED


@pytest.mark.parametrize("words", ["my mum says ok", "yes she’s here"])
@pytest.mark.breadth(1)
async def test_a_young_runner_answers_in_words(ann: Runner, words: str) -> None:
    await ann.says("/start")
    for said in ("I’m fourteen", "that’s it", "fourteen"):
        await ann.says(said)
    assert "an adult in the room" in ann.shown.text
    await ann.says(words)
    assert "Start" in ann.shown.labels


@pytest.mark.slow
async def test_words_without_a_question_answer_nothing(bea: Runner) -> None:
    for words in ("none", "one", "pregnant"):
        await bea.says(words)
    assert await screening(bea) is Screening.CLEAR
    assert await stored(bea) == {}


@pytest.mark.slow
@pytest.mark.parametrize("words", ["yes", "one", "none", "no"])
async def test_in_a_session_words_are_the_sessions(bea: Runner, words: str) -> None:
    await bea.taps("Safety")
    await bea.says("/routine marathon five")
    await bea.taps("Start")
    await bea.says(words)
    assert await screening(bea) is Screening.CLEAR
    assert bea.count("Never hold your breath") == 0


# Warning signs


async def test_a_typed_warning_sign_goes_before_the_question(ann: Runner) -> None:
    await ann.says("/start")
    await ann.taps("One applies to me")
    question = ann.shown
    await ann.says("I have chest pain")
    assert "Not me, not now" in ann.shown.labels
    tap = await ann.taps("Pregnant", question)
    assert tap.text == TOO_OLD
    await ann.taps("Not me, not now")
    await ann.taps("I don't have it")
    await ann.says("/start")
    assert "That is all" in ann.shown.labels
    await ann.taps("Pregnant")
    await ann.taps("That is all")
    assert ann.shown.labels == [AGREED, CHANGE]


@pytest.mark.slow
async def test_a_clinicians_word_about_a_sign_leaves_the_condition_waiting(
    stage: Stage, ann: Runner
) -> None:
    await ann.says("/start")
    await ann.declares("Surgery")
    await ann.says("my calf is swollen and hot")
    sign = ann.shown
    await ann.sends_data(sign, "sign:now:calf")
    await stage.travel(TUESDAY + timedelta(days=2))
    await ann.says("/start")
    if AGREED in ann.shown.labels:
        await ann.taps(AGREED)
    assert await stored(ann) == {Condition.SURGERY: (None, False)}
    assert "operation" in ann.shown.text


# What sessions do otherwise


@pytest.mark.slow
async def test_build_strength_waits_until_16(ann: Runner) -> None:
    await ann.says("/start")
    await ann.declares("Under 18")
    await ann.taps("13 to 15")
    await ann.taps("They agree")
    await ann.says("/routine")
    assert not any(each.startswith("Build strength") for each in ann.shown.labels)
    await ann.says("/routine marathon five")
    assert "Is an adult in the room with you?" in ann.shown.text
    await ann.says("/routine build strength")
    assert "waits until you are 16" in ann.shown.text
    assert "Hips and glutes" in ann.shown.labels
    assert "Build strength" not in ann.shown.labels
    assert await is_let_in(ann)


@pytest.mark.slow
async def test_build_strength_is_there_for_older_runners(bea: Runner) -> None:
    await bea.says("/routine build strength")
    assert "Start" in bea.shown.labels


@pytest.mark.slow
async def test_in_pregnancy_nothing_becomes_harder(stage: Stage, ann: Runner) -> None:
    await ann.says("/start")
    await ann.declares("Pregnant")
    await ann.taps(AGREED)
    coach = stage.work.coach
    async with coach.db.read() as connection:
        state = await runner_states.get(connection, coach.catalogue, ann.id, coach.now())
    routine = coach.catalogue.routine("marathon-five")
    planned = session_plans.plan(coach.catalogue, routine, state).prescribed
    assert planned.context.no_progress
    assert {dose.before.variant for dose in planned.doses} == {0}


# What is kept


@pytest.mark.slow
async def test_the_export_holds_what_applies_and_delete_erases_it(ann: Runner) -> None:
    await ann.says("/start")
    await ann.declares("Latex allergy")
    db = ann.stage.work.coach.db
    async with db.read() as connection:
        tables = [name async for name, _ in personal_data.rows(connection, ann.id)]
    assert {"conditions", "safety_questions"} <= set(tables)
    await ann.says("/privacy")
    assert "which conditions apply to you" in ann.shown.text
    await ann.says("/delete")
    await ann.taps("Erase everything")
    async with db.read() as connection:
        assert [name async for name, _ in personal_data.rows(connection, ann.id)] == []


@pytest.mark.breadth(1)
@pytest.mark.parametrize("routine", ["first-two-weeks", "core-and-upper-back", "marathon-five"])
async def test_in_pregnancy_nobody_lies_down_or_twists(ann: Runner, routine: str) -> None:
    await ann.says("/start")
    await ann.declares("Pregnant")
    await ann.taps(AGREED)
    coach = ann.stage.work.coach
    async with coach.db.read() as connection:
        state = await runner_states.get(connection, coach.catalogue, ann.id, coach.now())
    steps = session_plans.plan(coach.catalogue, coach.catalogue.routine(routine), state).steps
    done = [coach.catalogue.exercises[step.exercise].facts for step in steps if step.exercise]
    assert done
    assert not {facts.demands.posture for facts in done} & {"on-the-back", "on-the-front"}
    assert "twist" not in {facts.family for facts in done}
    forms = [
        (coach.catalogue.exercises[each.exercise], each.form) for each in steps if each.exercise
    ]
    assert not [form for form in forms if is_harder(*form)]
