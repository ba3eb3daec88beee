"""The running week, and the strength days that fit it."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from bot.callbacks import RoutineTap, RunTap, UseDaysTap, WeekdayTap, WeekTap
from bot.content import Catalogue
from bot.content.texts import Html, Texts
from bot.domain.race import Allowed
from bot.domain.schedule import WEEK, Weekday, weekday_of
from bot.domain.schedule_words import Unreadable
from bot.domain.standing import Standing
from bot.domain.suggestion import TRUNK
from bot.domain.week import NOTHING, USUAL_KINDS, Proposal, Rule, RunKind
from bot.domain.week_plan import WeekPlan
from bot.views import standing as standing_views
from bot.views.screen import (
    Button,
    Rows,
    Screen,
    column,
    in_rows,
    lines,
    notice,
    paragraphs,
    row,
    shortened,
)
from bot.views.talk import yes_or_no

MY_WEEK = ("button-my-week", WeekTap())
SELF_EVIDENT = (Rule.LONG, Rule.RACE)


def week(texts: Texts, plan: WeekPlan) -> Screen:
    """Show the week, the proposed days with their reasons, and what they would move."""
    if plan.proposal is None:
        return Screen(texts.html("week-none"), _days(texts))
    text = paragraphs(
        lines(
            texts.html("week-title-planned" if plan.is_planned else "week-title"),
            *(_day(texts, plan, day) for day in plan.weekdays),
        ),
        standing_views.season(texts, plan.standing.season),
        texts.html("week-strength-planned", days=_named(texts, plan.elsewhere))
        if plan.elsewhere
        else None,
        None if plan.is_strength_enough else _proposal(texts, plan.proposal),
        texts.html("week-one-run") if len(plan.week) == 1 else None,
        texts.html("week-newcomer") if _is_kept_by_soreness(plan.proposal) else None,
        _moves(texts, plan),
        texts.html("week-careful"),
        texts.html("week-planned") if plan.is_planned else None,
    )
    return Screen(text, (*_use(texts, plan), *_days(texts, plan.planned)))


def with_sport(texts: Texts, screen: Screen) -> Screen:
    """Say on the week's screen that a sport counts as a hard run."""
    return replace(screen, text=paragraphs(texts.html("week-sport"), screen.text))


def guess(texts: Texts, run: str, asked: int) -> Screen:
    """Ask whether a run is to be noted for every week."""
    return Screen(texts.html("week-guess", run=run), yes_or_no(texts, asked))


def which_moves(texts: Texts, days: Collection[Weekday]) -> Screen:
    """Ask which of the runs on these days has moved."""
    named = texts.all_of([texts.html(f"weekday-{day}") for day in WEEK if day in days])
    return Screen(texts.html("week-which-moves", days=named), _days(texts))


def day(texts: Texts, plan: WeekPlan, standing: Standing, *, rests: bool) -> Screen:
    """Say what is planned on a date, and whether it is a day for leg work, and why.

    `rests`: a region rests at the moment.
    """
    runner, weekday = plan.runner, weekday_of(standing.day)
    name = texts.html(f"weekday-{weekday}")
    at = next((each.at for each in runner.schedule if each.weekday is weekday), None)
    is_free = standing.allowed is Allowed.LEGS
    last = None
    if runner.is_away(standing.day):
        training = texts.html("day-away")
    elif at is not None:
        training = texts.html("day-training", time=at)
        last = None if is_free else texts.html("day-spared")
    elif runner.schedule:
        training = texts.html("day-no-training")
        last = texts.html("day-add", day=name) if is_free else None
    else:
        training = texts.html("day-none")
    text = paragraphs(
        texts.html("day-title", day=standing.day),
        training,
        _legs(texts, plan, standing, name),
        texts.html("day-rests") if rests else None,
        last,
    )
    return Screen(text, column(texts, MY_WEEK))


def _legs(texts: Texts, plan: WeekPlan, standing: Standing, name: Html) -> Html:
    """Say whether a date is suitable for leg work, and why."""
    if standing.forbids_legs:
        return texts.html("day-race" if standing.season.days >= 0 else "day-after-race")
    if standing.rule is not None and standing.rule not in SELF_EVIDENT:
        return texts.html(f"week-avoided-{standing.rule}", days=name)
    if plan.proposal is None and standing.season.race is None:
        return texts.html("day-no-week")
    return texts.html(f"why-day-{standing.run}")


def _day(texts: Texts, plan: WeekPlan, weekday: Weekday) -> Html:
    day = plan.week.get(weekday, NOTHING)
    name, kind = texts.html(f"weekday-{weekday}"), texts.html(f"run-{day.kind}")
    if weekday in plan.unsure:
        kind = texts.html("run-unclear")
    if weekday in plan.elsewhere:
        if day.kind is RunKind.NONE:
            return texts.html("week-day", day=name, run=texts.html("run-strength"))
        return texts.html("week-day-and-strength", day=name, run=kind)
    if day.at is None:
        return texts.html("week-day", day=name, run=kind)
    return texts.html("week-day-at", day=name, run=kind, time=day.at)


def _proposal(texts: Texts, proposal: Proposal) -> Html:
    placed = [
        texts.html(f"week-why-{each.why}", day=texts.html(f"weekday-{each.weekday}"))
        for each in proposal.days
    ]
    by_rule: dict[Rule, list[Weekday]] = {}
    for avoided in proposal.avoided:
        by_rule.setdefault(avoided.rule, []).append(avoided.weekday)
    left = [
        texts.html(f"week-avoided-{rule}", days=_named(texts, days))
        for rule, days in by_rule.items()
        if rule not in SELF_EVIDENT
    ]
    intro = "week-proposal-least-bad" if proposal.is_least_bad else "week-proposal"
    return lines(texts.html(intro), *placed, *left)


def _is_kept_by_soreness(proposal: Proposal) -> bool:
    return proposal.is_least_bad and any(each.rule is Rule.SORE for each in proposal.avoided)


def _moves(texts: Texts, plan: WeekPlan) -> Html | None:
    """Say which reminders break a rule, which can't move, and what the proposal changes."""
    assert plan.proposal is not None
    broken = [each.weekday for each in plan.in_the_way]
    said = []
    if move := [day for day in broken if day not in plan.moved]:
        after = _named(texts, plan.moved)
        said = [texts.html("week-in-the-way", days=_named(texts, move), after=after)]
    if stay := [day for day in broken if day in plan.moved]:
        said.append(texts.html("week-stays", days=_named(texts, stay)))
    if plan.present and plan.has_others:
        before, after = _named(texts, plan.present), _named(texts, plan.proposal.weekdays)
        said.append(texts.html("week-moves", before=before, after=after))
    return paragraphs(*said) if said else None


def _named(texts: Texts, days: Iterable[Weekday]) -> Html:
    return texts.all_of([texts.plain(f"weekday-{day}") for day in days])


def _use(texts: Texts, plan: WeekPlan) -> Rows:
    """Return the buttons that set the reminders to the moved or to the proposed days."""
    assert plan.proposal is not None
    offered = [("button-move-them", plan.moved)] if plan.has_moves else []
    offered += [("button-use-days", plan.proposal.weekdays)] if plan.has_others else []
    return tuple((Button(texts.plain(label), UseDaysTap.of(days)),) for label, days in offered)


def _days(texts: Texts, planned: Collection[Weekday] = ()) -> Rows:
    """Offer to change each weekday, except those for which a plan has something this week."""
    days = (day for day in WEEK if day not in planned)
    return in_rows(row(texts, *((f"short-{day}", WeekdayTap(day)) for day in days)), 4)


def kinds(texts: Texts, weekday: Weekday) -> Screen:
    """Ask what kind of run a weekday has."""
    buttons = row(texts, *((f"button-run-{kind}", RunTap(weekday, kind)) for kind in USUAL_KINDS))
    text = texts.html("week-ask", day=texts.html(f"weekday-{weekday}"))
    return Screen(text, (*in_rows(buttons, 3), *column(texts, ("button-week", WeekTap()))))


def ran_instead(texts: Texts, catalogue: Catalogue) -> Screen:
    """Offer work for the trunk after a run that is not in the week."""
    trunk = Button(catalogue.name_of(TRUNK), RoutineTap(TRUNK))
    return Screen(texts.html("week-ran-instead"), ((trunk,), *column(texts, MY_WEEK)))


no_reason = notice("why-nothing-told", MY_WEEK)
forgotten = notice("week-off")


def unreadable(texts: Texts, error: Unreadable) -> Screen:
    """Say which words about a week were not understood, with an example."""
    if not error.word:
        return Screen(texts.html("week-error-no-day"), _days(texts))
    return Screen(texts.html("week-error", words=shortened(error.word)), _days(texts))
