"""What changes, as a paper: two versions of a plank, or an amendment and the text it was written for."""

from datetime import datetime

from flask import request

from app.amendments import wording
from app.amendments.presenters import compared
from app.carrying.foot import foot
from app.carrying.planks import NOT_PUBLIC, address_of
from app.models import Amendment, Plank, Version
from app.papers.describing import changes_of
from app.papers.paper import Paper, Section
from app.platform.comparing import compare_page
from app.web.addresses import whole_url
from app.web.filters import day
from policies.errors import NotThere
from policies.text.units import Document
from policies.visibility import anonymous

MOST_SAID = 40


def comparison_paper(plank: Plank, made: datetime) -> Paper:
    """The two versions that the address asks for; raises `NotThere`."""
    page = compare_page(plank, request.args.get("from"), request.args.get("to"))
    before, after = page.before, page.after
    source = whole_url("platform.compare", ref=plank.ref, **{"from": before.name, "to": after.name})
    return Paper(
        name=f"{plank.name or 'plank'}-version-{before.name}-to-{after.name}",
        title=f"{after.title}: from version {before.name} to version {after.name}",
        made=made,
        kicker=f"{plank.name or 'A plank that is not open yet'}, two versions compared",
        said=[*([] if plank.number else [NOT_PUBLIC])],
        facts=[*_facts(plank, "From", before), *_facts(plank, "To", after)],
        sections=[told(before.document, after.document), in_place(before.document, after.document)],
        foot=foot(made, source),
    )


def amendment_paper(amendment: Amendment, made: datetime) -> Paper:
    """A submitted amendment in the whole text; raises `NotThere` for a draft. No name stands in it."""
    revision = amendment.revision
    if revision is None:
        raise NotThere("This amendment has not been submitted, so there are no words to take away yet.")
    base, name = revision.base, amendment.name or f"An amendment to {amendment.plank.name or 'a plank'}"
    return Paper(
        name=f"{amendment.name or 'amendment'}",
        title=f"{name}: {base.title}",
        made=made,
        kicker=f"An amendment to version {base.name}",
        said=[*([] if amendment.number else [NOT_PUBLIC])],
        facts=[*facts_of(amendment), *_facts(amendment.plank, "Written for", base)],
        sections=[told(base.document, revision.document), in_place(base.document, revision.document)],
        foot=foot(made, whole_url("amendments.show", ref=amendment.ref)),
    )


def facts_of(amendment: Amendment) -> list[tuple[str, str]]:
    """Who moved it, as far as any file says, why, and where it stands."""
    revision = amendment.revision
    reason = [("Why", revision.reason)] if revision and revision.reason else []
    return [
        ("Moved by", anonymous(amendment.group)),
        ("Where it stands", wording.state(amendment)),
        *reason,
        ("Address", whole_url("amendments.show", ref=amendment.ref)),
        *([("SHA-256 of the amended text", revision.sha256)] if revision else []),
    ]


def told(old: Document, new: Document) -> Section:
    """The changes in words."""
    changes = compared(old, new).changes
    more = len(changes) - MOST_SAID
    said = [*changes[:MOST_SAID], *([f"And {more} more, marked below."] if more > 0 else [])]
    return Section("The changes in words", said=said or ["The words are the same."])


def in_place(old: Document, new: Document) -> Section:
    """The whole text with every change in its place."""
    return Section("In place", blocks=changes_of(old, new), is_tracked=True)


def _facts(plank: Plank, which: str, version: Version) -> list[tuple[str, str]]:
    written = f"Version {version.name}, written on {day(version.created_at)}"
    return [(which, f"{written}, {address_of(plank, version)}"), (f"Its SHA-256 ({version.name})", version.sha256)]
