"""/progress: a picture with the same in words below it, or the words alone."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.charts import Charts
from bot.charts.card import Card
from bot.content.texts import plain
from bot.domain.history import WEEKS_SHOWN, ExerciseHistory, Progress, Week, WeekSets
from bot.domain.kit import Band, KitKind, Level, kit_of
from bot.domain.schedule import WEEK, TrainingDay
from bot.sandbox.world.faults import Fault
from bot.services import progress as services
from bot.views import progress as views
from bot.views.screen import CAPTION
from tests.conversations.stage import TEXTS, TUESDAY, Runner, Stage
from tests.histories import weeks_of_training

DAYS = tuple(TrainingDay(WEEK[number], time(7)) for number in (1, 3, 5))


async def with_history(
    runner: Runner, weeks: int = 6, days: tuple[TrainingDay, ...] = DAYS
) -> None:
    coach = runner.stage.work.coach
    await weeks_of_training(coach.db, coach.catalogue, runner.id, TUESDAY, weeks, days=days)


async def progress_of(runner: Runner) -> Progress:
    return await services.progress(runner.stage.work.coach.db, runner.id, TUESDAY)


@pytest.mark.slow
async def test_progress_is_a_picture_with_the_same_in_words(ann: Runner) -> None:
    await with_history(ann)
    shown = await ann.says("/progress")
    (photo, *_) = sorted(shown.media["photo"], key=lambda size: -size["width"])
    assert photo["width"] == 1080
    assert "sessions" in shown.text
    assert "This week: 1 of 3 planned" in shown.text
    assert "16 Nov: " in shown.text
    assert "Dead bug with band: " in shown.text
    assert "Last sessions" in shown.text
    assert shown.labels == ["Routines"]


async def test_a_newcomer_is_told_kindly_and_sees_no_picture(ann: Runner) -> None:
    shown = await ann.says("/progress")
    assert "Nothing yet" in shown.text
    assert shown.media == {}
    assert ann.stage.work.coach.charts.worker is None


@pytest.mark.slow
@pytest.mark.parametrize("status", [400, 500])
async def test_where_the_picture_cannot_be_sent_the_words_come_alone(
    ann: Runner, status: int, errors_expected: None
) -> None:
    await with_history(ann, weeks=1)
    ann.stage.world.faults.add(Fault(method="sendPhoto", status=status))
    shown = await ann.says("/progress")
    assert shown.media == {}
    assert "This week: 1 of 3 planned" in shown.text


@pytest.mark.slow
async def test_where_the_picture_cannot_be_drawn_the_words_come_alone(
    ann: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(_self: Charts, _card: Card) -> None:
        return None

    monkeypatch.setattr(Charts, "draw", fails)
    await with_history(ann, weeks=1)
    shown = await ann.says("/progress")
    assert shown.media == {}
    assert "This week: 1 of 3 planned" in shown.text


@pytest.mark.slow
async def test_without_reminders_there_is_no_plan_and_nothing_of_it(ann: Runner) -> None:
    await with_history(ann, days=())
    shown = await ann.says("/progress")
    assert "planned" not in shown.text
    assert "16 Nov: " in shown.text
    card = views.card(TEXTS, await progress_of(ann), None, {})
    assert card is not None
    assert card.plan == ""


@pytest.mark.slow
async def test_the_picture_and_the_words_say_the_same(ann: Runner) -> None:
    await with_history(ann, weeks=30)
    it = await progress_of(ann)
    card, words = views.card(TEXTS, it, None, {}), plain(views.progress(TEXTS, it).text)
    assert card is not None
    assert len(card.bars) == WEEKS_SHOWN
    for bar in card.bars:
        assert f"{bar.date}: " in words
        assert f", {bar.value} min, {bar.kept} of {bar.planned} planned" in words
    for row in card.rows:
        assert f"{row.name}: {row.note}" in words
    assert f"{card.main.number} sessions" in words


def rising(*levels: str) -> ExerciseHistory:
    return ExerciseHistory("band-row", "Row", tuple(WeekSets(2, level) for level in levels))


def test_a_stronger_band_is_told_and_has_the_colour_of_the_runners_own() -> None:
    """The kind that the exercise usually has; words that are no usual colour have a shade."""
    red = Band(KitKind.LONG_BAND, Level.LIGHT, "Red")
    kit = kit_of(
        [
            *(Band(KitKind.LONG_LOOP, Level.LIGHT, "green"), red),
            Band(KitKind.LONG_BAND, Level.MEDIUM, "greenish"),
        ]
    )
    week = Week(TUESDAY.date(), days=1, sessions=1, seconds=600, planned=0)
    exercises = (
        rising("light", "medium", "medium"),
        rising("light", ""),
        rising("medium", "light"),
    )
    day = TUESDAY.date()
    history = Progress("UTC", day, day, None, (week,), exercises, ())
    card = views.card(TEXTS, history, kit, {"band-row": ["long-band", "long-loop"]})
    assert card is not None
    stronger, steady, lighter = card.rows
    assert (stronger.note, stronger.has_risen) == ("light → medium", True)
    assert [cell.colour for cell in stronger.cells] == ["red", "", ""]
    assert [cell.shade for cell in stronger.cells] == [2, 3, 3]
    assert (steady.note, steady.has_risen) == ("4 sets, light", False)
    assert (lighter.note, lighter.has_risen) == ("4 sets, light", False)


@pytest.mark.slow
async def test_the_words_fit_below_a_picture_whatever_the_names(ann: Runner) -> None:
    await with_history(ann, weeks=30)
    it = await progress_of(ann)
    long = tuple(replace(exercise, name="🏃" * 80) for exercise in it.exercises)
    words = plain(views.progress(TEXTS, replace(it, exercises=long)).text)
    assert len(words.encode("utf-16-le")) <= 2 * CAPTION
    assert "This week: 1 of 3 planned" in words


@pytest.mark.slow
async def test_a_runner_who_comes_back_after_months_sees_no_empty_picture(
    stage: Stage, bea: Runner
) -> None:
    await with_history(bea, weeks=2)
    await bea.says("/reminders off")
    await stage.travel(TUESDAY + timedelta(weeks=20))
    shown = await bea.says("/progress")
    assert shown.media == {}
    assert "sessions" in shown.text
    assert "rest" in shown.text


async def test_nobody_elses_training_is_counted(ann: Runner, bea: Runner) -> None:
    await with_history(ann)
    assert "Nothing yet" in (await bea.says("/progress")).text
