"""Conditions that a runner has declared, and what each requires (docs/training-rules.md)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.frozen import frozen


class Condition(StrEnum):
    """A condition that the safety screen asks about, in the order of its buttons.

    The last two are not asked about: one follows from an answer, the other from a session.
    """

    HEART = "heart"
    CHEST_PAIN = "chest-pain"
    FAINTING = "fainting"
    INJURY = "injury"
    SPINE = "spine"
    ILLNESS = "illness"
    SURGERY = "surgery"
    PREGNANT = "pregnant"
    BIRTH = "birth"
    UNDER_18 = "under-18"
    OVER_69 = "over-69"
    LATEX = "latex"
    LATEX_REACTION = "latex-reaction"
    WARNING_SIGN = "warning-sign"


UNASKED = frozenset({Condition.LATEX_REACTION, Condition.WARNING_SIGN})
ASKED = tuple(condition for condition in Condition if condition not in UNASKED)


class Need(StrEnum):
    """What a session waits for."""

    CLINICIAN = "clinician"
    ADULT = "adult"
    LABEL = "label"


class Limit(StrEnum):
    """How sessions differ while a condition lasts."""

    EASIER_FORMS = "easier-forms"
    NO_PROGRESS = "no-progress"
    NOT_ON_THE_BACK = "not-on-the-back"
    NOT_ON_THE_FRONT = "not-on-the-front"
    NO_TWIST = "no-twist"
    LIGHT_HINGE = "light-hinge"


class Detail(StrEnum):
    """What a runner has answered about their age, or about latex."""

    AGE_16 = "16-17"
    AGE_13 = "13-15"
    AGE_0 = "under-13"
    NO_REACTION = "no-reaction"
    REACTION = "reaction"
    LATEX_FREE = "latex-free"
    WITH_LATEX = "with-latex"


AGES = (Detail.AGE_16, Detail.AGE_13, Detail.AGE_0)


class SafetyStep(StrEnum):
    """A question about a condition that the runner has named; sessions wait for its answer."""

    AGE = "age"
    TOO_YOUNG = "too-young"
    ADULT = "adult"
    REACTION = "reaction"
    LABEL = "label"
    CLINICIAN = "clinician"


@frozen
class ConditionRule:
    """What a condition needs.

    `ends_after` is the number of days after which it is over, `renewed_after` the number after
    which agreement is asked for again; None: never.
    """

    needs: Need
    ends_after: int | None = None
    renewed_after: int | None = None
    limits: frozenset[Limit] = frozenset()


Rules = Mapping[Condition, ConditionRule]


@frozen
class Declared:
    """A condition that the runner has named.

    `settled_at`: when a clinician or an adult agreed, or the bands were asked about; None: sessions
    wait for that.
    """

    condition: Condition
    told_at: datetime
    detail: Detail | None = None
    settled_at: datetime | None = None


Conditions = tuple[Declared, ...]


def step(declared: Conditions, rules: Rules) -> SafetyStep | None:
    """Return what is asked next; None: sessions wait for nothing."""
    open_needs = {rules[each.condition].needs: each for each in waiting(declared)}
    if (age := open_needs.get(Need.ADULT)) is not None:
        if age.detail is None:
            return SafetyStep.AGE
        return SafetyStep.TOO_YOUNG if age.detail is Detail.AGE_0 else SafetyStep.ADULT
    if (latex := open_needs.get(Need.LABEL)) is not None:
        return SafetyStep.REACTION if latex.detail is None else SafetyStep.LABEL
    return SafetyStep.CLINICIAN if open_needs else None


def waiting(declared: Iterable[Declared]) -> Conditions:
    """Return the conditions that sessions wait for."""
    return tuple(each for each in declared if each.settled_at is None)


def for_clinician(declared: Iterable[Declared], rules: Rules) -> Conditions:
    """Return the conditions that wait for a clinician."""
    return tuple(
        each for each in waiting(declared) if rules[each.condition].needs is Need.CLINICIAN
    )


def lasting(declared: Iterable[Declared], rules: Rules, now: datetime) -> Conditions:
    """Return the conditions that are not over."""
    return tuple(
        each
        for each in declared
        if not _is_past(each.told_at, rules[each.condition].ends_after, now)
    )


def renewed(declared: Iterable[Declared], rules: Rules, now: datetime) -> Conditions:
    """Return the conditions, without agreements that are too old to count."""

    def each_renewed(each: Declared) -> Declared:
        if each.settled_at is None:
            return each
        if not _is_past(each.settled_at, rules[each.condition].renewed_after, now):
            return each
        return replace(each, detail=None, settled_at=None)

    return tuple(map(each_renewed, declared))


def _is_past(since: datetime, days: int | None, now: datetime) -> bool:
    return days is not None and now - since > timedelta(days=days)


def named(declared: Iterable[Declared], ticked: Collection[Condition], now: datetime) -> Conditions:
    """Return the conditions after the runner has named those that apply.

    A condition that was named before keeps its date and its agreement.
    """
    before = {each.condition: each for each in declared}
    kept = set(ticked) | {Condition.WARNING_SIGN} & before.keys()
    if Condition.LATEX in ticked:
        kept |= {Condition.LATEX_REACTION} & before.keys()
    return tuple(
        before.get(condition) or Declared(condition, now)
        for condition in Condition
        if condition in kept
    )


def limits(declared: Iterable[Declared], rules: Rules) -> frozenset[Limit]:
    """Return how sessions differ for these conditions."""
    return frozenset().union(*(rules[each.condition].limits for each in declared))


# Answers: each returns the new conditions, or None if it does not answer the open question.


def aged(declared: Conditions, declaration: int, age: Detail | None) -> Conditions | None:
    """Answer how old the runner is; None: 18 or older."""
    asked = _asked(declared, Condition.UNDER_18, declaration)
    if asked is None or asked.detail is not None:
        return None
    if age is None:
        return tuple(each for each in declared if each is not asked)
    return _with(declared, replace(asked, detail=age)) if age in AGES else None


def age_again(declared: Conditions, declaration: int) -> Conditions | None:
    """Forget the age, so that it is asked again."""
    asked = _asked(declared, Condition.UNDER_18, declaration)
    if asked is None or asked.detail is None:
        return None
    return _with(declared, replace(asked, detail=None))


def adult_agreed(declared: Conditions, declaration: int, now: datetime) -> Conditions | None:
    """Answer that a parent or guardian agrees, and that an adult is there as the age needs."""
    asked = _asked(declared, Condition.UNDER_18, declaration)
    if asked is None or asked.detail not in (Detail.AGE_16, Detail.AGE_13):
        return None
    return _with(declared, replace(asked, settled_at=now))


def reacted(
    declared: Conditions, declaration: int, was_ill: bool, now: datetime
) -> Conditions | None:
    """Answer whether latex has ever caused more than a rash; if so, a clinician is asked first."""
    asked = _asked(declared, Condition.LATEX, declaration)
    if asked is None or asked.detail is not None:
        return None
    detail = Detail.REACTION if was_ill else Detail.NO_REACTION
    after = _with(declared, replace(asked, detail=detail))
    if not was_ill or find(declared, Condition.LATEX_REACTION) is not None:
        return after
    return (*after, Declared(Condition.LATEX_REACTION, now))


def labelled(
    declared: Conditions, declaration: int, is_free: bool, now: datetime
) -> Conditions | None:
    """Answer whether the bands are labelled latex-free; the answer no may become a yes later."""
    asked = find(declared, Condition.LATEX)
    if asked is None or number(asked) != declaration:
        return None
    detail = Detail.LATEX_FREE if is_free else Detail.WITH_LATEX
    if asked.detail in (None, Detail.LATEX_FREE, detail):
        return None
    return _with(declared, replace(asked, detail=detail, settled_at=now))


def clinician_agreed(
    declared: Conditions, declaration: int, rules: Rules, now: datetime
) -> Conditions | None:
    """Answer that a clinician agreed to all conditions named before the question."""
    asked = for_clinician(declared, rules)
    if not asked or max(map(number, asked)) != declaration:
        return None
    return tuple(replace(each, settled_at=now) if each in asked else each for each in declared)


def _asked(declared: Conditions, condition: Condition, declaration: int) -> Declared | None:
    """Return the condition of this declaration, if it is not settled."""
    asked = find(declared, condition)
    is_open = asked is not None and asked.settled_at is None and number(asked) == declaration
    return asked if is_open else None


def find(declared: Iterable[Declared], condition: Condition) -> Declared | None:
    return next((each for each in declared if each.condition is condition), None)


def number(declared: Declared) -> int:
    """Return the number by which buttons refer to what was named at that time."""
    return int(declared.told_at.timestamp())


def _with(declared: Conditions, changed: Declared) -> Conditions:
    return tuple(changed if each.condition is changed.condition else each for each in declared)
