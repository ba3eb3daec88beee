"""Warning signs are read in whatever a runner types, in any state, and before anything else."""

import json
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest

from tests import databases
from tests.conversations.stage import Runner, Stage

ANYWHERE = "call your emergency number, 112 or 911"
LOCKED = "Sessions and reminders wait"
ASKS = "Do you have it now?"


async def session(runner: Runner, way: str = "My own pace") -> None:
    await runner.says("/routine first two weeks")
    await runner.taps(way)
    await runner.taps("Done")


def signs(stage: Stage) -> list[dict[str, object]]:
    return databases.rows(stage.database, "warning_signs")


@pytest.mark.parametrize(
    "words",
    [
        "i have chest pain",
        "Chest hurts!!",
        "palpitations",
        "chets pain",
        "I cant breathe",
        "fainted",
    ],
)
@pytest.mark.breadth(1)
async def test_an_emergency_is_answered_at_once_by_whoever_writes_it(
    ann: Runner, words: str
) -> None:
    await ann.says(words)
    assert ANYWHERE in ann.shown.text
    assert ann.shown.labels == ["Not me, not now"]
    assert len(ann.messages) == 1
    await ann.says("/routine first two weeks")
    assert ANYWHERE in ann.shown.text
    assert "Start" not in ann.shown.labels


@pytest.mark.breadth(2)
@pytest.mark.parametrize("words", ["mein Knie tut weh 7", "me duele la rodilla 8", "膝盖疼 10"])
async def test_a_high_number_in_another_language_may_be_an_emergency(
    bea: Runner, words: str
) -> None:
    await bea.says(words)
    assert ASKS in bea.shown.text
    assert ANYWHERE in bea.shown.text
    await bea.taps("Not me, not now")
    for other in ("mein Knie tut weh", "me duele la rodilla 5", "ich habe 10 Minuten"):
        await bea.says(other)
        assert ASKS not in bea.shown.text, other


@pytest.mark.parametrize(
    ("told", "words"),
    [("i had chest pains last year", "no, not now"), ("i have a stitch", "no it went away")],
)
async def test_a_doubtful_sign_is_denied_in_words_that_end_no_plain_one(
    stage: Stage, bea: Runner, told: str, words: str
) -> None:
    await bea.says(told)
    await bea.says(words)
    assert signs(stage) == []
    await bea.says("my chest hurts")
    await bea.says(words)
    assert ANYWHERE in bea.shown.text
    assert signs(stage) != []


async def test_words_of_a_session_that_an_emergency_ended_are_answered_with_its_help(
    bea: Runner,
) -> None:
    await session(bea)
    await bea.says("i have chest pain")
    for words in ("yes", "ok", "done", "stop"):
        await bea.says(words)
        assert ANYWHERE in bea.shown.text, words


async def test_the_numbers_are_those_of_the_runners_country(bea: Runner) -> None:
    await bea.says("/timezone London")
    await bea.says("my chest is tight")
    assert "call 999 or 112" in bea.shown.text


@pytest.mark.breadth(1)
@pytest.mark.parametrize("way", ["Start", "My own pace"])
async def test_an_emergency_ends_the_session_and_keeps_what_was_done(bea: Runner, way: str) -> None:
    await session(bea, way)
    step = bea.shown
    await bea.says("my chest hurts")
    assert ANYWHERE in bea.shown.text
    assert "Your session has ended" in bea.shown.text
    assert "Done" not in [label for message in bea.messages for label in message.labels]
    await bea.sends_data(step, "move:done:1:3")
    assert ANYWHERE in bea.shown.text
    await bea.stage.travel(bea.stage.clock.now() + timedelta(hours=2))
    assert ANYWHERE in bea.shown.text, "no cue comes after it"


@pytest.mark.breadth(1)
@pytest.mark.parametrize("question", ["/timezone", "/reminders tue 7am", "/away 12/5"])
async def test_a_sign_goes_before_the_answer_to_an_open_question(
    bea: Runner, question: str
) -> None:
    await bea.says(question)
    await bea.says("chest pain")
    assert ANYWHERE in bea.shown.text


@pytest.mark.breadth(1)
@pytest.mark.parametrize("state", ["Something hurts", "Pause", "Skip"])
async def test_a_sign_is_read_in_every_state_of_a_session(bea: Runner, state: str) -> None:
    await session(bea)
    await bea.taps(state)
    await bea.says("i think i will pass out")
    assert ANYWHERE in bea.shown.text


async def test_the_place_chest_in_the_dialogue_on_pain_is_asked_about_first(bea: Runner) -> None:
    await session(bea)
    await bea.taps("Something hurts")
    await bea.taps("Dull pain")
    await bea.says("chest")
    assert ANYWHERE in bea.shown.text
    assert ASKS in bea.shown.text
    await bea.taps("I have it now")
    assert LOCKED in bea.shown.text
    assert "Not me, not now" not in bea.shown.labels


async def test_a_kind_of_pain_in_the_dialogue_is_an_answer_and_no_report(
    stage: Stage, bea: Runner
) -> None:
    await session(bea)
    await bea.taps("Something hurts")
    await bea.says("bone pain")
    assert signs(stage) == []
    assert "Foot or ankle" in bea.shown.labels


@pytest.mark.slow
async def test_after_a_command_in_a_caption_and_in_an_edit_it_is_read_too(
    stage: Stage, bea: Runner
) -> None:
    await bea.says("/routine chest pain")
    assert ANYWHERE in bea.shown.text
    await bea.taps("Not me, not now")
    await bea.taps("I don't have it")
    message = stage.world.say(bea.person, "hello")
    await stage.settle()
    stage.world.edit(bea.person, message, "i fainted")
    await stage.settle()
    assert ANYWHERE in bea.shown.text
    await bea.taps("Not me, not now")
    await bea.taps("I don't have it")
    stage.world.send(bea.person, "photo", caption="my chest hurts")
    await stage.settle()
    assert ANYWHERE in bea.shown.text


@pytest.mark.slow
async def test_a_misreading_is_lifted_by_two_taps_and_all_is_as_before(
    stage: Stage, bea: Runner
) -> None:
    await bea.says("calf swollen")
    assert "Please have this looked at today" in bea.shown.text
    await bea.taps("Not me, not now")
    assert bea.shown.labels == ["I don't have it", "I have it now"]
    await bea.taps("I don't have it")
    assert signs(stage) == []
    await bea.says("/routine first two weeks")
    assert "Start" in bea.shown.labels


@pytest.mark.parametrize("words", ["im fine now", "its gone", "all good", "frobnicate"])
@pytest.mark.breadth(2)
async def test_no_other_word_ends_an_emergency(stage: Stage, bea: Runner, words: str) -> None:
    await bea.says("chest pain")
    await bea.says(words)
    assert ANYWHERE in bea.shown.text
    assert bea.shown.labels == ["Not me, not now"]
    assert len(signs(stage)) == 1


async def test_what_the_buttons_say_may_be_typed(stage: Stage, bea: Runner) -> None:
    await bea.says("i have a fever")
    await bea.says("its not me")
    assert bea.shown.labels == ["I don't have it", "I have it now"]
    await bea.says("i have it now")
    assert LOCKED in bea.shown.text
    assert bea.shown.labels == [], "a fever needs another day"
    await bea.says("a clinician agreed")
    assert LOCKED in bea.shown.text
    assert signs(stage) != []
    await stage.travel(stage.clock.now() + timedelta(days=1))
    await bea.says("/today")
    assert bea.shown.labels == ["A clinician agreed"]
    await bea.says("A clinician agreed")
    assert signs(stage) == []
    await bea.says("no chest pain")
    await bea.says("yes, a bit")
    assert LOCKED in bea.shown.text
    await bea.says("a clinician agreed")
    assert LOCKED in bea.shown.text, "an emergency needs a doctor, and another day"


@pytest.mark.statements
async def test_a_fever_waits_for_a_day_by_the_clock_and_says_when_that_ends(
    stage: Stage, bea: Runner
) -> None:
    await bea.knows_the_exercises()
    await stage.travel(stage.clock.now() + timedelta(hours=15))  # late in the evening
    await bea.says("i have a fever")
    assert "in 24 hours, at the earliest" in bea.shown.text
    await bea.says("/timezone Berlin")
    await stage.travel(stage.clock.now() + timedelta(hours=9, minutes=30))
    await bea.says("/today")
    assert "on Wednesday 25 November at 22:00, at the earliest" in bea.shown.text
    assert "A clinician agreed" not in bea.shown.labels, "it is another date, and too early"
    await bea.says("fever again")
    assert "on Thursday 26 November at 07:30" in bea.shown.text
    await stage.travel(stage.clock.now() + timedelta(hours=23))
    await bea.says("a clinician agreed")
    assert signs(stage) != []
    await stage.travel(stage.clock.now() + timedelta(hours=1))
    await bea.says("the fever's gone")  # which begins no other day
    await bea.says("the GP said it's fine")
    assert signs(stage) == []
    await bea.says("/routine first two weeks")
    assert "The first session after an emergency or a fever" in bea.shown.text


@pytest.mark.slow
async def test_what_is_denied_past_or_anothers_is_asked_and_pauses_the_session(bea: Runner) -> None:
    await session(bea)
    for words in ("no chest pain", "i had chest pain last year", "my dad fainted"):
        await bea.says(words)
        assert ASKS in bea.shown.text
        await bea.says("done")
        assert ASKS in bea.shown.text, "nothing goes on while it is open"
        await bea.says("no")
        assert "Resume" in bea.shown.labels
    await bea.taps("Resume")
    assert "Done" in bea.shown.labels


@pytest.mark.slow
async def test_the_question_stays_open_through_a_restart_and_other_messages(
    stage: Stage, bea: Runner
) -> None:
    await bea.says("no chest pain today")
    await stage.restart()
    await bea.says("/help")
    await stage.travel(stage.clock.now() + timedelta(days=3))
    await bea.says("/routine first two weeks")
    assert ASKS in bea.shown.text
    await bea.says("yes")
    assert LOCKED in bea.shown.text


@pytest.mark.slow
async def test_a_second_tap_on_the_answer_changes_nothing(stage: Stage, bea: Runner) -> None:
    await bea.says("no chest pain")
    question = bea.shown
    for _ in range(2):
        await bea.sends_data(question, "sign:now:heart")
    assert bea.count(LOCKED) == 1


@pytest.mark.slow
async def test_a_confirmed_sign_never_lifts_by_a_tap_of_before(stage: Stage, bea: Runner) -> None:
    first = await bea.says("no chest pain")
    await bea.taps("I have it now", first)
    await bea.sends_data(first, "sign:lift:heart")
    assert signs(stage)[0]["is_confirmed"]
    await bea.sends_data(first, "safety:agreed:")
    await bea.says("/routine first two weeks")
    assert ANYWHERE in bea.shown.text, "not on the same day"
    await stage.travel(stage.clock.now() + timedelta(days=1))
    await bea.says("/routine first two weeks")
    await bea.taps("A doctor has cleared me")
    await bea.taps("Yes, a doctor has cleared me")
    await bea.says("/routine first two weeks")
    assert "Start" in bea.shown.labels
    assert signs(stage) == []


@pytest.mark.slow
async def test_a_milder_sign_after_an_emergency_takes_nothing_back(
    stage: Stage, bea: Runner
) -> None:
    await bea.says("chest pain")
    await bea.says("shin hurts when i press")
    assert ANYWHERE in bea.shown.text
    assert signs(stage)[0]["urgency"] == "emergency"


@pytest.mark.slow
async def test_no_reminder_comes_while_a_sign_is_open(stage: Stage, bea: Runner) -> None:
    await bea.says("/timezone UTC")
    await bea.says("/reminders wed 07:00")
    await bea.says("chest pain")
    before = len(bea.messages)
    await stage.travel(stage.clock.now() + timedelta(days=2))
    assert len(bea.messages) == before


@pytest.mark.parametrize(
    "words", ["chest press", "heart rate zone 2", "my knee hurts", "calf raise", "pallof press"]
)
@pytest.mark.breadth(1)
async def test_words_of_ours_are_no_reports(stage: Stage, bea: Runner, words: str) -> None:
    await bea.says(words)
    assert signs(stage) == []


@pytest.mark.slow
async def test_the_sentence_is_stored_nowhere_and_the_sign_is_exported_and_erased(
    stage: Stage, bea: Runner
) -> None:
    await bea.says("my chest hurts like zanzibar")
    assert "zanzibar" not in json.dumps(signs(stage), default=str)
    await bea.says("/export")
    assert bea.shown.media is not None
    file = stage.world.files.find(bea.shown.media["document"]["file_id"])
    archive = zipfile.ZipFile(BytesIO(stage.world.files.content(file)))
    stored = json.loads(archive.read("data.json"))["tables"]["warning_signs"]
    assert [row["sign"] for row in stored] == ["heart"]
    await bea.says("/delete")
    await bea.taps("Erase everything")
    assert signs(stage) == []


@pytest.mark.slow
async def test_another_runners_button_changes_nothing(
    stage: Stage, ann: Runner, bea: Runner
) -> None:
    await ann.says("chest pain")
    await bea.sends_data(await bea.says("/help"), "sign:lift:heart")
    assert [row["runner_id"] for row in signs(stage)] == [ann.id]


# Signs of one part of the body

RESTS = "What loads your foot or ankle is left out until a clinician has agreed"
FOOT = "pins and needles in my foot"


def locks(stage: Stage) -> list[tuple[object, object]]:
    answers = databases.rows(stage.database, "rest_answers")
    return [(row["region"], row["answer"]) for row in answers]


@pytest.mark.breadth(1)
@pytest.mark.parametrize("state", ["idle", "session", "question", "talk"])
async def test_for_a_sign_to_see_someone_about_only_its_region_rests(
    stage: Stage, bea: Runner, state: str
) -> None:
    if state == "session":
        await session(bea)
    elif state == "question":
        await bea.says("/reminders tue 7am")
    elif state == "talk":
        await bea.says("my shoulder hurts")
    await bea.says(FOOT)
    assert "see a doctor or physiotherapist within a few days" in bea.shown.text
    assert RESTS in bea.shown.text
    assert ("Your session has ended" in bea.shown.text) == (state == "session")
    assert bea.shown.labels == ["Not me, not now"]
    assert (signs(stage), locks(stage)) == ([], [("foot-ankle", "heard")])


@pytest.mark.slow
async def test_the_coach_goes_on_without_the_region_from_the_next_day(
    stage: Stage, bea: Runner
) -> None:
    await bea.says("/timezone UTC")
    await bea.says("/reminders wed 07:00")
    await bea.says(FOOT)
    await bea.says("/routine first two weeks")
    assert "No session today" in bea.shown.text
    await stage.restart()
    await stage.travel(stage.clock.now() + timedelta(days=1, hours=2))
    assert bea.count("Sessions and reminders wait") == 0
    await bea.says("/pain")
    assert bea.shown.labels == ["Something hurts", "A clinician agreed"]
    await bea.says("my foot is fine again")
    assert "a clinician has to agree" in bea.shown.text
    await bea.taps("A clinician agreed", bea.shown)
    assert "your foot or ankle still rests" in bea.shown.text


@pytest.mark.statements
async def test_a_misread_sign_of_a_region_is_lifted_by_two_taps_and_a_confirmed_one_never(
    stage: Stage, bea: Runner
) -> None:
    first = await bea.says(FOOT)
    await bea.taps("Not me, not now")
    assert bea.shown.labels == ["I don't have it", "I have it now"]
    question = bea.shown
    await bea.taps("I don't have it")
    assert locks(stage) == []
    tap = await bea.sends_data(question, "sign-of:lift:foot-ankle")
    assert tap.text
    await bea.says(FOOT)
    await bea.taps("Not me, not now", bea.shown)
    await bea.taps("I have it now", bea.shown)
    assert RESTS in bea.shown.text
    assert bea.shown.labels == ["A clinician agreed"]
    for data in ("sign-of:lift:foot-ankle", "sign-of:not-me:foot-ankle", "sign:lift:nerve"):
        await bea.sends_data(first, data)
    assert locks(stage) == [("foot-ankle", "sign")]


async def test_where_it_is_unknown_everything_waits_until_it_is_told(
    stage: Stage, bea: Runner
) -> None:
    await bea.says("limping")
    assert "Where is it?" in bea.shown.text
    await stage.restart()
    await bea.says("/routine first two weeks")
    assert "Where is it?" in bea.shown.text
    question = bea.shown
    await bea.taps("Shin or calf")
    assert "What loads your shin or calf is left out" in bea.shown.text
    assert (signs(stage), locks(stage)) == ([], [("shin-calf", "sign")])
    await bea.sends_data(question, "sign-at:knee:worsening")
    assert locks(stage) == [("shin-calf", "sign")]


@pytest.mark.breadth(2)
@pytest.mark.parametrize("words", ["lost my period", "hot swollen knee", "hives"])
async def test_for_a_sign_of_the_whole_body_or_for_today_everything_waits(
    stage: Stage, bea: Runner, words: str
) -> None:
    await bea.says(words)
    assert LOCKED in bea.shown.text
    assert bea.shown.labels == ["Not me, not now", "A clinician agreed"]
    assert locks(stage) == []


@pytest.mark.slow
async def test_several_parts_rest_and_each_is_lifted_alone(stage: Stage, bea: Runner) -> None:
    await bea.says("my knee and my shoulder hurt at night")
    assert "What loads your knee and your shoulder or arm is left out" in bea.shown.text
    await bea.taps("Not me, not now: Knee")
    await bea.taps("I don't have it")
    assert locks(stage) == [("shoulder-arm", "heard")]


async def test_a_more_urgent_sign_is_answered_whatever_waits_already(bea: Runner) -> None:
    await bea.says("limping")
    await bea.taps("In several places")
    assert LOCKED in bea.shown.text
    await bea.says("my chest hurts")
    assert ANYWHERE in bea.shown.text
    await bea.taps("Not me, not now")
    await bea.taps("I don't have it")
    await bea.says("/routine first two weeks")
    assert "Sessions wait until you tell me" in bea.shown.text, "what was confirmed still waits"


@pytest.mark.slow
async def test_an_emergency_beside_a_resting_region_is_shown_alone(
    stage: Stage, bea: Runner
) -> None:
    await bea.says("chest pain")
    await bea.says(FOOT)
    assert ANYWHERE in bea.shown.text
    assert locks(stage) == [("foot-ankle", "heard")], "and the region rests, too"


@pytest.mark.slow
async def test_another_runners_button_lifts_no_region(
    stage: Stage, ann: Runner, bea: Runner
) -> None:
    await ann.says(FOOT)
    for data in ("sign-of:lift:foot-ankle", "sign-at:foot-ankle:nerve"):
        await bea.sends_data(await bea.says("/help"), data)
    assert locks(stage) == [("foot-ankle", "heard")]


@pytest.mark.slow
async def test_a_region_that_rests_for_a_sign_is_exported_and_erased(
    stage: Stage, bea: Runner
) -> None:
    await bea.says("zanzibar gave me pins and needles in my foot")
    await bea.says("/export")
    assert bea.shown.media is not None
    file = stage.world.files.find(bea.shown.media["document"]["file_id"])
    stored = zipfile.ZipFile(BytesIO(stage.world.files.content(file))).read("data.json").decode()
    assert "zanzibar" not in stored
    [row] = json.loads(stored)["tables"]["rest_answers"]
    assert (row["region"], row["answer"]) == ("foot-ankle", "heard")
    await bea.says("/privacy")
    assert "where one part of you rests for it, that part and the day" in bea.shown.text
    await bea.says("/delete")
    await bea.taps("Erase everything")
    assert locks(stage) == []


async def test_while_a_sign_stands_its_screen_is_the_answer_whatever_else_was_asked(
    bea: Runner,
) -> None:
    await bea.says("my left knee hurts")
    await bea.says("i have chest pain")
    for words in ("blah blah", "/routine", "/today"):
        await bea.says(words)
        assert "Stop now and call your emergency number" in bea.shown.text, words
    await bea.says("Not me, not now")
    assert bea.shown.labels == ["I don't have it", "I have it now"], "it is asked once"
    await bea.taps("I don't have it")
    await bea.says("blah blah")
    assert "let me ask again" in bea.shown.text, "the question about the knee is still open"


@pytest.mark.slow
async def test_a_pain_that_is_gone_before_anything_was_answered_asks_no_more(bea: Runner) -> None:
    await bea.says("my left knee hurts")
    await bea.says("my knee is fine again")
    assert "If something does hurt, stop and tell me" in bea.shown.text
    await bea.says("my left knee hurts, 7 out of 10")
    await bea.says("my knee is fine again")
    assert "this comes first" in bea.shown.text, "7 is not over so soon"


# Each class in each state

CLASSES = {
    "chest pain": ANYWHERE,
    "twisted it and it swelled": "have this looked at today",
    "night sweats": "within a few days",
    "my knee gives way sometimes": "What loads your knee is left out",
    "no chest pain": ASKS,
}


@pytest.mark.parametrize("state", ["idle", "ready", "session", "paused", "question", "talk"])
@pytest.mark.parametrize("words", CLASSES)
@pytest.mark.breadth(4)
async def test_each_class_of_sign_is_read_in_each_state(
    bea: Runner, state: str, words: str
) -> None:
    if state == "ready":
        await bea.says("/routine first two weeks")
    elif state in ("session", "paused"):
        await session(bea)
    elif state in ("question", "talk"):
        await bea.says("/reminders tue 7am" if state == "question" else "my hip hurts")
    if state == "paused":
        await bea.taps("Pause")
    await bea.says(words)
    assert CLASSES[words] in bea.shown.text
    await bea.says("done")
    assert "Done" not in bea.shown.labels, "nothing goes on"


@pytest.mark.slow
async def test_a_place_that_the_words_named_is_not_asked_after_i_have_it_now(
    stage: Stage, bea: Runner
) -> None:
    await bea.says("numb toes last year")
    assert ASKS in bea.shown.text
    await stage.restart()
    await bea.taps("I have it now")
    assert RESTS in bea.shown.text
    assert bea.shown.labels == ["A clinician agreed"]
    assert (signs(stage), locks(stage)) == ([], [("foot-ankle", "sign")])
    await bea.says("/routine first two weeks")
    assert "No session today" in bea.shown.text


async def test_a_plain_report_answers_the_question_whether_it_is_there(
    stage: Stage, bea: Runner
) -> None:
    await bea.says("numb toes last year")
    await bea.says("my toes are numb now")
    assert RESTS in bea.shown.text
    assert (signs(stage), locks(stage)) == ([], [("foot-ankle", "heard")])


async def test_a_place_that_the_words_did_not_name_is_asked(stage: Stage, bea: Runner) -> None:
    await bea.says("limping last year")
    await bea.taps("I have it now")
    assert "Where is it?" in bea.shown.text
    await bea.taps("Knee")
    assert (signs(stage), locks(stage)) == ([], [("knee", "sign")])


@pytest.mark.slow
async def test_the_first_session_after_an_emergency_starts_as_after_the_next_larger_gap(
    stage: Stage, bea: Runner
) -> None:
    await bea.knows_the_exercises()
    await bea.says("chest pain")
    await stage.travel(stage.clock.now() + timedelta(days=9))
    await bea.says("/routine first two weeks")
    await bea.taps("A doctor has cleared me")
    await bea.taps("Yes, a doctor has cleared me")
    await bea.says("/routine marathon five")
    assert "The first session after an emergency" in bea.shown.text
    for label in ("Start", "Done", "Done"):
        await bea.taps(label)
    await bea.says("/stop")
    await stage.travel(stage.clock.now() + timedelta(days=3))
    await bea.says("/routine marathon five")
    assert "The first session after an emergency" not in bea.shown.text


async def test_a_bare_no_shows_again_what_an_emergency_waits_for(bea: Runner) -> None:
    await bea.says("my chest is tight")
    told = bea.shown.text
    await bea.says("no")
    assert bea.shown.text == told
