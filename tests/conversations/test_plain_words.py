"""What runners want is understood in plain words, and nothing else is taken for a wish."""

import pytest

from bot.domain.intents import Intent
from tests.conversations.stage import Runner, Stage
from tests.conversations.test_late_words import typed_while_away
from tests.databases import rows

# A wish, and what the coach says to it while no session runs.
WISHES = {
    Intent.TODAY: ("So what should I do today?", "First two weeks"),
    Intent.SESSION_FOR: ("10 minutes of core, please", "Core"),
    Intent.ROUTINES: ("which routines are there", "Which routine?"),
    Intent.EXERCISES: ("show me all exercises", "What are you looking for?"),
    Intent.TIME_LEFT: ("how long is left", "No session is running."),
    Intent.PROGRESS: ("how am i doing?", "Your training"),
    Intent.REMINDERS: ("I'd like to change my reminders", "You have no reminders."),
    Intent.REMINDERS_OFF: ("please stop the reminders", "Reminders are off."),
    Intent.DAY_OFF: ("I can't do Thursday", "You have no reminders."),
    Intent.REMIND_ONCE: (
        "remind me tomorrow at 7",
        "Where are you? Your reminder is set",
    ),
    Intent.NEXT_REMINDER: ("when is my next session", "No reminder is planned."),
    Intent.PLACE: ("the time zone is wrong", "Where are you?"),
    Intent.AWAY: ("I'm going on holiday", "Reminders are not paused."),
    Intent.BANDS: ("which bands do I need?", "Your bands"),
    Intent.BYE: ("bye for now", "See you at the next session!"),
    Intent.NO_BANDS: ("no bands here", "Without bands"),
    Intent.CLOCKS: ("will my reminder change with the clocks?", "Your reminders keep their time"),
    Intent.HELP: ("HELP!!!", "Band Coach"),
    Intent.PRIVACY: ("what do you know about me", "What is kept about you"),
    Intent.CALENDAR: ("put it in my calendar", "The file for your calendar"),
    Intent.EXPORT: ("send me all my data", "Everything I keep about you."),
    Intent.WATCH: ("I need a garmin file", "There is no session to make a file of yet."),
    Intent.DELETE: ("delete everything about me", "Erase everything I keep about you"),
    Intent.TIRED: ("I'm so tired today", "Then rest today"),
    Intent.ILL: ("I've got a cold", "Get well first"),
    Intent.HELLO: ("good morning coach", "Hello!"),
    Intent.THANKS: ("thanks a lot", "You're welcome."),
    Intent.PRAISE: ("that was great!", "That's good to hear!"),
    Intent.SORRY: ("sorry, I missed yesterday", "No harm done."),
    Intent.WHO: ("are you a human or a bot?", "I am Band Coach"),
    Intent.UPSET: ("you are annoying", "Sorry about that."),
    Intent.AGAIN: ("once more please", "First two weeks"),
    Intent.SOUND: ("I can't hear you", "Put the phone down and listen"),
    Intent.PACE: ("can we go slower", "You set the pace."),
    Intent.EFFORT: ("that was too easy", "Then the next one should fit better"),
    Intent.BACK: ("I'm back from holiday", "Hello!"),
    Intent.SAFETY: ("health questions", "Does one of these apply?"),
    Intent.HOW_OFTEN: ("how often should I train", "Two or three sessions a week"),
    Intent.ADVICE: ("should I see a doctor?", "I am no doctor"),
    Intent.LOW: ("I am depressed", "I am sorry that it is hard"),
    Intent.PERIOD: ("my period started", "Go by how you feel"),
    Intent.CLIP: ("the video does not play", "The clips are short films"),
    Intent.MAY_RUN: ("is it ok to run today?", "Nothing is resting at the moment"),
    Intent.LANGUAGE: ("do you speak German?", "I only speak English so far"),
    Intent.NOT_OURS: ("tell me a joke", "That is beyond me"),
    Intent.DONE_ELSEWHERE: ("I did it at the gym", "Well done!"),
    Intent.WEEK: ("which days should I do strength?", "Tell me your running week"),
    Intent.RUNS: ("my long run is on sunday", "Your running week"),
    Intent.RAN_INSTEAD: ("I ran long today instead", "Good to know. I plan by your usual week"),
    Intent.WHY_TODAY: ("why today?", "Why, on"),
    Intent.RACE: ("how many days until my race?", "Which race do you train for?"),
    Intent.RACE_MOVED: ("the race moved to 11 April", "There is no race to come."),
    Intent.RACE_OFF: ("the race is cancelled", "There is no race to come."),
    Intent.RACE_RAN: ("I ran the race", "Well done! I knew of no race of yours"),
    Intent.RACE_PART: ("I did not finish the race", "I know of no race of yours"),
    Intent.RACE_NOT_STARTED: ("I did not run the race", "I know of no race of yours"),
    Intent.COST: ("is this free?", "There is nothing to pay in this chat"),
    Intent.SPACE: ("my flat is tiny", "You need the room of a mat"),
    Intent.SHOES: ("do I need shoes?", "Wear shoes: some exercises have the band round them"),
    Intent.BROKEN_BAND: ("my band snapped", "Please stop using that band"),
    Intent.BAND_CARE: ("can a band snap?", "A band with a nick or a tear can snap."),
    Intent.BAND_SLIPS: ("my band rolls up", "Set it anew and flat"),
    Intent.NO_PAIN: (
        "no pain today",
        "Good to hear. Nothing is resting at the moment. If something does",
    ),
    Intent.RESTS: ("how long does my knee have to rest?", "Nothing is resting at the moment"),
    Intent.DAY: ("what about Friday?", "Friday 27 November"),
    Intent.SHARE: ("can my wife use this too?", "Gladly. Everybody has a chat of their own"),
    Intent.APP: ("does it work offline?", "I live in Telegram"),
    Intent.WHICH_BAND: ("which band should I buy?", "One mini band is enough"),
    Intent.WARM_UP: ("should I warm up first?", "Two minutes come first"),
    Intent.STRETCHING: ("do I need to stretch?", "You need none for my sessions"),
    Intent.BEFORE_RACE: ("should I train before my race?", "Tell me your race with /race"),
    Intent.FORM: ("can you see my form?", "I can't see you"),
    Intent.STUDIES: ("is this science based?", "What would you like to know?"),
}
NOBODYS_BUSINESS = (
    *("what is the capital of France", "my cat is funny", "the bus was late again"),
    *("I had pasta for lunch", "delete the last set", "who is your favourite runner"),
    *("we painted the kitchen", "is running on sand good", "buy milk", "it is what it is"),
)


def test_each_intent_is_tried() -> None:
    assert set(WISHES) == set(Intent)


@pytest.mark.slow
async def test_each_wish_is_followed(bea: Runner) -> None:
    for words, answer in WISHES.values():
        before = len(bea.messages)
        await bea.says(words)
        assert bea.shown.text.startswith(answer), words
        assert len(bea.messages) == before + 1, words


def session(stage: Stage) -> list[tuple[object, ...]]:
    wanted = ("id", "phase", "position", "revision", "due_at", "ended_at")
    return [tuple(row[name] for name in wanted) for row in rows(stage.database, "sessions")]


async def begins(runner: Runner) -> None:
    await runner.says("/routine first two weeks")
    await runner.says("start")


@pytest.mark.slow
async def test_in_a_session_each_answer_leads_back_and_the_clock_runs_on(
    stage: Stage, bea: Runner
) -> None:
    await begins(bea)
    before = session(stage)
    wishes = {key: wish for key, wish in WISHES.items() if key is not Intent.SAFETY}
    for intent, (words, _) in wishes.items():
        await bea.says(words)
        if intent in (Intent.TODAY, Intent.SESSION_FOR, Intent.ROUTINES):
            assert "You are still in this session" in bea.shown.text
        elif intent is Intent.AGAIN:
            assert "Warm-up" in bea.shown.text
        else:
            assert "Go on" in bea.shown.labels, words
        assert session(stage) == before, words
    await bea.taps("Go on")
    assert "Warm-up" in bea.shown.text


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("how long is left", "You are warming up, with about "),
        ("I'm tired", "Then take it easy"),
        ("I feel ill", "Then stop here and get well first"),
        ("hello", "I am still here, and so is your session"),
        ("help", "Your session runs on."),
    ],
)
@pytest.mark.breadth(1)
async def test_what_a_session_answers(bea: Runner, words: str, answer: str) -> None:
    await begins(bea)
    await bea.says(words)
    assert answer in bea.shown.text


async def test_the_place_in_the_session_is_told(bea: Runner) -> None:
    await bea.says("/routine first two weeks")
    await bea.taps("My own pace")
    await bea.says("done")
    await bea.says("how many steps are left?")
    assert bea.shown.text.startswith("You are at step 1 of ")


async def test_tired_offers_the_shortest_session(bea: Runner) -> None:
    await bea.says("no time today")
    await bea.taps("Before a run · 6 min")
    assert "Before a run" in bea.shown.text


async def test_ill_pauses_the_reminders_by_one_tap(stage: Stage, bea: Runner) -> None:
    await bea.says("I'm sick")
    await bea.taps("No reminders: 3 days")
    assert bea.shown.text.startswith("No reminders until Friday 27 November")


@pytest.mark.slow
async def test_without_bands_a_session_without_them_is_one_tap_away(
    stage: Stage, bea: Runner
) -> None:
    await bea.says("/bands mini light, long loop heavy")
    before = rows(stage.database, "bands")
    await bea.says("I forgot my bands")
    assert "minutes with the warm-up" in bea.shown.text
    assert "You need: no band." in bea.shown.text
    await bea.taps("Start")
    while "Done" in bea.shown.labels:
        assert "Band:" not in bea.shown.text.replace("Band: No band", "")
        await bea.taps("Done")
    await bea.taps("Easy")
    assert rows(stage.database, "bands") == before
    assert rows(stage.database, "prescriptions") == [], "the bands at home stay as they were"
    await bea.says("my bands are at home")
    assert "Train anyway" in bea.shown.labels


@pytest.mark.slow
async def test_in_a_session_without_bands_the_exercises_without_them_are_shown(
    bea: Runner,
) -> None:
    await bea.says("/routine first two weeks")
    await bea.says("start")
    await bea.says("no bands here")
    await bea.taps("Without a band")
    assert "No band" in bea.shown.text


async def test_deleting_asks(stage: Stage, bea: Runner) -> None:
    await bea.says("delete my data")
    assert bea.shown.labels == ["Erase everything", "Keep it"]
    assert len(rows(stage.database, "runners")) == 1


@pytest.mark.slow
async def test_the_next_reminder_is_told_after_a_restart(stage: Stage, bea: Runner) -> None:
    await bea.says("/timezone Berlin")
    await bea.says("/reminders thu 7:00")
    await stage.restart()
    await bea.says("when's my next session?")
    assert "Thursday 26 November" in bea.shown.text
    assert "07:00" in bea.shown.text
    await bea.says("don't stop the reminders")
    await bea.says("no reminders today")
    assert bea.shown.text.startswith("Reminders are not paused.")
    assert len(rows(stage.database, "schedule")) == 1
    await bea.says("stop reminding me, please")
    assert rows(stage.database, "schedule") == []


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("help", "Band Coach"),
        ("what can I do without bands", "Without bands"),
        ("deadbug", "Dead bug"),
        ("Nice", "Europe/Paris"),
        ("Berlin", "Europe/Berlin"),
        ("Brlin", "Berlin"),
    ],
)
@pytest.mark.breadth(1)
async def test_a_wish_goes_before_the_question_for_a_place_unless_it_is_one(
    bea: Runner, words: str, answer: str
) -> None:
    await bea.says("/timezone")
    await bea.says(words)
    assert answer in bea.shown.text or any(answer in label for label in bea.shown.labels)


@pytest.mark.breadth(1)
@pytest.mark.parametrize("words", ["Guten Tag", "hablas español?", "bonjour", "Спасибо"])
async def test_another_language_is_answered(bea: Runner, words: str) -> None:
    await bea.says(words)
    assert bea.shown.labels[:2] == ["All exercises", "Routines"]
    assert "Routines" in bea.shown.text


@pytest.mark.slow
async def test_what_is_nobodys_business_starts_nothing(stage: Stage, bea: Runner) -> None:
    for words in NOBODYS_BUSINESS:
        await bea.says(words)
        beyond = ("I did not understand", "That is beyond me")
        assert bea.shown.text.startswith(beyond), words
        assert bea.shown.labels == ["All exercises", "Routines"]
    assert session(stage) == []


@pytest.mark.breadth(1)
@pytest.mark.parametrize(
    "words",
    ["I am not ill", "do not delete anything", "helpless cat"],
)
async def test_denied_wishes_are_not_understood(bea: Runner, words: str) -> None:
    await bea.says(words)
    assert bea.shown.text.startswith("I did not understand")


@pytest.mark.slow
async def test_a_late_wish_for_a_session_is_asked_back(stage: Stage, bea: Runner) -> None:
    await typed_while_away(bea, "I have 10 minutes")
    assert bea.shown.text.startswith("You asked for Whole body")
    assert session(stage) == []


@pytest.mark.slow
async def test_a_late_question_is_answered(bea: Runner) -> None:
    await typed_while_away(bea, "how am I doing?")
    assert bea.shown.text.startswith("Your training")


async def test_a_newcomer_is_screened_before_any_session(ann: Runner) -> None:
    await ann.says("let's train!")
    assert "None applies to me" in ann.shown.labels


@pytest.mark.breadth(1)
@pytest.mark.parametrize("words", ["deadbug", "first two weeks", "hamstrings", "squat with band"])
async def test_names_are_found_as_before(bea: Runner, words: str) -> None:
    await bea.says(words)
    assert not bea.shown.text.startswith("I did not understand")


async def test_a_day_that_is_asked_about_is_told_and_changes_nothing(bea: Runner) -> None:
    await bea.says("/timezone Berlin")
    await bea.says("/reminders mon thu 7:00")
    await bea.says("/week long sun, hard wed")
    days = rows(bea.stage.database, "SELECT * FROM schedule")
    told = {
        "what about monday?": ("Monday 30 November", "A training day: I write to you at 07:00."),
        "and friday?": ("Friday 27 November", "Not one of your training days."),
        "is saturday a rest day": ("Saturday 28 November", "the long run comes the next day"),
        "do we train on tuesday": ("Tuesday 24 November", "Not one of your training days."),
        "what am I doing tomorrow": ("Wednesday 25 November", "Not one of your training days."),
    }
    for words, answers in told.items():
        await bea.says(words)
        assert all(answer in bea.shown.text for answer in answers), words
        assert rows(bea.stage.database, "SELECT * FROM schedule") == days
    await bea.says("and friday")
    assert len(rows(bea.stage.database, "SELECT * FROM schedule")) == len(days) + 1


async def test_that_nothing_hurts_ends_no_rest_before_its_time(bea: Runner) -> None:
    await bea.says("no pain today")
    assert "Nothing is resting at the moment. If something does hurt, stop" in bea.shown.text
    await bea.says("my left knee hurts, a dull ache, 4 of 10")
    await bea.taps("None of these")
    resting = rows(bea.stage.database, "SELECT * FROM incidents")
    assert resting
    for words in ("no pain today", "nothing hurts today", "no niggles today", "i'm pain free"):
        await bea.says(words)
        assert "It is still too early to load your knee" in bea.shown.text
    await bea.says("nothing hurts except my hip")
    assert bea.shown.text.startswith("Do you have any of these?")
    assert rows(bea.stage.database, "SELECT * FROM incidents") == resting
    await bea.says("nothing hurts")
    await bea.says("what about tomorrow?")
    assert "What rests at the moment is left out until it may come back" in bea.shown.text


async def test_some_words_mean_something_else_during_a_session(bea: Runner) -> None:
    await bea.says("I need a break")
    assert bea.shown.text.startswith("Reminders are not paused.")
    await bea.says("/routine first two weeks")
    await bea.says("start")
    await bea.taps("Skip")
    await bea.says("I need a break")
    assert bea.shown.text.startswith("Paused: Banded glute bridge")
    await bea.says("go on")
    for words, answer in {
        "which muscle is this?": "Works: glutes",
        "why this exercise?": "Why runners do it",
        "am I doing it right?": "Common mistakes",
        "I can't balance": "Easier",
    }.items():
        await bea.says(words)
        assert answer in bea.shown.text, words
    await bea.says("I'm done for today")
    assert bea.shown.text.startswith("First two weeks: stopped")
    assert rows(bea.stage.database, "SELECT elsewhere_at FROM runners") == [{"elsewhere_at": None}]


async def test_a_band_that_broke_is_about_the_band_unless_it_hit_somebody(bea: Runner) -> None:
    await bea.says("my band snapped")
    assert "look at the others for nicks and tears" in bea.shown.text
    assert bea.shown.labels == ["Something feels wrong", "My bands"]
    await bea.says("it hit my leg")
    assert bea.shown.text.startswith("Do you have any of these?")
    await bea.says("it hit my eye")
    assert bea.shown.text.startswith("Stop now and call your emergency number")


async def test_a_question_about_an_anchor_changes_no_kit(bea: Runner) -> None:
    for words in ("do I need a door anchor?", "I don't have a door anchor"):
        await bea.says(words)
        assert bea.shown.text.startswith("Your bands")
    assert rows(bea.stage.database, "SELECT * FROM bands") == []


async def test_training_elsewhere_counts_once_it_is_done(bea: Runner) -> None:
    for words in ("gym on wed", "gym tomorrow", "I go to the gym on mondays", "did gym on wed"):
        await bea.says(words)
        assert (
            rows(bea.stage.database, "SELECT elsewhere_at FROM runners")[0]["elsewhere_at"] is None
        )
    await bea.says("did gym on monday")  # yesterday
    assert "It counts as training" in bea.shown.text


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("I hope you are well, could you perhaps tell me what I should do today?", "First two"),
        ("I think I'll skip this week because I have a cold, back next monday", "Get well first"),
        ("thank you, the weather here is lovely", "You're welcome."),
        ("the baby woke up at 4 and it rained, can you remind me in two hours", "Of that I under"),
    ],
)
@pytest.mark.breadth(2)
async def test_the_one_part_of_a_long_message_that_is_understood_is_followed_or_offered(
    bea: Runner, words: str, shown: str
) -> None:
    await bea.says(words)
    assert bea.shown.text.startswith(shown)
    assert rows(bea.stage.database, "reminders") == []
