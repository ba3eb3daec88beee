"""/start, the safety screen and what it guards."""

from tests.conversations.stage import Runner, Stage

CONDITIONS = ("heart", "chest pain", "fainting", "bone", "pregnant", "surgery", "18", "latex")


async def test_a_newcomer_is_welcomed_in_three_sentences_and_screened(ann: Runner) -> None:
    await ann.says("/start")
    welcome, safety = ann.messages
    assert welcome.text.count(". ") + 1 == 3
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
    for message in ann.messages:
        lines = sum(1 + len(line) // 40 for line in message.text.splitlines())
        assert lines + 2 * len(message.labels) <= 25


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


async def test_a_second_answer_is_taken_and_the_first_screen_shows_it(ann: Runner) -> None:
    screen = await ann.says("/start")
    await ann.taps("None applies to me", screen)
    await ann.sends_data(screen, "safety:clear:")
    assert ann.messages[1].labels == []
    assert "You said that nothing on this list applies" in ann.messages[1].text


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

    first = sets()
    await stage.restart()
    assert first == 4  # two menus, a description and a short one
    assert sets() == first
