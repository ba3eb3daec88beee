"""A short routine to walk through: a warm-up, an exercise of two sets and two sides, another."""

from datetime import UTC, datetime

from bot.domain.listening import listen
from bot.domain.session import MOVES, Move, Phase, RestKind, Session, Step

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)


def step(
    exercise: str | None, set_number: int = 1, side: str | None = None, rest: int = 10
) -> Step:
    return Step(
        exercise=exercise,
        name=(exercise or "").capitalize(),
        form="base",
        set_number=set_number,
        sets=2,
        side=side,
        work=30,
        about=None,
        band="",
        cues=(),
        rest=rest,
        rest_kind=RestKind.REST,
    )


WARM_UP = step(None, rest=0)
STEPS = (
    WARM_UP,
    step("walk", 1, "right"),
    step("walk", 1, "left"),
    step("walk", 2, "right"),
    step("walk", 2, "left"),
    step("bug", 1),
    step("bug", 2),
)
LAST = len(STEPS) - 1

# The shortest way into each phase that moves lead to, from the start of a session.
WAYS: dict[Phase, tuple[Move, ...]] = {
    Phase.READY: (),
    Phase.RUNNING: (Move.BEGIN, Move.DONE, Move.DONE),
    Phase.PAUSED: (Move.BEGIN, Move.DONE, Move.DONE, Move.PAUSE),
    Phase.HURTING: (Move.BEGIN, Move.DONE, Move.DONE, Move.HURT),
    Phase.FINISHED: (Move.BEGIN, *([Move.DONE] * len(STEPS))),
    Phase.STOPPED: (Move.BEGIN, Move.DONE, Move.DONE, Move.STOP),
}


def fresh(steps: tuple[Step, ...] = STEPS) -> Session:
    return Session(id=7, runner=1, routine="short", routine_name="Short", steps=steps)


def walk(session: Session, *moves: Move, at: datetime = NOW) -> Session:
    """After these moves, each of which has to be lawful."""
    for move in moves:
        after = MOVES[move](session, at)
        assert after is not None, f"{move} is not lawful while {session.phase}"
        session = after
    return session


def in_phase(phase: Phase) -> Session:
    """A session in this phase; where it is under way in the chat, at its third step."""
    if phase is Phase.LISTENING:
        listening = listen(fresh(), 280, NOW)
        assert listening is not None
        return listening
    session = walk(fresh(), *WAYS[phase])
    assert session.phase is phase
    return session
