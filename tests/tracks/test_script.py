"""What a track says, and when."""

from dataclasses import replace

import pytest

from bot.domain.session import Part, RestKind, Step
from bot.domain.timer import Stage
from bot.domain.timetable import timetable
from bot.tracks import Voice, assemble, phrases, write
from bot.tracks.voice import FRAME_BYTES, FRAME_MS, Tone, key_of
from tests.domain.walks import STEPS, step
from tests.shipped import TEXTS
from tests.tracks.spoken import SAYS, VOICE, said, session, sessions

CLAM = replace(
    step("clamshell", 1, "right leg on top"),
    name="Clamshell",
    band="Just above both knees",
    cues=("Hips stacked, no rolling back", "Heels stay together"),
)


def words(steps: tuple[Step, ...], voice: Voice = VOICE) -> list[str]:
    return [text for _, text in said(write(steps, TEXTS, voice))]


def times(steps: tuple[Step, ...], text: str) -> list[float]:
    return [at for at, words in said(write(steps, TEXTS, VOICE)) if words == text]


@pytest.mark.parametrize(("name", "steps"), [pytest.param(*it, id=it[0]) for it in sessions()])
def test_every_shipped_session_is_spoken_without_an_overlap(
    name: str, steps: tuple[Step, ...]
) -> None:
    script = write(steps, TEXTS, VOICE)
    track = assemble(script, VOICE)
    assert track.milliseconds == len(track.data) // FRAME_BYTES * FRAME_MS
    assert abs(track.milliseconds - script.milliseconds) <= FRAME_MS
    assert all(moment.key in VOICE.phrases for moment in script.moments)


@pytest.mark.parametrize(("name", "steps"), [pytest.param(*it, id=it[0]) for it in sessions()])
def test_the_signals_keep_to_the_clock(name: str, steps: tuple[Step, ...]) -> None:
    intervals = timetable(steps)
    work = [it for it in intervals if it.stage is Stage.WORK]
    assert times(steps, Tone.GO) == [it.starts_at for it in work]
    begun = {it.starts_at for it in work}
    assert times(steps, Tone.END) == [it.ends_at for it in work if it.ends_at not in begun]


@pytest.mark.breadth(12)
@pytest.mark.parametrize(("name", "steps"), [pytest.param(*it, id=it[0]) for it in sessions()])
def test_half_way_and_the_countdown_keep_to_the_clock(name: str, steps: tuple[Step, ...]) -> None:
    work = [it for it in timetable(steps) if it.stage is Stage.WORK]
    tens = times(steps, "Ten seconds left.")
    assert tens == [it.ends_at - 10 for it in work if it.seconds >= 20]
    halves = {it.starts_at + it.seconds // 2 for it in work}
    assert set(times(steps, "Half-way.")) <= halves
    begins = {it.starts_at for it in work}
    for number, words in enumerate(("one", "two", "three", "Ready?"), start=1):
        assert {at + number for at in times(steps, words)} <= begins


@pytest.mark.parametrize(("name", "steps"), [pytest.param(*it, id=it[0]) for it in sessions()])
def test_nothing_of_a_shipped_session_is_said_by_kind(name: str, steps: tuple[Step, ...]) -> None:
    assert Tone.NOTICE not in words(steps)
    for each in steps:
        for text in (each.name, each.side, each.band, each.advice, *each.cues):
            assert not text or each.part is Part.ANCHOR or VOICE.has(text)


def test_a_step_is_counted_down() -> None:
    lead = [it for it in said(write((CLAM,), TEXTS, VOICE)) if 5.5 <= it[0] <= 10]
    assert lead == [(6, "Ready?"), (7, "three"), (8, "two"), (9, "one"), (10, Tone.GO)]


def test_an_exercise_is_announced_with_its_side_band_time_and_repetitions() -> None:
    steps = (step("row", rest=60), replace(CLAM, count=12, unit="reps", level="light"))
    steps = (steps[0], replace(steps[1], kind="mini-band", colour="green"))
    spoken = words(steps)
    place = spoken.index("Clamshell")
    assert spoken[place - 2 : place + 7] == [
        *("Rest.", "Next:", "Clamshell", "right leg on top", "Your green mini band."),
        *("Just above both knees", "30 seconds", "About 12 repetitions.", "Ready?"),
    ]


def test_a_colour_of_ones_own_is_said_by_strength() -> None:
    banded = replace(CLAM, level="light", kind="mini-band", colour="sunset")
    assert "Your light mini band." in words((replace(STEPS[0], work=120), banded))


def test_an_exercise_without_a_recorded_name_is_the_next_one_after_a_signal() -> None:
    spoken = words((replace(CLAM, name="Our own clam", side="the sunny side"),))
    place = spoken.index(Tone.NOTICE)
    assert spoken[place + 1] == "The next exercise."
    assert "right leg on top" not in spoken


def test_the_cues_are_two_at_most_and_one_from_the_second_set_on() -> None:
    steps = (CLAM, replace(CLAM, set_number=2), replace(CLAM, set_number=2, side="left leg on top"))
    spoken = words(steps)
    assert [spoken.count(cue) for cue in CLAM.cues] == [3, 1]


def test_sides_are_switched() -> None:
    first = replace(CLAM, rest=5, rest_kind=RestKind.SWITCH)
    steps = (first, replace(CLAM, side="left leg on top"))
    after = [text for at, text in said(write(steps, TEXTS, VOICE)) if 40 <= at < 45]
    assert after[:2] == [Tone.END, "Switch sides."]
    assert after[-1] == "one"


def test_a_long_cue_never_puts_off_what_has_its_moment() -> None:
    how = phrases.warm_up_how(TEXTS, "")
    assert VOICE.milliseconds(key_of(how)) > 5000
    for work in range(20, 60):
        steps = (replace(CLAM, work=work, cues=(how, how)),)
        assert times(steps, "Ten seconds left.") == [work]
        assert times(steps, "Half-way.") == ([10 + work // 2] if work >= 40 else [])


def test_half_way_and_the_last_ten_seconds_are_told() -> None:
    long = (replace(CLAM, work=40),)
    assert times(long, "Half-way.") == [30]
    assert times(long, "Ten seconds left.") == [40]
    assert times((replace(CLAM, work=15),), "Ten seconds left.") == []


def test_what_does_not_fit_is_left_out_and_the_countdown_stays() -> None:
    steps = (step("row", rest=3), CLAM)
    spoken = [it for it in said(write(steps, TEXTS, VOICE)) if 40 <= it[0] <= 43]
    assert spoken[0] == (40, Tone.END)
    assert "Clamshell" in [text for _, text in spoken]
    assert spoken[-1] == (43, Tone.GO)
    assert assemble(write(steps, TEXTS, VOICE), VOICE)


@pytest.mark.parametrize("rest", range(12))
@pytest.mark.parametrize("work", [1, 2, 5, 11, 21])
def test_the_shortest_steps_and_rests_are_possible(rest: int, work: int) -> None:
    steps = tuple(replace(CLAM, set_number=number, work=work, rest=rest) for number in (1, 2))
    assert assemble(write(steps, TEXTS, VOICE), VOICE).data


def test_the_exercise_after_the_warm_up_is_told_in_time_to_fetch_its_band() -> None:
    warm_up = replace(STEPS[0], work=120)
    told = [text for at, text in said(write((warm_up, CLAM), TEXTS, VOICE)) if 105 <= at < 120]
    assert told[:3] == ["After the warm-up:", "Clamshell", "right leg on top"]
    assert told[-1] == "Just above both knees"


def test_the_anchor_has_a_minute_without_a_signal() -> None:
    spoken = words((CLAM.anchored_at("chest"), CLAM))
    assert spoken[1] == "First, the anchor"
    assert spoken.index("If you need longer, pause me.") < spoken.index(Tone.GO)
    assert spoken.count(Tone.GO) == 1


def test_it_ends_with_a_question_for_the_chat() -> None:
    script = write((CLAM,), TEXTS, VOICE)
    assert [text for _, text in said(script)][-3:] == [
        Tone.END,
        "That was the last one. Well done.",
        "Tell me in the chat how much of it you did.",
    ]
    end = timetable((CLAM,))[-1].ends_at
    assert script.milliseconds < (end + 7) * 1000


def test_equal_plans_have_equal_bytes() -> None:
    one, other = (assemble(write(session("marathon-five"), TEXTS, VOICE), VOICE) for _ in range(2))
    assert (one.data, one.digest) == (other.data, other.digest)
    longer = assemble(write(session("build-strength"), TEXTS, VOICE), VOICE)
    assert longer.digest != one.digest


def test_a_plan_of_an_hour_is_one_file_that_telegram_takes() -> None:
    steps = 3 * session("marathon-five")
    assert timetable(steps)[-1].ends_at >= 3600
    track = assemble(write(steps, TEXTS, VOICE), VOICE)
    assert track.seconds >= 3600
    assert len(track.data) < 13_000_000  # of 50


def test_a_voice_without_words_gives_the_signals_alone() -> None:
    mute = Voice({tone: VOICE.phrases[tone] for tone in Tone})
    assert set(words(session("marathon-five"), mute)) == set(Tone)


def test_a_phrase_is_known_by_its_words_whatever_their_case_and_stop() -> None:
    assert key_of("Right leg on top.") == key_of("right leg\n on top")
    assert key_of("Right leg on top") != key_of("Left leg on top")
    assert SAYS[key_of("Clamshell")] == "Clamshell"
