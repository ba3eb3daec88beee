"""Runners' own routines: typed, confirmed, saved, changed, removed, and shared by a link."""

from dataclasses import replace

from bot.callbacks import (
    ChangeRoutineTap,
    KeepRoutineTap,
    LeaveRoutineTap,
    NewRoutineTap,
    OwnRoutineTap,
    PickExerciseTap,
    RemoveRoutineTap,
    SaveRoutineTap,
)
from bot.coach import Coach
from bot.content.own_routines import lines_of, understood
from bot.domain.intents import Intent
from bot.domain.load import MOST_EXERCISES
from bot.domain.own_routine import LONGEST_NAME, Draft, OpenDraft, OwnRoutine, clean_name
from bot.domain.routine_words import Item, TypedRoutine, dose, named, opened, read
from bot.domain.spelling import words_of
from bot.handlers.rejected import RejectedError, accepted, outdated
from bot.handlers.request import Request, strip_tapped, without_opening
from bot.services import own_routines as services
from bot.services import training
from bot.services.own_routines import Full, Saved
from bot.services.rejections import Rejected
from bot.views import intents as intent_views
from bot.views import own_routines as views


async def asked(coach: Coach, request: Request) -> bool:
    """Handle the words after /routine if they ask for a new one; return False if they don't."""
    typed = opened(request.words, coach.catalogue.routine_words, coach.catalogue.routine_words.new)
    if typed is None:
        return False
    await _begin(coach, request, typed)
    return True


async def new_tapped(coach: Coach, request: Request, _tap: NewRoutineTap) -> None:
    await coach.messenger.answer(request.query)
    await _begin(coach, request, TypedRoutine())


async def _begin(coach: Coach, request: Request, typed: TypedRoutine, changes: str = "") -> None:
    """Begin a routine, with the exercises that were typed for it."""
    await _written(coach, request, Draft(changes=changes), typed)
    await _way_back(coach, request)


async def _way_back(coach: Coach, request: Request) -> None:
    """Lead back to the session that is under way."""
    stored = await training.current(coach.db, request.runner)
    if stored is not None and stored.session.is_under_way:
        screen = intent_views.way_back(coach.texts, stored.session)
        await coach.messenger.show(request.chat, screen)


async def _written(coach: Coach, request: Request, before: Draft, typed: TypedRoutine) -> None:
    """Replace the exercises of the draft by the typed ones, and show it."""
    name = clean_name(typed.name)
    if len(name) > LONGEST_NAME:
        await coach.messenger.show(request.chat, views.name_too_long(coach.texts))
        name = ""
    count = len(typed.items)
    lines = lines_of(coach.catalogue, typed) if count <= MOST_EXERCISES else ()
    draft = replace(before, lines=lines, rest=typed.rest, name=name or before.name)
    stored = await services.write(coach.db, request.runner, draft, coach.now())
    if count > MOST_EXERCISES:
        await coach.messenger.show(request.chat, views.too_many(coach.texts, stored, count))
    elif not lines:
        await coach.messenger.show(request.chat, views.ask(coach.texts, stored))
    else:
        await _show(coach, request, stored)


async def _show(coach: Coach, request: Request, stored: OpenDraft) -> None:
    """Show what is understood of the draft, and ask for what is missing."""
    known = understood(coach.catalogue, stored.draft)
    screen = views.draft(coach.texts, coach.catalogue, stored, known)
    await coach.messenger.show(request.chat, screen)


def is_meant(coach: Coach, words: str, draft: OpenDraft | None) -> bool:
    """Return whether the words are for a routine, so that parts of the body in them are names."""
    known = coach.catalogue.routine_words
    is_awaited = draft is not None and draft.is_awaited
    return is_awaited or opened(words, known, known.openings) is not None


def is_yes_or_no(coach: Coach, words: str) -> bool:
    """Return whether the words would save or abandon a routine that is being written."""
    known = coach.catalogue.routine_words
    return _plain(words) in known.save | known.cancel


async def typed(coach: Coach, request: Request, draft: OpenDraft | None) -> bool:
    """Take the words as the runner's own routine, or as an answer about the `draft`.

    Return False if they are neither.
    """
    known = coach.catalogue.routine_words
    if _plain(request.words) in known.whole:
        await _begin(coach, request, TypedRoutine())
        return True
    new = opened(request.words, known, known.openings)
    if new is not None and _is_routine(coach, request.words, new):
        await _begin(coach, request, new)
        return True
    if draft is None or not draft.is_awaited:
        return False
    return await _answered(coach, request, draft)


def _is_routine(coach: Coach, words: str, typed: TypedRoutine) -> bool:
    """Return whether the words after an opening are exercises, unlike “my routine is boring”."""
    if not typed.items:
        return words.rstrip().endswith(":") and not typed.name
    lines = lines_of(coach.catalogue, typed)
    return any(line.exercise for line in lines) or (typed.has_dose and ":" in words)


async def _answered(coach: Coach, request: Request, stored: OpenDraft) -> bool:
    """Take the words as an answer about the draft: a list, an exercise, a yes or no, a name."""
    known, words = coach.catalogue.routine_words, request.words
    if _plain(words) in known.cancel:
        await _leave(coach, request, stored.revision)
        return True
    listed, is_asked = read(words, known), stored.draft.open_line is not None
    change, _ = without_opening(_plain(words), known.changing)  # as in “add calf raises”
    if stored.draft.lines and change and _plain(words) not in known.leave_out:
        await _show_as_typed(coach, request, stored)
        return True
    if is_asked and (_plain(words) in known.leave_out or len(listed.items) == 1):
        return await _meant(coach, request, stored, listed)
    if listed.items and (listed.has_dose or not stored.draft.lines) and _is_listed(coach, listed):
        await _written(coach, request, stored.draft, listed)
        return True
    if not stored.draft.lines or is_asked:
        return False
    if (said := dose(words, known)) is not None:
        item = said.items[0] if said.items else Item("")
        doses = (item.sets, item.amount, item.in_seconds, said.rest)
        await _go_on(coach, request, stored, stored.draft.dosed(*doses))
        return True
    if not understood(coach.catalogue, stored.draft).is_ready:
        return False
    if _plain(words) in known.save:
        await _save(coach, request, stored.revision)
        return True
    return await _name(coach, request, stored)


async def _show_as_typed(coach: Coach, request: Request, stored: OpenDraft) -> None:
    """Show the routine in the form in which it is typed, to be sent again."""
    known = understood(coach.catalogue, stored.draft)
    await coach.messenger.show(request.chat, views.change(coach.texts, stored, known))


def _is_listed(coach: Coach, typed: TypedRoutine) -> bool:
    """Return whether at least one of the typed names is similar to that of an exercise."""
    return any(line.exercise or line.near for line in lines_of(coach.catalogue, typed))


async def _meant(coach: Coach, request: Request, stored: OpenDraft, listed: TypedRoutine) -> bool:
    """Take the words as the exercise that is asked about, perhaps with sets, or as none."""
    known, draft = coach.catalogue.routine_words, stored.draft
    if _plain(request.words) in known.leave_out:
        await _go_on(coach, request, stored, draft.decided(""))
        return True
    if named(request.words, known) is not None:
        return await _name(coach, request, stored)
    lines = lines_of(coach.catalogue, listed)
    if not all(line.exercise or line.near for line in lines):
        return False
    await _go_on(coach, request, stored, draft.answered(lines))
    return True


async def _name(coach: Coach, request: Request, stored: OpenDraft) -> bool:
    """Take the words as the routine's name, unless they mean something else."""
    behind = named(request.words, coach.catalogue.routine_words)
    if behind is None and _means_something(coach, request.words):
        return False
    name = clean_name((request.words if behind is None else behind).strip(" :\"“”'"))
    if not name:
        await coach.messenger.show(request.chat, views.name_empty(coach.texts))
    elif len(name) > LONGEST_NAME:
        await coach.messenger.show(request.chat, views.name_too_long(coach.texts))
    else:
        await _go_on(coach, request, stored, replace(stored.draft, name=name))
    return True


def _means_something(coach: Coach, words: str) -> bool:
    """Return whether the words are a wish, a question, or the exact name of an exercise."""
    if next(iter(_plain(words).split()), "") in coach.catalogue.intents.questions:
        return True
    intent = coach.catalogue.intents.read(words)
    if intent is Intent.SESSION_FOR and not coach.catalogue.wishes.read(words).is_clear:
        intent = None  # “Legs” alone is a name
    match = coach.catalogue.find_exercise(words)
    return intent is not None or bool(match.named and match.sure)


async def _go_on(coach: Coach, request: Request, stored: OpenDraft, draft: Draft) -> None:
    outcome = await services.answer(coach.db, request.runner, stored.revision, draft, coach.now())
    after = accepted(request, outcome)
    await coach.messenger.answer(request.query)
    await _show(coach, request, after)
    await strip_tapped(coach, request)


async def pick_tapped(coach: Coach, request: Request, tap: PickExerciseTap) -> None:
    stored = await services.open_draft(coach.db, request.runner, coach.now())
    place = stored.draft.open_line if stored and stored.revision == tap.revision else None
    if stored is None or place is None:
        raise outdated(request)
    offered = ("", *stored.draft.lines[place].near)
    if tap.number >= len(offered):
        raise outdated(request)
    await _go_on(coach, request, stored, stored.draft.decided(offered[tap.number]))


async def save_tapped(coach: Coach, request: Request, tap: SaveRoutineTap) -> None:
    await _save(coach, request, tap.revision)


async def _save(coach: Coach, request: Request, revision: int) -> None:
    unnamed = coach.texts.plain("own-name-default")
    saved = await services.save(
        coach.db, coach.catalogue, request.runner, revision, unnamed, coach.now()
    )
    if isinstance(saved, Rejected):
        raise RejectedError(request, saved)
    await coach.messenger.answer(request.query, coach.texts.plain("toast-noted"))
    if isinstance(saved, Full):
        await coach.messenger.show(request.chat, views.full(coach.texts))
        return
    await _show_own(coach, request, saved.routine, "own-saved" if saved.is_new else "own-changed")
    await strip_tapped(coach, request)


async def _show_own(
    coach: Coach, request: Request, routine: OwnRoutine, intro: str | None = None
) -> None:
    known = understood(coach.catalogue, Draft(routine.lines, routine.rest, routine.name))
    link = coach.messenger.link(routine.id)
    screen = views.saved(coach.texts, routine, known, link, intro)
    await coach.messenger.show(request.chat, screen)


async def leave_tapped(coach: Coach, request: Request, tap: LeaveRoutineTap) -> None:
    await _leave(coach, request, tap.revision)


async def _leave(coach: Coach, request: Request, revision: int) -> None:
    if not await services.leave(coach.db, request.runner, revision, coach.now()):
        raise outdated(request)
    await coach.messenger.answer(request.query)
    await coach.messenger.show(request.chat, views.left(coach.texts))
    await strip_tapped(coach, request)


async def own_tapped(coach: Coach, request: Request, tap: OwnRoutineTap) -> None:
    routine = await services.own(coach.db, request.runner, tap.routine)
    if routine is None:
        raise outdated(request)
    await coach.messenger.answer(request.query)
    await _show_own(coach, request, routine)


async def change_tapped(coach: Coach, request: Request, tap: ChangeRoutineTap) -> None:
    stored = await services.change(coach.db, request.runner, tap.routine, coach.now())
    if stored is None:
        raise outdated(request)
    await coach.messenger.answer(request.query)
    await _show_as_typed(coach, request, stored)
    await _way_back(coach, request)


async def remove_tapped(coach: Coach, request: Request, tap: RemoveRoutineTap) -> None:
    """Ask whether to remove the routine; remove it after a confirmation."""
    if tap.sure:
        removed = await services.remove(coach.db, request.runner, tap.routine, coach.now())
    else:
        removed = await services.own(coach.db, request.runner, tap.routine)
    if removed is None:
        raise outdated(request)
    await coach.messenger.answer(request.query)
    view = views.removed if tap.sure else views.ask_remove
    await coach.messenger.show(request.chat, view(coach.texts, removed))
    if tap.sure:
        await coach.messenger.strip(request.chat, request.message_id)


async def linked(coach: Coach, request: Request, routine: str) -> bool:
    """Show the routine of a link, with a button to keep it; return False if it is gone."""
    found = await services.get(coach.db, routine)
    if found is None:
        return False
    shared, owner = found
    if owner == request.runner:
        await _show_own(coach, request, shared)
        return True
    known = understood(coach.catalogue, Draft(shared.lines, shared.rest, shared.name))
    await coach.messenger.show(request.chat, views.shared(coach.texts, shared, known))
    return True


async def keep_tapped(coach: Coach, request: Request, tap: KeepRoutineTap) -> None:
    kept = await services.keep(coach.db, request.runner, tap.routine, coach.now())
    if kept is None:
        raise outdated(request)
    await coach.messenger.answer(request.query, coach.texts.plain("toast-noted"))
    if isinstance(kept, Saved):
        intro = "own-copied" if kept.is_new else "own-kept-before"
        await _show_own(coach, request, kept.routine, intro)
        await coach.messenger.strip(request.chat, request.message_id)
    else:
        await coach.messenger.show(request.chat, views.full(coach.texts))


def _plain(words: str) -> str:
    return " ".join(word.text for word in words_of(words))
