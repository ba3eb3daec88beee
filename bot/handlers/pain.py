"""Something hurts: three taps, or the same in words; a clinician's word; the morning after."""

import re

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
    SoreTap,
    WhereTap,
)
from bot.coach import Coach
from bot.domain.pain import Kind, Morning
from bot.domain.pain_report import Decided, Lifted, Told
from bot.domain.regions import Region
from bot.domain.session import Kept, Move, Phase
from bot.handlers import training
from bot.handlers.request import Request
from bot.services import pain as services
from bot.services import pain_followups
from bot.services import training as training_services
from bot.services.guards import Elsewhere
from bot.services.pain import Hurting
from bot.services.pain_followups import WhyNot
from bot.views import pain as views
from bot.views.screen import Screen

STRONGEST = 10
NUMBER = re.compile(r"[-+]?\d+([.,]\d+)?")


async def hurt_tapped(coach: Coach, request: Request, tap: HurtTap) -> None:
    await _tell(coach, request, tap.session, tap.revision, None)


async def ache_tapped(coach: Coach, request: Request, tap: AcheTap) -> None:
    await _tell(coach, request, tap.session, tap.revision, Told(None))


async def pain_tapped(coach: Coach, request: Request, tap: PainTap) -> None:
    await _tell(coach, request, tap.session, tap.revision, Told(tap.kind))


async def where_tapped(coach: Coach, request: Request, tap: WhereTap) -> None:
    await _tell(coach, request, tap.session, tap.revision, Told(tap.kind, tap.region))


async def sore_tapped(coach: Coach, request: Request, tap: SoreTap) -> None:
    await _decide(coach, request, tap.session, tap.revision, Told(None, None, int(tap.score)))


async def score_tapped(coach: Coach, request: Request, tap: ScoreTap) -> None:
    told = Told(tap.kind, tap.region, int(tap.score))
    await _decide(coach, request, tap.session, tap.revision, told)


async def _tell(
    coach: Coach, request: Request, session: int, revision: int, told: Told | None
) -> None:
    """The next question takes the place of the one that was answered."""
    hurting = await services.tell(coach.db, request.runner, session, revision, told)
    if isinstance(hurting, Elsewhere):
        await training.elsewhere(coach, request, hurting)
        return
    await coach.messenger.answer(request.query)
    screen = session_chat.hurting(coach, hurting.kept.session, told)
    await _in_place(coach, request, hurting.kept, screen)


async def _in_place(coach: Coach, request: Request, kept: Kept, screen: Screen) -> None:
    """A tap changes its message; after a typed word there is a new one."""
    tapped = request.query is not None and request.message_id == kept.message_id
    if tapped and await coach.messenger.replace(request.chat, request.message_id, screen):
        await training_services.shown(coach.db, kept.session, request.message_id)
    else:
        await session_chat.anew(coach, request.chat, kept, screen)


async def _decide(coach: Coach, request: Request, session: int, revision: int, told: Told) -> None:
    """The last answer: what comes of it stays in the chat, the session waits below it."""
    it = await services.decide(
        coach.db, coach.catalogue, request.runner, session, revision, told, coach.now()
    )
    if isinstance(it, Elsewhere):
        await training.elsewhere(coach, request, it)
        return
    coach.expect(it.session.due_at)
    if it.advice.ask:
        coach.poke()
    await coach.messenger.answer(request.query, coach.texts.plain("toast-noted"))
    if it.session.phase is Phase.HURTING:
        kept = Kept(it.session, it.message_id)
        await _in_place(coach, request, kept, session_chat.hurting(coach, it.session, told))
    else:
        await _show_decided(coach, request, it)


async def _show_decided(coach: Coach, request: Request, it: Decided) -> None:
    screen = views.decided(coach.texts, it)
    await _close(coach, request, it.message_id, screen)
    below = await coach.messenger.show(request.chat, session_chat.screen(coach, it.session))
    if below is not None:
        await coach.shown(it.session, below)


async def _close(coach: Coach, request: Request, question: int | None, screen: Screen) -> None:
    """The advice takes the question's place, where that was tapped; else the question goes."""
    tapped = request.message_id if request.query else 0
    if (
        tapped
        and tapped == question
        and await coach.messenger.replace(request.chat, tapped, screen)
    ):
        return
    await coach.messenger.show(request.chat, screen)
    for old in dict.fromkeys((question, tapped)):
        if old:
            await coach.messenger.remove(request.chat, old)


async def flags_tapped(coach: Coach, request: Request, tap: FlagsTap) -> None:
    """The whole list, in place of the question."""
    hurting = await services.tell(coach.db, request.runner, tap.session, tap.revision, None)
    if isinstance(hurting, Elsewhere):
        await training.elsewhere(coach, request, hurting)
        return
    await coach.messenger.answer(request.query)
    screen = views.flags(coach.texts, hurting.kept.session)
    await _in_place(coach, request, hurting.kept, screen)


async def flag_tapped(coach: Coach, request: Request, tap: FlagTap) -> None:
    """A warning sign is there: nothing goes on until a clinician agreed."""
    kept = await services.flag(coach.db, request.runner, tap.session, tap.revision, coach.now())
    if isinstance(kept, Elsewhere):
        await training.elsewhere(coach, request, kept)
        return
    await coach.messenger.answer(request.query, coach.texts.plain("toast-stop"))
    await _close(coach, request, kept.message_id, views.flagged(coach.texts, tap.urgency))


async def region_tapped(coach: Coach, request: Request, tap: RegionTap) -> None:
    """A clinician agreed; a lock that is not there is not lifted twice."""
    how, rest = await services.agree(coach.db, request.runner, tap.region, coach.now())
    screen = views.lifted(coach.texts, how, rest)
    if how is Lifted.NOT_LOCKED:
        await coach.messenger.answer(request.query, coach.texts.plain("lifted-not"), alert=True)
        return
    await coach.messenger.answer(request.query, coach.texts.plain("toast-noted"))
    await coach.messenger.show(request.chat, screen)


async def morning_tapped(coach: Coach, request: Request, tap: MorningTap) -> None:
    await _morning(coach, request, tap.morning, tap.answer)


async def _morning(coach: Coach, request: Request, question: int, said: Morning) -> None:
    """The answer takes the place of the question."""
    answered = await pain_followups.answer(
        coach.db, coach.catalogue, request.runner, question, said, coach.now()
    )
    if answered is WhyNot.ANOTHER_DAY:
        await coach.messenger.answer(request.query, coach.texts.plain("toast-morning-old"))
        await coach.messenger.replace(
            request.chat, request.message_id, views.morning_past(coach.texts)
        )
    elif isinstance(answered, WhyNot):
        foreign = answered is WhyNot.FOREIGN
        toast = coach.texts.plain("toast-foreign" if foreign else "toast-answered")
        await coach.messenger.answer(request.query, toast)
    else:
        await coach.messenger.answer(request.query, coach.texts.plain("toast-noted"))
        screen = views.morning_answered(coach.texts, answered)
        asked_in = request.message_id if request.query else answered.question.message_id
        if (
            not await coach.messenger.replace(request.chat, asked_in or 0, screen)
            or not request.query
        ):
            await coach.messenger.show(request.chat, screen)


async def typed(coach: Coach, request: Request, said: str) -> bool:
    """Words and numbers where a question about what hurts is open; False if they answer none."""
    hurting = await services.waiting(coach.db, request.runner)
    if hurting is None:
        return await _typed_outside(coach, request, said)
    if request.message_id <= hurting.kept.word_id:
        return False
    score = _number(coach, said)
    if score is not None:
        await _scored(coach, request, hurting, score)
        return True
    if said in coach.texts.words("word-flags"):
        session = hurting.kept.session
        await flags_tapped(coach, request, FlagsTap(session.id, session.revision))
        return True
    if (move := _chosen(coach, hurting.told, said)) is not None:
        await training.move_typed(coach, request, move)
        return True
    told = _understood(coach, hurting.told, said)
    if told is None:
        return False
    session = hurting.kept.session
    await _tell(coach, request, session.id, session.revision, told)
    return True


def _chosen(coach: Coach, told: Told | None, said: str) -> Move | None:
    """The words on the buttons once all is told: to go on, or to leave it out."""
    if told is None or told.score is None:
        return None
    if said in coach.texts.words("word-resume"):
        return Move.BACK
    return Move.SKIP if said == coach.texts.plain("button-leave-out").lower() else None


async def _typed_outside(coach: Coach, request: Request, said: str) -> bool:
    """“pain 6” in a session asks from the beginning; “worse” may be this morning's answer."""
    if said in coach.texts.words("word-flags"):
        await _warned(coach, request)
        return True
    rest = _after_hurt(coach, said)
    if rest is not None and NUMBER.fullmatch(rest):
        await training.move_typed(coach, request, Move.HURT)
        return True
    for answer in Morning:
        if said in coach.texts.words(f"word-morning-{answer}"):
            question = await pain_followups.open_question(coach.db, request.runner, coach.now())
            if question is None:
                return False
            await _morning(coach, request, question, answer)
            return True
    return False


async def _warned(coach: Coach, request: Request) -> None:
    """A session stops for a warning sign; the signs are shown with or without one."""
    await coach.messenger.show(request.chat, views.warning_signs(coach.texts))
    if await training_services.current(coach.db, request.runner) is not None:
        await training.move_typed(coach, request, Move.HURT)


def _understood(coach: Coach, told: Told | None, said: str) -> Told | None:
    """What the words add to what was told; None where they add nothing."""
    texts = coach.texts
    if told is not None and told.kind is not None and told.score is None:
        for region in Region:
            if said in texts.words(f"word-region-{region}"):
                return Told(told.kind, region)
    if said in texts.words("word-ache"):
        return Told(None)
    kinds = (kind for kind in Kind if said in texts.words(f"word-pain-{kind}"))
    kind = next(kinds, None)
    return Told(kind) if kind else None


def _after_hurt(coach: Coach, said: str) -> str | None:
    """What follows a word for pain; None where there is none."""
    first, _, rest = said.partition(" ")
    return rest if first in coach.texts.words("word-hurt") else None


def _number(coach: Coach, said: str) -> float | None:
    """A score as people write it: 6, 6/10, 6 of 10, pain 6."""
    words = (_after_hurt(coach, said) or said).replace("/", " ").split()
    if not words or not NUMBER.fullmatch(words[0]):
        return None
    if words[1:] not in ([], ["10"], ["of", "10"], ["out", "of", "10"]):
        return None
    return float(words[0].replace(",", "."))


async def _scored(coach: Coach, request: Request, hurting: Hurting, score: float) -> None:
    """A score where one was asked for, or another one; else the question that comes first."""
    told, session = hurting.told, hurting.kept.session
    if told is None:
        await _again(coach, request, hurting, "hurt-first-kind")
    elif told.kind is not None and told.region is None:
        await _again(coach, request, hurting, "hurt-first-where")
    elif not 0 <= score <= STRONGEST or score != int(score):
        await _again(coach, request, hurting, "hurt-score-range")
    else:
        complete = Told(told.kind, told.region, int(score))
        await _decide(coach, request, session.id, session.revision, complete)


async def _again(coach: Coach, request: Request, hurting: Hurting, intro: str) -> None:
    screen = session_chat.hurting(coach, hurting.kept.session, hurting.told, intro)
    await session_chat.anew(coach, request.chat, hurting.kept, screen)
