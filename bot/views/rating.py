"""Screens that rate a finished session, and what changes next time."""

from collections.abc import Iterable, Mapping, Sequence

from bot.callbacks import EachTap, OneTap, RateOneTap, RateTap, SkippedTap, SummaryTap, WhyTap
from bot.content.texts import Html, Texts
from bot.domain.change import Change, Difference, Growth, Part, Reason
from bot.domain.feedback import Skip
from bot.domain.note import SHORTENED
from bot.domain.prescription import Unit
from bot.domain.session import Session
from bot.domain.session_doses import Dose
from bot.views import watch
from bot.views.screen import Button, Rows, Screen, lines, paragraphs, row
from bot.views.training import RATINGS, sum_up

Effect = tuple[tuple[Difference, ...], Unit | None, Reason]


def summary(
    texts: Texts,
    session: Session,
    doses: Sequence[Dose],
    changes: Sequence[Change] | None,
    skipped: Sequence[int],
    growth: Growth | None = None,
    *,
    is_closed: bool = False,
) -> Screen:
    """Show what was done and what changes next time, with buttons to rate it, even again.

    `skipped`: the indexes of the doses whose exercises were skipped. `growth`: the sets of this
    routine's next session, if they still grow. `is_closed`: the session can no longer be rated.
    """
    is_unrated = is_closed and session.rating is None
    text = sum_up(texts, session, asks=not is_unrated)
    if session.trained_at is None:
        return Screen(text)
    if is_unrated:
        return Screen(text, ((watch.button(texts, session.id),),))
    return Screen(
        paragraphs(
            text,
            lines(
                what_changes(texts, doses, changes or (), grows=_grows(growth)),
                _growth(texts, session, growth) if changes else None,
            ),
        ),
        ((watch.button(texts, session.id),),)
        if is_closed
        else _buttons(texts, session, doses, skipped),
    )


def _buttons(texts: Texts, session: Session, doses: Sequence[Dose], skipped: Sequence[int]) -> Rows:
    labels = {
        rating: _chosen(texts, texts.plain(label), rating is session.rating)
        for rating, label in RATINGS.items()
    }
    rate = tuple(Button(label, RateTap(rating, session.id)) for rating, label in labels.items())
    more = [Button(texts.plain("button-each"), EachTap(session.id))] if doses else []
    if skipped:
        more.append(Button(texts.plain("button-why-skipped"), WhyTap(session.id)))
    file = (watch.button(texts, session.id),)
    return (rate, tuple(more), file) if more else (rate, file)


def _chosen(texts: Texts, label: str, chosen: bool) -> str:
    return texts.plain("rate-chosen", label=label) if chosen else label


def each(texts: Texts, session: Session, doses: Sequence[Dose], done: Sequence[int]) -> Screen:
    """Show the rating of each exercise that was done, with a button that changes it.

    `done`: the indexes of these exercises' doses.
    """
    rows = [
        (Button(_felt(texts, session, doses[place]), OneTap(session.id, place)),) for place in done
    ]
    return Screen(texts.html("each-ask"), (*rows, _back(texts, SummaryTap(session.id))))


def _felt(texts: Texts, session: Session, dose: Dose) -> str:
    rating = dose.rating or session.rating
    if rating is None:
        return dose.name
    return texts.plain("each-felt", name=dose.name, rating=texts.plain(RATINGS[rating]))


def one(texts: Texts, session: Session, dose: Dose, place: int) -> Screen:
    """Ask how one exercise felt."""
    felt = dose.rating or session.rating
    rate = tuple(
        Button(
            _chosen(texts, texts.plain(label), rating is felt),
            RateOneTap(rating, session.id, place),
        )
        for rating, label in RATINGS.items()
    )
    ask = "one-ask-short" if session.knows_ratings else "one-ask"
    return Screen(texts.html(ask, name=dose.name), (rate, _back(texts, EachTap(session.id))))


def why(texts: Texts, session: Session, dose: Dose, place: int) -> Screen:
    """Ask why one exercise was skipped."""
    buttons = [
        Button(
            _chosen(texts, texts.plain(f"button-skipped-{reason}"), reason is dose.skipped),
            SkippedTap(reason, session.id, place),
        )
        for reason in Skip
    ]
    return Screen(
        texts.html("why-ask", name=dose.name),
        (tuple(buttons[:2]), tuple(buttons[2:]), _back(texts, SummaryTap(session.id))),
    )


def _back(texts: Texts, tap: SummaryTap | EachTap) -> tuple[Button, ...]:
    return row(texts, ("button-bands-back", tap))


def _grows(growth: Growth | None) -> bool:
    return growth is not None and growth.after > growth.before


def _growth(texts: Texts, session: Session, growth: Growth | None) -> Html | None:
    """Say how many sets the routine's next session has, or that it is as long as usual again."""
    if growth is None:
        return texts.html("session-was-short") if SHORTENED & set(session.notes) else None
    message = "session-grows" if _grows(growth) else "session-waits"
    name = session.routine_name
    return texts.html(message, name=name, before=growth.before, after=growth.after)


def what_changes(
    texts: Texts, doses: Sequence[Dose], changes: Sequence[Change], *, grows: bool = False
) -> Html | None:
    """Return a sentence for each change and the exercises that share it, or why nothing changes.

    `grows`: the next session has more sets anyway, so no exercise is said to stay the same.
    """
    if not changes:
        return None
    names = {dose.exercise.id: dose.name for dose in doses}
    units = {dose.exercise.id: dose.exercise.range.unit for dose in doses}
    groups = grouped(changes, units)
    sentences = [
        texts.html(
            f"changed-{reason}",
            names=texts.all_of([names[key] for key in keys]),
            what=texts.all_of([_what(texts, each, unit) for each in differences]),
        )
        for (differences, unit, reason), keys in groups.items()
    ]
    if not sentences and not grows:
        sentences = [texts.html(f"unchanged-{most_common(changes)}")]
    too_hard = [each for each in changes if each.reason is Reason.HARD and not each.differences]
    if too_hard and (groups or most_common(changes) is not Reason.HARD):
        hard = texts.all_of([names[each.exercise] for each in too_hard])
        sentences.append(texts.html("change-hard", names=hard))
    if offered := [names[each.exercise] for each in changes if each.offers_another]:
        sentences.append(texts.html("change-offer", names=texts.all_of(offered)))
    return lines(*sentences) if sentences else None


def grouped(changes: Iterable[Change], units: Mapping[str, Unit]) -> dict[Effect, list[str]]:
    """Group the ids of exercises by their changes and the reason, in order.

    `units` are the units of the exercises' targets, by id.
    """
    groups: dict[Effect, list[str]] = {}
    for change in changes:
        if change.differences:
            counts = any(each.part is Part.TARGET for each in change.differences)
            unit = units[change.exercise] if counts else None
            effect = change.differences, unit, change.reason
            groups.setdefault(effect, []).append(change.exercise)
    return groups


def most_common(changes: Sequence[Change]) -> Reason:
    """Return the most frequent reason; of equally frequent ones the first."""
    reasons = [change.reason for change in changes]
    return max(reasons, key=reasons.count)


def _what(texts: Texts, difference: Difference, unit: Unit | None) -> Html:
    after = difference.after
    if difference.part is Part.BAND:
        if after is None:
            return texts.html("change-band-none")
        return texts.html("change-band", strength=after)
    if difference.part is Part.VARIANT:
        return texts.html(f"change-variant-{after}")
    if difference.part is Part.TEMPO:
        return texts.html(f"change-tempo-{after}")
    if difference.part is Part.SETS:
        return texts.html("change-sets", count=after)
    return texts.html("change-target", count=after, unit=unit)
