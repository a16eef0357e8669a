"""What is hidden with a text: every row that has its words, and what stands in each in their place.

A version is hidden with its mended successors, with what was written to amend it, and with the texts that groups named
by its hash, since all of them quote it. An amendment that is hidden changes nothing, wherever it is shown.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import or_, select

from app.drawer import Covered
from app.extensions import db
from app.models import (
    Amendment,
    AmendmentRuling,
    Ballot,
    EditionReservation,
    EditorialChange,
    FormCondition,
    GroupPage,
    JointWord,
    LaunchStatement,
    Model,
    Offer,
    ReferenceWord,
    RegisteredRuling,
    Revision,
    Round,
    RoundOpening,
    Ruling,
    Settlement,
    Stance,
    StanceCondition,
    Version,
)
from app.moderation.texts import Text, true
from app.web.markup import rendered
from policies.amendments import AmendmentStage
from policies.ballots import RoundStage
from policies.moderation import HIDDEN_TITLE, Kind
from policies.planks import Stage
from policies.text.lines import printed_lines
from policies.text.units import Document

LONGEST_IN_A_LINE = 500


def covered_by(text: Text, sentence: str) -> list[Covered]:
    """Every row that is hidden with this text, and what stands there; `sentence` says that it is hidden, and why."""
    reading = _COVERING.get(text.kind)
    if reading is not None:
        return list(reading(text.row, sentence))
    return list(_columns(text.row, _PLAIN[text.kind], sentence))


def short(sentence: str) -> str:
    """The sentence where only some hundred characters have room."""
    return sentence if len(sentence) <= LONGEST_IN_A_LINE else f"{sentence[: LONGEST_IN_A_LINE - 2]} …"


def _columns(row: Any, names: Sequence[str], sentence: str) -> Iterator[Covered]:
    instead = {name: short(sentence) for name in names if true(row, name)}
    if instead:
        yield Covered(row, instead)


def _version(row: Version, sentence: str) -> Iterator[Covered]:
    document = Document.read(HIDDEN_TITLE, " ".join(sentence.split()))
    query = select(Version).where(Version.plank_id == row.plank_id, Version.number == row.number)
    versions = db.session.scalars(query.order_by(Version.minor)).all()
    for version in versions:
        yield Covered(version, {**_stored(document), "lines": printed_lines(document.units)})
    ids, hashes = [version.id for version in versions], [version.sha256 for version in versions]
    bases: dict[int, Version | Document] = dict.fromkeys(ids, document)
    of_plank = select(Amendment.id).where(Amendment.plank_id == row.plank_id)
    quoting = select(Revision).where(
        or_(Revision.base_id.in_(ids), Revision.sha256.in_(hashes) & Revision.amendment_id.in_(of_plank))
    )
    for revision in db.session.scalars(quoting.order_by(Revision.id)):
        yield _unchanging(revision, bases.get(revision.base_id) or _base(revision))
    offers = select(Offer).where(or_(Offer.base_id.in_(ids), Offer.sha256.in_(hashes)))
    for offer in db.session.scalars(offers.order_by(Offer.id)):
        yield _offered(offer, bases.get(offer.base_id) or offer.base)
    yield from _named_by_hash(ids, hashes, document)


def _named_by_hash(ids: Sequence[int], hashes: Sequence[str], document: Document) -> Iterator[Covered]:
    words = {"title": document.title, "text": document.text}
    changes = select(EditorialChange).where(or_(EditorialChange.base_id.in_(ids), EditorialChange.sha256.in_(hashes)))
    yield from (Covered(row, words) for row in db.session.scalars(changes))
    for kind in (FormCondition, StanceCondition):
        same = select(kind).where(kind.sha256.in_(hashes))
        yield from (Covered(row, words) for row in db.session.scalars(same))


def _amendment(row: Amendment, sentence: str) -> Iterator[Covered]:
    revisions = select(Revision).where(Revision.amendment_id == row.id).order_by(Revision.id)
    for revision in db.session.scalars(revisions):
        covered = _unchanging(revision, _base(revision))
        yield Covered(revision, {**covered.instead, "reason": short(sentence)})
    for settled in db.session.scalars(select(Settlement).where(Settlement.amendment_id == row.id)):
        yield Covered(settled, {"words": short(sentence)})
    for offer in db.session.scalars(select(Offer).where(Offer.became_id == row.id)):
        covered = _offered(offer, offer.base)
        yield Covered(offer, {**covered.instead, "reason": short(sentence)})


def _offer(row: Offer, sentence: str) -> Iterator[Covered]:
    yield Covered(row, {**_offered(row, row.base).instead, "reason": short(sentence)})


def _unchanging(revision: Revision, base: Version | Document) -> Covered:
    """A revision that says what its base says: shown beside that it changes nothing, and quotes nothing."""
    return Covered(revision, {**_stored(base), "operations": None})


def _offered(offer: Offer, base: Version | Document) -> Covered:
    return Covered(offer, {"title": base.title, "text": base.text, "units": base.units})


def _base(revision: Revision) -> Version:
    return db.session.get_one(Version, revision.base_id)


def _stored(words: Version | Document) -> dict[str, Any]:
    html = words.rendered if isinstance(words, Version) else rendered(words.units)
    return {"title": words.title, "text": words.text, "units": words.units, "rendered": dict(html)}


def _statement(row: LaunchStatement, sentence: str) -> Iterator[Covered]:
    document = Document.read("", " ".join(sentence.split()))
    html = rendered(document.units)
    yield Covered(row, {"text": document.text, "units": document.units, "rendered": html})


def _reservation(row: Stance, sentence: str) -> Iterator[Covered]:
    yield from _columns(row, ["statement"], sentence)
    for kind in (Ballot, RoundOpening):
        said = select(kind).where(kind.round_id == row.round_id, kind.group == row.group)
        for one in db.session.scalars(said):
            yield from _columns(one, ["statement"], sentence)
    words = true(row, "statement")
    for printed in db.session.scalars(
        select(EditionReservation).where(
            EditionReservation.plank_id == row.plank_id, EditionReservation.group == row.group
        )
    ):
        if true(printed, "statement") == words:
            yield from _columns(printed, ["statement"], sentence)


def _ruling(row: RegisteredRuling, sentence: str) -> Iterator[Covered]:
    """The registered reason, and the clerks' words that it was made of."""
    reason = true(row, "reason")
    yield from _columns(row, ["reason"], sentence)
    for kind in (Ruling, ReferenceWord):
        for said in db.session.scalars(select(kind).where(kind.plank_id == row.plank_id)):
            if true(said, "reason") == reason:
                yield from _columns(said, ["reason"], sentence)
    for said in db.session.scalars(select(AmendmentRuling).where(AmendmentRuling.amendment_id == row.amendment_id)):
        yield from _columns(said, ["reason"], sentence)
    if true(row.plank, "end_reason") == reason:
        yield from _columns(row.plank, ["end_reason"], sentence)


def _round(row: Round, sentence: str) -> Iterator[Covered]:
    yield from _columns(row, ["ended_reason"], sentence)
    for said in db.session.scalars(select(JointWord).where(JointWord.round_id == row.id)):
        yield from _columns(said, ["reason"], sentence)


def _office(row: GroupPage, sentence: str) -> Iterator[Covered]:
    yield Covered(row, {"office": sentence[:300]})


Reading = Callable[[Any, str], Iterator[Covered]]
_COVERING: Mapping[Kind, Reading] = {
    Kind.VERSION: _version,
    Kind.AMENDMENT: _amendment,
    Kind.OFFER: _offer,
    Kind.STATEMENT: _statement,
    Kind.RESERVATION: _reservation,
    Kind.RULING: _ruling,
    Kind.ROUND: _round,
    Kind.OFFICE: _office,
}
_PLAIN: Mapping[Kind, Sequence[str]] = {
    Kind.REASON: ("reason",),
    Kind.OBJECTION: ("reason",),
    Kind.PAUSE: ("reason",),
    Kind.APPEAL: ("reason",),
    Kind.ANSWER: ("answer",),
    Kind.POSITION: ("statement",),
    Kind.ORDERS: ("reason",),
}


def is_voted_on(text: Text) -> bool:
    """Whether groups vote now on this text or on any that is hidden with it: an older one with the same words, say."""
    if not isinstance(text.row, Version | Amendment):
        return False
    return any(_stands_on_a_paper(one.row) for one in covered_by(text, HIDDEN_TITLE))


def _stands_on_a_paper(row: Model) -> bool:
    match row:
        case Version():
            stands = (row.plank.working_version_id, row.plank.agreed_version_id)
            return row.plank.stage is Stage.BALLOTING and row.id in stands
        case Revision():
            amendment = db.session.get_one(Amendment, row.amendment_id)
            is_asked = amendment.plank.stage is Stage.BALLOTING and amendment.stage is AmendmentStage.BALLOTING
            return is_asked and row.id == amendment.revision_id
        case FormCondition():
            return db.session.get_one(Round, row.round_id).stage is RoundStage.OPEN
    return False
