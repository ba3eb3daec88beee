"""The safety screen: which conditions apply to a runner, and what sessions wait for."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.content import Catalogue
from bot.db import runners, screening, sessions
from bot.db.engine import Connection, transaction
from bot.domain import screening as domain
from bot.domain import session as session_domain
from bot.domain.runner import Runner, SafetyQuestion, Screening
from bot.domain.screening import ASKED, Condition, Conditions, Need, Rules
from bot.services import session_plans
from bot.services.rejections import Reason, Rejected


@transaction
async def ask(
    connection: Connection, rules: Rules, runner: int, routine: str, now: datetime
) -> Runner:
    """Drop the conditions that are over, and open the next question; return the runner.

    `routine` is the id of the routine to start afterwards, or "". A runner who waits without a
    named condition has only said that one applies, and is asked which.
    """
    known = await _known(connection, runner, now)
    if known.reported_sign is not None:
        return known
    known = await _without_past(connection, known, rules, now)
    question = known.safety_question or SafetyQuestion(now)
    if known.is_asked_which:
        question = replace(question, routine=routine)
    elif known.screening is Screening.WAITING and not domain.waiting(known.conditions):
        question = SafetyQuestion(now, routine, _ticked(known))
    else:
        question = replace(question, asked_at=now, routine=routine)
    await screening.ask(connection, runner, question)
    return replace(known, safety_question=question)


@transaction
async def applies(
    connection: Connection, rules: Rules, runner: int, routine: str, now: datetime
) -> Runner | Rejected:
    """Store that a condition applies, and ask which; until that is answered, sessions wait."""
    known = await _known(connection, runner, now)
    if known.reported_sign is not None:
        return known
    if known.is_asked_which:
        return Rejected(Reason.ANSWERED)
    known = await _without_past(connection, known, rules, now)
    before = None if known.screening is Screening.WAITING else known.screening
    question = SafetyQuestion(now, routine, _ticked(known), before, known.screened_at)
    await screening.ask(connection, runner, question)
    await runners.save_screening(connection, runner, Screening.WAITING, now)
    return replace(known, screening=Screening.WAITING, safety_question=question)


@transaction
async def tick(
    connection: Connection, runner: int, asked: int, condition: Condition, *, is_ticked: bool
) -> SafetyQuestion | Rejected:
    """Tick a condition or take the tick away, in the question with the number `asked`."""
    question = _asked_which(await runners.get(connection, runner), asked)
    if question is None or question.ticked is None or condition not in ASKED:
        return Rejected(Reason.OUTDATED)
    changed = {condition}
    ticked = question.ticked | changed if is_ticked else question.ticked - changed
    question = replace(question, ticked=ticked)
    await screening.ask(connection, runner, question)
    return question


@transaction
async def declare(
    connection: Connection, rules: Rules, runner: int, asked: int, now: datetime, *, is_none: bool
) -> Runner | Rejected:
    """Store the ticked conditions as those that apply, or that none does."""
    known = await runners.get(connection, runner)
    question = _asked_which(known, asked)
    if known is None or question is None:
        return Rejected(Reason.OUTDATED)
    ticked = frozenset[Condition]() if is_none else question.ticked or frozenset()
    if not ticked and not is_none:
        return Rejected(Reason.NOTHING_TICKED)
    known = replace(known, safety_question=replace(question, ticked=None))
    declared = domain.named(known.conditions, ticked, now)
    return await _save(connection, known, declared, rules, now)


@transaction
async def answer(
    connection: Connection,
    rules: Rules,
    runner: int,
    now: datetime,
    change: Callable[[Conditions], Conditions | None],
) -> Runner | Rejected:
    """Store an answer about what was named.

    `change` returns the conditions after the answer; None: it does not fit them.
    """
    known = await runners.get(connection, runner)
    after = None if known is None else change(known.conditions)
    if known is None or after is None or known.reported_sign is not None:
        return Rejected(Reason.OUTDATED)
    return await _save(connection, known, after, rules, now)


@transaction
async def answer_label(
    connection: Connection,
    catalogue: Catalogue,
    runner: int,
    declaration: int,
    now: datetime,
    *,
    is_free: bool,
) -> Runner | Rejected:
    """Store whether the bands are latex-free; a session planned with others is planned anew."""

    def change(before: Conditions) -> Conditions | None:
        return domain.labelled(before, declaration, is_free, now)

    answered = await answer(connection, catalogue.conditions, runner, now, change)
    if isinstance(answered, Runner):
        await _without_bands(connection, answered, now)
        await session_plans.replan(connection, catalogue, runner, now)
    return answered


async def renew(connection: Connection, runner: Runner, rules: Rules, now: datetime) -> Runner:
    """Return the runner, who waits again if an agreement is too old to count."""
    after = domain.renewed(runner.conditions, rules, now)
    if after == runner.conditions:
        return runner
    await screening.save_conditions(connection, runner.id, after)
    await runners.save_screening(connection, runner.id, Screening.WAITING, now)
    return replace(runner, conditions=after, screening=Screening.WAITING)


async def _known(connection: Connection, runner: int, now: datetime) -> Runner:
    await runners.ensure(connection, runner, now)
    return await runners.get_stored(connection, runner)


def _ticked(runner: Runner) -> frozenset[Condition]:
    return frozenset(each.condition for each in runner.conditions) & frozenset(ASKED)


def _asked_which(runner: Runner | None, asked: int) -> SafetyQuestion | None:
    """Return the question of which conditions apply, if it is open with the number `asked`."""
    if runner is None or not runner.is_asked_which or runner.reported_sign is not None:
        return None
    question = runner.safety_question
    return question if question and question.number == asked else None


async def _without_past(
    connection: Connection, runner: Runner, rules: Rules, now: datetime
) -> Runner:
    """Drop the conditions that are over; a runner who waited for no other is screened anew."""
    left = domain.lasting(runner.conditions, rules, now)
    if left == runner.conditions:
        return runner
    await screening.save_conditions(connection, runner.id, left)
    after = runner.screening
    if runner.is_asked_which or domain.waiting(left):
        after = Screening.WAITING
    elif after is Screening.WAITING:
        after = None
    elif not _needs_clinician(left, rules):
        after = Screening.CLEAR
    await runners.save_screening(connection, runner.id, after, runner.screened_at)
    return replace(runner, conditions=left, screening=after)


async def _save(
    connection: Connection, runner: Runner, after: Conditions, rules: Rules, now: datetime
) -> Runner:
    """Store what applies; the returned runner has the question with the requested routine."""
    await screening.save_conditions(connection, runner.id, after)
    question = runner.safety_question
    before = question.before if question else runner.screening
    if runner.is_asked_which or domain.step(after, rules) is not None:
        result = Screening.WAITING
    elif before is Screening.AGREED or _needs_clinician(after, rules):
        result = Screening.AGREED
    else:
        result = Screening.CLEAR
    await runners.save_screening(connection, runner.id, result, now)
    if result is not Screening.WAITING:
        await screening.answered(connection, runner.id)
    elif question is not None:
        await screening.ask(connection, runner.id, question)
    return replace(runner, conditions=after, screening=result, screened_at=now)


def _needs_clinician(declared: Conditions, rules: Rules) -> bool:
    return any(rules[each.condition].needs is Need.CLINICIAN for each in declared)


async def _without_bands(connection: Connection, runner: Runner, now: datetime) -> None:
    """End a session under way with bands that may hold latex."""
    stored = await sessions.current(connection, runner.id)
    if stored is None or not stored.session.is_under_way or not runner.avoids_bands:
        return
    stopped = session_domain.stop(stored.session, now)
    if any(step.band for step in stored.session.steps) and stopped is not None:
        await sessions.save(connection, stored.session, stopped)
