"""Editions as pages show them: the list, one edition and how to check it, the keys, proposals and their answers."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from markupsafe import Markup

from app.editions import comparing, contents, exports, keys, queries
from app.editions.document import EditionDocument, document_of
from app.models import Edition, EditionAnswer, EditionProposal
from app.web.filters import day, minute
from app.web.paging import Page, page_of
from app.web.questions import require_known
from policies.edition_changes import Changed, Entry, changes
from policies.edition_manifest import changes_of, fingerprint, read_contents
from policies.editions import ANSWERED_WITHIN, EDITION_WORDS, EditionStage
from policies.endorsements import STANCE_WORDS
from policies.groups import GROUPS, group_named
from policies.permissions import Actor


@dataclass(frozen=True)
class EditionLine:
    """An edition on the list."""

    title: str
    url: str
    detail: str


@dataclass(frozen=True)
class EditionPage:
    """One edition: its document, what has moved on since, how to cite and to check it."""

    edition: Edition
    document: EditionDocument
    moved: int
    cite: str
    key_url: str
    has_paper: bool
    before_url: str
    after_url: str


@dataclass(frozen=True)
class KnownKey:
    """A key that signs editions or has signed some."""

    public: str
    fingerprint: str
    signed: Sequence[int]
    is_of_now: bool


@dataclass(frozen=True)
class Preview:
    """What an edition would hold: a row a plank, and what has changed since the newest edition."""

    rows: Sequence[Sequence[str | Markup]]
    changes: Sequence[str]
    newest: int | None


@dataclass(frozen=True)
class Desk:
    """Where a clerk proposes an edition."""

    waiting: EditionProposal | None
    preview: Preview
    has_key: bool


@dataclass(frozen=True)
class ProposalPage:
    """A proposed edition as clerks see it: what it holds, what has moved since, who has said what."""

    proposal: EditionProposal
    state: str
    until: str
    preview: Preview
    moved: Sequence[str]
    said: Sequence[tuple[str, str]]
    can_answer: bool
    can_take_back: bool
    has_key: bool


def list_page(number: int) -> tuple[Page, list[EditionLine]]:
    """One page of the list of editions."""
    require_known("page")
    page = page_of(queries.all_published(), number)
    return page, [_line(edition) for edition in page.rows]


def edition_page(edition: Edition) -> EditionPage:
    """One edition, and where the platform has moved on since."""
    document, newest = document_of(edition), queries.newest()
    return EditionPage(
        edition=edition,
        document=document,
        moved=len({one.plank for one in contents.moved_since(queries.entries_of(edition))}),
        cite=exports.cite(edition),
        key_url=url_for("editions.key"),
        has_paper=queries.paper(edition.id, document.covered) is not None,
        before_url=url_for("editions.show", number=edition.id - 1) if edition.id > 1 else "",
        after_url=url_for("editions.show", number=edition.id + 1) if newest and newest.id > edition.id else "",
    )


def known_keys() -> list[KnownKey]:
    """The key of now first, then those that signed earlier editions."""
    signed: dict[str, list[int]] = {}
    for number, public in queries.signed_by():
        signed.setdefault(public, []).append(number)
    of_now = (keys.public_key() or b"").hex()
    listed = [public for public in dict.fromkeys([of_now, *signed]) if public]
    return [
        KnownKey(public, fingerprint(bytes.fromhex(public)), signed.get(public, []), public == of_now)
        for public in listed
    ]


def desk() -> Desk:
    """What could be proposed now."""
    return Desk(queries.waiting(), _preview(contents.of_now()), keys.can_sign())


def proposal_page(proposal: EditionProposal, actor: Actor) -> ProposalPage:
    """One proposal. While it is open, what has moved since it was made is looked for anew."""
    entries = read_contents(proposal.contents)
    is_open = proposal.stage is EditionStage.OPEN
    moved = comparing.said(contents.moved_since(entries)) if is_open else proposal.moved.splitlines()
    answered = {one.group for one in proposal.answers}
    return ProposalPage(
        proposal=proposal,
        state=EDITION_WORDS[proposal.stage].capitalize(),
        until=minute(proposal.proposed_at + ANSWERED_WITHIN),
        preview=_preview(entries, proposal.edition),
        moved=moved,
        said=[(group.full_title, _said(proposal.answers, group.key)) for group in GROUPS],
        can_answer=is_open and actor.group not in answered,
        can_take_back=is_open and actor.group == proposal.group,
        has_key=keys.can_sign(),
    )


def waiting_line(proposal: EditionProposal) -> tuple[str, str, str]:
    """A proposal on a list: what it is, where, and for whom it waits."""
    answered = {one.group for one in proposal.answers}
    awaited = [group.name for group in GROUPS if group.key not in answered]
    detail = f"Since {day(proposal.proposed_at)}. Waits for a clerk of: {', '.join(awaited)}."
    return "A proposed edition", url_for("editions.proposal", key=proposal.key), detail


def answered_words(stage: EditionStage) -> tuple[str, str]:
    """What a clerk is told after an answer, and how it is meant."""
    return {
        EditionStage.PUBLISHED: ("The edition is published and signed.", "success"),
        EditionStage.REFUSED: ("The proposal is refused. Nothing is published.", "success"),
        EditionStage.VOID: (
            "Something has changed since this was proposed, so nothing is published and the proposal is void."
            " Read below what changed, and propose the edition anew.",
            "warning",
        ),
    }.get(stage, ("Your answer is recorded. The edition is published with the yes of the last group.", "success"))


def _line(edition: Edition) -> EditionLine:
    number = len(queries.entries_of(edition))
    changed = len(changes_of(edition.manifest))
    since = f", {changed} change{'' if changed == 1 else 's'} since edition {edition.id - 1}" if edition.id > 1 else ""
    detail = f"{day(edition.published_at)}: {number} plank{'' if number == 1 else 's'}{since}"
    return EditionLine(f"Edition {edition.id}", url_for("editions.show", number=edition.id), detail)


def _preview(entries: Sequence[Entry], published: Edition | None = None) -> Preview:
    """What it holds, and what that changes; once it is published, what it has changed."""
    if published is not None:
        return Preview(_rows(entries), comparing.said(changes_of(published.manifest)), published.before_id)
    newest = queries.newest()
    before = () if newest is None else queries.entries_of(newest)
    gone = contents.reasons({one.plank for one in before} - {one.plank for one in entries})
    changed: Sequence[Changed] = changes(before, entries, gone) if newest is not None else ()
    return Preview(_rows(entries), comparing.said(changed), None if newest is None else newest.id)


def _rows(entries: Sequence[Entry]) -> list[list[str | Markup]]:
    titles = comparing.titles_of(entries)
    return [[_linked(one), titles.get(one.plank, ""), one.version, *_stances(one)] for one in entries]


def _linked(entry: Entry) -> Markup:
    """A plank by name, leading to the exact words a clerk says yes to."""
    url = url_for("platform.version", ref=str(entry.plank), name=entry.version)
    return Markup('<a href="{}">P{}</a>').format(url, entry.plank)


def _stances(entry: Entry) -> list[str]:
    said = {one.group: STANCE_WORDS[one.kind][1] for one in entry.stances}
    return [said.get(group.key, "") for group in GROUPS]


def _said(answers: Sequence[EditionAnswer], group: str) -> str:
    answer = next((one for one in answers if one.group == group_named(group).key), None)
    if answer is None:
        return "Not yet"
    return "Yes" if answer.says_yes else f"No: {answer.reason}"
