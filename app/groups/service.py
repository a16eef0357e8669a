"""What a group's clerks do to its page. Each clerk's words take the place of those that the clerk has seen."""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app import clock, drawer
from app.audit import service as audit
from app.extensions import db
from app.groups import queries
from app.models import GroupPage, LaunchStatement, locked
from app.web.markup import rendered
from policies import statements as rules
from policies.errors import RuleBroken
from policies.groups import Group
from policies.permissions import Actor
from policies.text import ENGINE_VERSION
from policies.text.canonical import digest, normalise, word_count
from policies.text.units import Document


def publish(group: Group, text: str, *, seen: int, by: Actor) -> LaunchStatement:
    """Publish a launch statement; the ones before stay readable.

    `seen` is the number of the statement that the clerk has before them, 0 where there is none yet.
    """
    if by.person_id is None:
        raise RuleBroken("Sign in as a clerk of this group to do that.")
    _locked_page(group)
    before = queries.newest(group)
    rules.require_newest(seen, before.number if before else 0)
    document = Document.read("", text, before.units if before else ())
    require_can_follow(document.text, before)
    statement = LaunchStatement(
        group=group.key,
        number=seen + 1,
        text=document.text,
        units=document.units,
        rendered=rendered(document.units),
        engine=ENGINE_VERSION,
        published_at=clock.now(),
        published_by=by.person_id,
    )
    db.session.add(statement)
    fingerprint = digest("", document.text)
    audit.record("statement published", statement, by=by, group=group.key, number=statement.number, sha256=fingerprint)
    return statement


def require_can_follow(text: str, before: LaunchStatement | None) -> None:
    """Raise `RuleBroken` unless this text, in canonical form, can be the next statement."""
    rules.require_statement_fits(word_count(text), len(text))
    rules.require_other_words(text, before.text if before else "")


def change_office(group: Group, office: str, *, seen: int, by: Actor) -> None:
    """Say where the group's clerks are reached; nothing is kept of where they were before.

    `seen` is how often it had been changed when the clerk saw it.
    """
    page = _locked_page(group)
    rules.require_newest(seen, page.office_changes)
    drawer.require_shown(page)
    office = normalise(office)
    rules.require_office_fits(office)
    page.office, page.office_changes = office, page.office_changes + 1
    audit.record("office changed", page, by=by, group=group.key, changes=page.office_changes)


def _locked_page(group: Group) -> GroupPage:
    """The group's page, made if there is none; two clerks at once make one, and take their turns."""
    page = queries.page(group)
    if page is None:
        try:
            with db.session.begin_nested():
                page = GroupPage(group=group.key)
                db.session.add(page)
        except IntegrityError:
            page = db.session.scalars(select(GroupPage).where(GroupPage.group == group.key)).one()
    locked(page)
    return page
