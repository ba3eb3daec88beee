"""What is asked when something hurts, and what comes of the answers."""

from collections.abc import Iterable

from bot.callbacks import (
    AcheTap,
    FlagsTap,
    FlagTap,
    HurtTap,
    MorningTap,
    PainTap,
    RegionTap,
    RoutineTap,
    SafetyTap,
    ScoreTap,
    SoreTap,
    WhereTap,
)
from bot.content import Catalogue
from bot.content.texts import Html, Texts
from bot.domain.pain import Kind, Morning, Score, Severity, Urgency
from bot.domain.pain_report import Answered, Asking, Decided, PainReport, Rest
from bot.domain.regions import Region
from bot.domain.runner import Screening
from bot.domain.session import Move, Phase, Session
from bot.views.phrases import chained
from bot.views.screen import Button, Rows, Screen, lines, paragraphs
from bot.views.training import moves

PAINS = ((Kind.DULL, Kind.SHARP), (Kind.JOINT, Kind.BONE))
MOST_OTHERS = 5


def question(texts: Texts, session: Session, report: PainReport | None) -> Screen:
    """What is still to be said of what hurts; or, where all is said, what to do."""
    if report is None:
        return _first(texts, session)
    if report.score is not None:
        return _choice(texts, session, report)
    if report.kind is None:
        return _how_sore(texts, session)
    if report.region is None:
        return _where(texts, session, report.kind)
    return _how_strong(texts, session, report.kind, report.region)


def _first(texts: Texts, session: Session) -> Screen:
    at = (session.id, session.revision)
    pains = tuple(
        tuple(Button(texts.plain(f"button-pain-{kind}"), PainTap(kind, *at)) for kind in row)
        for row in PAINS
    )
    return Screen(
        texts.html("hurting", name=_name(texts, session)),
        (
            (Button(texts.plain("button-ache"), AcheTap(*at)),),
            *pains,
            (Button(texts.plain("button-flags"), FlagsTap(*at)),),
            moves(texts, session, ("button-back", Move.BACK), ("button-stop", Move.STOP)),
        ),
    )


def _where(texts: Texts, session: Session, kind: Kind) -> Screen:
    buttons = [
        Button(texts.plain(f"button-region-{region}"), WhereTap(kind, region, *_at(session)))
        for region in Region
    ]
    rows = tuple(tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2))
    return Screen(texts.html("hurt-where"), (*rows, _leave(texts, session)))


def _how_strong(texts: Texts, session: Session, kind: Kind, region: Region) -> Screen:
    buttons = [Button(score.value, ScoreTap(kind, region, score, *_at(session))) for score in Score]
    text = texts.html("hurt-score", region=_region(texts, region))
    return Screen(text, (*_two_rows(buttons), _leave(texts, session)))


def _how_sore(texts: Texts, session: Session) -> Screen:
    buttons = [Button(score.value, SoreTap(score, *_at(session))) for score in Score]
    return Screen(texts.html("hurt-sore"), (*_two_rows(buttons), _leave(texts, session)))


def _two_rows(buttons: list[Button]) -> Rows:
    return (tuple(buttons[:6]), tuple(buttons[6:]))


def _leave(texts: Texts, session: Session) -> tuple[Button, ...]:
    """From the beginning, or out."""
    again = Button(texts.plain("button-hurt-again"), HurtTap(*_at(session)))
    return (again, *moves(texts, session, ("button-stop", Move.STOP)))


def _choice(texts: Texts, session: Session, report: PainReport) -> Screen:
    """Nothing speaks against going on, and nothing for it."""
    name, score = _name(texts, session), report.score or 0
    if report.kind is None:
        text = texts.html("hurt-ache-fine", name=name, score=score)
    elif score == 0:
        text = texts.html("hurt-none", name=name)
    else:
        region = _region(texts, report.region or Region.ELSEWHERE)
        mild = texts.html("hurt-mild", name=name, score=score, region=region)
        text = paragraphs(mild, texts.html("hurt-asks-tomorrow"))
    return Screen(
        text,
        (
            moves(texts, session, ("button-go-on", Move.BACK), ("button-leave-out", Move.SKIP)),
            moves(texts, session, ("button-stop", Move.STOP)),
        ),
    )


def flags(texts: Texts, session: Session) -> Screen:
    """All the warning signs, in plain words."""
    urgent = tuple(
        (Button(texts.plain(f"button-flag-{urgency}"), FlagTap(urgency, *_at(session))),)
        for urgency in Urgency
    )
    return Screen(warning_signs(texts).text, (*urgent, _leave(texts, session)))


def warning_signs(texts: Texts) -> Screen:
    return Screen(paragraphs(texts.html("flags-emergency"), texts.html("flags-see-someone")))


def flagged(texts: Texts, urgency: Urgency) -> Screen:
    """No session until a clinician agreed."""
    agreed = Button(texts.plain("button-agreed"), SafetyTap(Screening.AGREED))
    text = paragraphs(texts.html(f"flagged-{urgency}"), texts.html("flagged"))
    return Screen(text, ((agreed,),))


def decided(texts: Texts, it: Decided) -> Screen:
    """What comes of it, where the exercise stops."""
    finished = it.session.phase is Phase.FINISHED
    text = paragraphs(
        texts.html("hurt-stops", name=_name(texts, it.before)),
        _why(texts, it),
        texts.html("hurt-left-out", names=", ".join(it.left_out)) if it.left_out else None,
        texts.html("hurt-asks-tomorrow") if it.advice.ask else None,
        texts.html("hurt-nothing-left" if finished else "hurt-goes-on"),
    )
    return Screen(text, agreed_rows(texts, [it.rest] if it.rest else []))


def _why(texts: Texts, it: Decided) -> Html:
    """What to do about it, by how bad it is."""
    if it.report.kind is None or it.report.region is None:
        return texts.html("hurt-ache-strong", score=it.report.score or 0)
    region = _region(texts, it.report.region)
    if it.advice.lock:
        return texts.html("hurt-bone", region=region)
    if it.severity is not Severity.STRONG:
        return texts.html("hurt-moderate", region=region)
    return lines(
        texts.html("hurt-strong", region=region, day=_until(texts, it.rest)),
        texts.html("hurt-again", region=region) if it.rest and it.rest.locked else None,
    )


def resting(texts: Texts, rests: Iterable[Rest]) -> Html:
    """What is left out of sessions, and until when."""
    return lines(
        *(
            texts.html(
                "rest-locked" if rest.locked else "rest-until",
                region=_region(texts, rest.region),
                day=_until(texts, rest),
            )
            for rest in rests
        )
    )


def with_rests(texts: Texts, screen: Screen, rests: tuple[Rest, ...]) -> Screen:
    """A session that waits for its start, or the safety screen, says what rests."""
    if not rests:
        return screen
    text = paragraphs(screen.text, resting(texts, rests))
    return Screen(text, (*screen.buttons, *agreed_rows(texts, rests)))


def agreed_rows(texts: Texts, rests: Iterable[Rest]) -> Rows:
    """The way out of each lock."""
    waiting = [rest.region for rest in rests if rest.locked]
    if len(waiting) == 1:
        return ((Button(texts.plain("button-agreed"), RegionTap(waiting[0])),),)
    return tuple(
        (
            Button(
                texts.plain("button-agreed-on", region=texts.plain(f"button-region-{region}")),
                RegionTap(region),
            ),
        )
        for region in waiting
    )


def nothing_left(
    texts: Texts, catalogue: Catalogue, rests: tuple[Rest, ...], others: tuple[str, ...]
) -> Screen:
    """The routine is made of what rests; what remains is offered, or a day off."""
    text = paragraphs(
        texts.html("rest-nothing-left"),
        resting(texts, rests),
        texts.html("rest-others" if others else "rest-day-off"),
    )
    buttons = tuple(
        (Button(catalogue.texts(catalogue.routine(key)).name, RoutineTap(key)),)
        for key in others[:MOST_OTHERS]
    )
    return Screen(text, (*buttons, *agreed_rows(texts, rests)))


def lifted(texts: Texts, rest: Rest) -> Screen:
    """A clinician agreed; the region may still rest by the calendar."""
    region = _region(texts, rest.region)
    if rest.until:
        return Screen(texts.html("lifted-rests-on", region=region, day=_until(texts, rest)))
    return Screen(texts.html("lifted", region=region))


def morning(texts: Texts, it: Asking) -> Screen:
    """Is it worse this morning?"""
    buttons = tuple(
        Button(texts.plain(f"button-morning-{answer}"), MorningTap(answer, it.question.id))
        for answer in Morning
    )
    return Screen(texts.html("morning", region=_regions(texts, it.regions)), (buttons,))


def morning_answered(texts: Texts, it: Answered) -> Screen:
    """What comes of the answer."""
    region = _regions(texts, it.regions)
    if it.answer is not Morning.WORSE:
        return Screen(texts.html(f"morning-{it.answer}", region=region))
    day = texts.day(it.until) if it.until else ""
    locks = [Rest(one, it.until, locked=True) for one in it.locked]
    text = paragraphs(
        texts.html("morning-worse", region=region, day=day),
        lines(*(texts.html("hurt-again", region=_region(texts, one)) for one in it.locked)),
    )
    return Screen(text, agreed_rows(texts, locks))


def morning_past(texts: Texts) -> Screen:
    """The question was about another morning."""
    return Screen(texts.html("morning-past"))


def said_again(texts: Texts, intro: str, screen: Screen) -> Screen:
    """The question again, with a word on the answer that was none."""
    return Screen(paragraphs(texts.html(intro), screen.text), screen.buttons)


def _regions(texts: Texts, regions: tuple[Region, ...]) -> Html:
    named = [_region(texts, region) for region in regions or (Region.ELSEWHERE,)]
    return chained(texts, "kit-and", named)


def _region(texts: Texts, region: Region) -> Html:
    return texts.html(f"region-{region}")


def _until(texts: Texts, rest: Rest | None) -> str:
    return texts.day(rest.until) if rest and rest.until else ""


def _name(texts: Texts, session: Session) -> Html:
    return Html.of(session.step.name) or texts.html("hurting-warm-up")


def _at(session: Session) -> tuple[int, int]:
    return session.id, session.revision
