"""The answers to the safety screen, and to the questions about a condition that applies."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from bot import session_chat
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
    SafetyScreenTap,
    SafetyTap,
    ToldTap,
)
from bot.coach import Coach
from bot.domain import pain_words
from bot.domain import screening as domain
from bot.domain.runner import Runner, SafetyQuestion, Screening
from bot.domain.screening import (
    ASKED,
    Condition,
    Conditions,
    SafetyStep,
    find,
    for_clinician,
    number,
    step,
)
from bot.domain.session import Move
from bot.domain.spelling import words_of
from bot.handlers import gate, rejected, start
from bot.handlers.rejected import accepted, outdated
from bot.handlers.request import Request, as_answer, strip_tapped, without_opening
from bot.services import pain, runners, schedule
from bot.services import screening as services
from bot.services import training as training_services
from bot.services.rejections import Rejected
from bot.views import pain as pain_views
from bot.views import screening as views
from bot.views.screen import Screen, above

EXPIRES = timedelta(days=1)  # for typed answers to the safety screen itself
# Typed, these are read as warning signs.
SIGNS = frozenset({Condition.CHEST_PAIN, Condition.FAINTING})
SPELT_AGES = range(10, 19)  # years that may be typed as a word
YOUNGEST = 5  # years; a smaller number is no age
OLDEST_ACTIVE = 69  # years: above, whoever is inactive asks a clinician first
SHORTEST = 3  # letters of the name of a condition that was told before
SURE = 8  # letters of a condition's name that is about nothing else


async def safety_screen_tapped(coach: Coach, request: Request, _tap: SafetyScreenTap) -> None:
    """Show the safety screen again, with the regions that rest."""
    await coach.messenger.answer(request.query)
    conditions, now = coach.catalogue.conditions, coach.now()
    runner = await services.ask(coach.db, conditions, request.runner, "", now)
    if runner.screening is Screening.WAITING:
        screen = views.gate(coach.texts, runner, conditions, "", now)
    else:
        rests = await pain.resting(coach.db, request.runner)
        screen = pain_views.with_rests(coach.texts, views.safety(coach.texts, ""), rests)
    await coach.messenger.show(request.chat, screen)


async def ask_again(coach: Coach, request: Request) -> None:
    """Tick the conditions that the runner mentions; for other words, show the safety screen."""
    if _conditions_within(coach, request.words):
        conditions, now = coach.catalogue.conditions, coach.now()
        runner = await services.ask(coach.db, conditions, request.runner, "", now)
        question = runner.safety_question
        if runner.reported_sign is None and question is not None:
            read = _which_typed if runner.is_asked_which else _screen_typed
            if await read(coach, request, question, as_answer(request.words)):
                return
    await safety_screen_tapped(coach, request, SafetyScreenTap())


async def told(coach: Coach, request: Request) -> bool:
    """Show the safety screen to a runner who seems to mention a condition; False: none is named.

    Nothing is ticked, because the words as a whole were not understood.
    """
    if not await tells_condition(coach, request):
        return False
    await safety_screen_tapped(coach, request, SafetyScreenTap())
    return True


async def tells_condition(coach: Coach, request: Request) -> bool:
    """Return whether the words seem to tell of a condition, or that one told before is over."""
    runner = await runners.get(coach.db, request.runner)
    said = [word.text for word in words_of(request.words)]
    told = {each.condition for each in runner.conditions} if runner else set()
    if told.intersection(_named_in(coach, said, SHORTEST)):
        return not coach.texts.words("word-condition-over").isdisjoint(said)
    is_runners = not coach.catalogue.warning_signs.runner.isdisjoint(said)
    is_first = bool(_named_in(coach, said[:1], SURE))  # “pregnant 20 weeks, is it ok?”
    return (is_runners or is_first) and bool(_conditions_within(coach, request.words, SURE))


async def question_again(coach: Coach, request: Request) -> bool:
    """Show the open question again after words that don't answer it; False: there is none.

    While sessions wait for a clinician, other words may be about anything.
    """
    runner = await runners.get(coach.db, request.runner)
    question = runner.safety_question if runner is not None else None
    if runner is None or runner.may_train or runner.reported_sign is not None or question is None:
        return False
    if _step(coach, runner) is SafetyStep.CLINICIAN:
        return False
    screen = await gate.screen(coach, request, question.routine, intro=None)
    await coach.messenger.show(request.chat, above(screen, coach.texts.html("talk-not-that")))
    return True


async def safety_tapped(coach: Coach, request: Request, tap: SafetyTap) -> None:
    """Store the answer; then go on to what it leads to."""
    if tap.answer is Screening.WAITING:
        await _applies(coach, request, tap.routine)
        return
    known = await runners.get(coach.db, request.runner)
    before = await runners.answer_safety(coach.db, request.runner, tap.answer, coach.now())
    runner = await runners.get(coach.db, request.runner)
    assert runner is not None
    await coach.messenger.answer(request.query, coach.texts.plain("toast-noted"))
    if not runner.may_train:
        await gate.show(coach, request, tap.routine)
        return
    was_asked = known is not None and known.safety_question is not None
    is_new = was_asked or before is not runner.screening
    rules = views.rules(coach.texts) if is_new else None
    await start.go_on(coach, request, tap.routine, rules)
    if is_new and request.query is not None:
        screen = views.answered(coach.texts, applies=False)
        if tap.answer is Screening.AGREED:
            screen = views.agreed(coach.texts)
        await coach.messenger.replace(request.chat, request.message_id, screen)


async def applies_tapped(coach: Coach, request: Request, _tap: AppliesTap) -> None:
    """Ask again which condition applies, while sessions wait for a clinician."""
    runner = await runners.get(coach.db, request.runner)
    if runner is None or _step(coach, runner) is not SafetyStep.CLINICIAN:
        raise outdated(request)
    routine = runner.safety_question.routine if runner.safety_question else ""
    await _applies(coach, request, routine, is_screen=False)


async def _applies(coach: Coach, request: Request, routine: str, *, is_screen: bool = True) -> None:
    """Ask which condition applies; `is_screen`: the safety screen was tapped."""
    now, conditions = coach.now(), coach.catalogue.conditions
    outcome = await services.applies(coach.db, conditions, request.runner, routine, now)
    runner = accepted(request, outcome)
    await coach.messenger.answer(request.query, coach.texts.plain("toast-noted"))
    screen = views.gate(coach.texts, runner, conditions, routine, now)
    await coach.messenger.show(request.chat, screen)
    if request.query is None or not runner.is_asked_which:
        return
    if is_screen:
        closed = views.answered(coach.texts, applies=True)
        await coach.messenger.replace(request.chat, request.message_id, closed)
    else:
        await coach.messenger.strip(request.chat, request.message_id)


async def condition_tapped(coach: Coach, request: Request, tap: ConditionTap) -> None:
    """Tick the condition or take the tick away, in place."""
    outcome = await services.tick(
        coach.db, request.runner, tap.asked, tap.condition, is_ticked=bool(tap.is_ticked)
    )
    question = accepted(request, outcome)
    await coach.messenger.answer(request.query)
    screen = views.which(coach.texts, question)
    await coach.messenger.replace(request.chat, request.message_id, screen)


async def told_tapped(coach: Coach, request: Request, tap: ToldTap) -> None:
    """Store what was ticked, or that nothing applies; then ask what follows from it."""
    rules, is_none = coach.catalogue.conditions, bool(tap.is_none)
    runner = await services.declare(
        coach.db, rules, request.runner, tap.asked, coach.now(), is_none=is_none
    )
    if isinstance(runner, Rejected):
        await _reject(coach, request, runner)
        return
    await coach.messenger.answer(request.query, coach.texts.plain("toast-noted"))
    if request.query is not None:
        ticked = frozenset(each.condition for each in runner.conditions) & frozenset(ASKED)
        screen = views.named(coach.texts, ticked)
        await coach.messenger.replace(request.chat, request.message_id, screen)
    await _follow(coach, request, runner)


async def age_tapped(coach: Coach, request: Request, tap: AgeTap) -> None:
    await _answer(coach, request, lambda named: domain.aged(named, tap.declaration, tap.age.detail))


async def age_again_tapped(coach: Coach, request: Request, tap: AgeAgainTap) -> None:
    await _answer(coach, request, lambda named: domain.age_again(named, tap.declaration))


async def adult_tapped(coach: Coach, request: Request, tap: AdultTap) -> None:
    now = coach.now()
    await _answer(coach, request, lambda named: domain.adult_agreed(named, tap.declaration, now))


async def reaction_tapped(coach: Coach, request: Request, tap: ReactionTap) -> None:
    asked, was_ill, now = tap.declaration, bool(tap.was_ill), coach.now()
    await _answer(coach, request, lambda named: domain.reacted(named, asked, was_ill, now))


async def label_tapped(coach: Coach, request: Request, tap: LabelTap) -> None:
    """Store whether the bands are latex-free; if not, say what to do."""
    session = await training_services.current(coach.db, request.runner)
    answered = await services.answer_label(
        coach.db,
        coach.catalogue,
        request.runner,
        tap.declaration,
        coach.now(),
        is_free=bool(tap.is_free),
    )
    screen = None
    if isinstance(answered, Runner) and answered.avoids_bands:
        screen = views.with_latex(coach.texts, answered)
    await _answered(coach, request, answered, screen)
    if session is None or session.message_id is None:
        return
    if await training_services.current(coach.db, request.runner) is None:
        stopped = session.session
        await session_chat.tidy(coach, request.chat, session.message_id, stopped, Move.STOP)


async def agreed_tapped(coach: Coach, request: Request, tap: AgreedTap) -> None:
    """Store that a clinician agreed to what was named."""
    rules, now = coach.catalogue.conditions, coach.now()

    def change(named: Conditions) -> Conditions | None:
        return domain.clinician_agreed(named, tap.declaration, rules, now)

    await _answer(coach, request, change, views.agreed(coach.texts))


async def _answer(
    coach: Coach,
    request: Request,
    change: Callable[[Conditions], Conditions | None],
    reply: Screen | None = None,
) -> None:
    """Apply `change` to the named conditions, store them, and continue."""
    rules = coach.catalogue.conditions
    answered = await services.answer(coach.db, rules, request.runner, coach.now(), change)
    await _answered(coach, request, answered, reply)


async def _answered(
    coach: Coach, request: Request, answered: Runner | Rejected, reply: Screen | None = None
) -> None:
    """Answer the tap, take the buttons away, show the reply, and go on to what follows."""
    if isinstance(answered, Rejected):
        await _reject(coach, request, answered)
        return
    await coach.messenger.answer(request.query, coach.texts.plain("toast-noted"))
    await strip_tapped(coach, request)
    if reply is not None:
        await coach.messenger.show(request.chat, reply)
    await _follow(coach, request, answered)


async def _reject(coach: Coach, request: Request, answer: Rejected) -> None:
    """Answer a request that changes nothing; after words, show the open question again."""
    await rejected.show(coach, request, answer)
    if request.query is None:
        await gate.show(coach, request)


async def _follow(coach: Coach, request: Request, runner: Runner) -> None:
    """Show the next question or, if there is none, the rules and the requested session."""
    routine = runner.safety_question.routine if runner.safety_question else ""
    if runner.may_train:
        await start.go_on(coach, request, routine, views.rules(coach.texts))
        return
    screen = views.gate(coach.texts, runner, coach.catalogue.conditions, routine, coach.now())
    await coach.messenger.show(request.chat, screen)


def _step(coach: Coach, runner: Runner) -> SafetyStep | None:
    if runner.is_asked_which or runner.reported_sign is not None:
        return None
    return step(runner.conditions, coach.catalogue.conditions)


# Typed answers


async def typed(coach: Coach, request: Request, words: str) -> bool:
    """Take the words as an answer to the open question; return False if they are none."""
    runner = await runners.get(coach.db, request.runner)
    if runner is None or runner.reported_sign is not None:
        return False
    question = runner.safety_question
    if question is not None and question.ticked is not None:
        return await _which_typed(coach, request, question, words)
    if (asked := _step(coach, runner)) is not None:
        return await _step_typed(coach, request, runner, asked, words)
    if question is None or coach.now() - question.asked_at > EXPIRES:
        return False
    if runner.may_train and await _means_something_else(coach, runner, words):
        return False
    return await _screen_typed(coach, request, question, words)


async def _means_something_else(coach: Coach, runner: Runner, words: str) -> bool:
    """Return whether the words, like a bare yes, may be for a session or another question."""
    return (
        words in coach.texts.words("word-yes")
        or await training_services.current(coach.db, runner.id) is not None
        or (await schedule.question(coach.db, runner.id, coach.now())).is_open
    )


async def _screen_typed(
    coach: Coach, request: Request, question: SafetyQuestion, words: str
) -> bool:
    if _is_none(coach, words):
        await safety_tapped(coach, request, SafetyTap(Screening.CLEAR, question.routine))
        return True
    named = _conditions_within(coach, request.words)
    if not named and words not in coach.texts.words("word-one-applies"):
        return False
    if not named:
        await _applies(coach, request, question.routine)
        return True
    runner = await services.applies(
        coach.db, coach.catalogue.conditions, request.runner, question.routine, coach.now()
    )
    if isinstance(runner, Runner) and runner.safety_question is not None:
        await _which_typed(coach, request, runner.safety_question, words)
    return True


async def _which_typed(
    coach: Coach, request: Request, question: SafetyQuestion, words: str
) -> bool:
    if _is_none(coach, words):
        await told_tapped(coach, request, ToldTap(1, question.number))
    elif words in coach.texts.words("word-that-is-all"):
        await told_tapped(coach, request, ToldTap(0, question.number))
    elif named := _conditions_within(coach, request.words):
        for each in named:
            await services.tick(coach.db, request.runner, question.number, each, is_ticked=True)
        await gate.show(coach, request, question.routine)
    elif words in coach.texts.words("word-one-applies"):
        await gate.show(coach, request, question.routine)
    else:
        return False
    return True


def _is_none(coach: Coach, words: str) -> bool:
    """Return whether all the words say that no condition applies: “none of those, I'm healthy”."""
    none = coach.texts.words("word-none-applies")
    _, rest = without_opening(words, coach.texts.words("word-none-opening"))
    clauses = [clause.strip() for clause in re.split(r"[,.;!]+|\band\b", words)]
    return bool({words, rest} & none) or all(clause in none for clause in clauses if clause)


async def _step_typed(
    coach: Coach, request: Request, runner: Runner, asked: SafetyStep, words: str
) -> bool:
    is_yes, is_no = words in coach.texts.words("word-yes"), words in coach.texts.words("word-no")
    young = find(runner.conditions, Condition.UNDER_18)
    latex = find(runner.conditions, Condition.LATEX)
    if asked is SafetyStep.AGE and young and (age := _age(coach, words)) is not None:
        await age_tapped(coach, request, AgeTap(age, number(young)))
    elif asked is SafetyStep.ADULT and young and _is_adults_yes(coach, words):
        await adult_tapped(coach, request, AdultTap(number(young)))
    elif asked is SafetyStep.REACTION and latex and (is_yes or is_no):
        await reaction_tapped(coach, request, ReactionTap(int(is_yes), number(latex)))
    elif asked is SafetyStep.LABEL and latex and words in coach.texts.words("word-label-yes"):
        await label_tapped(coach, request, LabelTap(1, number(latex)))
    elif asked is SafetyStep.LABEL and latex and words in coach.texts.words("word-label-no"):
        await label_tapped(coach, request, LabelTap(0, number(latex)))
    elif asked is SafetyStep.CLINICIAN and is_clinicians_yes(coach, request.words):
        waiting = for_clinician(runner.conditions, coach.catalogue.conditions)
        await agreed_tapped(coach, request, AgreedTap(max(map(number, waiting))))
    elif asked is SafetyStep.CLINICIAN and (is_no or words in coach.texts.words("word-not-yet")):
        await gate.show(coach, request)
    else:
        return False
    return True


def _is_adults_yes(coach: Coach, words: str) -> bool:
    """Return whether the words say that an adult agrees, such as “my mum says yes”."""
    who, agrees = without_opening(words, coach.texts.words("word-adult-who"))
    is_said = bool(who) and agrees in coach.texts.words("word-adult-agrees")
    return is_said or words in coach.texts.words("word-adult")


def is_clinicians_yes(coach: Coach, text: str) -> bool:
    """Return whether the words say that a clinician agreed, and not only about a painful part."""
    if as_answer(text) in coach.texts.words("word-agreed"):
        return True
    said = pain_words.read(text, coach.catalogue.pain_words)
    spoken = {word.text for word in words_of(text)}
    is_open = not spoken.isdisjoint(coach.texts.words("word-agreed-not"))
    cleared = pain_words.Reading(pain_words.Subject.CLEARED)
    return said is not None and replace(said, side=None) == cleared and not is_open  # “to both”


async def is_answer(coach: Coach, request: Request, text: str) -> bool:
    """Return whether the words name conditions while one is asked for, but no warning sign."""
    named = _conditions(coach, as_answer(text))
    return bool(named) and SIGNS.isdisjoint(named) and await is_asked(coach, request.runner)


async def is_asked(coach: Coach, runner: int) -> bool:
    """Return whether the safety screen, or a question that follows from it, is open."""
    stored = await runners.get(coach.db, runner)
    return stored is not None and stored.safety_question is not None


def _conditions(coach: Coach, words: str) -> list[Condition]:
    """Return the conditions that the words list, such as “pregnant and latex allergy”."""
    joining = "|".join(map(re.escape, coach.texts.words("word-bands-joining")))
    parts = (part.strip() for part in re.split(rf",|\s(?:{joining})\s", words))
    named = [_condition(coach, part) for part in parts if part]
    return [each for each in named if each is not None] if all(named) else []


def _conditions_within(coach: Coach, text: str, shortest: int = 1) -> list[Condition]:
    """Return the conditions that are named anywhere in the text, for the runner to see ticked.

    In a text that is more than a list of conditions, a name counts if it has at least `shortest`
    letters: “heart” may be about anything. None counts where something is denied, or another
    person is named.
    """
    listed = _conditions(coach, as_answer(text))
    signs = coach.catalogue.warning_signs
    said = [word.text for word in words_of(text)]
    if listed or not {*signs.negations, *signs.persons}.isdisjoint(said):
        return listed
    rules = coach.catalogue.conditions
    is_past = not coach.texts.words("word-condition-past").isdisjoint(said)
    named = _named_in(coach, said, shortest)
    return [each for each in named if not (is_past and rules[each].ends_after)]


def _named_in(coach: Coach, said: list[str], shortest: int) -> list[Condition]:
    """Return the conditions, without warning signs, that the words name."""
    spoken = f" {' '.join(said)} "
    names = {each: coach.texts.words(f"word-condition-{each}") for each in ASKED}
    return [
        each
        for each in ASKED
        if each not in SIGNS
        and any(f" {name} " in spoken for name in names[each] if len(name) >= shortest)
    ]


def _condition(coach: Coach, words: str) -> Condition | None:
    """Return the condition that the words name, such as “pregnant”, “I'm 17” or “I'm 71”."""
    if _age(coach, words) not in {None, Age.AGE_18}:
        return Condition.UNDER_18
    if (_years(coach, words) or 0) > OLDEST_ACTIVE:
        return Condition.OVER_69
    named = (each for each in ASKED if words in coach.texts.words(f"word-condition-{each}"))
    return next(named, None)


def _age(coach: Coach, words: str) -> Age | None:
    """Return the age in words such as “17” or “I am 17 years old”."""
    for age in Age:
        if words == coach.texts.plain(f"button-age-{age}").lower():
            return age
    years = _years(coach, words)
    if years is None:
        return None
    if years < 13:
        return Age.AGE_0
    if years < 16:
        return Age.AGE_13
    return Age.AGE_16 if years < 18 else Age.AGE_18


def _years(coach: Coach, words: str) -> int | None:
    """Return the age in years, in digits or spelt; None if the words are no age of a runner."""
    filler = coach.texts.words("word-age-filler")
    left = [word for word in words.replace("’", "'").split() if word not in filler]
    if len(left) == 1:
        spelt = (n for n in SPELT_AGES if left[0] in coach.texts.words(f"word-number-{n}"))
        left = [str(next(spelt, left[0]))]
    if len(left) != 1 or not left[0].isdecimal() or len(left[0]) > 2:
        return None
    return years if (years := int(left[0])) >= YOUNGEST else None
