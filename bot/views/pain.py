"""Questions about pain, and the consequences of the answers."""

from collections.abc import Callable, Iterable

from bot.callbacks import (
    AcheTap,
    FineTap,
    FlagsTap,
    FlagTap,
    HurtTap,
    MorningTap,
    PainTap,
    RegionTap,
    RoutineTap,
    ScoreTap,
    SideTap,
    SoreTap,
    Tap,
    WhereTap,
)
from bot.content import Catalogue
from bot.content.texts import Html, Texts
from bot.domain.pain import LOCKING, SEEN_SORE, Advice, MorningAnswer, PainKind, Score, See, Urgency
from bot.domain.pain_report import DueQuestion, MorningOutcome, PainDecision, PainReport
from bot.domain.regions import OFFERED, Region, Side
from bot.domain.rests import Level, Rest
from bot.domain.session import Move, Phase, Session
from bot.views.screen import Button, Rows, Screen, column, in_rows, lines, notice, paragraphs
from bot.views.training import moves

PAINS = ((PainKind.DULL, PainKind.SHARP), (PainKind.JOINT, PainKind.BONE))
MOST_OTHERS = 5


def question(texts: Texts, session: Session, report: PainReport | None) -> Screen:
    """Ask what is not yet known about the pain; if nothing is missing, offer what to do next.

    `report`: what the runner has said so far; None: nothing.
    """
    if report is None:
        return _first(texts, session)
    if report.score is not None:
        return _choice(texts, session, report)
    if report.kind is None:
        return _how_sore(texts, session)
    if report.region is None:
        return _where(texts, session, report.kind)
    return _how_strong(texts, session, report.kind, report.region, report.side)


def _first(texts: Texts, session: Session) -> Screen:
    ids = _ids(session)
    pains = tuple(
        tuple(Button(texts.plain(f"button-pain-{kind}"), PainTap(kind, *ids)) for kind in row)
        for row in PAINS
    )
    rows = (
        *column(texts, ("button-ache", AcheTap(*ids))),
        *pains,
        *column(texts, ("button-flags", FlagsTap(*ids))),
        moves(texts, session, ("button-back", Move.BACK), ("button-stop", Move.STOP)),
    )
    return Screen(texts.html("hurting", name=_doing(session)), rows)


def _where(texts: Texts, session: Session, kind: PainKind) -> Screen:
    buttons = [
        Button(texts.plain(f"button-region-{region}"), WhereTap(kind, region, *_ids(session)))
        for region in OFFERED
    ]
    return Screen(texts.html("hurt-where"), (*in_rows(buttons, 2), _leave(texts, session)))


def _how_strong(
    texts: Texts, session: Session, kind: PainKind, region: Region, chosen: Side | None
) -> Screen:
    """Ask for the side and the score; the score completes the report."""
    buttons = [
        Button(score.value, ScoreTap(kind, region, score, *_ids(session))) for score in Score
    ]
    rows = (*_two_rows(buttons), _leave(texts, session))
    if region is Region.ELSEWHERE:
        return Screen(texts.html("hurt-score", region=region), rows)
    sides = tuple(
        Button(_side(texts, side, chosen), SideTap(kind, region, side, *_ids(session)))
        for side in Side
    )
    return Screen(texts.html("hurt-score-side", region=region), (sides, *rows))


def _side(texts: Texts, side: Side, chosen: Side | None) -> str:
    label = texts.plain(f"button-side-{side}")
    return texts.plain("button-side-chosen", side=label) if side is chosen else label


def _how_sore(texts: Texts, session: Session) -> Screen:
    buttons = [Button(score.value, SoreTap(score, *_ids(session))) for score in Score]
    return Screen(texts.html("hurt-sore"), (*_two_rows(buttons), _leave(texts, session)))


def _two_rows(buttons: list[Button]) -> Rows:
    return (tuple(buttons[:6]), tuple(buttons[6:]))


def _leave(texts: Texts, session: Session) -> tuple[Button, ...]:
    """Return the buttons to answer from the start and to stop the session."""
    again = Button(texts.plain("button-hurt-again"), HurtTap(*_ids(session)))
    return (again, *moves(texts, session, ("button-stop", Move.STOP)))


def _choice(texts: Texts, session: Session, report: PainReport) -> Screen:
    """Let the runner choose: the exercise may go on, be left out, or the session stopped."""
    name, score = _doing(session), report.score or 0
    if report.kind is None:
        text = texts.html("hurt-ache-fine", name=name, score=score)
    elif score == 0:
        text = texts.html("hurt-none", name=name)
    else:
        region = report.region or Region.ELSEWHERE
        mild = texts.html("hurt-mild", name=name, score=score, region=region)
        text = paragraphs(mild, texts.html("hurt-asks-tomorrow"))
    go_on = moves(texts, session, ("button-go-on", Move.BACK), ("button-leave-out", Move.SKIP))
    return Screen(text, (go_on, moves(texts, session, ("button-stop", Move.STOP))))


def flags(texts: Texts, session: Session) -> Screen:
    """Show all warning signs, with a button for each urgency."""
    urgent = tuple(
        (Button(texts.plain(f"button-flag-{urgency}"), FlagTap(urgency, *_ids(session))),)
        for urgency in Urgency
    )
    return Screen(warning_signs(texts).text, (*urgent, _leave(texts, session)))


def warning_signs(texts: Texts) -> Screen:
    return Screen(paragraphs(texts.html("flags-emergency"), texts.html("flags-see-someone")))


def decided(texts: Texts, decision: PainDecision) -> Screen:
    """Say that the exercise stops, why, and what is left out of this session."""
    finished = decision.session.phase is Phase.FINISHED
    coming = "hurt-nothing-left" if finished else "hurt-goes-on"
    text = paragraphs(
        texts.html("hurt-stops", name=_doing(decision.before)),
        _why(texts, decision),
        see(texts, decision.advice, decision.report),
        texts.html("hurt-left-out", names=texts.row(decision.left_out))
        if decision.left_out and not decision.ended
        else None,
        texts.html("hurt-asks-tomorrow") if decision.advice.ask else None,
        ended(texts, decision.report) if decision.ended else texts.html(coming),
    )
    return Screen(text, agreed_rows(texts, [decision.rest] if decision.rest else []))


def see(texts: Texts, advice: Advice, report: PainReport) -> Html | None:
    """Say how soon someone has to look at strong pain or soreness; None: it is not urgent."""
    messages = {
        See.DAYS: "said-see-days",
        See.GROWING: "said-see-growing",
        See.TWO_DAYS: "said-see-soon",
        See.TODAY: "said-see-today",
    }
    message = messages.get(advice.see) if advice.see else None
    return texts.html(message, score=report.score or 0) if message else None


def ended(texts: Texts, report: PainReport) -> Html:
    """Say that the session has ended, and whether another one is possible today."""
    is_last = report.kind is not None or (report.score or 0) >= SEEN_SORE
    return texts.html("hurt-ends" if is_last else "hurt-ends-this")


def _why(texts: Texts, decision: PainDecision) -> Html:
    """Return the advice for the severity."""
    if decision.report.kind is None or decision.report.region is None:
        return texts.html("hurt-ache-strong", score=decision.report.score or 0)
    region = decision.report.region
    if decision.advice.lock:
        is_bone = decision.report.kind in LOCKING
        return texts.html("hurt-bone" if is_bone else "hurt-again", region=region)
    is_strong = decision.rest is not None and decision.rest.level is Level.STRONG
    key = "hurt-strong" if is_strong else "hurt-moderate"
    return texts.html(key, region=region, day=_until(texts, decision.rest))


def resting(texts: Texts, rests: Iterable[Rest]) -> Html:
    """List the regions that sessions leave out, each with the first day on which it may end."""
    return lines(
        *(
            texts.html(
                "rest-locked" if rest.locked else "rest-until",
                region=rest.region,
                day=_until(texts, rest),
            )
            for rest in rests
            if rest.rests
        )
    )


def with_rests(
    texts: Texts, screen: Screen, rests: tuple[Rest, ...], due: Iterable[Rest] = ()
) -> Screen:
    """Add the regions that rest to a screen with a Start button or to the safety screen.

    `due` are those that the runner is asked about today.
    """
    fine = fine_rows(texts, (rest.region for rest in due))
    if not any(rest.rests for rest in rests):
        return Screen(screen.text, (*screen.buttons, *fine)) if fine else screen
    text = paragraphs(screen.text, resting(texts, rests))
    return Screen(text, (*screen.buttons, *fine, *agreed_rows(texts, rests)))


def agreed_rows(texts: Texts, rests: Iterable[Rest]) -> Rows:
    """Return a button for each locked region, to say that a clinician agreed."""
    waiting = [rest.region for rest in rests if rest.locked]
    if len(waiting) == 1:
        return column(texts, ("button-agreed", RegionTap(waiting[0])))
    return _region_rows(texts, "button-agreed-on", RegionTap, waiting)


def _region_rows(
    texts: Texts, label: str, tap: Callable[[Region], Tap], regions: Iterable[Region]
) -> Rows:
    """Return a button for each region, which its label names."""
    names = {region: texts.plain(f"button-region-{region}") for region in regions}
    return tuple(
        (Button(texts.plain(label, region=name), tap(region)),) for region, name in names.items()
    )


def nothing_left(
    texts: Texts,
    catalogue: Catalogue,
    rests: tuple[Rest, ...],
    others: tuple[str, ...],
    why: str = "rest-nothing-left",
) -> Screen:
    """Say why nothing is left of a routine for the runner; offer the routines `others`."""
    text = paragraphs(texts.html(why), resting(texts, rests), texts.html("rest-others"))
    buttons = tuple(
        (Button(catalogue.name_of(key), RoutineTap(key)),) for key in others[:MOST_OTHERS]
    )
    return Screen(text, (*buttons, *agreed_rows(texts, rests)))


def lifted(texts: Texts, rest: Rest) -> Screen:
    """Say that a clinician's agreement was noted; the rest goes on until its date."""
    region = rest.region
    day = texts.day(rest.ask_on or rest.earliest)
    return Screen(texts.html("lifted-rests-on", region=region, day=day))


def morning(texts: Texts, asking: DueQuestion) -> Screen:
    """Ask whether the pain is worse on the morning after."""
    buttons = tuple(
        Button(texts.plain(f"button-morning-{answer}"), MorningTap(answer, asking.question.id))
        for answer in MorningAnswer
    )
    gates = fine_rows(texts, asking.gates)
    if not asking.regions:
        return Screen(texts.html("morning-gate", regions=regions(texts, asking.gates)), gates)
    text = texts.html("morning", regions=regions(texts, asking.regions))
    return Screen(text, (buttons, *gates))


def fine_rows(texts: Texts, regions: Iterable[Region]) -> Rows:
    """Return a button for each region, to say that it is fine again."""
    return _region_rows(texts, "button-fine-again", FineTap, regions)


def morning_answered(texts: Texts, answered: MorningOutcome) -> Screen:
    """Show what follows from the answer."""
    if answered.answer is not MorningAnswer.WORSE:
        return Screen(texts.html(f"morning-{answered.answer}"))
    day = max((rest.earliest for rest in answered.rests), default=None)
    locks = [rest for rest in answered.rests if rest.locked]
    text = paragraphs(
        texts.html(
            "morning-worse",
            regions=regions(texts, answered.regions),
            day=texts.day(day) if day else "",
        ),
        lines(*(texts.html("hurt-again", region=lock.region) for lock in locks)),
    )
    return Screen(text, agreed_rows(texts, locks))


morning_past = notice("morning-past")


def regions(texts: Texts, regions: Iterable[Region]) -> Html:
    """List regions; if there are none, say “the place that hurt”."""
    named = tuple(regions) or (Region.ELSEWHERE,)
    return texts.all_of([texts.html("region", region=region) for region in named])


def _until(texts: Texts, rest: Rest | None) -> str:
    return texts.day(rest.earliest) if rest else ""


def _doing(session: Session) -> str:
    """Return the name of the exercise, or “none” in the warm-up."""
    return session.step.name or "none"


def _ids(session: Session) -> tuple[int, int]:
    """Return the session's id and its revision, which are the last two arguments of every tap."""
    return session.id, session.revision
