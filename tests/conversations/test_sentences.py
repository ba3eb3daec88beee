"""Whatever people say leads to what they meant, or to an honest “I did not understand”.

The sentences stand in tests/data/sentences.tsv, one a line; the targets stand here.
"""

from pathlib import Path

import pytest
from sqlalchemy import text

from bot.domain.intents import Intent
from tests.conversations.stage import Runner, Stage, a_stage
from tests.conversations.test_plain_words import WISHES
from tests.databases import connected
from tests.sentences import Sentence, corpus

SENTENCES = corpus()
PARTS = 8
# How the coach's answer begins, or for those with a dot first, what it holds.
ANSWERS: dict[str, tuple[str, ...]] = {
    **{str(intent): (answer,) for intent, (_, answer) in WISHES.items()},
    "safety": (WISHES[Intent.SAFETY][1], "Which one? Tap every one"),
    "race-ran": ("I know of no race of yours", "Well done!"),  # the latter for one of yesterday
    "language": (".Routines",),
    "remind-once": ("I will remind you", "Where are you?"),
    "session-for": ("",),
    "two-wishes": ("That was for",),
    "sign": ("What you wrote may be a warning sign", "Please have this looked at"),
    "pain": ("Do you have any of these?",),
    "part": ("Looking for exercises, or does something feel wrong?",),
    "emergency": ("Stop now and call your emergency number",),
    "evidence": (
        *("Is it safe?", "Does it ", "Are bands", "Do ankle", "How little"),
        "When do I see results?",
    ),
    "topic": ("Trunk", "Mini band"),
    "start": (".It runs by itself",),
    "offered": ("First two weeks", "Before a run", "Marathon five"),
    "suggestions": ("I am not sure which exercise", "I don't have"),
    "ache": ("Is it in the muscles",),
    "fine": ("Good to hear.",),
    "sign-denied": ("Good. If that changes",),
    "away-until": ("No reminders until ", "No reminders from "),
    "away-end": ("From Friday 27 November 2026 until when?",),
    "away-whether": ("Shall no reminders come for that time",),
    "week-guess": ("Shall I note for every week: hard run on Wednesday?",),
    "condition": ("Does one of these apply?",),
    "part-offered": ("Of that I understood “stop the reminders”.",),
    "race-date": (".On which day is your half marathon?",),
    "away-easter": ("From Friday 26 March 2027 until when?",),
    "is-it-here": ("Is this where you are?",),
    "sign-soon": ("Please see a doctor or physiotherapist",),
    "kit": ("Your bands", "How strong is"),
    "which-kind": ("Which kind are they?",),
    "days": ("Where are you?", ".: at what time?", "Which days"),
    "no-session": ("No session is running.",),
    "not-understood": ("I did not understand",),
    "why-today": ("You have told me no running week",),
    "leave-out": ("Leave out ", "Which one shall I leave out?"),
    "day": (".You have no training days yet",),
    "nothing-changed": ("All right, nothing has changed.",),
    "listen": ("First two weeks",),
    "runs": (
        *("Your running week", "Tell me your running week"),  # the latter without a run
        *("A sport that is hard on the legs counts as a hard run here.", "Only Saturday 28"),
    ),
    "race-guess": ("Is that a race?",),
    "race": ("Which race", ".This one counts.", "On which day is", "Which day", "Which distance"),
}
IN_SESSION: dict[str, tuple[str, ...]] = {
    "time-left": ("You are warming up", "You are at step"),
    "step": (".Warm-up",),
    "today": ("You are still in this session",),
    "moved": ("",),
    "paused": ("Paused: ",),
    "stopped": ("First two weeks: stopped",),
    **dict.fromkeys(("why", "muscles", "mistakes", "levels"), ("",)),
    "leave-out": (".Your session",),
    "day": (".Your session", ".You have no training days yet"),
    "how": ("",),
    "swap": ("",),
    "tired": ("Then take it easy",),
    "ill": ("Then stop here and get well first",),
    "effort": ("Too hard?",),
    "hello": ("Hello! I am still here",),
    "no-pain": (".Your session",),
    "no-bands": ("You can train without one.",),
    "pain": ("Where does it hurt?", "What do you feel?", "Do you have any of these?", "Stop your"),
    "remind-once": (".Your session",),
    **dict.fromkeys(("help", "progress", "delete", "bands", "away"), (".Your session",)),
}
# The tables that a sentence may change, by its target; and what a session's own words move.
CHANGES = {
    "safety": {"runners"},  # what is named is ticked
    "today": {"sessions"},
    "start": {"sessions"},
    "no-bands": {"sessions"},
    "again": {"sessions"},
    "offered": {"sessions"},
    "days": {"runners"},  # whether times are typed in 12 hours
    "kit": {"bands", "runners"},
    "session-for": {"sessions"},
    "two-wishes": {"sessions", "reminders"},
    "sign": {"runners", "warning_signs"},
    "sign-soon": {"runners", "warning_signs"},
    "away-until": {"runners"},
    "done-elsewhere": {"runners"},
    "remind-once": {"reminders"},
    "runs": {"run_days"},
    "race": {"races"},
    "race-ran": {"races"},
    "moved": {"sessions", "runners"},
    "paused": {"sessions"},
    "stopped": {"sessions"},
    "pain": {"hurting", "incidents", "sessions"},
    "emergency": {"sessions", "runners", "warning_signs"},
}
WATCHED = (
    *("sessions", "schedule", "bands", "runners", "reminders", "incidents", "warning_signs"),
    *("run_days", "races"),
)


def test_the_corpus_is_large_and_no_sentence_stands_in_it_twice() -> None:
    assert len(SENTENCES) >= 400
    keys = [(sentence.words.lower(), sentence.in_session) for sentence in SENTENCES]
    assert sorted(key for key in set(keys) if keys.count(key) > 1) == []


def test_each_intent_has_a_dozen_sentences_or_so() -> None:
    targets = [sentence.target for sentence in SENTENCES]
    assert [intent for intent in Intent if targets.count(intent) < 8] == []


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
async def test_each_sentence_leads_where_it_must_and_changes_nothing_else(
    tmp_path: Path, part: int
) -> None:
    wrong: list[str] = []
    async with a_stage(tmp_path) as stage, stage.coach():
        for sentence in SENTENCES[part::PARTS]:
            wrong += await misread(stage, sentence)
    assert wrong == []


async def misread(stage: Stage, sentence: Sentence) -> list[str]:
    """Says the sentence as a new runner; what is wrong with the coach's answer."""
    runner = await stage.runner(sentence.words[:20] or "x").is_ready()
    if sentence.in_session:
        await runner.says("/routine first two weeks")
        await runner.says("start")
    before = stored(stage, runner)
    await runner.says(sentence.words)
    after = stored(stage, runner)
    changed = {table for table in WATCHED if before[table] != after[table]}
    wrong = []
    if not is_right(sentence, runner):
        wrong.append(f"{sentence.words!r} is no {sentence.target}: {runner.shown.text[:80]!r}")
    if more := changed - CHANGES.get(sentence.target, set()):
        wrong.append(f"{sentence.words!r} changes {sorted(more)}")
    return wrong


def is_right(sentence: Sentence, runner: Runner) -> bool:
    shown = runner.shown.text
    if sentence.target.startswith("exercise: "):
        return shown.startswith(sentence.target.removeprefix("exercise: "))
    answers = (IN_SESSION if sentence.in_session else {}).get(sentence.target)
    for answer in answers or ANSWERS[sentence.target]:
        if answer[1:] in shown if answer.startswith(".") else shown.startswith(answer):
            return True
    return False


def stored(stage: Stage, runner: Runner) -> dict[str, list[object]]:
    """Returns what is stored of the runner, without what only says which message shows it."""
    which = {table: "id" if table == "runners" else "runner_id" for table in WATCHED}
    with connected(stage.database, writes=False) as connection:
        return {
            table: [
                {**row, "message_id": 0, "shown": 0, "word_id": 0}
                for row in connection.execute(
                    text(f"SELECT * FROM {table} WHERE {key} = :runner"), {"runner": runner.id}
                ).mappings()
            ]
            for table, key in which.items()
        }
