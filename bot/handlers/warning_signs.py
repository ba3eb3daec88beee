"""Warning signs, for which everything that a runner types is read first."""

from functools import partial

from telegram import Message

from bot import session_chat
from bot.callbacks import SafetyTap, SignAnswer, SignAtTap, SignOfTap, SignTap
from bot.coach import Coach
from bot.domain import pain_words, warning_signs
from bot.domain.pain import PainKind
from bot.domain.pain_words import Subject
from bot.domain.runner import ReportedSign, Screening
from bot.domain.session import Move
from bot.domain.warning_signs import Doubt, Urgency
from bot.handlers import pain_answers, screening, training
from bot.handlers.rejected import outdated
from bot.handlers.request import Request, as_answer, strip_tapped
from bot.services import pain, runners
from bot.services import warning_signs as services
from bot.services.warning_signs import Placed, Reported
from bot.views import warning_signs as views
from bot.views.screen import Screen


async def is_none(coach: Coach, request: Request, message: Message) -> bool:
    """Answer a warning sign in the text or the caption; return True if there is none."""
    text = message.text or message.caption or ""
    if await _answered(coach, request, text):
        return False
    reading = warning_signs.read(text, coach.catalogue.warning_signs)
    if reading is None:
        return not await _place_typed(coach, request, text)
    if await _is_kind_of_pain(coach, request, text):
        return True
    if await screening.is_answer(coach, request, text):
        return True
    said = pain_words.read(text, coach.catalogue.pain_words)
    if reading.doubt is Doubt.NEGATED and (
        reading.urgency is not Urgency.EMERGENCY or (said is not None and _is_plain_pain(said))
    ):
        return True  # of denied signs, only emergencies are asked about
    regions = said.regions if said else ()
    if not regions:  # a denied or past sign, or words with a sign, are not a report of pain
        regions = pain_words.regions_named(text, coach.catalogue.pain_words)
    now = await coach.level()
    reported = await services.report(coach.db, request.runner, reading, now, regions)
    await show(coach, request, reported)
    return False


def _is_plain_pain(said: pain_words.Reading) -> bool:
    return said.subject is Subject.PAIN and bool(said.regions) and said.doubt is None


async def _is_kind_of_pain(coach: Coach, request: Request, text: str) -> bool:
    """Return whether the words answer what kind of pain it is, which has its own rules."""
    words = as_answer(text)
    if not any(words in coach.texts.words(f"word-pain-{kind}") for kind in PainKind):
        return False
    return await pain.waiting(coach.db, request.runner) is not None


async def _answered(coach: Coach, request: Request, text: str) -> bool:
    """Take a typed yes or no as an answer to the open question, and other words as a button."""
    words = as_answer(text).replace(",", "")
    if screening.is_clinicians_yes(coach, text):
        return await _agreed(coach, request)
    is_now = words in coach.texts.words("word-sign-now")
    is_yes = is_now or words in coach.texts.words("word-yes") | coach.texts.words("word-sign-yes")
    is_not_me = words in coach.texts.words("word-not-me")
    is_no = words in coach.texts.words("word-no") | coach.texts.words("word-sign-no")
    if not is_yes and not is_not_me and not is_no:
        return False
    sign = await _sign(coach, request)
    if sign is None or sign.is_confirmed or (sign.doubt is None and not is_not_me and not is_now):
        return False
    answer = SignAnswer.NOW if is_yes else SignAnswer.LIFT
    if sign.doubt is None and is_not_me:
        answer = SignAnswer.NOT_ME
    await coach.level()
    await sign_tapped(coach, request, SignTap(answer, sign.sign))
    return True


async def _agreed(coach: Coach, request: Request) -> bool:
    """Take the words as the button that a clinician agreed; False: there is no such button."""
    sign = await _sign(coach, request)
    if sign is None or sign.doubt is not None or sign.awaits_place:
        return False
    if sign.urgency is Urgency.EMERGENCY:  # a clinician's word, which is asked for twice
        return False
    await coach.level()
    await screening.safety_tapped(coach, request, SafetyTap(Screening.AGREED))
    return True


async def _place_typed(coach: Coach, request: Request, text: str) -> bool:
    """Take a typed part of the body as the place of the open sign."""
    region, _ = pain_answers.region_and_side(coach.texts, as_answer(text))
    sign = await _sign(coach, request) if region else None
    if region is None or sign is None or not sign.awaits_place:
        return False
    await coach.level()
    await place_tapped(coach, request, SignAtTap(region, sign.sign))
    return True


async def _sign(coach: Coach, request: Request) -> ReportedSign | None:
    known = await runners.get(coach.db, request.runner)
    return known.reported_sign if known else None


async def sign_tapped(coach: Coach, request: Request, tap: SignTap) -> None:
    """Commit the answer, then acknowledge the tap, then show what follows."""
    if tap.answer in (SignAnswer.NOW, SignAnswer.SPREAD):
        store = services.confirm if tap.answer is SignAnswer.NOW else services.spread
        reported = await store(coach.db, request.runner, tap.sign, coach.now())
        if reported is not None:
            await coach.messenger.answer(request.query, coach.texts.plain("toast-noted"))
            await show(coach, request, reported)
            await strip_tapped(coach, request)
            return
    elif tap.answer is SignAnswer.LIFT:
        if await services.lift(coach.db, request.runner, tap.sign):
            await _lifted(coach, request)
            return
    else:
        known = await runners.get(coach.db, request.runner)
        sign = known.reported_sign if known else None
        if known is not None and sign is not None and sign.sign == tap.sign:
            await coach.messenger.answer(request.query)
            if tap.answer is SignAnswer.CLEARED:
                screen = views.cleared(coach.texts)
            else:
                screen = views.ask_again(coach.texts, partial(SignTap, sign=tap.sign))
            await coach.messenger.show(request.chat, screen)
            return
    raise outdated(request)


async def _lifted(coach: Coach, request: Request) -> None:
    await coach.messenger.answer(request.query, coach.texts.plain("toast-noted"))
    await coach.messenger.show(request.chat, views.lifted(coach.texts))
    await strip_tapped(coach, request)
    await training.return_to_running(coach, request)


async def place_tapped(coach: Coach, request: Request, tap: SignAtTap) -> None:
    """Store where the sign is, so that only this rests."""
    placed = await services.place(coach.db, request.runner, tap.sign, tap.region, coach.now())
    await _answer_placed(coach, request, placed)


async def rest_tapped(coach: Coach, request: Request, tap: SignOfTap) -> None:
    """Handle an answer about a sign for which a region rests."""
    if tap.answer is SignAnswer.NOW:
        placed = await services.confirm_rest(coach.db, request.runner, tap.region)
        await _answer_placed(coach, request, placed)
    elif tap.answer is SignAnswer.LIFT and await services.lift_rest(
        coach.db, request.runner, tap.region
    ):
        await _lifted(coach, request)
    elif tap.answer is SignAnswer.NOT_ME and await services.is_heard(
        coach.db, request.runner, tap.region
    ):
        await coach.messenger.answer(request.query)
        screen = views.ask_again(coach.texts, partial(SignOfTap, region=tap.region))
        await coach.messenger.show(request.chat, screen)
    else:
        raise outdated(request)


async def _answer_placed(coach: Coach, request: Request, placed: Placed | None) -> None:
    if placed is None:
        raise outdated(request)
    await coach.messenger.answer(request.query, coach.texts.plain("toast-noted"))
    await show(coach, request, placed)
    await strip_tapped(coach, request)


async def show(coach: Coach, request: Request, reported: Reported | Placed) -> None:
    """Show what to do, then tidy the message of the session that was interrupted."""
    session = reported.interrupted
    await coach.messenger.show(request.chat, screen(coach, reported))
    if session is not None and session.message_id is not None:
        move = Move.PAUSE if _is_doubtful(reported) else Move.STOP
        await session_chat.tidy(coach, request.chat, session.message_id, session.session, move)
        coach.next_cue.bring_forward(coach.now())


def screen(coach: Coach, reported: Reported | Placed) -> Screen:
    """Return what to do about the sign."""
    if isinstance(reported, Placed):
        return views.placed(
            coach.texts,
            reported.rests,
            is_confirmed=reported.is_confirmed,
            ended=reported.interrupted is not None,
        )
    ended = reported.interrupted is not None and not _is_doubtful(reported)
    return views.reported(coach.texts, reported.runner, coach.now(), ended=ended)


def _is_doubtful(reported: Reported | Placed) -> bool:
    return isinstance(reported, Reported) and reported.sign.doubt is not None
