"""The open questions about pain, the consequences of the answers, and /pain."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date

from bot.callbacks import BrowseTap, ExerciseTap, RoutineTap, TalkTap, Tap, WrongTap
from bot.content.texts import Html, Texts
from bot.domain.pain import LOCKING, PainKind, Score
from bot.domain.pain_report import FineAgain, PainReported
from bot.domain.pain_talk import Ask, Flag, OpenTalk, Talk, Topic
from bot.domain.regions import OFFERED, Region, Side
from bot.domain.rests import Level, Rest, Stage
from bot.domain.runner import Runner
from bot.domain.wish import Wish
from bot.views.pain import agreed_rows, ended, fine_rows, see
from bot.views.screen import Button, Rows, Screen, above, column, in_rows, lines, notice, paragraphs

KINDS = (PainKind.DULL, PainKind.SHARP, PainKind.JOINT, PainKind.BONE)
UNKNOWN = "unknown"
YES, NO = "yes", "no"
NONE = "none"
ARMS = (Region.UPPER_BACK, Region.SHOULDER_ARM)  # regions that a run loads little
BOTH, ONE = "both", "one"
GONE, LESS = "gone", "less"


def question(
    texts: Texts, ask: Ask, opened: OpenTalk, rests: Collection[Rest] = (), intro: str | None = None
) -> Screen:
    """Ask what is missing; `rests` are the regions to choose from, `intro` a message id."""
    text = _text(texts, ask, opened.talk, rests)
    rows = tuple(
        tuple(Button(label, TalkTap(ask, answer, opened.revision)) for label, answer in row)
        for row in _answers(texts, ask, opened.talk, rests)
    )
    lead = texts.html(intro) if intro else None
    return Screen(paragraphs(lead, text), (*rows, *_drop(texts, ask, opened)))


def _drop(texts: Texts, ask: Ask, opened: OpenTalk) -> Rows:
    if not opened.talk.holds_training or ask is Ask.NOW:
        return ()
    return column(texts, ("button-talk-drop", TalkTap(ask, TalkTap.DROP, opened.revision)))


def _text(texts: Texts, ask: Ask, talk: Talk, rests: Collection[Rest]) -> Html:
    region = talk.region or Region.ELSEWHERE
    if ask is Ask.SCORE:
        return _how_strong(texts, talk, region)
    if ask is Ask.WHERE and len(talk.regions) > 1:
        is_back = set(talk.regions) == {Region.LOW_BACK, Region.UPPER_BACK}
        return texts.html("talk-which-back" if is_back else "talk-which-first")
    since = next((rest.since for rest in rests if rest.region is talk.region), None)
    return texts.html(f"talk-{ask}", region=region, day=texts.day(since) if since else "")


def _how_strong(texts: Texts, talk: Talk, region: Region) -> Html:
    if talk.topic is Topic.SORENESS:
        if talk.guessed:
            return texts.html("talk-sore-guess", score=talk.score or 0)
        return texts.html("talk-sore-score")
    if talk.guessed:
        return texts.html("talk-score-guess", region=region, score=talk.score or 0)
    return texts.html("talk-score", region=region)


Answers = Iterable[Iterable[tuple[str, str]]]


def answers(texts: Texts, ask: Ask, talk: Talk) -> Iterator[tuple[str, str]]:
    """Yield the answers to a question, each with its label."""
    for row in _answers(texts, ask, talk, ()):
        yield from row


def _answers(texts: Texts, ask: Ask, talk: Talk, rests: Collection[Rest]) -> Answers:
    """Return the rows of answers, each with its label."""
    if ask is Ask.WHERE:
        return in_rows(_regions(texts, talk.regions if len(talk.regions) > 1 else OFFERED), 2)
    if ask is Ask.WHICH:
        return in_rows(_regions(texts, [rest.region for rest in rests]), 2)
    if ask is Ask.KIND:
        kinds = (*KINDS, PainKind.GROIN) if talk.region is Region.HIP_GROIN else KINDS
        return [[(texts.plain(f"button-talk-{kind}"), kind.value)] for kind in kinds]
    if ask is Ask.SCORE:
        scores = [(score.value, score.value) for score in Score]
        return (scores[:6], scores[6:])
    return FIXED[ask](texts)


def _regions(texts: Texts, regions: Iterable[Region]) -> list[tuple[str, str]]:
    return [(texts.plain(f"button-region-{region}"), region.value) for region in regions]


def _beside(answers: Mapping[str, str]) -> Callable[[Texts], Answers]:
    """Return answers side by side."""
    return lambda texts: [[(texts.plain(label), answer) for label, answer in answers.items()]]


def _below(answers: Mapping[str, str]) -> Callable[[Texts], Answers]:
    """Return answers one below the other."""
    return lambda texts: [[(texts.plain(label), answer)] for label, answer in answers.items()]


YES_OR_NO = _beside({"button-talk-yes": YES, "button-talk-no": NO})
FIXED: Mapping[Ask, Callable[[Texts], Answers]] = {
    Ask.NOW: _beside({"button-talk-now": YES, "button-talk-not-now": NO}),
    Ask.SCREEN: _below(
        {
            "button-flag-standing": Flag.STANDING,
            "button-flag-injury": Flag.INJURY,
            "button-flag-swollen": Flag.SWOLLEN,
            "button-flag-bone": Flag.BONE,
            "button-flag-night": Flag.NIGHT,
            "button-flag-nerve": Flag.NERVE,
            "button-flag-locks": Flag.LOCKS,
            "button-flag-fever": Flag.FEVER,
            "button-flag-chest": Flag.CHEST,
            "button-talk-none": NONE,
        }
    ),
    Ask.SIDE: _below(
        {
            "button-side-left": Side.LEFT,
            "button-side-right": Side.RIGHT,
            "button-side-both": Side.BOTH,
            "button-side-unknown": UNKNOWN,
        }
    ),
    Ask.SIDES: _below({"button-sides-both": BOTH, "button-sides-one": ONE}),
    Ask.DAYS: _below({"button-days-1": "1", "button-days-3": "3", "button-days-5": "5"}),
    Ask.URINE: YES_OR_NO,
    Ask.GONE: _beside({"button-talk-gone": GONE, "button-talk-less": LESS}),
    Ask.MOVES: YES_OR_NO,
    Ask.NIGHT: YES_OR_NO,
    Ask.SWELLING: YES_OR_NO,
    Ask.WHOM: YES_OR_NO,
    Ask.SINCE: YES_OR_NO,
}


def place(
    texts: Texts, regions: Collection[Region], exercises: Tap, session: tuple[str, Wish] | None
) -> Screen:
    """Ask what the runner means by a part of the body that was named alone.

    `session`: the name of a session for this part and the wish for it, if there is one.
    """
    region = next(iter(regions)) if len(regions) == 1 else None
    region = Region.BACK if set(regions) == {Region.LOW_BACK, Region.UPPER_BACK} else region
    wrong = WrongTap(region or Region.ELSEWHERE)
    rows = (
        *column(texts, ("button-place-exercises", exercises)),
        *_session(texts, session),
        *column(texts, ("button-wrong", wrong)),
    )
    return Screen(texts.html("talk-place"), rows)


def _session(texts: Texts, session: tuple[str, Wish] | None) -> Rows:
    if session is None:
        return ()
    name, wish = session
    label = texts.plain("routine-button", name=name, minutes=wish.minutes)
    return ((Button(label, RoutineTap(wish.routine)),),)


def exercises_tap(topic: str | None, exercise: str | None) -> Tap:
    return BrowseTap(topic) if topic else ExerciseTap(exercise or "")


def dropped(texts: Texts, *, in_session: bool) -> Screen:
    return Screen(texts.html("talk-dropped-session" if in_session else "talk-dropped"))


def reported(texts: Texts, reported: PainReported) -> Screen:
    """Say what rests, until when at least, and what the coach will ask and when."""
    text = paragraphs(
        _noted(texts, reported),
        see(texts, reported.advice, reported.report),
        ended(texts, reported.report) if reported.ended else None,
        texts.html("said-goes-on") if reported.interrupted and not reported.ended else None,
    )
    rest = reported.rest
    return Screen(text, agreed_rows(texts, [rest] if rest else []))


def _noted(texts: Texts, reported: PainReported) -> Html:
    report, rest, score = reported.report, reported.rest, reported.report.score or 0
    if report.kind is None:
        return texts.html(
            "said-sore-strong" if reported.advice.stop else "said-sore-fine", score=score
        )
    if rest is None or report.region is None:
        return texts.html("said-no-pain")
    region = report.region
    if rest.locked:
        is_bone = report.kind in LOCKING
        return texts.html("said-lock-bone" if is_bone else "said-lock-again", region=region)
    words = "elsewhere" if report.region is Region.ELSEWHERE and rest.rests else rest.level
    return texts.html(
        f"said-{words}",
        region=region,
        score=score,
        day=texts.day(rest.earliest),
        ask=texts.day(rest.ask_on or rest.earliest),
    )


def overview(texts: Texts, rests: Collection[Rest], today: date) -> Screen:
    """Say what rests now and when it is asked about, with a button for each region."""
    hurts = column(texts, ("button-hurt", WrongTap(Region.ELSEWHERE)))
    if not rests:
        return Screen(texts.html("pain-none"), hurts)
    listed = lines(*(_resting(texts, rest, today) for rest in rests))
    fine = fine_rows(texts, (rest.region for rest in rests if not rest.locked))
    text = paragraphs(texts.html("pain-rests"), listed)
    return Screen(text, (*hurts, *fine, *agreed_rows(texts, rests)))


def _resting(texts: Texts, rest: Rest, today: date) -> Html:
    region = rest.region
    ask = texts.day(rest.ask_on) if rest.ask_on and rest.ask_on > today else ""
    if rest.locked:
        key = "pain-rest-locked-asks" if ask else "pain-rest-locked"
        return texts.html(key, region=region, ask=ask)
    if rest.stage is not Stage.RESTING:
        return texts.html("pain-rest-back", region=region)
    is_mild = rest.level is Level.MILD
    if not ask:
        return texts.html("pain-rest-mild-today" if is_mild else "pain-rest-today", region=region)
    if is_mild:
        return texts.html("pain-rest-mild", region=region, ask=ask)
    return texts.html("pain-rest", region=region, day=texts.day(rest.earliest), ask=ask)


def may_run(texts: Texts, rests: Collection[Rest], today: date) -> Screen:
    """Say what argues against a run, the most serious first; the runner decides."""
    if not rests:
        return notice("may-run-none", ("button-wrong", WrongTap(Region.ELSEWHERE)))(texts)
    if locked := [rest for rest in rests if rest.locked]:
        listed = (texts.html("may-run-locked", region=rest.region) for rest in locked)
        return Screen(lines(*listed), agreed_rows(texts, locked))
    gravest = sorted(rests, key=lambda rest: rest.rests, reverse=True)
    waits = any(_run_waits(rest) for rest in rests)
    text = paragraphs(
        lines(*(_run(texts, rest, today) for rest in gravest)),
        texts.html("may-run-before") if waits else None,
        texts.html("may-run-after"),
    )
    return Screen(text, fine_rows(texts, (rest.region for rest in rests)))


def _run_waits(rest: Rest) -> bool:
    return rest.rests and rest.stage is Stage.RESTING and rest.region not in ARMS


def _run(texts: Texts, rest: Rest, today: date) -> Html:
    region = rest.region
    if rest.stage is not Stage.RESTING:
        return texts.html("may-run-back", region=region)
    if not rest.rests:
        return texts.html("may-run-mild", region=region)
    if not _run_waits(rest):
        return texts.html("may-run-arms", region=region)
    if rest.ask_on is None or rest.ask_on <= today:
        return texts.html("may-run-waits-today", region=region)
    day, ask = texts.day(rest.earliest), texts.day(rest.ask_on)
    return texts.html("may-run-waits", region=region, day=day, ask=ask)


def run_asked_first(texts: Texts, screen: Screen, runner: Runner) -> Screen:
    """Show what sessions wait for, below the advice that a run should wait for it, too."""
    message = "may-run-asked-first" if runner.reported_sign is None else "may-run-sign"
    return above(screen, texts.html(message))


def fine(texts: Texts, outcome: FineAgain, today: date) -> Screen:
    """Say which rests are over, and what is missing of the others."""
    over = [texts.html("fine-over", region=region) for region in outcome.over]
    missing = [_missing(texts, rest, today) for rest in outcome.not_yet]
    return Screen(paragraphs(*over, *missing), agreed_rows(texts, outcome.not_yet))


def _missing(texts: Texts, rest: Rest, today: date) -> Html:
    region = rest.region
    if rest.locked:
        return texts.html("fine-locked", region=region)
    if rest.stage is not Stage.RESTING:
        return texts.html("fine-back", region=region)
    day = texts.day(rest.earliest)
    if rest.ask_on is None or rest.ask_on <= today:
        return texts.html("fine-too-early", region=region, day=day)
    return texts.html("fine-not-yet", region=region, day=day, ask=texts.day(rest.ask_on))


def gate(texts: Texts, rest: Rest) -> Screen:
    """Say what follows from the gate."""
    region = rest.region
    if rest.locked:
        return Screen(texts.html("gate-locked", region=region), agreed_rows(texts, [rest]))
    if rest.stage is not Stage.RESTING:
        return Screen(texts.html("gate-passed", region=region))
    ask = texts.day(rest.ask_on or rest.earliest)
    return Screen(texts.html("gate-kept", region=region, ask=ask))


def said(texts: Texts, message: str) -> Screen:
    return Screen(texts.html(message))
