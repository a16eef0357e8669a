"""The list of addresses by which a group's clerks know applicants: uploaded, seen by them alone, soon erased.

Kept are digests, under a salt of the list's own and a key that is not in the database (docs/decisions says why). They
go after 30 days, or at once when a clerk says so. An applicant who is on it is marked; the mark is no approval, is
stored nowhere, and no page, letter or error tells anybody else whether an address is on a list.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from flask import current_app
from sqlalchemy import ColumnElement, delete, insert, select
from sqlalchemy.exc import IntegrityError

from app import clock
from app.audit import service as audit
from app.config import Settings
from app.extensions import db
from app.models import AddressList, ListedDigest, locked
from app.people.secrets import new_secret
from policies.address_lists import KEPT, digest
from policies.errors import RuleBroken
from policies.permissions import Actor

TWO_AT_ONCE = "Another clerk of your group has uploaded a list at this moment. Look at it, then upload yours again."


def upload(addresses: Sequence[str], *, by: Actor) -> AddressList:
    """Keep these addresses, in canonical form and each once, as the own group's list, in place of an older one."""
    _erase(AddressList.group == by.group)
    kept = AddressList(
        group=by.group or "",
        salt=new_secret(),
        number=len(addresses),
        uploaded_by=by.person_id or 0,
        uploaded_at=clock.now(),
    )
    try:
        with db.session.begin_nested():
            db.session.add(kept)
    except IntegrityError:
        raise RuleBroken(TWO_AT_ONCE) from None
    digests = [{"list_id": kept.id, "digest": _digest(address, kept)} for address in addresses]
    db.session.execute(insert(ListedDigest), digests)
    audit.record("address list uploaded", kept, by=by, group=kept.group, number=kept.number)
    return kept


def delete_own(*, by: Actor) -> None:
    """Erase the own group's list at once."""
    kept = of_group(by.group)
    if kept is None:
        raise RuleBroken("Your group has no list now, so there is none to erase.")
    audit.record("address list erased", kept, by=by, group=kept.group, number=kept.number)
    _erase(AddressList.id == kept.id)


def forget(kept: AddressList) -> None:
    """Erase a list whose time is over."""
    locked(kept)
    audit.record("address list erased", kept, by=None, group=kept.group, number=kept.number)
    _erase(AddressList.id == kept.id)


def to_forget(now: datetime) -> Sequence[int]:
    """The ids of lists whose time is over."""
    return db.session.scalars(select(AddressList.id).where(AddressList.uploaded_at <= now - KEPT)).all()


def of_group(group: str | None) -> AddressList | None:
    """The list a group's clerks go by now; one whose time is over is none, even before the clock has erased it."""
    query = select(AddressList).where(AddressList.group == group, AddressList.uploaded_at > clock.now() - KEPT)
    return db.session.scalars(query).one_or_none()


def found_on(kept: AddressList | None, addresses: Iterable[str]) -> set[str]:
    """Which of these addresses are on a list; two queries, however many they are."""
    if kept is None:
        return set()
    digests = {_digest(address, kept): address for address in addresses}
    query = select(ListedDigest.digest).where(ListedDigest.list_id == kept.id, ListedDigest.digest.in_(digests))
    return {digests[one] for one in db.session.scalars(query)}


def _erase(which: ColumnElement[bool]) -> None:
    # Of one moment: a list that another clerk uploads between the two is not half erased.
    ids = db.session.scalars(select(AddressList.id).where(which).with_for_update()).all()
    db.session.execute(delete(ListedDigest).where(ListedDigest.list_id.in_(ids)))
    db.session.execute(delete(AddressList).where(AddressList.id.in_(ids)))


def _digest(address: str, kept: AddressList) -> str:
    settings: Settings = current_app.config["SETTINGS"]
    return digest(address, salt=kept.salt, key=settings.secret_key)
