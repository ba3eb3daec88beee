"""A session as a track: the audio, and how much of it was done."""

from datetime import datetime

from bot.callbacks import Heard, HeardTap, HeardToTap, HurtAtTap, HurtElsewhereTap
from bot.content.texts import Html, Texts
from bot.domain.listening import Stretch, stretches
from bot.domain.session import Session
from bot.tracks import Voice, assemble, write
from bot.views.screen import Audio, Button, Rows, Screen, above, in_rows, notice, paragraphs
from bot.views.training import short

ANSWERS = {
    Heard.ALL: "button-heard-all",
    Heard.PART: "button-heard-part",
    Heard.NONE: "button-heard-none",
}


def audio(texts: Texts, voice: Voice, session: Session, cover: bytes | None) -> Audio:
    """Return the session as a track; call this in a thread, because it takes long."""
    track = assemble(write(session.steps, texts, voice), voice)
    performer = texts.plain("listening-performer")
    return Audio(track.data, track.seconds, session.routine_name, performer, cover)


def caption(texts: Texts, session: Session) -> Screen:
    """Return the caption of the track, which says what to do with it."""
    return Screen(texts.html("listening-begin"), _buttons(texts, session))


def current(texts: Texts, session: Session, intro: Html | None = None) -> Screen:
    """Ask how much of the track was done."""
    ask = "listening-over" if session.nudged else "listening"
    text = paragraphs(intro, texts.html(ask, name=session.routine_name))
    return Screen(text, _buttons(texts, session))


def _buttons(texts: Texts, session: Session) -> Rows:
    answers = tuple(
        Button(texts.plain(label), HeardTap(answer, session.id))
        for answer, label in ANSWERS.items()
    )
    hurt = Button(texts.plain("button-hurt"), HeardTap(Heard.HURT, session.id), style="danger")
    return answers, (hurt,)


def too_soon(texts: Texts, session: Session, now: datetime) -> Screen:
    """Say that the track cannot have come to its end yet, and ask how much was done."""
    assert session.started_at is not None
    text = texts.html(
        "listening-too-soon",
        minutes=max(1, round((session.track_seconds or 0) / 60)),
        played=int((now - session.started_at).total_seconds() // 60),
    )
    return Screen(text, _buttons(texts, session))


def part(texts: Texts, session: Session) -> Screen:
    """Ask up to which exercise the track was done."""
    parts = [stretch for stretch in stretches(session.steps)[:-1] if stretch.exercise is not None]
    buttons = [
        Button(_name(texts, session, stretch), HeardToTap(session.id, stretch.last))
        for stretch in parts
    ]
    back = Button(texts.plain("button-hurt-again"), HeardTap(Heard.BACK, session.id))
    return Screen(texts.html("listening-part"), (*in_rows(buttons, 1), (back,)))


def hurting(texts: Texts, session: Session, question: Screen) -> Screen:
    """Ask what hurts, below a request to stop the player and where the track was."""
    text = paragraphs(
        texts.html("listening-stop"),
        texts.html("listening-reached", step=short(texts, session.step)),
        question.text,
    )
    label = texts.plain("button-hurt-elsewhere")
    elsewhere = Button(label, HurtElsewhereTap(session.id, session.revision))
    return Screen(text, (*question.buttons, (elsewhere,)))


def which(texts: Texts, session: Session) -> Screen:
    """Ask at which exercise of the track something hurt."""
    buttons = [
        Button(
            _name(texts, session, stretch), HurtAtTap(session.id, session.revision, stretch.first)
        )
        for stretch in stretches(session.steps)
    ]
    return Screen(texts.html("listening-which"), in_rows(buttons, 1))


def _name(texts: Texts, session: Session, stretch: Stretch) -> str:
    step = session.steps[stretch.last]
    if step.is_warm_up:
        return texts.plain("step-short-warm-up")
    if not stretch.number:
        return step.name
    message = "step-round-short" if step.in_rounds else "step-set-short"
    number = texts.html(message, set=step.set_number, sets=step.sets)
    return texts.plain("step-short", name=step.name, set=number)


stop_player = notice("listening-stop")
outdated = notice("listening-outdated")
mute = notice("listening-mute")


def not_sent(texts: Texts, ready: Screen) -> Screen:
    """Show the session that is ready to start, below the news that its track could not be sent."""
    return above(ready, texts.html("listening-not-sent"))
