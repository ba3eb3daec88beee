"""Reports of pain, the agreements of clinicians, and the question on the morning after pain."""

import re
from dataclasses import replace

from bot import session_chat
from bot.callbacks import (
    AcheTap,
    FlagsTap,
    FlagTap,
    HurtTap,
    MorningTap,
    PainTap,
    RegionTap,
    ScoreTap,
    SideTap,
    SoreTap,
    WhereTap,
)
from bot.coach import Coach
from bot.domain.pain import MorningAnswer, PainKind
from bot.domain.pain_report import MorningOutcome, PainDecision, PainReport
from bot.domain.pain_talk import VERY_SORE, Talk, Topic
from bot.domain.regions import Region, Side
from bot.domain.session import Move, Phase, StoredSession
from bot.domain.spelling import words_of
from bot.handlers import pain_answers, pain_questions, rejected, training
from bot.handlers.rejected import RejectedError, accepted
from bot.handlers.request import Request, without_opening
from bot.services import pain as services
from bot.services import pain_followups, pain_talk
from bot.services import training as training_services
from bot.services.pain import Hurting
from bot.services.rejections import Reason, Rejected
from bot.views import pain as views
from bot.views import warning_signs as sign_views
from bot.views.screen import Screen

STRONGEST = 10
NUMBER = re.compile(r"[-+]?\d+([.,]\d+)?")


async def hurt_tapped(coach: Coach, request: Request, tap: HurtTap) -> None:
    await _save_report(coach, request, tap.session, tap.revision, None)


async def ache_tapped(coach: Coach, request: Request, tap: AcheTap) -> None:
    await _save_report(coach, request, tap.session, tap.revision, PainReport(None))


async def pain_tapped(coach: Coach, request: Request, tap: PainTap) -> None:
    await _save_report(coach, request, tap.session, tap.revision, PainReport(tap.kind))


async def where_tapped(coach: Coach, request: Request, tap: WhereTap) -> None:
    report = PainReport(tap.kind, tap.region)
    await _save_report(coach, request, tap.session, tap.revision, report)


async def sore_tapped(coach: Coach, request: Request, tap: SoreTap) -> None:
    await decide(coach, request, tap.session, tap.revision, PainReport(None, None, int(tap.score)))


async def side_tapped(coach: Coach, request: Request, tap: SideTap) -> None:
    report = PainReport(tap.kind, tap.region, None, tap.side)
    await _save_report(coach, request, tap.session, tap.revision, report)


async def score_tapped(coach: Coach, request: Request, tap: ScoreTap) -> None:
    hurting = await services.waiting(coach.db, request.runner)
    before = hurting.report if hurting else None
    side = before.side if before and before.region is tap.region else None
    report = PainReport(tap.kind, tap.region, int(tap.score), side)
    await decide(coach, request, tap.session, tap.revision, report)


async def _save_report(
    coach: Coach, request: Request, session: int, revision: int, report: PainReport | None
) -> None:
    """Store the unfinished report, and show the next question in place of the present one."""
    outcome = await services.save_report(coach.db, request.runner, session, revision, report)
    hurting = accepted(request, outcome)
    await coach.messenger.answer(request.query)
    screen = session_chat.hurting(coach, hurting.stored.session, report)
    await _in_place(coach, request, hurting.stored, screen)


async def _in_place(coach: Coach, request: Request, stored: StoredSession, screen: Screen) -> None:
    """Show the screen in the session's message if that was tapped, otherwise in a new one."""
    tapped = request.query is not None and request.message_id == stored.message_id
    if tapped and await coach.messenger.replace(request.chat, request.message_id, screen):
        await coach.acknowledger.shown(stored.session, request.message_id)
    else:
        await session_chat.send_screen(coach, request.chat, stored, screen)


async def decide(
    coach: Coach, request: Request, session: int, revision: int, report: PainReport
) -> None:
    """Store the complete report; show what follows from it, and the session below it.

    For strong soreness, more questions come first.
    """
    is_soreness = report.kind is None and report.days is None
    if is_soreness and (report.score or 0) >= VERY_SORE:
        await _ask_of_soreness(coach, request, session, revision, report)
        return
    decided = await services.decide(
        coach.db, coach.catalogue, request.runner, session, revision, report, coach.now()
    )
    if isinstance(decided, Rejected):
        raise RejectedError(request, decided)
    if isinstance(decided, Hurting):
        await coach.messenger.answer(request.query)
        screen = session_chat.hurting(coach, decided.stored.session, decided.report)
        await _in_place(coach, request, decided.stored, screen)
        return
    coach.next_cue.bring_forward(decided.session.due_at)
    if decided.advice.ask:
        coach.outbox_due.set()
    await coach.messenger.answer(request.query, coach.texts.plain("toast-noted"))
    if decided.session.phase is Phase.HURTING:
        stored = StoredSession(decided.session, decided.message_id)
        screen = session_chat.hurting(coach, decided.session, report)
        await _in_place(coach, request, stored, screen)
    else:
        await _show_decided(coach, request, decided)


async def _ask_of_soreness(
    coach: Coach, request: Request, session: int, revision: int, report: PainReport
) -> None:
    """Ask how long the soreness has lasted, and for the colour of the urine."""
    outcome = await services.save_report(
        coach.db, request.runner, session, revision, PainReport(None)
    )
    accepted(request, outcome)
    talk = Talk(Topic.SORENESS, side=Side.BOTH, score=report.score, session=session)
    opened = await pain_talk.begin(coach.db, request.runner, talk, coach.now())
    await coach.messenger.answer(request.query)
    await pain_questions.ask(coach, request, opened)


async def _show_decided(coach: Coach, request: Request, decided: PainDecision) -> None:
    await _close(coach, request, decided.message_id, views.decided(coach.texts, decided))
    if decided.ended:
        return
    step = StoredSession(decided.session)  # without a message id: its message was just closed
    await session_chat.send_screen(
        coach, request.chat, step, session_chat.screen(coach, decided.session)
    )


async def _close(coach: Coach, request: Request, question: int | None, screen: Screen) -> None:
    """Show the screen in place of the tapped question, or send it and remove the question."""
    tapped = request.message_id if request.query else 0
    is_same = tapped and tapped == question
    if is_same and await coach.messenger.replace(request.chat, tapped, screen):
        return
    await coach.messenger.show(request.chat, screen)
    for old in dict.fromkeys((question, tapped)):
        if old:
            await coach.messenger.remove(request.chat, old)


async def flags_tapped(coach: Coach, request: Request, tap: FlagsTap) -> None:
    """Show the warning signs in place of the question."""
    outcome = await services.save_report(coach.db, request.runner, tap.session, tap.revision, None)
    hurting = accepted(request, outcome)
    await coach.messenger.answer(request.query)
    screen = views.flags(coach.texts, hurting.stored.session)
    await _in_place(coach, request, hurting.stored, screen)


async def flag_tapped(coach: Coach, request: Request, tap: FlagTap) -> None:
    """Stop the session for a warning sign, and say what to do."""
    outcome = await services.flag(
        coach.db, request.runner, tap.session, tap.revision, tap.urgency, coach.now()
    )
    flagged = accepted(request, outcome)
    await coach.messenger.answer(request.query, coach.texts.plain("toast-stop"))
    session = flagged.interrupted
    screen = sign_views.reported(coach.texts, flagged.runner, coach.now(), ended=True)
    await _close(coach, request, session.message_id if session else None, screen)


async def region_tapped(coach: Coach, request: Request, tap: RegionTap) -> None:
    await agree(coach, request, tap.region)


async def agree(coach: Coach, request: Request, region: Region) -> None:
    """Unlock a region, because a clinician has agreed."""
    rest = await services.agree(coach.db, request.runner, region, coach.now())
    if isinstance(rest, Rejected):
        await rejected.show(coach, request, rest)
        return
    await coach.messenger.answer(request.query, coach.texts.plain("toast-noted"))
    await coach.messenger.show(request.chat, views.lifted(coach.texts, rest))


async def morning_tapped(coach: Coach, request: Request, tap: MorningTap) -> None:
    await _morning(coach, request, tap.morning, tap.answer)


async def _morning(coach: Coach, request: Request, question: int, answer: MorningAnswer) -> None:
    """Store the answer, and show what follows from it in place of the question."""
    answered = await pain_followups.answer(coach.db, request.runner, question, answer, coach.now())
    tapped = request.message_id if request.query else None
    if isinstance(answered, Rejected):
        await rejected.show(coach, request, answered)
        if tapped and answered.reason is Reason.ANOTHER_MORNING:
            await coach.messenger.replace(request.chat, tapped, views.morning_past(coach.texts))
        return
    await coach.messenger.answer(request.query, coach.texts.plain("toast-noted"))
    screen = views.morning_answered(coach.texts, answered)
    asked_in = answered.question.message_id if answered.question else None
    message = tapped or asked_in or 0
    if not await coach.messenger.replace(request.chat, message, screen) or not tapped:
        await coach.messenger.show(request.chat, screen)
    await _ask_gate(coach, request, answered)


async def _answer_due(coach: Coach, request: Request, answer: MorningAnswer) -> bool:
    """Take the word as an answer to what is due today but not asked yet; False: nothing is."""
    answered = await pain_followups.answer_due(coach.db, request.runner, answer, coach.now())
    if isinstance(answered, Rejected):
        return False
    await coach.messenger.show(request.chat, views.morning_answered(coach.texts, answered))
    await _ask_gate(coach, request, answered)
    return True


async def _ask_gate(coach: Coach, request: Request, answered: MorningOutcome) -> None:
    """Ask the gate of the first region that may come back today."""
    if answered.gates:
        await pain_questions.ask_gate(coach, replace(request, query=None), answered.gates[0])


async def typed(coach: Coach, request: Request, words: str) -> bool:
    """Handle typed words or numbers about pain; return False if they are about something else."""
    hurting = await services.waiting(coach.db, request.runner)
    if hurting is None:
        if words in coach.texts.words("word-flags"):
            await _show_warning_signs(coach, request)
            return True
        return False
    if request.message_id <= hurting.stored.word_id:
        return False
    score = _number(coach, words)
    if score is not None:
        await _answer_score(coach, request, hurting, score)
        return True
    if words in coach.texts.words("word-flags"):
        session = hurting.stored.session
        await flags_tapped(coach, request, FlagsTap(session.id, session.revision))
        return True
    if (move := _move(coach, hurting.report, words)) is not None:
        await training.move_typed(coach, request, move)
        return True
    report = _extended(coach, hurting.report, words)
    if report is None:
        return False
    session = hurting.stored.session
    await _save_report(coach, request, session.id, session.revision, report)
    return True


def _move(coach: Coach, report: PainReport | None, words: str) -> Move | None:
    """Return the move that the words name once the report is complete: go on, or skip the step."""
    if report is None or report.score is None:
        return None
    if words in coach.texts.words("word-resume"):
        return Move.BACK
    return Move.SKIP if words == coach.texts.plain("button-leave-out").lower() else None


async def morning_answered(coach: Coach, request: Request, answer: MorningAnswer) -> bool:
    """Take the answer as one to this morning's question; return False if there is none.

    In a session that waits for a report, it answers the report's question instead.
    """
    if await services.waiting(coach.db, request.runner) is not None:
        return False
    question = await pain_followups.open_question(coach.db, request.runner, coach.now())
    if question is None:
        return await _answer_due(coach, request, answer)
    await _morning(coach, request, question, answer)
    return True


def morning_answer(coach: Coach, words: str) -> MorningAnswer | None:
    """Return what the words say of the morning; “a bit worse today” is worse, “no worse” is not."""
    for answer in MorningAnswer:
        if words in coach.texts.words(f"word-morning-{answer}"):
            return answer
    said = {word.text for word in words_of(words)}
    worse, beside = coach.texts.words("word-worse"), coach.texts.words("word-worse-beside")
    is_worse = not said.isdisjoint(worse) and said <= worse | beside
    return MorningAnswer.WORSE if is_worse else None


async def _show_warning_signs(coach: Coach, request: Request) -> None:
    """Show the warning signs; if a session is open, ask in it what hurts."""
    await coach.messenger.show(request.chat, views.warning_signs(coach.texts))
    if await training_services.current(coach.db, request.runner) is not None:
        await training.move_typed(coach, request, Move.HURT)


def _extended(coach: Coach, report: PainReport | None, words: str) -> PainReport | None:
    """Return the report with the kind or region that the words name; None if they name none."""
    texts = coach.texts
    if report is not None and report.kind is not None and report.score is None:
        if report.region is not None and (side := _side(coach, words)) is not None:
            return replace(report, side=side)
        region, side = pain_answers.region_and_side(texts, words)
        if region is not None:
            return PainReport(report.kind, region, side=side)
    if words in texts.words("word-ache"):
        return PainReport(None)
    kinds = (kind for kind in PainKind if words in texts.words(f"word-pain-{kind}"))
    kind = next(kinds, None)
    return PainReport(kind) if kind else None


def _side(coach: Coach, words: str) -> Side | None:
    return next((side for side in Side if words in coach.texts.words(f"word-side-{side}")), None)


def _number(coach: Coach, words: str) -> float | None:
    """Return the score in the words, such as 6, 6/10, 6 of 10 or pain 6; None if there is none."""
    _, said = without_opening(words, coach.texts.words("word-hurt"))
    number, *rest = said.replace("/", " ").split() or [""]
    *out_of, ten = rest or ["10"]
    between = {"", *coach.texts.words("word-out-of")}
    if not NUMBER.fullmatch(number) or ten != "10" or " ".join(out_of) not in between:
        return None
    return float(number.replace(",", "."))


async def _answer_score(coach: Coach, request: Request, hurting: Hurting, score: float) -> None:
    """Complete the report with a typed score, or ask again.

    Kind and region come before the score, which is a whole number from 0 to STRONGEST.
    """
    report, session = hurting.report, hurting.stored.session
    if report is None:
        await _ask_again(coach, request, hurting, "hurt-first-kind")
    elif report.kind is not None and report.region is None:
        await _ask_again(coach, request, hurting, "hurt-first-where")
    elif not 0 <= score <= STRONGEST or score != int(score):
        await _ask_again(coach, request, hurting, "hurt-score-range")
    else:
        complete = PainReport(report.kind, report.region, int(score), report.side)
        await decide(coach, request, session.id, session.revision, complete)


async def _ask_again(coach: Coach, request: Request, hurting: Hurting, intro: str) -> None:
    screen = session_chat.hurting(coach, hurting.stored.session, hurting.report, intro)
    await session_chat.send_screen(coach, request.chat, hurting.stored, screen)
