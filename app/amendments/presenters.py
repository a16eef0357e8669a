"""What a page shows of amendments: cards for a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from app.amendments import queries, wording
from app.amendments.parts import drafted_document
from app.models import Amendment, Plank, Version
from app.visibility.names import Names, movers_told
from policies.permissions import Actor
from policies.planks import Stage
from policies.text.diff import Hunk, Op
from policies.text.redline import RedlineUnit, redline, title_redline
from policies.text.telling import changes_in_words, in_one_sentence
from policies.text.units import Document

NOTHING_YET = Document("", "", ())


@dataclass(frozen=True)
class AmendmentCard:
    """An amendment on a list: its name if it has one, what it changes in a sentence, and where it stands."""

    name: str
    url: str
    changes: str
    moved_by: str
    state: str
    next: str
    is_own: bool


@dataclass(frozen=True)
class Comparison:
    """Two wordings of a text beside each other: title and units as a redline, and the changes in words."""

    title: Sequence[Hunk]
    units: Sequence[RedlineUnit]
    changes: Sequence[str]
    is_retitled: bool

    @property
    def clean_title(self) -> str:
        """The title as it is amended."""
        return "".join(hunk.text for hunk in self.title if hunk.op is not Op.DELETE)

    @property
    def sentence(self) -> str:
        """All changes in one sentence."""
        return in_one_sentence(self.changes)


def compared(base: Document, amended: Document) -> Comparison:
    """What `amended` changes in `base`."""
    title, units = title_redline(base.title, amended.title), redline(base.units, amended.units)
    return Comparison(title, units, changes_in_words(title, units), base.title != amended.title)


def wordings(amendment: Amendment) -> tuple[Document, Document]:
    """The text an amendment was written for and the amended text: as submitted, or of a draft as it is now."""
    if amendment.revision is not None:
        return amendment.revision.base.document, amendment.revision.document
    return drafted(amendment)


def drafted(amendment: Amendment) -> tuple[Document, Document]:
    """The text a draft was written for and what it makes of it; nothing twice where there is no draft."""
    if amendment.draft_base is None:
        return NOTHING_YET, NOTHING_YET
    return amendment.draft_base.document, drafted_document(amendment, amendment.draft_base)


def cards_of(plank: Plank, amendments: Sequence[Amendment], actor: Actor) -> list[AmendmentCard]:
    """These amendments of a plank as cards; six queries at most, however many there are."""
    if not amendments:
        return []
    objected = queries.objected_words(plank)
    is_decided = plank.working_version_id is not None and queries.stances_on(plank.working_version_id) > 0
    made = queries.versions_made(plank)
    opens = queries.opening_announced_on(plank) if plank.stage is Stage.OPEN else None
    names = movers_told(amendments, actor)
    return [
        _card(amendment, made.get(amendment.id), names, _words_id(amendment) in objected, is_decided, opens)
        for amendment in amendments
    ]


def _words_id(amendment: Amendment) -> int | None:
    return amendment.revision.words_id if amendment.revision else None


def became_in_words(plank: Plank, version: Version | None) -> str:
    """The version an amendment made, and whether that is agreed now; a query for the agreed one alone."""
    if version is None:
        return ""
    is_agreed = version.id == plank.agreed_version_id and queries.is_agreed(plank, version)
    return wording.came_into(plank, version, is_agreed=is_agreed)


def _card(
    amendment: Amendment,
    made: Version | None,
    names: Names,
    is_objected: bool,
    is_decided: bool,
    round_opens: datetime | None,
) -> AmendmentCard:
    return AmendmentCard(
        name=amendment.name,
        url=url_for("amendments.show", ref=amendment.ref),
        changes=compared(*wordings(amendment)).sentence,
        moved_by=wording.moved_by(amendment, names),
        state=wording.state(amendment),
        next=wording.what_next(
            amendment,
            is_objected=is_objected,
            is_decided=is_decided,
            became=became_in_words(amendment.plank, made),
            round_opens=round_opens,
        ),
        is_own=names.actor.person_id == amendment.mover_id,
    )
