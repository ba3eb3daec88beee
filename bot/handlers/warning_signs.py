"""Warning signs: read in everything that a runner types, before anything else."""

from telegram import Message

from bot import session_chat
from bot.callbacks import SignAnswer, SignTap
from bot.coach import Coach
from bot.domain import warning_signs
from bot.domain.pain import PainKind
from bot.domain.session import Move
from bot.handlers import rejected, screening, training
from bot.handlers.request import Request, as_answer
from bot.services import pain, runners
from bot.services import warning_signs as services
from bot.services.rejections import Reason, Rejected
from bot.services.warning_signs import Reported
from bot.views import warning_signs as views


async def is_none(coach: Coach, request: Request, message: Message) -> bool:
    """Answer a warning sign in the text or the caption; return True if there is none."""
    text = message.text or message.caption or ""
    if await _answered(coach, request, text):
        return False
    reading = warning_signs.read(text, coach.catalogue.warning_signs)
    if reading is None or await _is_kind_of_pain(coach, request, text):
        return True
    if await screening.is_answer(coach, request, text):
        return True
    reported = await services.report(coach.db, request.runner, reading, await coach.level())
    await show(coach, request, reported)
    return False


async def _is_kind_of_pain(coach: Coach, request: Request, text: str) -> bool:
    """Whether the words answer what the pain is like, which has its own rules."""
    words = as_answer(text)
    if not any(words in coach.texts.words(f"word-pain-{kind}") for kind in PainKind):
        return False
    return await pain.waiting(coach.db, request.runner) is not None


async def _answered(coach: Coach, request: Request, text: str) -> bool:
    """Take a typed yes or no for the answer to the open question."""
    words = as_answer(text)
    is_yes = words in coach.texts.words("word-yes")
    if not is_yes and words not in coach.texts.words("word-no"):
        return False
    known = await runners.get(coach.db, request.runner)
    sign = known.reported_sign if known else None
    if sign is None or sign.doubt is None:
        return False
    answer = SignAnswer.NOW if is_yes else SignAnswer.LIFT
    await coach.level()
    await sign_tapped(coach, request, SignTap(answer, sign.sign))
    return True


async def sign_tapped(coach: Coach, request: Request, tap: SignTap) -> None:
    """Commit the answer, then acknowledge the tap, then show what follows."""
    if tap.answer is SignAnswer.NOW:
        reported = await services.confirm(coach.db, request.runner, tap.sign, coach.now())
        if reported is not None:
            await coach.messenger.answer(request.query, coach.texts.plain("toast-noted"))
            await show(coach, request, reported)
            await _strip(coach, request)
            return
    elif tap.answer is SignAnswer.LIFT:
        if await services.lift(coach.db, request.runner, tap.sign):
            await coach.messenger.answer(request.query, coach.texts.plain("toast-noted"))
            await coach.messenger.show(request.chat, views.lifted(coach.texts))
            await _strip(coach, request)
            await training.return_to_running(coach, request)
            return
    else:
        known = await runners.get(coach.db, request.runner)
        sign = known.reported_sign if known else None
        if known is not None and sign is not None and sign.sign == tap.sign:
            await coach.messenger.answer(request.query)
            await coach.messenger.show(request.chat, views.ask_again(coach.texts, known))
            return
    await rejected.show(coach, request, Rejected(Reason.OUTDATED))


async def show(coach: Coach, request: Request, reported: Reported) -> None:
    """Show what to do, then tidy the message of the session that was interrupted."""
    session = reported.interrupted
    ended = session is not None and reported.sign.doubt is None
    screen = views.reported(coach.texts, reported.runner, coach.now(), ended=ended)
    await coach.messenger.show(request.chat, screen)
    if session is not None and session.message_id is not None:
        move = Move.STOP if reported.sign.doubt is None else Move.PAUSE
        await session_chat.tidy(coach, request.chat, session.message_id, session.session, move)


async def _strip(coach: Coach, request: Request) -> None:
    if request.query is not None:
        await coach.messenger.strip(request.chat, request.message_id)
