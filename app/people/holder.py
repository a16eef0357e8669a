"""Who holds a session, as every request of anybody signed in has to know it: one short question, and no row of a table.

The rights are those of this moment. What a page wants to know beyond that, it asks for: `app.web.actor.current_person`.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from flask_login import UserMixin
from sqlalchemy import Select, and_, bindparam, select
from sqlalchemy.orm import aliased

from app import clock, unchanged
from app.extensions import db
from app.models import Delegacy, Membership, Moment, Mp, Operator, Person, SignIn
from app.models.people import actor_of
from app.notices import queries as notices
from app.people.secrets import digest_of
from policies.membership import MembershipStage
from policies.passkeys import Proofs
from policies.permissions import Actor


@dataclass(frozen=True)
class Holder(UserMixin):
    """The person of this request, for Flask-Login."""

    id: int
    session_key: str
    """What this browser's cookie holds."""
    name: str
    is_demonstration: bool
    proofs: Proofs
    """What this browser's session has shown when the request began."""
    actor: Actor
    unread: int
    """How many notices this person has not read, up to `MOST_COUNTED`."""

    def get_id(self) -> str:
        """What stands in the cookie."""
        return self.session_key


def holder_of(key: str) -> Holder | None:
    """Whose session this key opens, if it has not ended. The machine's time counts: a moved clock signs nobody out."""
    digest = digest_of(key)
    row = db.session.execute(_question(), {"digest": digest, "now": datetime.now(UTC)}).one_or_none()
    if row is None:
        return None
    clock.told(row.offset)
    unchanged.told(row.mark)
    actor = actor_of(
        row.id,
        None if row.group is None else (row.group, row.is_clerk, row.is_deputy),
        mp_id=row.mp_id,
        delegate_of=row.delegate_of,
        is_operator=row.confirmed_at is not None,
    )
    proofs = Proofs(row.passkey_at, row.fresh_at)
    return Holder(row.id, key, row.name, row.is_demonstration, proofs, actor, row.unread)


@cache
def _question() -> Select[*tuple[Any, ...]]:
    """Put together once. A person has at most one row in each of these tables of which this is true."""
    drafts_for = aliased(Mp)
    digest = SignIn.digest == bindparam("digest")
    who = select(SignIn.person_id).where(digest).scalar_subquery()
    is_member = and_(Membership.person_id == Person.id, Membership.stage == MembershipStage.ACTIVE)
    accepted = and_(Delegacy.person_id == Person.id, Delegacy.accepted_at.is_not(None), Delegacy.ended_at.is_(None))
    return (
        select(
            SignIn.passkey_at,
            SignIn.fresh_at,
            Person.id,
            Person.name,
            Person.is_demonstration,
            Membership.group.label("group"),
            Membership.is_clerk,
            Membership.is_deputy,
            Mp.id.label("mp_id"),
            drafts_for.id.label("delegate_of"),
            Operator.confirmed_at,
            clock.read_with_another_question().scalar_subquery().label("offset"),
            unchanged.read_with_another_question().scalar_subquery().label("mark"),
            notices.unread_of(who).scalar_subquery().label("unread"),
        )
        .join(Person, Person.id == SignIn.person_id)
        .outerjoin(Membership, is_member)
        .outerjoin(Mp, and_(Mp.person_id == Person.id, Mp.left_at.is_(None)))
        .outerjoin(Delegacy, accepted)
        .outerjoin(drafts_for, and_(drafts_for.id == Delegacy.mp_id, drafts_for.left_at.is_(None)))
        .outerjoin(Operator, Operator.person_id == Person.id)
        .where(digest, SignIn.ends_at > bindparam("now", type_=Moment()))
    )
