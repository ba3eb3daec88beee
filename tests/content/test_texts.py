"""The sentences and the code agree on ids and variables, and nobody's words become markup."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from html import unescape
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bot
from bot.callbacks import Age, Heard, Part, RaceAnswer
from bot.content.kit import DEGREES
from bot.content.models import Band, Muscle
from bot.content.reading import shipped
from bot.content.texts import ENGLISH, Html, Texts, message_ids, referred_to
from bot.domain import pain
from bot.domain.calendar_days import Kind as CalendarKind
from bot.domain.change import Reason
from bot.domain.date_words import Doubt, Word
from bot.domain.feedback import Skip
from bot.domain.first_questions import Choice, Topic
from bot.domain.intents import LIKELY
from bot.domain.kit import COLOURS, LEVELS, KitKind
from bot.domain.kit_words import Problem as KitProblem
from bot.domain.load import Loading
from bot.domain.note import Note
from bot.domain.pain import MorningAnswer, Urgency
from bot.domain.pain_talk import Ask
from bot.domain.praise import Feat
from bot.domain.prescription import SeasonPhase
from bot.domain.race import Distance, Rank
from bot.domain.reception import Obstacle, Rival
from bot.domain.regions import Region, Side
from bot.domain.reminder import ReminderAnswer, Suiting
from bot.domain.rests import NoSession
from bot.domain.run_plan import EntryKind, PlanAnswer, Unread
from bot.domain.schedule import WEEK
from bot.domain.schedule_words import DayPart, Problem
from bot.domain.screening import ASKED, Condition, Detail, SafetyStep
from bot.domain.session import Move
from bot.domain.suggestion import Why
from bot.domain.week import USUAL_KINDS, Rule, RunKind
from bot.domain.week import Why as WeekWhy
from bot.handlers.reminders import NUMBERS
from bot.handlers.screening import SPELT_AGES
from bot.views import bring_back
from bot.views.browse import GROUPS
from bot.views.intents import REPLIES
from bot.views.pain import PAINS
from bot.views.talk import GROUP_MENU, MENU
from tests.shipped import CATALOGUE

FILE = shipped() / "locales" / "en.ftl"
IDS = dict(message_ids(FILE))
TEXTS = Texts(ENGLISH, [FILE])
SAYING = {"html", "plain", "words", "notice"}
SPEAKERS = (
    *("bot/views/", "bot/handlers/", "bot/routes.py", "bot/gateway/profile.py"),
    *("bot/session_chat.py", "bot/workers/cues.py", "bot/content/texts.py", "bot/tracks/"),
)
ABOUT_LATEX = (SafetyStep.REACTION, SafetyStep.LABEL)
FOR_A_CLINICIAN = set(Condition) - {Condition.UNDER_18, Condition.LATEX}
NOT_LEFT_BEHIND = {Move.BEGIN, Move.MORE, Move.OWN_PACE, Move.HANDS_FREE}
# The reasons for which something changes: always, and if it can. For the others, nothing does.
ALWAYS_CHANGE = (Reason.CALIBRATION, Reason.EARNED, Reason.BELOW_TOP, Reason.TOP_TWICE)
MAY_CHANGE = (
    Reason.STRONG_PAIN,
    Reason.WORSE_NEXT_MORNING,
    Reason.PAIN,
    Reason.HARD_TWICE,
    Reason.INTRODUCED,
)

# The ids that code puts together, by what it puts in.
FAMILIES: dict[str, list[str]] = {
    "bring-back-{}": list(bring_back.KINDS),
    "calendar-title-{}": list(CalendarKind),
    "calendar-title-{}-race": [CalendarKind.TAPER, CalendarKind.LIGHT],
    "race-{}": list(Distance),
    "race-entry-{}": list(Rank),
    "race-went-{}": list(RaceAnswer),
    "button-race-{}": [*Distance, *RaceAnswer],
    "button-reached-{}": list(Distance),
    "run-{}": list(RunKind),
    "plan-kind-{}": list(EntryKind),
    "plan-unread-{}": list(Unread),
    "plan-day{}": ["", "-at", "-title", "-at-title"],
    "button-plan-{}": list(PlanAnswer),
    "button-run-{}": list(USUAL_KINDS),
    "word-run-{}": list(USUAL_KINDS),
    "word-race-{}": list(Distance),
    "word-went-{}": list(RaceAnswer),
    "word-suit-{}": list(Suiting),
    "word-rank-{}": list(Rank),
    "week-why-{}": list(WeekWhy),
    "week-rule-{}": [rule for rule in Rule if rule not in (Rule.RUN_FIRST, Rule.UNCLEAR)],
    "week-avoided-{}": [rule for rule in Rule if rule not in (Rule.RACE, Rule.LONG)],
    "why-day-{}": list(RunKind),
    "stand-{}": [
        *(phase for phase in SeasonPhase if phase is not SeasonPhase.RECOVERY),
        *("nothing", "light"),
    ],
    "stand-after-{}": ["nothing", "light", "half"],
    "browse-{}": list(GROUPS),
    "browse-which-{}": list(GROUPS),
    "button-part-{}": list(Part),
    "band-{}": list(get_args(Band)),
    "bands-error-{}": list(KitProblem),
    "button-kind-{}": list(KitKind),
    "button-strength-{}": list(LEVELS),
    "colour-{}": list(COLOURS),
    "command-{}": list(MENU),
    "group-command-{}": list(GROUP_MENU),
    "intent-{}": list(REPLIES),
    "likely-{}": list(LIKELY),
    "routine-because-{}": list(Why),
    "level-{}": list(DEGREES),
    "condition-{}": list(ASKED),
    "button-condition-{}": list(ASKED),
    "word-condition-{}": list(ASKED),
    "ask-about-{}": list(FOR_A_CLINICIAN),
    "button-age-{}": list(Age),
    "safety-adult-{}": [Detail.AGE_16, Detail.AGE_13],
    "safety-{}": list(ABOUT_LATEX),
    "button-{}-yes": list(ABOUT_LATEX),
    "button-{}-no": list(ABOUT_LATEX),
    "muscle-{}": [muscle.replace(" ", "-") for muscle in get_args(Muscle)],
    "outcome-{}": [move for move in Move if move not in NOT_LEFT_BEHIND],
    "warm-up-{}": list(CATALOGUE.warm_ups),
    "not-today-{}": list(NoSession),
    "button-flag-{}": list(Urgency),
    "button-side-{}": list(Side),
    "word-side-{}": list(Side),
    "button-talk-{}": [kind for kind in pain.PainKind if kind is not pain.PainKind.ONE_SIDED],
    "said-{}": ["mild", "moderate", "strong", "elsewhere"],
    "talk-{}": list(Ask),
    "button-morning-{}": list(MorningAnswer),
    "button-pain-{}": [kind for row in PAINS for kind in row],
    "button-region-{}": list(Region),
    "morning-{}": [one for one in MorningAnswer if one is not MorningAnswer.WORSE],
    "word-morning-{}": list(MorningAnswer),
    "word-pain-{}": list(pain.PainKind),
    "word-region-{}": list(Region),
    "outcome-reminder-{}": [
        answer for answer in ReminderAnswer if answer is not ReminderAnswer.LATER
    ],
    "first-{}": list(Topic),
    "first-{}-answered": list(Topic),
    "button-first-{}": list(Choice),
    "button-suit-{}": list(Suiting),
    "outcome-suit-{}": list(Suiting),
    "praise-{}": list(Feat),
    "reminders-error-{}": list(Problem),
    "away-ask-{}": list(Doubt),
    "word-date-{}": list(Word),
    "word-letters-{}": list(WEEK),
    "word-number-{}": [str(number) for number in (*NUMBERS, *SPELT_AGES)],
    "word-part-{}": list(DayPart),
    "short-{}": list(WEEK),
    "host-rival-{}": list(Rival),
    "status-reception-{}": list(Obstacle),
    "status-rival-{}": list(Rival),
    "note-{}": list(Note),
    "cap-{}": [loading for loading in Loading if loading is not Loading.ALLOWED],
    "word-heard-{}": [Heard.ALL, Heard.PART, Heard.NONE],
    "changed-{}": [*ALWAYS_CHANGE, *MAY_CHANGE],
    "unchanged-{}": [reason for reason in Reason if reason not in ALWAYS_CHANGE],
    "button-skipped-{}": list(Skip),
    "change-variant-{}": ["0", "1", "2"],
    "change-tempo-{}": ["0", "1", "2"],
    "step-tempo-{}": ["1", "2"],
    "toast-{}": list(Move),
    "weekday-{}": list(WEEK),
    "word-{}": [*WEEK, *Move, *KitKind, *LEVELS, "minutes", "hours", "days", "weeks"],
}


# In one worker, which reads all of our code once.
READS_THE_CODE = pytest.mark.xdist_group("sayings")


@dataclass(frozen=True)
class Saying:
    """A call of .html(…), .plain(…), .words(…) or notice(…) in our code."""

    where: str
    messages: tuple[str, ...]
    family: str | None
    variables: frozenset[str]


def modules() -> Iterator[tuple[str, ast.Module]]:
    root = Path(bot.__file__).parent
    for file in sorted(root.rglob("*.py")):
        if file.relative_to(root).parts[0] not in ("sandbox", "figures"):
            yield str(file.relative_to(root.parent)), ast.parse(file.read_text(encoding="utf-8"))


@cache
def sayings() -> tuple[Saying, ...]:
    return tuple(_sayings())


def _sayings() -> Iterator[Saying]:
    for name, module in modules():
        for node in ast.walk(module):
            if isinstance(node, ast.Call) and node.args and called(node) in SAYING:
                yield saying(f"{name}:{node.lineno}", node)
            elif isinstance(node, ast.Tuple) and (family := labelled(node)):
                yield Saying(f"{name}:{node.lineno}", (), family, frozenset())


def labelled(pair: ast.Tuple) -> str | None:
    """The f-string for the label of a button in a pair with its tap."""
    label, tap = pair.elts if len(pair.elts) == 2 else (None, None)
    is_button = isinstance(tap, ast.Call) and called(tap).lower().endswith("tap")
    return template(label) if label is not None and is_button else None


def called(call: ast.Call) -> str:
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def saying(where: str, call: ast.Call) -> Saying:
    said = call.args[0]
    variables = frozenset(keyword.arg or "**" for keyword in call.keywords)
    return Saying(where, tuple(constants(said)), template(said), variables)


def constants(said: ast.expr) -> Iterator[str]:
    """The ids that an expression may be, where they stand there."""
    if isinstance(said, ast.Constant) and isinstance(said.value, str):
        yield said.value
    elif isinstance(said, ast.IfExp):
        yield from constants(said.body)
        yield from constants(said.orelse)


def template(said: ast.expr) -> str | None:
    """An f-string with {} for what is put in."""
    if not isinstance(said, ast.JoinedStr):
        return None
    return "".join(
        str(part.value) if isinstance(part, ast.Constant) else "{}" for part in said.values
    )


def strings() -> Iterator[tuple[str, str]]:
    """Every string in our code, with its place."""
    for name, module in modules():
        for node in ast.walk(module):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield f"{name}:{node.lineno}", node.value


def family_of(template: str) -> set[str]:
    return {template.format(value) for value in FAMILIES[template]}


@READS_THE_CODE
def test_the_scan_sees_our_sentences() -> None:
    assert len([it for it in sayings() if it.messages]) > 100


@READS_THE_CODE
def test_a_sentence_is_there_with_exactly_the_variables_it_is_given() -> None:
    for it in (it for it in sayings() if it.messages):
        assert set(it.messages) - IDS.keys() == set(), it.where
        used = [IDS[message] for message in it.messages]
        assert frozenset().union(*used) == it.variables, it.where


@READS_THE_CODE
def test_the_families_of_ids_are_the_ones_that_code_puts_together() -> None:
    assert {it.family for it in sayings() if it.family} == set(FAMILIES)


@READS_THE_CODE
def test_a_family_is_complete_and_uses_only_what_it_is_given() -> None:
    for template in FAMILIES:
        assert family_of(template) - IDS.keys() == set()
        used = {variable for message in family_of(template) for variable in IDS[message]}
        given = [it for it in sayings() if it.family == template]
        assert [it.where for it in given if used - it.variables] == []


@pytest.mark.slow
def test_every_string_that_looks_like_an_id_is_one() -> None:
    """Ids that are passed on (labels, headings, toasts) are seen nowhere else."""
    firsts = "|".join(sorted({name.partition("-")[0] for name in IDS if "-" in name}))
    looks = re.compile(rf"({firsts})(-[a-z]+)+")
    unknown = {
        (where, string)
        for where, string in strings()
        if where.startswith(SPEAKERS) and looks.fullmatch(string) and string not in IDS
    }
    assert unknown == set()


@pytest.mark.slow
def test_no_sentence_is_unused() -> None:
    used = {string for where, string in strings() if where.startswith(SPEAKERS)}
    for family in FAMILIES:
        used |= family_of(family)
    assert IDS.keys() - used - referred_to(FILE) == set()


def test_no_id_stands_twice_in_the_file() -> None:
    names = [name for name, _ in message_ids(FILE)]
    assert sorted(names) == sorted(set(names))


# The tags that our sentences use themselves.
HOSTILE = """<u>Ann</u> & "Bo" <a href='https://x.example'>'x'</a> &lt; &amp; { $name } {"{"} 🏃"""
OWN_TAGS = re.compile(r"</?(b|i|code|blockquote)( expandable)?>")


def test_somebodys_words_are_shown_as_typed() -> None:
    for message in (name for name, variables in IDS.items() if variables):
        words = dict.fromkeys(IDS[message], HOSTILE)
        said, plain = (OWN_TAGS.sub("", s(message, **words)) for s in (TEXTS.html, TEXTS.plain))
        assert not re.search(r"<|>|&(?!(amp|lt|gt);)", said), message
        assert unescape(said) == plain, message


def test_a_name_with_markup_in_it_greets_that_name() -> None:
    said = TEXTS.html("welcome-back", name='<b>"Ann" & Bo</b>')
    assert said.startswith('Hello &lt;b&gt;"Ann" &amp; Bo&lt;/b&gt;.')
    assert unescape(said).startswith('Hello <b>"Ann" & Bo</b>.')


def test_a_label_is_bare_text() -> None:
    assert TEXTS.plain("button-switch", name="<b>A & B</b>") == "Start <b>A & B</b> instead"


def test_what_is_html_already_is_not_escaped_again() -> None:
    once = Html.of("A & B")
    assert TEXTS.html("step-name", name=once) == "<b>A &amp; B</b>"
    assert Html.of(once) == once


@given(st.text() | st.text("<>&\"';abglmtp#0123"))
def test_any_words_come_back_as_they_were_typed(words: str) -> None:
    assert unescape(Html.of(words)) == words


def test_joined_pieces_are_still_html() -> None:
    assert Html(", ").joined([Html.of("<"), Html.of("&")]) == "&lt;, &amp;"


def test_times_are_on_the_24_hour_clock_and_dates_are_written_out() -> None:
    assert TEXTS.plain("reminders-pick-time", time=time(7)) == "Time: <b>07:00</b>"
    evening = datetime(2026, 11, 25, 19, 30, tzinfo=UTC)
    assert TEXTS.plain("reminders-pick-time", time=evening) == "Time: <b>19:30</b>"
    said = TEXTS.plain("reminders-next", day=date(2026, 11, 25), time=time(0, 5))
    assert said == "Next reminder: Wednesday 25 November at 00:05."
    assert TEXTS.short_day(date(2026, 11, 5)) == "Thu 5 Nov"


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(0, "Time: under a minute"), (1, "Time: 1 minute"), (2, "Time: 2 minutes")],
)
def test_plurals_follow_the_number(minutes: int, expected: str) -> None:
    assert TEXTS.plain("summary-time", minutes=minutes) == expected


def test_a_large_count_is_grouped_as_in_english() -> None:
    said = TEXTS.plain("privacy", bands=3, days=7, sessions=1234, reminders=10000)
    assert "3 bands, 7 training days, 1,234 sessions, 10,000 reminders." in said


def test_a_sentence_that_is_not_there_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        TEXTS.plain("button-strat")


def test_a_variable_that_is_missing_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="welcome"):
        TEXTS.plain("welcome")


def test_a_sentence_that_cannot_be_read_names_file_and_line(tmp_path: Path) -> None:
    file = tmp_path / "en.ftl"
    file.write_text("good = Good\nbad { = Bad\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"en\.ftl: “bad \{ = Bad”"):
        Texts(ENGLISH, [file])


def test_a_later_file_is_laid_over_an_earlier_one(tmp_path: Path) -> None:
    file = tmp_path / "en.ftl"
    file.write_text("button-done = Did it\n", encoding="utf-8")
    texts = Texts(ENGLISH, [FILE, file])
    assert (texts.plain("button-done"), texts.plain("button-skip")) == ("Did it", "Skip")


def test_words_are_read_in_lower_case_without_the_spaces(tmp_path: Path) -> None:
    file = tmp_path / "en.ftl"
    file.write_text("word-off = Off,  No more ,never\n", encoding="utf-8")
    assert Texts(ENGLISH, [file]).words("word-off") == {"off", "no more", "never"}


def test_no_word_means_two_moves() -> None:
    owners: dict[str, set[str]] = {}
    lists = [
        *(f"word-{move}" for move in Move),
        *("word-how", "word-easy", "word-right", "word-hard", "word-flags", "word-ache"),
        *("word-swap", "word-swap-back"),
        *(f"word-pain-{kind}" for kind in pain.PainKind),
        *(f"word-region-{region}" for region in Region),
        *(f"word-morning-{morning}" for morning in MorningAnswer),
    ]
    for name in lists:
        for word in TEXTS.words(name):
            owners.setdefault(word, set()).add(name)
    assert {word: names for word, names in owners.items() if len(names) > 1} == {}


def test_no_word_means_two_days() -> None:
    days = [word for day in WEEK for word in TEXTS.words(f"word-{day}")]
    groups = ["word-weekdays", "word-weekend", "word-daily", "word-filler", "word-off"]
    others = [word for name in groups for word in TEXTS.words(name)]
    assert sorted([*days, *others]) == sorted({*days, *others})


def test_what_a_button_says_can_be_read_on_a_phone() -> None:
    for label in (name for name in IDS if name.startswith("button-")):
        said = TEXTS.plain(label, **dict.fromkeys(IDS[label], "Marathon five"))
        assert 1 <= len(said) <= 32, label
        assert "<" not in said, label


@pytest.mark.parametrize("toast", sorted(name for name in IDS if name.startswith("toast-")))
def test_a_toast_fits(toast: str) -> None:
    """Telegram shows at most 200 characters of an answer to a tap."""
    assert len(TEXTS.plain(toast, **dict.fromkeys(IDS[toast], "Marathon five"))) <= 200


@pytest.mark.parametrize("command", MENU)
def test_the_menu_is_one_that_telegram_takes(command: str) -> None:
    assert re.fullmatch(r"[a-z0-9_]{1,32}", command)
    assert 1 <= len(TEXTS.plain(f"command-{command}")) <= 256


def test_no_word_means_two_bands_or_two_strengths() -> None:
    for kinds in (list(KitKind), list(LEVELS)):
        words = [word for kind in kinds for word in TEXTS.words(f"word-{kind}")]
        assert sorted(words) == sorted(set(words))


def test_what_the_bot_says_of_itself_fits() -> None:
    assert len(TEXTS.plain("about-short")) <= 120
    assert len(TEXTS.plain("about")) <= 512
