"""Writing a version: its words, what the text engine made of them, and what brought it."""

from app import clock
from app.extensions import db
from app.models import Plank, Version
from app.web.markup import rendered
from policies.permissions import Actor
from policies.planks import Cause
from policies.text import ENGINE_VERSION
from policies.text.canonical import digest
from policies.text.lines import printed_lines
from policies.text.units import Document


def add_version(
    plank: Plank,
    place: tuple[int, int],
    document: Document,
    parent: Version | None,
    *,
    cause: Cause,
    by: Actor | None,
    amendment_id: int | None = None,
) -> Version:
    """Add a version at its place among those of its plank. What points to it is for whoever asked for it."""
    number, minor = place
    title, text = document.title, document.text
    version = Version(
        plank_id=plank.id,
        number=number,
        minor=minor,
        parent_id=parent.id if parent else None,
        title=title,
        text=text,
        sha256=digest(title, text),
        units=document.units,
        rendered=rendered(document.units),
        lines=printed_lines(document.units),
        engine=ENGINE_VERSION,
        cause=cause,
        amendment_id=amendment_id,
        author_id=by.person_id if by else None,
        author_group=by.group if by else None,
        created_at=clock.now(),
    )
    db.session.add(version)
    db.session.flush()
    return version
