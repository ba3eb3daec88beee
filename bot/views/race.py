"""Races: the one that the season follows, the others, and the question how one went."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from bot.callbacks import (
    AnotherRaceTap,
    MoveThemTap,
    RaceAnswer,
    RaceMoveTap,
    RaceOffTap,
    RaceReachedTap,
    RaceTap,
    RaceWentTap,
    RankTap,
)
from bot.content.texts import Html, Texts
from bot.domain.race import BY_LENGTH, LAST_DAYS, RETURN, Distance, Race, Rank
from bot.domain.races import Races
from bot.domain.standing import Move, digest
from bot.views import standing
from bot.views.screen import (
    Button,
    Rows,
    Screen,
    column,
    in_rows,
    lines,
    notice,
    paragraphs,
    shortened,
)

DAY = timedelta(days=1)


def races(texts: Texts, races: Races) -> Screen:
    """Show the coming races and what they mean today; without any, ask for the distance."""
    if not races.coming:
        return distances(texts, "race-none", None)
    entries = [_entry(texts, races, race) for race in races.coming]
    text = paragraphs(
        lines(*entries),
        standing.season(texts, races.standing.season),
        _dates(texts, races),
        _moves(texts, races),
        texts.html("race-several") if len(races.coming) > 1 else None,
        texts.html("race-hint"),
    )
    return Screen(text, (*_move_them(texts, races), *_buttons(texts, races)))


def _dates(texts: Texts, races: Races) -> Html | None:
    """Say when the last sessions before the race that counts are, while they are to come."""
    race = races.main
    if not races.has_phases:
        return texts.html("race-without-phases")
    if race is None:
        return None
    last = LAST_DAYS[race.distance]
    legs, light = race.day - last.legs * DAY, race.day - last.light * DAY
    if legs < races.today:
        return None
    usual = race.day + (RETURN[race.distance].half + 1) * DAY
    return texts.html("race-dates", legs=legs, light=light, usual=usual)


def _moves(texts: Texts, races: Races) -> Html | None:
    """Name the training days that collide with a race."""
    if not races.moves:
        return None
    said = [
        texts.html("race-move-stays", day=move.day)
        if move.to is None
        else texts.html("race-move", day=move.day, to=move.to)
        for move in races.moves
    ]
    return lines(texts.html("race-moves"), *said)


def _move_them(texts: Texts, races: Races) -> Rows:
    if all(move.to is None for move in races.moves):
        return ()
    return column(texts, ("button-move-them", MoveThemTap(digest(races.moves))))


def moved(texts: Texts, moves: Iterable[Move]) -> Screen:
    """Say which sessions have moved."""
    said = [texts.html("race-move", day=move.day, to=move.to) for move in moves if move.to]
    return Screen(lines(texts.html("race-moved-them"), *said))


def _entry(texts: Texts, races: Races, race: Race) -> Html:
    rank = Rank.MAIN if races.main == race else race.rank
    if rank is Rank.MAIN and races.main != race:
        rank = Rank.MINOR
    return texts.html(
        f"race-entry-{rank}", race=_name(texts, race.distance), day=texts.full_day(race.day)
    )


def _name(texts: Texts, distance: Distance) -> Html:
    return texts.html(f"race-{distance}")


def _buttons(texts: Texts, races: Races) -> Rows:
    rows = []
    for race in races.coming:
        day = texts.month_day(race.day)
        ranks = {"button-race-main": Rank.MAIN} if race != races.main else {}
        if race.rank is not Rank.TRAINING:
            ranks["button-race-just-training"] = Rank.TRAINING
        elif len(races.coming) > 1:
            ranks["button-race-minor"] = Rank.MINOR
        for label, rank in ranks.items():
            rows.append((Button(texts.plain(label, day=day), RankTap(rank, race.id)),))
    return (*rows, *column(texts, ("button-another-race", AnotherRaceTap())))


def distances(texts: Texts, message: str, day: date | None) -> Screen:
    """Ask for the distance of a race; its date is known, or asked for next."""
    text = texts.html("race-ask-distance") if day else texts.html(message)
    buttons = [Button(texts.plain(f"button-race-{each}"), RaceTap(each, day)) for each in Distance]
    return Screen(text, in_rows(buttons, 2))


def ask_date(texts: Texts, distance: Distance) -> Screen:
    return Screen(texts.html("race-ask-date", race=_name(texts, distance)))


def guess(texts: Texts, distance: Distance, dates: Iterable[date]) -> Screen:
    """Ask whether the runner means a race of their own."""
    return replace(which_date(texts, distance, dates), text=texts.html("race-guess"))


def which_date(texts: Texts, distance: Distance, dates: Iterable[date]) -> Screen:
    """Ask which of the dates is meant, or whether the only one is."""
    rows = tuple((Button(texts.full_day(day), RaceTap(distance, day)),) for day in dates)
    return Screen(texts.html("race-which-date", dates=len(rows)), rows)


def which_changed(texts: Texts, distance: Distance, dates: Iterable[date]) -> Screen:
    """Ask which race has another distance than was told."""
    named = texts.html(f"race-{distance}")
    text = texts.html("race-which-changed", distance=named)
    return replace(which_date(texts, distance, dates), text=text)


def unreadable(texts: Texts, words: str) -> Screen:
    return Screen(texts.html("race-error", words=shortened(words)))


refused = notice("race-refused")


def which_off(texts: Texts, races: Races) -> Screen:
    """Ask which race is off."""
    rows = ((Button(_label(texts, race), RaceOffTap(race.id)),) for race in races.coming)
    return Screen(texts.html("race-which-off"), tuple(rows))


def which_moved(texts: Texts, races: Iterable[Race], day: date | None) -> Screen:
    """Ask which race has moved, to the date that is known or asked for next."""
    rows = ((Button(_label(texts, race), RaceMoveTap(race.id, day)),) for race in races)
    return Screen(texts.html("race-which-moved"), tuple(rows))


def _label(texts: Texts, race: Race) -> str:
    return texts.plain(f"button-race-{race.distance}") + " · " + texts.month_day(race.day)


def off(texts: Texts, races: Races) -> Screen:
    """Say that a race is forgotten, what applies now, and with what the others collide."""
    text = paragraphs(
        texts.html("race-off"), standing.season(texts, races.standing.season), _moves(texts, races)
    )
    return Screen(text, _move_them(texts, races))


def none_over(texts: Texts, answer: RaceAnswer) -> Screen:
    """Say that there is no past race without an answer."""
    return Screen(texts.html("race-none-ran" if answer is RaceAnswer.RAN else "race-none-over"))


which_new_date = notice("race-which-new-date")
none_to_forget = notice("race-none-off")


def question(texts: Texts, race: Race) -> Screen:
    """Ask how a race went."""
    answers = ((f"button-race-{each}", RaceWentTap(each, race.id)) for each in RaceAnswer)
    text = texts.html("race-question", race=_name(texts, race.distance))
    return Screen(text, column(texts, *answers))


def how_far(texts: Texts, race: Race) -> Screen:
    """Ask how far the runner came in a race that was not finished."""
    shorter = BY_LENGTH[: BY_LENGTH.index(race.distance) + 1]
    buttons = [
        Button(texts.plain(f"button-reached-{each}"), RaceReachedTap(each, race.id))
        for each in shorter
    ]
    return Screen(texts.html("race-how-far"), in_rows(buttons, 2))


def answered(texts: Texts, races: Races, answer: RaceAnswer) -> Screen:
    """Say what follows from the answer; the legs may still have to recover from another race."""
    season = races.standing.season
    if answer is RaceAnswer.NOT_STARTED and season.race is not None and season.days < 0:
        went = texts.html("race-went-not-started-after-another")
    else:
        went = texts.html(f"race-went-{answer}")
    return Screen(paragraphs(went, standing.season(texts, season)))
