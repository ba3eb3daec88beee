"""The help, the command menus, and answers to messages that were not understood."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from bot.callbacks import ExerciseTap, SecondTap, ShowTap, StudiesTap, WishTap
from bot.content.texts import Html, Texts
from bot.domain.intents import Intent
from bot.domain.session import Phase, Session
from bot.views.screen import (
    ROUTINES,
    Button,
    Link,
    Rows,
    Screen,
    column,
    lines,
    notice,
    row,
    shortened,
)

MENU = (
    *("start", "exercise", "routine", "today", "week", "race", "pain", "reminders", "timezone"),
    *("calendar", "away", "bands", "progress", "stop", "help", "privacy", "export", "delete"),
)
GROUP_MENU = ("exercise", "help")

# The messages for phases of a session in which “done” is not the word to go on.
NOT_UNDERSTOOD = {
    Phase.READY: "not-understood-ready",
    Phase.PAUSED: "not-understood-paused",
    Phase.HURTING: "not-understood-hurting",
    Phase.LISTENING: "not-understood-track",
}


def menu(texts: Texts) -> tuple[tuple[str, str], ...]:
    """Return the commands of a private chat's menu with their descriptions."""
    return tuple((command, texts.plain(f"command-{command}")) for command in MENU)


def group_menu(texts: Texts) -> tuple[tuple[str, str], ...]:
    """Return the commands of a group's menu with their descriptions."""
    return tuple((command, texts.plain(f"group-command-{command}")) for command in GROUP_MENU)


def help_screen(texts: Texts) -> Screen:
    text = texts.html("help", commands=_lines(texts, menu(texts)))
    return Screen(text, column(texts, ("browse-studies", StudiesTap())))


def _lines(texts: Texts, commands: Iterable[tuple[str, str]]) -> Html:
    return lines(*(texts.html("help-line", command=name, text=text) for name, text in commands))


def second_wish(texts: Texts, first: str, second: str, asked: int) -> Screen:
    """Say which of two wishes was done, and offer the other.

    `asked` is the number of the question whether to do it; 0: it can't be asked now.
    """
    first, second = shortened(first), shortened(second)
    if not asked:
        return Screen(texts.html("wish-later", first=first, second=second))
    return Screen(texts.html("wish-second", first=first, second=second), yes_or_no(texts, asked))


def part_of_wish(texts: Texts, part: str, asked: int) -> Screen:
    """Offer what was understood of a long message."""
    return Screen(texts.html("wish-part", part=shortened(part)), yes_or_no(texts, asked))


def yes_or_no(texts: Texts, asked: int) -> Rows:
    """Return the buttons of the question about a wish that has this number."""
    answers = (("button-talk-yes", SecondTap(1, asked)), ("button-talk-no", SecondTap(0, asked)))
    return (row(texts, *answers),)


def left_out(texts: Texts, parts: Sequence[str]) -> Screen:
    """Say which parts of a message were not understood."""
    quoted = [texts.plain("quoted", words=shortened(part)) for part in parts]
    return Screen(texts.html("parts-left-out", parts=texts.all_of(quoted)))


wish_left = notice("wish-left")


def not_understood(
    texts: Texts, words: str, session: Session | None, likely: Iterable[Intent]
) -> Screen:
    """Say so; offer what was `likely` meant, or the way back to the session."""
    if session is not None:
        message = "not-understood-timed" if session.clock else "not-understood-running"
        message = NOT_UNDERSTOOD.get(session.phase, message)
        go_on = column(texts, ("button-go-on", ShowTap(session.id)))
        return Screen(texts.html(message, words=shortened(words)), go_on)
    guesses = [(Button(texts.plain(f"likely-{intent}"), WishTap(intent)),) for intent in likely]
    return Screen(texts.html("not-understood", words=shortened(words)), (*guesses, *ways(texts)))


nothing_changed = notice("nothing-changed")
sign_denied = notice("sign-denied")


def unknown_command(texts: Texts, command: str) -> Screen:
    return Screen(texts.html("unknown-command", command=shortened(command)), ways(texts))


def no_command(texts: Texts, words: str) -> Screen:
    return Screen(texts.html("no-command", words=shortened(words)), ways(texts))


def _with_ways(sentence: str) -> Callable[[Texts], Screen]:
    """Return a view that shows the sentence with this id, and where else to go."""
    return lambda texts: Screen(texts.html(sentence), ways(texts))


only_words = _with_ways("only-words")
unknown_document = _with_ways("document-unknown")
forwarded = _with_ways("forwarded")


def document_too_large(texts: Texts, megabytes: int) -> Screen:
    return Screen(texts.html("document-too-large", megabytes=megabytes))


document_not_fetched = notice("document-not-fetched")


no_session = notice("no-session", ROUTINES)
went_wrong = notice("went-wrong")
postponed = notice("postponed")
surplus = notice("surplus")
edited = notice("edited")


in_group = notice("in-group", ("button-private", Link("hello")))


def help_in_group(texts: Texts) -> Screen:
    commands = _lines(texts, group_menu(texts))
    return replace(in_group(texts), text=texts.html("help-in-group", commands=commands))


def ways(texts: Texts) -> Rows:
    return (row(texts, ("button-exercises", ExerciseTap()), ROUTINES),)
