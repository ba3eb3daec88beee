"""Screens about a runner's situation: the season and the running week."""

from bot.callbacks import CloseTap
from bot.content.texts import Html, Texts
from bot.domain.prescription import SeasonPhase
from bot.domain.race import Allowed, Season
from bot.domain.standing import Standing
from bot.domain.week import Rule
from bot.views.screen import Screen, column, paragraphs

A_WEEK = 7  # days
NEAR_A_RACE = (SeasonPhase.TAPER, SeasonPhase.RACE_WEEK, SeasonPhase.RECOVERY)
SEASON = {Allowed.NOTHING: "nothing", Allowed.LIGHT: "light"}


def line(texts: Texts, standing: Standing) -> Html | None:
    """Describe the runner's situation on a day; None if no race and no run affects it."""
    said = season(texts, standing.season)
    if standing.forbids_legs or standing.rule is None:
        return said
    return paragraphs(said, texts.html(f"week-rule-{standing.rule}"))


def season(texts: Texts, season: Season) -> Html | None:
    """Say how far the race is and what that means; None without a race."""
    if season.race is None:
        return None
    days = abs(season.days)
    race = texts.html(f"race-{season.race.distance}")
    if season.days < 0 or (season.days == 0 and season.race.started):
        kind = SEASON.get(season.allowed, "half")
        return texts.html(f"stand-after-{kind}", race=race, days=days)
    kind = SEASON.get(season.allowed, season.phase.value)
    return texts.html(f"stand-{kind}", race=race, days=days, weeks=days // A_WEEK)


def why(texts: Texts, standing: Standing) -> Screen:
    """Show the rule of the day, the run or race that causes it, and the source."""
    near = standing.season.phase in NEAR_A_RACE or standing.forbids_legs
    if near and (standing.rule is None or standing.forbids_legs):
        rule = season(texts, standing.season)
        source = texts.html("why-source-return" if standing.season.days < 0 else "why-source-race")
    elif standing.rule is not None:
        rule = texts.html(f"week-rule-{standing.rule}")
        is_strength = standing.rule is Rule.STRENGTH
        source = texts.html("why-source-strength" if is_strength else "why-source-run")
    else:
        day = texts.html(f"why-day-{standing.run}")
        rule = paragraphs(season(texts, standing.season), day)
        source = texts.html("why-source-day")
    text = paragraphs(texts.html("why-today", day=standing.day), rule, source)
    return Screen(text, column(texts, ("button-close", CloseTap())))
