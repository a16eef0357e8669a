"""What the record's pages show: when, what was done, to what, and from which group; never by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from markupsafe import Markup

from app.models import Amendment, AuditRow, Edition, Model, Mp, Plank, Position, Round, Stance, Version
from app.record import queries
from app.record.queries import Subjects
from app.web.filters import minute
from app.web.paging import Page, asked_page, page_of
from policies.acts import ACTS
from policies.endorsements import STANCE_WORDS, StanceKind
from policies.errors import NotThere
from policies.groups import group_named
from policies.permissions import Actor

HEAD = ("When", "What was done", "To what", "By whom")
LINK = Markup('<a href="{}">{}</a>')
# What a reader can narrow the record to: the word in the address, the table it is about, and its name on the page.
KINDS: dict[str, tuple[str, str]] = {
    "planks": ("planks", "Planks"),
    "texts": ("versions", "Texts"),
    "amendments": ("amendments", "Amendments"),
    "rounds": ("rounds", "Rounds"),
    "stances": ("stances", "Stances"),
    "positions": ("positions", "Positions of MPs"),
    "members": ("memberships", "Members of your group"),
}
FOR_CLERKS_ALONE = frozenset({"members"})
THE_SERVICE = "The service"
DECIDED_BY_A_GROUP = frozenset({"stance taken"})


@dataclass(frozen=True)
class Choice:
    """A kind of thing that the record can be narrowed to."""

    name: str
    url: str
    is_chosen: bool


@dataclass(frozen=True)
class RecordPage:
    """One page of the record."""

    head: Sequence[str]
    rows: Sequence[Sequence[Any]]
    page: Page
    choices: Sequence[Choice]


@dataclass(frozen=True)
class SealsPage:
    """One page of the seals, a day each."""

    rows: Sequence[Sequence[Any]]
    page: Page


def public_record() -> RecordPage:
    """The record as everybody may read it."""
    asked = _asked(for_clerks=False)
    page = page_of(queries.public_rows(_table(asked)), asked_page(), counted_as=("record", asked))
    return _record(page, asked, "record.show", for_clerks=False)


def clerks_record(actor: Actor) -> RecordPage:
    """The record as a clerk may read it."""
    asked = _asked(for_clerks=True)
    page = page_of(queries.rows_for_clerk(actor, _table(asked)), asked_page())
    return _record(page, asked, "record.for_clerks", for_clerks=True)


def seals() -> SealsPage:
    """The last seal of each day."""
    page = page_of(queries.last_seals_of_days(), asked_page())
    return SealsPage([(minute(one.sealed_at), Markup("<code>{}</code>").format(one.seal)) for one in page.rows], page)


def _asked(*, for_clerks: bool) -> str | None:
    asked = request.args.get("about") or None
    if asked is not None and (asked not in KINDS or (asked in FOR_CLERKS_ALONE and not for_clerks)):
        raise NotThere("The record cannot be narrowed to that. Choose one of its kinds.")
    return asked


def _table(asked: str | None) -> str | None:
    return None if asked is None else KINDS[asked][0]


def _record(page: Page, asked: str | None, endpoint: str, *, for_clerks: bool) -> RecordPage:
    subjects = queries.subjects_of(page.rows)
    rows = [(minute(row.at), done_in_words(row), _to_what(row, subjects), by_whom(row)) for row in page.rows]
    kinds = [name for name in KINDS if for_clerks or name not in FOR_CLERKS_ALONE]
    choices = [Choice(KINDS[name][1], url_for(endpoint, about=name), name == asked) for name in kinds]
    return RecordPage(HEAD, rows, page, [Choice("Everything", url_for(endpoint), asked is None), *choices])


def done_in_words(row: AuditRow) -> str:
    """What was done."""
    words = ACTS[row.act].words
    if row.act == "stance taken":
        return f"{words}: {STANCE_WORDS[StanceKind(row.details['after'])][1]}"
    if row.act == "clerk ruled":
        return f"{words}: {str(row.details['verdict']).replace('_', ' ')}"
    return words


def _to_what(row: AuditRow, subjects: Subjects) -> str | Markup:
    subject = subjects.of(row)
    return "" if subject is None else _linked(subject)


def _linked(subject: Model) -> str | Markup:
    """What a row is about, as a link to its page."""
    if isinstance(subject, Plank):
        return LINK.format(url_for("platform.plank", ref=subject.ref), f"{subject.name} {subject.title}".strip())
    if isinstance(subject, Version):
        return _of_version(subject)
    if isinstance(subject, Amendment):
        return LINK.format(url_for("amendments.show", ref=subject.ref), subject.name or "An amendment")
    if isinstance(subject, Round):
        return LINK.format(url_for("ballots.show", number=subject.number), subject.name)
    if isinstance(subject, Stance):
        return _of_version(subject.version)
    if isinstance(subject, Position):
        return Markup("<span>{}: {}</span>").format(subject.mp.name, _of_version(subject.version))
    return _with_a_number(subject)


def _with_a_number(subject: Model) -> str | Markup:
    if isinstance(subject, Edition):
        return LINK.format(url_for("editions.show", number=subject.id), f"Edition {subject.id}")
    if isinstance(subject, Mp):
        return LINK.format(url_for("mps.show", number=subject.id), subject.name)
    return ""


def _of_version(version: Version) -> Markup:
    url = url_for("platform.version", ref=version.plank.ref, name=version.name)
    return LINK.format(url, f"{version.plank.name} version {version.name}".strip())


def by_whom(row: AuditRow) -> str:
    """A group where the group itself decided, by its ballot; else somebody of a group, since one member is no group."""
    if row.act in DECIDED_BY_A_GROUP:
        return f"Compass {group_named(row.details['group']).name} group"
    return f"A member of the Compass {group_named(row.by_group).name} group" if row.by_group else THE_SERVICE
