"""Pain that runners mention in words, /pain, and the open questions about it."""

from dataclasses import replace

from bot import session_chat
from bot.callbacks import FineTap, TalkTap, WrongTap
from bot.coach import Coach
from bot.domain import pain_talk, pain_words
from bot.domain.intents import Intent
from bot.domain.pain import MorningAnswer
from bot.domain.pain_talk import Ask, OpenTalk, Talk, Topic
from bot.domain.pain_words import Reading, Subject
from bot.domain.regions import Region
from bot.domain.runner import Screening
from bot.domain.session import Move, Phase, Session, StoredSession
from bot.domain.wish import Wish
from bot.handlers import gate, pain, pain_answers, pain_questions, screening, warning_signs
from bot.handlers.rejected import accepted, outdated
from bot.handlers.request import Request, as_answer, strip_tapped
from bot.services import pain as pain_services
from bot.services import pain_followups, runners
from bot.services import pain_talk as services
from bot.services import training as training_services
from bot.services import warning_signs as sign_services
from bot.services.rejections import Rejected
from bot.services.rests import today
from bot.views import listening as listening_views
from bot.views import pain_talk as views
from bot.views.screen import Screen


async def command(coach: Coach, request: Request) -> None:
    """Show what rests now; with words, handle them as a report of what hurts."""
    if not request.words:
        await _overview(coach, request)
    elif not await answered(coach, request, request.words) and not await heard(
        coach, request, request.words, is_told=True
    ):
        await _begin(coach, request, Talk(Topic.PAIN))


async def may_run(coach: Coach, request: Request) -> None:
    """Say what the coach knows that argues against a run; the runner decides.

    If the runner names a part of the body that does not rest, the coach asks about it.
    """
    if await _asks_first(coach, request):
        return
    runner = await runners.get(coach.db, request.runner)
    if runner is not None and runner.screening is Screening.WAITING:
        waits = await gate.screen(coach, request)
        await coach.messenger.show(request.chat, views.run_asked_first(coach.texts, waits, runner))
        return
    rests = await pain_services.resting(coach.db, request.runner)
    named = pain_words.regions_named(request.words, coach.catalogue.pain_words)
    if named and not {rest.region for rest in rests}.intersection(named):
        await _begin(coach, request, Talk(Topic.PAIN, named))
        return
    screen = views.may_run(coach.texts, rests, today(runner, coach.now()))
    await coach.messenger.show(request.chat, screen)


async def _asks_first(coach: Coach, request: Request) -> bool:
    """Ask again what is asked about pain; return False if nothing is."""
    opened = await services.get(coach.db, request.runner)
    if opened is None or not opened.talk.holds_training:
        return False
    await pain_questions.ask(coach, request, opened)
    return True


async def _overview(coach: Coach, request: Request) -> None:
    if await _asks_first(coach, request):
        return
    runner = await runners.get(coach.db, request.runner)
    if runner is not None and runner.reported_sign is not None:
        await gate.show(coach, request)
        return
    rests = await pain_services.resting(coach.db, request.runner)
    screen = views.overview(coach.texts, rests, today(runner, coach.now()))
    await coach.messenger.show(request.chat, screen)


async def answered(coach: Coach, request: Request, words: str) -> bool:
    """Take the words for answers to the open questions; return False if they are none."""
    opened = await services.get(coach.db, request.runner)
    return opened is not None and await _answered_in_words(coach, request, opened, words)


async def heard(
    coach: Coach,
    request: Request,
    words: str,
    *,
    is_told: bool = False,
    asks_about_places: bool = True,
) -> bool:
    """Handle words about pain; return False if they are about something else.

    `is_told`: the words follow /pain, so that a part of the body is the place that hurts. Otherwise
    the coach asks about it, or leaves it to other readers.
    """
    reading = pain_words.read(words, coach.catalogue.pain_words)
    if reading is None:
        return await _placed(coach, request, words)
    if reading.subject is Subject.FINE:
        return await _fine(coach, request, reading)
    if reading.subject is Subject.CLEARED:
        return await _cleared(coach, request, reading)
    if reading.subject is Subject.PLACE and not is_told:
        return asks_about_places and await _ask_about_place(coach, request, reading, words)
    await _begin(coach, request, await _dated(coach, request, pain_talk.begun(reading), words))
    return True


async def complained(coach: Coach, request: Request) -> bool:
    """Handle a complaint after a command other than /pain; return False if there is none.

    The name of an exercise, a topic or a routine is not a complaint.
    """
    words, catalogue = request.words, coach.catalogue
    reading = pain_words.read(words, catalogue.pain_words)
    if reading is None or reading.subject not in (Subject.PAIN, Subject.SORENESS):
        return False
    exercise = catalogue.find_exercise(words)
    is_exercise = exercise.sure is not None and not exercise.by_first_word
    if is_exercise or catalogue.topics.find(words).sure or catalogue.find_routine(words).sure:
        return False
    if not await _asks_first(coach, request):
        await _begin(coach, request, pain_talk.begun(reading))
    return True


async def place_named(coach: Coach, request: Request) -> bool:
    """Ask about a part of the body in words that are not understood; False: they name none.

    “My knee is knackered” may well be a complaint.
    """
    regions = pain_words.regions_named(request.words, coach.catalogue.pain_words)
    if not regions:
        return False
    return await _ask_about_place(coach, request, Reading(Subject.PLACE, regions), request.words)


async def morning(coach: Coach, request: Request, words: str) -> bool:
    """Take the words as an answer on the morning after pain; return False if they are none."""
    answer = pain.morning_answer(coach, words)
    if answer is None:
        return False
    if await pain.morning_answered(coach, request, answer):
        return True
    return answer is MorningAnswer.WORSE and await _worsened(coach, request)


async def _worsened(coach: Coach, request: Request) -> bool:
    """Ask what is worse, in a session or while something rests; return False elsewhere."""
    resting = await pain_services.resting(coach.db, request.runner)
    stored = await training_services.current(coach.db, request.runner)
    if not resting and (stored is None or not stored.session.is_under_way):
        return False
    talk = Talk(Topic.PAIN)
    if len(resting) == 1:
        talk = pain_talk.located(talk, resting[0].region)
    await _begin(coach, request, talk)
    return True


async def _placed(coach: Coach, request: Request, words: str) -> bool:
    """Take the words as the place that hurts while a session asks for it; False: they name none."""
    vocabulary = coach.catalogue.pain_words
    said = pain_words.details(words, vocabulary)
    regions = said.regions or pain_words.regions_named(words, vocabulary)
    stored = await training_services.current(coach.db, request.runner)
    if not regions or stored is None or stored.session.phase is not Phase.HURTING:
        return False
    await _begin(coach, request, pain_talk.begun(replace(said, regions=regions)))
    return True


async def _answered_in_words(coach: Coach, request: Request, opened: OpenTalk, words: str) -> bool:
    """Take the words as answers to the open question or to a later one."""
    talk = opened.talk
    ask = pain_talk.question(talk)
    answer = pain_answers.typed(coach.texts, talk, ask, as_answer(words)) if ask else None
    if ask is Ask.SCORE and talk.guessed and as_answer(words) in coach.texts.words("word-talk-yes"):
        answer = str(talk.score)
    if ask is not None and answer is not None:
        await _answer(coach, request, opened, ask, answer)
        return True
    if not talk.holds_training:
        return False
    runner = await runners.get(coach.db, request.runner)
    vocabulary, day = coach.catalogue.pain_words, today(runner, coach.now())
    whole = pain_answers.by_clauses(coach.texts, vocabulary, talk, words, day)
    if whole is not None:
        intro = "talk-noted" if pain_talk.question(whole) is ask else None
        await _go_on(coach, request, opened, whole, intro)
        return True
    reading = pain_words.read(words, coach.catalogue.pain_words)
    if ask is Ask.DAYS and (reading is None or reading.subject is Subject.SORENESS):
        lasting = await _dated(coach, request, talk, words)
        if lasting != talk:
            await _go_on(coach, request, opened, lasting)
            return True
    more = pain_answers.added(coach.texts, coach.catalogue.pain_words, talk, words, reading)
    if more is not None:
        more = await _dated(coach, request, more, words)
        intro = "talk-noted" if pain_talk.question(more) is ask else None
        await _go_on(coach, request, opened, more, intro)
        return True
    if reading is None:
        return False
    is_fine = reading.subject is Subject.FINE and reading.doubt is None and talk.score is None
    if is_fine and reading.regions and set(reading.regions) <= set(talk.regions):
        await _drop(coach, request, opened)
        return True
    first = "talk-fine-first" if reading.subject is Subject.FINE else "talk-first"
    return await pain_questions.ask_again(coach, request, first)


async def _dated(coach: Coach, request: Request, talk: Talk, words: str) -> Talk:
    """Return the talk with the days that soreness has lasted, if the words say so."""
    if talk.topic is not Topic.SORENESS or talk.days is not None:
        return talk
    runner = await runners.get(coach.db, request.runner)
    days = pain_answers.days(coach.texts, words, today(runner, coach.now()))
    return talk if days is None else pain_talk.lasted(talk, days)


# Where the questions begin


async def wrong_tapped(coach: Coach, request: Request, tap: WrongTap) -> None:
    """Begin the questions; a second tap shows the open question again."""
    await coach.messenger.answer(request.query)
    opened = await services.get(coach.db, request.runner)
    if opened is not None and opened.talk.holds_training:
        await pain_questions.ask(coach, request, opened)
        return
    talk = Talk(Topic.PAIN)
    if tap.region is not Region.ELSEWHERE:
        talk = pain_talk.located(talk, tap.region)
    await _begin(coach, replace(request, query=None), talk)


async def _begin(coach: Coach, request: Request, talk: Talk) -> None:
    """Stop the clock of the session that is under way, and ask what is missing."""
    stored = await training_services.current(coach.db, request.runner)
    if stored is not None and talk.holds_training and stored.session.is_under_way:
        if stored.session.phase is Phase.HURTING:
            hurting = await pain_services.waiting(coach.db, request.runner)
            report = hurting.report if hurting else None
            if talk == Talk(Topic.PAIN):
                await session_chat.send_current(coach, request.chat, stored)
                return
            talk = pain_talk.continued(talk, report)
        else:
            await _stop_clock(coach, request, stored.session)
        if stored.session.phase is Phase.LISTENING:
            coach.next_cue.bring_forward(coach.now())
            await coach.messenger.show(request.chat, listening_views.stop_player(coach.texts))
        talk = replace(talk, session=stored.session.id)
    opened = await services.begin(coach.db, request.runner, talk, coach.now())
    await pain_questions.ask(coach, request, opened)


async def _stop_clock(coach: Coach, request: Request, session: Session) -> None:
    """Let the session wait for a report; raise RejectedError if it has moved on."""
    moved = await training_services.move(
        *(coach.db, request.runner, session.id, session.revision),
        *(Move.HURT, coach.now(), coach.capacity),
    )
    accepted(request, moved)


async def _ask_about_place(coach: Coach, request: Request, reading: Reading, words: str) -> bool:
    """Ask whether a part of the body is meant for exercises, or because something is wrong."""
    topic = coach.catalogue.topics.find(words).sure
    exercise = coach.catalogue.find_exercise(words).sure
    tap = views.exercises_tap(topic, exercise)
    purpose = coach.catalogue.wishes.read(words).purpose
    session = None
    if purpose in coach.catalogue.purposes:
        wish = Wish(coach.catalogue.purposes[purpose].minutes, purpose)
        session = coach.catalogue.name_of(wish.routine), wish
    screen = views.place(coach.texts, reading.regions, tap, session)
    await coach.messenger.show(request.chat, screen)
    return True


# The open question


async def tapped(coach: Coach, request: Request, tap: TalkTap) -> None:
    """Handle an answer; an answer to an earlier question changes nothing."""
    opened = await services.get(coach.db, request.runner)
    is_open = opened is not None and opened.revision == tap.revision
    if opened is None or not is_open or pain_talk.question(opened.talk) is not tap.ask:
        raise outdated(request)
    await _answer(coach, request, opened, tap.ask, tap.answer)


async def _answer(coach: Coach, request: Request, opened: OpenTalk, ask: Ask, answer: str) -> None:
    """Store an answer to the open question, and show what follows."""
    talk = opened.talk
    if answer == TalkTap.DROP or (ask is Ask.NOW and answer == views.NO):
        await _drop(coach, request, opened)
        return
    sign = pain_answers.sign(ask, answer)
    if sign is not None:
        reported = await sign_services.report(
            coach.db, request.runner, sign, coach.now(), talk.regions
        )
        await services.close(coach.db, request.runner, opened.revision)
        await coach.messenger.answer(request.query, coach.texts.plain("toast-noted"))
        await warning_signs.show(coach, request, reported)
        await strip_tapped(coach, request)
        return
    if talk.topic is Topic.GATE and answer != views.YES:
        await _gate(coach, request, opened, ready=False)
        return
    if ask in (Ask.GONE, Ask.WHOM, Ask.SINCE) and answer in (views.LESS, views.NO):
        await _close(coach, request, opened, "fine-less" if ask is Ask.GONE else "cleared-not")
        return
    try:
        changed = pain_answers.changed(talk, ask, answer)
    except ValueError:
        raise outdated(request) from None
    if ask is Ask.SINCE:
        await _agree(coach, request, opened)
        return
    await _go_on(coach, request, opened, changed)


async def _go_on(
    coach: Coach, request: Request, opened: OpenTalk, talk: Talk, intro: str | None = None
) -> None:
    """Store what was said; ask for what is still missing, or act on the complete answers.

    The last answer is stored together with its consequences, so that no talk is open without a
    question.
    """
    if pain_talk.question(talk) is None:
        await _act(coach, request, OpenTalk(talk, opened.revision))
        return
    outcome = await services.save(coach.db, request.runner, opened.revision, talk, coach.now())
    saved = accepted(request, outcome)
    await coach.messenger.answer(request.query)
    await pain_questions.ask(coach, request, saved, intro)


async def _act(coach: Coach, request: Request, whole: OpenTalk) -> None:
    """Act on the complete answers."""
    if whole.talk.topic is Topic.GATE:
        await _gate(coach, request, whole, ready=True)
    elif whole.talk.topic is Topic.FINE:
        await coach.messenger.answer(request.query)
        await _fine_region(coach, request, whole.talk.region, whole.revision)
    else:
        await _report(coach, request, whole)


async def _report(coach: Coach, request: Request, opened: OpenTalk) -> None:
    """Store the complete report, which closes the talk, and say what rests."""
    talk, report = opened.talk, opened.talk.report
    if pain_answers.is_none_of_its_kind(report):
        again = replace(talk, kind=None, score=None, guessed=False)
        saved = await services.save(coach.db, request.runner, opened.revision, again, coach.now())
        await coach.messenger.answer(request.query)
        if not isinstance(saved, Rejected):
            await pain_questions.ask(coach, request, saved, "said-kind-again")
        return
    stored = await training_services.current(coach.db, request.runner)
    if stored is not None and stored.session.phase is Phase.HURTING:
        session = stored.session
        await pain.decide(coach, request, session.id, session.revision, report)
        return
    reported = await pain_services.report(
        coach.db, coach.catalogue, request.runner, report, coach.now()
    )
    coach.outbox_due.set()
    await coach.messenger.answer(request.query, coach.texts.plain("toast-noted"))
    await _close_with(coach, request, views.reported(coach.texts, reported))
    interrupted = reported.interrupted
    if interrupted is not None and interrupted.message_id is not None:
        coach.next_cue.bring_forward(coach.now())
        if reported.ended:
            await session_chat.tidy(
                coach, request.chat, interrupted.message_id, interrupted.session, Move.STOP
            )
        else:
            current = await training_services.current(coach.db, request.runner)
            if current is not None:
                await session_chat.send_current(coach, request.chat, current)


async def _drop(coach: Coach, request: Request, opened: OpenTalk) -> None:
    """Close the talk, because nothing hurts; pause the session, if there is one."""
    if not await services.close(coach.db, request.runner, opened.revision):
        raise outdated(request)
    await coach.messenger.answer(request.query, coach.texts.plain("toast-noted"))
    stored = await training_services.current(coach.db, request.runner)
    in_session = stored is not None and stored.session.phase is Phase.HURTING
    screen = views.dropped(coach.texts, in_session=in_session)
    if stored is not None and in_session:
        await coach.messenger.show(request.chat, screen)
        await session_chat.send_current(coach, request.chat, await _paused(coach, request, stored))
    else:
        await _close_with(coach, request, screen)


async def _paused(coach: Coach, request: Request, stored: StoredSession) -> StoredSession:
    """Return to the step that was stopped for a report, and pause there."""
    revision = stored.session.revision
    for move in (Move.BACK, Move.PAUSE):
        moved = await training_services.move(
            *(coach.db, request.runner, stored.session.id, revision),
            *(move, coach.now(), coach.capacity),
        )
        if not isinstance(moved, training_services.Moved):
            break
        revision = moved.session.revision
    return await training_services.current(coach.db, request.runner) or stored


async def _close(coach: Coach, request: Request, opened: OpenTalk, message: str) -> None:
    if not await services.close(coach.db, request.runner, opened.revision):
        raise outdated(request)
    await coach.messenger.answer(request.query, coach.texts.plain("toast-noted"))
    await _close_with(coach, request, views.said(coach.texts, message))


async def _close_with(coach: Coach, request: Request, screen: Screen) -> None:
    """Show the screen in place of the tapped question; after words, in a new message."""
    tapped = request.query is not None
    if not tapped or not await coach.messenger.replace(request.chat, request.message_id, screen):
        await coach.messenger.show(request.chat, screen)


# Fine again


async def fine_tapped(coach: Coach, request: Request, tap: FineTap) -> None:
    await coach.messenger.answer(request.query)
    await _fine_region(coach, replace(request, query=None), tap.region)


async def fine(coach: Coach, request: Request) -> None:
    """Handle the statement that nothing hurts."""
    if not await _fine(coach, request, Reading(Subject.FINE)):
        await coach.messenger.show(request.chat, views.said(coach.texts, "fine-nothing-rests"))


async def _fine(coach: Coach, request: Request, reading: Reading) -> bool:
    """Handle the statement that something is fine again, which never lifts a warning sign.

    Return False if nothing rests and the words name neither a region nor pain.
    """
    if await gate.waits_for_sign(coach, request):
        return True
    rests = await pain_services.resting(coach.db, request.runner)
    if not rests and not reading.regions and reading.score is None:
        return False
    meant = [rest.region for rest in rests if rest.region in reading.regions]
    regions = tuple(meant or ([] if reading.regions else [rest.region for rest in rests]))
    if not meant and (reading.regions or not rests):
        await coach.messenger.show(request.chat, views.said(coach.texts, "fine-nothing-rests"))
        return True
    talk = Talk(Topic.FINE, regions, in_doubt=reading.doubt is not None)
    if pain_talk.question(talk) is None:
        asked = await services.get(coach.db, request.runner)
        is_answer = asked is not None and asked.talk.topic is Topic.FINE
        revision = asked.revision if asked is not None and is_answer else 0
        await _fine_region(coach, request, talk.region, revision)
    else:
        opened = await services.begin(coach.db, request.runner, talk, coach.now())
        await pain_questions.ask(coach, request, opened)
    return True


async def _fine_region(
    coach: Coach, request: Request, region: Region | None, revision: int = 0
) -> None:
    """Say which rests end and what is missing for the others; ask the gate if it is due.

    `revision`: the revision of the talk that this completes.
    """
    outcome = await pain_followups.fine_again(coach.db, request.runner, region, coach.now())
    await services.close(coach.db, request.runner, revision)
    if isinstance(outcome, Rejected):
        await _close_with(coach, request, views.said(coach.texts, "fine-nothing-rests"))
        return
    coach.outbox_due.set()
    if outcome.over or outcome.not_yet:
        runner = await runners.get(coach.db, request.runner)
        day = today(runner, coach.now())
        await _close_with(coach, request, views.fine(coach.texts, outcome, day))
        request = replace(request, query=None)
    if outcome.gates:
        await pain_questions.ask_gate(coach, request, outcome.gates[0].region)


async def _gate(coach: Coach, request: Request, opened: OpenTalk, *, ready: bool) -> None:
    """Store the answer to the gate, and say what follows; then ask the next region's gate."""
    region = opened.talk.region
    assert region is not None
    rest = await pain_followups.gate(coach.db, request.runner, region, coach.now(), ready=ready)
    await services.close(coach.db, request.runner, opened.revision)
    await coach.messenger.answer(request.query, coach.texts.plain("toast-noted"))
    if isinstance(rest, Rejected):
        await _overview(coach, request)
        return
    await _close_with(coach, request, views.gate(coach.texts, rest))
    day = today(await runners.get(coach.db, request.runner), coach.now())
    others = await pain_followups.due(coach.db, request.runner, coach.now())
    for other in others:
        if other.has_gate(day) and other.region is not region:
            await pain_questions.ask_gate(coach, replace(request, query=None), other.region)
            return


# A clinician's word


async def _cleared(coach: Coach, request: Request, reading: Reading) -> bool:
    """Handle the statement that a clinician agreed; return False if nothing waits for one."""
    rests = await pain_services.resting(coach.db, request.runner)
    locked = [rest.region for rest in rests if rest.locked]
    if not locked and await gate.waits_for_sign(coach, request):
        return True
    if not locked:
        return await _cleared_for_sessions(coach, request)
    meant = [region for region in locked if region in reading.regions]
    talk = Talk(Topic.CLEARED, tuple(meant or locked), in_doubt=reading.doubt is not None)
    opened = await services.begin(coach.db, request.runner, talk, coach.now())
    await pain_questions.ask(coach, request, opened)
    return True


async def _cleared_for_sessions(coach: Coach, request: Request) -> bool:
    """Handle the statement that a clinician agreed where no region waits for one."""
    if coach.catalogue.intents.read(request.words) is Intent.ADVICE:
        return False
    runner = await runners.get(coach.db, request.runner)
    if runner is not None and runner.screening is Screening.WAITING:
        await gate.show(coach, request)
    elif not await screening.question_again(coach, request):
        await coach.messenger.show(request.chat, views.said(coach.texts, "cleared-nothing"))
    return True


async def _agree(coach: Coach, request: Request, opened: OpenTalk) -> None:
    """Store that a clinician agreed about the region."""
    region = opened.talk.region
    assert region is not None
    await pain.agree(coach, request, region)
    await services.close(coach.db, request.runner, opened.revision)
    await strip_tapped(coach, request)
