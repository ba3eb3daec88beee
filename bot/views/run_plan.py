"""A running plan from a calendar file, day by day, and what is unclear in it."""

from collections.abc import Iterator, Mapping
from datetime import date

from bot.callbacks import (
    AskPlanTap,
    LeavePlanTap,
    PlanKindTap,
    PlanRaceTap,
    PlanTap,
    RaceTap,
    UsePlanTap,
)
from bot.content.texts import Html, Texts
from bot.domain.race import Distance
from bot.domain.race_words import read_race
from bot.domain.run_plan import EntryKind, PlanAnswer, PlanEntry, ShownPlan, Unread, title_key
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

TITLE = 30  # letters of a title in a line
MOST_RACES = 3
MOST_A_DAY = 2  # lines, so that two weeks fit into a message
WEIGHTS = {kind: weight for weight, kind in enumerate(EntryKind)}  # the race first


def plan(texts: Texts, shown: ShownPlan) -> Screen:
    """Show two weeks of a draft, what is unclear, and what else was found."""
    last = shown.plan.entries[-1].day
    days = len({entry.day for entry in shown.plan.coming(shown.today)})
    text = paragraphs(
        lines(texts.html("plan-title"), *_days(texts, shown)),
        lines(
            texts.html("plan-all", days=days, until=texts.full_day(last)),
            *(texts.html("plan-race", day=entry.day, title=entry.title) for entry in _races(shown)),
            _unsure(texts, shown),
            texts.html("plan-others", count=shown.plan.others) if shown.plan.others else None,
        ),
        texts.html("plan-draft"),
    )
    use, leave = UsePlanTap(shown.plan.id), LeavePlanTap(shown.plan.id)
    decide = row(texts, ("button-plan-use", use), ("button-plan-leave", leave))
    return Screen(text, (*_ask_button(texts, shown), decide))


def _days(texts: Texts, shown: ShownPlan) -> Iterator[Html]:
    for day in shown.plan.shown_days(shown.today):
        entries = shown.plan.on(day)
        if not entries:
            yield texts.html("plan-day-none", day=texts.short_day(day))
        by_weight = sorted(range(len(entries)), key=lambda at: WEIGHTS[entries[at].kind])
        yield from (_line(texts, day, entries[at]) for at in sorted(by_weight[:MOST_A_DAY]))
        if more := len(entries[MOST_A_DAY:]):
            yield texts.html("plan-more", day=texts.short_day(day), count=more)


def _line(texts: Texts, day: date, entry: PlanEntry) -> Html:
    title = shortened(entry.title, TITLE)
    form = "".join(("-at" if entry.at else "", "-title" if title else ""))
    return texts.html(
        f"plan-day{form}",
        day=texts.short_day(day),
        kind=texts.html(f"plan-kind-{entry.kind}"),
        time=entry.at or "",
        title=title,
    )


def _races(shown: ShownPlan) -> tuple[PlanEntry, ...]:
    coming = shown.plan.coming(shown.today)
    return tuple(entry for entry in coming if entry.kind is EntryKind.RACE)[:MOST_RACES]


def _unsure(texts: Texts, shown: ShownPlan) -> Html | None:
    count = len(shown.plan.unsure)
    return texts.html("plan-unsure", count=count) if count else None


def _ask_button(texts: Texts, shown: ShownPlan) -> Rows:
    if not shown.plan.unsure:
        return ()
    return column(texts, ("button-plan-ask", AskPlanTap(shown.plan.id)))


def ask(texts: Texts, shown: ShownPlan) -> Screen:
    """Ask what the first unclear title means."""
    title = shown.plan.unsure[0]
    entries = shown.plan.with_title(title)
    text = texts.html(
        "plan-ask",
        title=title or texts.plain("plan-no-title"),
        count=len(entries),
        day=entries[0].day,
        left=len(shown.plan.unsure) - 1,
    )
    plan, key = shown.plan.id, title_key(title)
    kinds = ((f"button-plan-{each}", PlanKindTap(each, plan, key)) for each in PlanAnswer)
    back = column(texts, ("button-plan-back", PlanTap(plan)))
    return Screen(text, (*in_rows(row(texts, *kinds), 3), *back))


def used(texts: Texts, shown: ShownPlan, names: Mapping[str, Distance]) -> Screen:
    """Say that the plan is used, and offer the races that the coach does not know."""
    races = shown.races[:MOST_RACES]
    text = paragraphs(
        texts.html("plan-used"),
        _unsure(texts, shown),
        texts.html("plan-races", count=len(races)) if races else None,
    )
    offers = tuple((_race(texts, entry, names),) for entry in races)
    return Screen(text, (*_ask_button(texts, shown), *offers))


def _race(texts: Texts, entry: PlanEntry, names: Mapping[str, Distance]) -> Button:
    """Return the button that adds a race; if its title has no distance, this is asked next."""
    day = texts.month_day(entry.day)
    distance = read_race(entry.title, names).distance
    title = texts.plain(f"button-race-{distance}") if distance else entry.title[:TITLE]
    label = texts.plain("button-plan-race", title=title, day=day)
    return Button(label, RaceTap(distance, entry.day) if distance else PlanRaceTap(entry.day))


left = notice("plan-left")


def unread(texts: Texts, why: Unread) -> Screen:
    """Say in one sentence why a file was not read."""
    return Screen(texts.html(f"plan-unread-{why}"))


empty = notice("plan-empty")
