"""/start, the safety screen and what it guards."""

from bot.sandbox.world.profile import Profile
from tests.bench.newcomer import walk
from tests.conversations.stage import Runner, Stage

CONDITIONS = ("heart", "chest pain", "fainting", "bone", "pregnant", "surgery", "18", "latex")


async def test_a_newcomer_is_welcomed_and_screened_in_one_message(ann: Runner) -> None:
    await ann.says("/start")
    (safety,) = ann.messages
    assert safety.text.startswith("Hello Ann, I coach runners with bands")
    assert safety.labels == ["None applies to me", "One applies to me"]
    assert [word for word in CONDITIONS if word not in safety.text] == []


async def test_nothing_else_is_asked_before_the_first_session(ann: Runner) -> None:
    await ann.says("/start")
    await ann.taps("None applies to me")
    assert "First two weeks" in ann.shown.text
    assert "7 minutes" in ann.shown.text
    assert "a mini band" in ann.shown.text
    first = ann.shown
    await ann.taps("Start")
    assert "Warm-up" in ann.shown.text
    assert "Done" in ann.shown.labels
    tap = await ann.taps("Start", first)
    assert tap.answered_at is not None
    assert "You are still in this session" in ann.shown.text


async def test_each_of_the_two_messages_fits_a_phone(ann: Runner) -> None:
    await ann.says("/start")
    await ann.taps("None applies to me")
    assert len(ann.messages) == 2
    for message in ann.messages:
        lines = sum(1 + len(line) // 40 for line in message.text.splitlines())
        picture = 9 if "animation" in message.media else 0
        assert lines + picture + 2 * len(message.labels) <= 25


async def test_the_first_exercise_comes_after_few_words_three_taps_and_a_picture(
    ann: Runner,
) -> None:
    walked = await walk(ann)
    assert walked.words <= 172
    assert walked.taps == 3
    assert walked.taps_to_picture == 1
    first_session, warm_up, step = walked.messages[-3:]
    for message in (first_session, warm_up, step):
        assert "animation" in message.media


async def test_the_rules_stand_above_the_first_session(ann: Runner) -> None:
    await ann.says("/start")
    await ann.taps("None applies to me")
    for words in ("sharp", "emergency help", "hold your breath", "nicks", "First two weeks"):
        assert words in ann.shown.text


async def test_none_applies_does_not_lift_what_waits_for_a_clinician(ann: Runner) -> None:
    screen = await ann.says("/start")
    await ann.declares("Chest pain")
    await ann.sends_data(screen, "safety:clear:")
    assert "A clinician agreed" in ann.shown.labels


async def test_no_session_starts_unscreened_and_then_the_wish_goes_on(ann: Runner) -> None:
    await ann.says("/routine marathon five")
    assert ann.shown.labels == ["None applies to me", "One applies to me"]
    await ann.taps("None applies to me")
    assert "Marathon five" in ann.shown.text
    assert "Start" in ann.shown.labels


async def test_a_deep_link_to_a_routine_survives_the_safety_screen(ann: Runner) -> None:
    await ann.starts("routine_marathon-five")
    await ann.taps("None applies to me")
    assert "Marathon five" in ann.shown.text


async def test_a_deep_link_explains_an_exercise_at_once(ann: Runner) -> None:
    await ann.starts("exercise_dead-bug-band")
    assert ann.shown.text.startswith("Dead bug with band")


async def test_a_deep_link_that_leads_nowhere_is_told_so(ann: Runner) -> None:
    await ann.starts("exercise_flying-squirrel")
    assert "I don't have “flying-squirrel”" in ann.shown.text
    await ann.is_ready()
    await ann.starts("routine_flying-squirrel")
    assert "I don't know a routine called “flying-squirrel”" in ann.shown.text


async def test_a_second_answer_is_taken_and_the_first_screen_shows_it(ann: Runner) -> None:
    screen = await ann.says("/start")
    await ann.taps("None applies to me", screen)
    await ann.sends_data(screen, "safety:clear:")
    assert ann.messages[0].labels == []
    assert "None applies." in ann.messages[0].text


async def test_a_name_with_markup_is_shown_as_typed(stage: Stage) -> None:
    bob = stage.runner("<b>Bob</b> & Co")
    await bob.says("/start")
    assert "<b>Bob</b> & Co" in bob.messages[0].text


async def test_who_comes_back_gets_their_next_session(bea: Runner) -> None:
    await bea.says("/start")
    assert "Hello Bea" in bea.shown.text
    assert bea.shown.labels == ["Start", "Routines", "Safety"]
    await bea.taps("Safety")
    await bea.declares("Lasting illness")
    await bea.says("/routine marathon five")
    assert "A clinician agreed" in bea.shown.labels


async def test_the_menu_is_set_once_and_left_alone_after(stage: Stage) -> None:
    def sets() -> int:
        return sum(call.method.startswith("setMy") for call in stage.world.calls)

    stage.world.profile, before = Profile(), sets()
    await stage.restart()
    assert sets() == before + 4  # two menus, a description and a short one
    await stage.restart()
    assert sets() == before + 4
