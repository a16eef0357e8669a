"""Editorial changes as clerks see them: what the machine says of a change and why, and what each group has said."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from app import clock
from app.amendments.presenters import Comparison, compared
from app.editorial import queries, service
from app.models import Amendment, EditorialAnswer, EditorialChange, Plank, Version
from app.web.filters import day, span
from policies.groups import GROUPS
from policies.mending import (
    ANSWERED_WITHIN,
    EDITORIAL_WORDS,
    Classified,
    EditorialStage,
    classify,
    is_late,
)
from policies.permissions import Actor
from policies.text.canonical import normalise, normalise_title
from policies.text.telling import in_one_sentence
from policies.text.units import Document

ONLY_PUNCTUATION = (
    "Every word, letter and digit is the same: only case, punctuation, quotation marks, dashes or spaces differ."
)


@dataclass(frozen=True)
class MendingPage:
    """A version and mended words for it, before they are proposed."""

    plank: Plank
    base: Version
    comparison: Comparison
    reason: str
    with_care: Sequence[str]
    backing: str


@dataclass(frozen=True)
class ChangePage:
    """One editorial change: what it changes, why the machine takes it for one, and who has said what."""

    change: EditorialChange
    plank: Plank
    state: str
    comparison: Comparison
    reason: str
    with_care: Sequence[str]
    said: Sequence[tuple[str, str]]
    can_answer: bool
    can_take_back: bool
    made_name: str


@dataclass(frozen=True)
class Suggestion:
    """An open amendment that the machine takes for an editorial change, and why."""

    name: str
    title: str
    url: str
    changes: str
    reason: str
    propose_url: str


@dataclass(frozen=True)
class Waiting:
    """An editorial change on the queue."""

    title: str
    url: str
    detail: str
    flag: str
    is_answered: bool


@dataclass(frozen=True)
class Queue:
    """What waits for clerks, and what could be proposed."""

    waiting: Sequence[Waiting]
    suggestions: Sequence[Suggestion]


def mending_page(plank: Plank, base: Version, words: tuple[str, str]) -> MendingPage:
    """The preview of mended words."""
    document, found = _document(base, words), service.classified(base, *words)
    backing = f"Backing of version {base.number} counts for the mended text too."
    return MendingPage(plank, base, compared(base.document, document), *_suggested(found), backing)


def change_page(change: EditorialChange, actor: Actor) -> ChangePage:
    """One change as a clerk sees it."""
    base, words = change.base, (change.title, change.text)
    is_open = change.stage is EditorialStage.OPEN
    reason, with_care = _suggested(service.classified(base, *words))
    return ChangePage(
        change=change,
        plank=change.plank,
        state=EDITORIAL_WORDS[change.stage].capitalize(),
        comparison=compared(base.document, _document(base, words)),
        reason=reason,
        with_care=with_care,
        said=said(change),
        can_answer=is_open and actor.group not in {one.group for one in change.answers},
        can_take_back=is_open and actor.group == change.group,
        made_name=f"{base.number}.{base.minor + 1}" if change.made_id else "",
    )


def queue(actor: Actor) -> Queue:
    """The editorial queue: what waits, and the open amendments that change punctuation only."""
    return Queue([waiting_line(one, actor) for one in queries.waiting()], _suggestions())


def waiting_line(change: EditorialChange, actor: Actor) -> Waiting:
    """A change on the queue, with who has said yes and who is awaited."""
    answered = {one.group for one in change.answers}
    awaited = [group.name for group in GROUPS if group.key not in answered]
    late = is_late(change.proposed_at, clock.now())
    return Waiting(
        title=f"{change.plank.name}, version {change.base.name}: “{change.title}”",
        url=url_for("editorial.show", key=change.key),
        detail=f"Since {day(change.proposed_at)}. Waits for a clerk of: {', '.join(awaited)}.",
        flag=f"Waiting more than {span(ANSWERED_WITHIN)}" if late else "",
        is_answered=actor.group in answered,
    )


def said(change: EditorialChange) -> list[tuple[str, str]]:
    """What a clerk of each group has said so far."""
    answers = {one.group: one for one in change.answers}
    return [(group.full_title, _answer_in_words(answers.get(group.key))) for group in GROUPS]


def _answer_in_words(answer: EditorialAnswer | None) -> str:
    if answer is None:
        return "Not yet"
    return "Yes" if answer.says_yes else f"No: {answer.reason}"


def _suggestions() -> list[Suggestion]:
    found = []
    for amendment in queries.amendments_to_look_at():
        revision = amendment.revision
        if revision is None:
            continue
        base = revision.base
        seen = classify((base.title, base.text), (revision.title, revision.text))
        if seen.is_editorial:
            found.append(_suggestion(amendment, base, seen))
    return found


def _suggestion(amendment: Amendment, base: Version, seen: Classified) -> Suggestion:
    revision, ref = amendment.revision, amendment.plank.ref
    assert revision is not None
    reason, with_care = _suggested(seen)
    values = {"from": amendment.ref}
    return Suggestion(
        name=amendment.name,
        title=amendment.plank.title,
        url=url_for("amendments.show", ref=amendment.ref),
        changes=in_one_sentence(compared(base.document, revision.document).changes),
        reason=" ".join([reason, *with_care]),
        propose_url=url_for("editorial.write", ref=ref, name=base.name, **values),  # type: ignore[arg-type]
    )


def _suggested(found: Classified) -> tuple[str, list[str]]:
    """Why the machine takes it for an editorial change, and what a clerk should look at."""
    care = [f"Look at “{old}”, now “{new}”: a capital can change what a word means." for old, new in found.capitals]
    return ONLY_PUNCTUATION if found.is_editorial else "", care


def _document(base: Version, words: tuple[str, str]) -> Document:
    return Document.read(normalise_title(words[0]), normalise(words[1]), base.units)
