"""The safety screen, and the questions that follow where a condition applies."""

from datetime import datetime

from bot.callbacks import (
    AdultTap,
    Age,
    AgeAgainTap,
    AgeTap,
    AgreedTap,
    AppliesTap,
    ConditionTap,
    LabelTap,
    ReactionTap,
    SafetyTap,
    ToldTap,
)
from bot.content.texts import Texts
from bot.domain.runner import Runner, SafetyQuestion, Screening
from bot.domain.screening import (
    UNASKED,
    Condition,
    Detail,
    Rules,
    SafetyStep,
    find,
    for_clinician,
    number,
    step,
)
from bot.views import warning_signs
from bot.views.screen import (
    Button,
    Labelled,
    Screen,
    above,
    column,
    in_rows,
    lines,
    notice,
    paragraphs,
    row,
)

# The buttons of the conditions, short labels side by side.
ROWS = (
    (Condition.HEART,),
    (Condition.CHEST_PAIN, Condition.FAINTING),
    (Condition.INJURY,),
    (Condition.SPINE,),
    (Condition.ILLNESS, Condition.SURGERY),
    (Condition.PREGNANT, Condition.BIRTH),
    (Condition.UNDER_18, Condition.OVER_69),
    (Condition.LATEX,),
)


def safety(texts: Texts, routine: str, intro: str | None = None) -> Screen:
    """Ask the safety question; `routine` is the id of the one to start afterwards, or ""."""
    none = ("button-none-applies", SafetyTap(Screening.CLEAR, routine))
    one = ("button-applies", SafetyTap(Screening.WAITING, routine))
    return above(notice("safety", none, one)(texts), texts.html(intro) if intro else None)


def answered(texts: Texts, *, applies: bool) -> Screen:
    """Return the safety screen with the answer in place of the buttons."""
    answer = "safety-applies" if applies else "safety-clear"
    return Screen(paragraphs(texts.html("safety"), texts.html(answer)))


rules = notice("safety-rules")


def gate(
    texts: Texts,
    runner: Runner,
    conditions: Rules,
    routine: str,
    now: datetime,
    *,
    intro: str | None = None,
) -> Screen:
    """Return the question that a runner must answer before a session can start.

    `intro` is the id of the sentence above the safety screen, if that is what is open.
    """
    if runner.reported_sign is not None:
        return warning_signs.reported(texts, runner, now)
    if runner.is_asked_which and runner.safety_question is not None:
        return which(texts, runner.safety_question)
    return following(texts, runner, conditions) or safety(texts, routine, intro)


def which(texts: Texts, question: SafetyQuestion) -> Screen:
    """Ask which conditions apply; those ticked so far have a mark."""
    ticked = question.ticked or frozenset()

    def button(condition: Condition) -> Button:
        label = texts.plain(f"button-condition-{condition}")
        is_ticked = condition in ticked
        return Button(
            texts.plain("bands-ticked", label=label) if is_ticked else label,
            ConditionTap(condition, int(not is_ticked), question.number),
        )

    none, all_ = ToldTap(1, question.number), ToldTap(0, question.number)
    last = row(texts, ("button-none-of-them", none), ("button-that-is-all", all_))
    return Screen(texts.html("safety-which"), (*(tuple(map(button, each)) for each in ROWS), last))


def named(texts: Texts, ticked: frozenset[Condition]) -> Screen:
    """Return the answered question, with what was ticked in place of the buttons."""
    if not ticked:
        return Screen(texts.html("safety-told-none"))
    items = (texts.html(f"condition-{each}") for each in Condition if each in ticked)
    return Screen(lines(texts.html("safety-told"), *items))


def following(texts: Texts, runner: Runner, conditions: Rules) -> Screen | None:
    """Return the open question about the named conditions; None: there is none."""
    match step(runner.conditions, conditions):
        case None:
            return None
        case SafetyStep.CLINICIAN:
            return _clinician(texts, runner, conditions)
        case SafetyStep.REACTION | SafetyStep.LABEL as asked:
            latex = find(runner.conditions, Condition.LATEX)
            assert latex is not None
            return _latex(texts, asked, number(latex))
        case asked:
            young = find(runner.conditions, Condition.UNDER_18)
            assert young is not None
            return _age(texts, asked, young.detail, number(young))


def _age(texts: Texts, asked: SafetyStep, age: Detail | None, declaration: int) -> Screen:
    if asked is SafetyStep.AGE:
        ages = (Age.AGE_16, Age.AGE_13, Age.AGE_0, Age.AGE_18)
        buttons = row(texts, *((f"button-age-{each}", AgeTap(each, declaration)) for each in ages))
        return Screen(texts.html("safety-age"), in_rows(buttons, 2))
    again = ("button-age-again", AgeAgainTap(declaration))
    if asked is SafetyStep.TOO_YOUNG:
        return notice("safety-too-young", again)(texts)
    return notice(f"safety-adult-{age}", ("button-adult", AdultTap(declaration)), again)(texts)


def _latex(texts: Texts, asked: SafetyStep, declaration: int) -> Screen:
    tap = ReactionTap if asked is SafetyStep.REACTION else LabelTap
    yes = (f"button-{asked}-yes", tap(1, declaration))
    no = (f"button-{asked}-no", tap(0, declaration))
    return notice(f"safety-{asked}", yes, no)(texts)


def with_latex(texts: Texts, runner: Runner) -> Screen:
    """Say what to do without latex-free bands, with a button for when there are some."""
    latex = find(runner.conditions, Condition.LATEX)
    assert latex is not None
    have = ("button-latex-free", LabelTap(1, number(latex)))
    return notice("safety-with-latex", have)(texts)


def _clinician(texts: Texts, runner: Runner, conditions: Rules) -> Screen:
    """Say whom to ask about which condition; a warning sign alone can't be unticked."""
    asked = for_clinician(runner.conditions, conditions)
    buttons: list[Labelled] = [("button-agreed", AgreedTap(max(map(number, asked))))]
    if any(each.condition not in UNASKED for each in runner.conditions):
        buttons.append(("button-change-answer", AppliesTap()))
    items = (texts.html(f"ask-about-{each.condition}") for each in asked)
    waits, until = texts.html("safety-waiting"), texts.html("safety-waiting-until")
    return Screen(paragraphs(waits, lines(*items), until), column(texts, *buttons))


agreed = notice("safety-agreed")
