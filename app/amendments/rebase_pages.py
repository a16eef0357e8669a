"""What the page shows on which an amendment is brought up to date: three columns, and what there is to do."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from app.amendments import queries
from app.amendments.moved import Moved, Standing, moved
from app.amendments.rebase_forms import Asked, RebaseForm, rebase_form
from app.amendments.three_texts import ORDER, Row, order_row, three_texts
from app.models import Amendment
from policies.amendments import AmendmentStage
from policies.permissions import Actor
from policies.text.settling import fingerprint

_LEADS: dict[Standing, str] = {
    Standing.NOTHING_LEFT: "The text says now what your amendment would have it say. You can withdraw it.",
    Standing.CLEAR: "The text has changed elsewhere. Your changes fit into it as they are.",
    Standing.TO_READ: "The text has changed close to yours. Read both changes in one text before you take it.",
    Standing.TO_SETTLE: "The text has changed where you change it. Say of each such place what it should say.",
    Standing.TO_WRITE: "The text has changed where you change it, and the two do not fit together. Below is your text,"
    " whole: bring it up to date, or it would undo what has changed since.",
}


@dataclass(frozen=True)
class Place:
    """One place of the text in three wordings, and what is asked about it."""

    row: Row
    asked: Sequence[Asked]


@dataclass(frozen=True)
class RebasePage:
    """An amendment beside the text that has moved. `others` are asked about what stands in no one place."""

    ref: str
    plank_title: str
    plank_url: str
    url: str
    version: str
    standing: Standing
    lead: str
    notes: Sequence[str]
    places: Sequence[Place]
    alike: int
    is_draft: bool
    agrees: bool
    """Whether some of the changes are in the text already."""


def rebase_of(amendment: Amendment, actor: Actor, seen: str | None = None) -> tuple[RebasePage, RebaseForm]:
    """The page and its form, for the mover alone."""
    found = moved(amendment, seen)
    conflicts = found.merged.conflicts if found.standing is Standing.TO_SETTLE else ()
    keys = [fingerprint(conflict) for conflict in conflicts]
    form = rebase_form(found, queries.settlements_of(actor, keys) if keys else {})
    return _page(found, form), form


def _page(found: Moved, form: RebaseForm) -> RebasePage:
    amendment = found.amendment
    documents = found.was, found.now.document, found.yours
    three = three_texts(*documents)
    rows = [*three.rows, *([order_row(*documents)] if any(one.unit == ORDER for one in form.asked) else [])]
    places = [Place(row, [one for one in form.asked if one.unit == row.unit_id]) for row in rows]
    return RebasePage(
        ref=amendment.ref,
        plank_title=amendment.plank.title,
        plank_url=url_for("platform.plank", ref=amendment.plank.ref),
        url=url_for("amendments.rebase", ref=amendment.ref),
        version=found.now.name,
        standing=found.standing,
        lead=_LEADS[found.standing],
        notes=found.merged.notes if found.standing is Standing.TO_READ else (),
        places=places,
        alike=three.alike,
        is_draft=amendment.stage is AmendmentStage.DRAFT,
        agrees=found.merged.agree and found.standing is not Standing.NOTHING_LEFT,
    )
