"""Who holds a session is read in one short question, and is the same person that all rows together tell of."""

import secrets
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from app import clock
from app.extensions import db
from app.models import Delegacy, Notice, Operator, Person
from app.mps import service as mps
from app.people import sessions
from app.people.holder import Holder, holder_of
from app.web.transactions import transaction
from policies.membership import MembershipStage
from policies.notices import Channel, NoticeKind
from policies.permissions import Actor
from tests.builders import clerk, member, mp

pytestmark = pytest.mark.both


def _a_delegate(person: Person, *, sits: bool = True) -> None:
    of = mps.add_demonstration_mp("Anytown West", "Labour")
    of.left_at = None if sits else clock.now()
    now = clock.now()
    new = Delegacy(mp_id=of.id, address="", digest=secrets.token_hex(32), invited_at=now, expires_at=now)
    new.person_id, new.accepted_at = person.id, now
    db.session.add(new)


def _operates(person: Person, *, confirmed: bool = True) -> None:
    now = clock.now()
    db.session.add(Operator(person_id=person.id, named_at=now, confirmed_at=now if confirmed else None))


def _left_the_house(person: Person) -> None:
    assert person.mp is not None
    person.mp.left_at = clock.now()


def _deputy(person: Person) -> None:
    person.memberships[0].is_deputy = True


def _lapsed(person: Person) -> None:
    person.memberships[0].stage = MembershipStage.LAPSED


KINDS: list[tuple[str, Callable[[], Actor], Callable[[Person], None]]] = [
    ("labour", lambda: member("labour"), lambda _: None),
    ("green clerk", lambda: clerk("green"), lambda _: None),
    ("green deputy", member, _deputy),
    ("nobody in particular", member, _lapsed),
    ("MP", mp, lambda _: None),
    ("nobody in particular", mp, _left_the_house),
    ("green delegate", member, _a_delegate),
    ("green", member, lambda person: _a_delegate(person, sits=False)),
    ("green operator", lambda: clerk("green"), _operates),
    ("green clerk", lambda: clerk("green"), lambda person: _operates(person, confirmed=False)),
]


@pytest.mark.parametrize(("wanted", "made", "changed"), KINDS)
def test_every_kind_of_person_has_the_rights_that_their_rows_give(
    app: Flask, wanted: str, made: Callable[[], Actor], changed: Callable[[Person], None]
) -> None:
    with app.app_context():
        person_id = made().person_id
        with transaction():
            changed(db.session.get_one(Person, person_id))
        held = _holder(person_id)
        assert held.actor == db.session.get_one(Person, person_id).actor
        assert _in_words(held.actor) == wanted


def test_only_the_unread_are_counted_and_only_the_own(app: Flask) -> None:
    with app.app_context():
        own, other = member("green"), member("green")
        with transaction():
            for number, (actor, is_read) in enumerate([(own, False), (own, False), (own, True), (other, False)]):
                _tell(actor, str(number), is_read=is_read)
        assert _holder(own.person_id).unread == 2


def test_a_key_opens_nothing_once_its_session_is_ended_or_past(app: Flask) -> None:
    with app.app_context():
        ended, past, lasts = (_key_of(member().person_id) for _ in range(3))
        with transaction():
            sessions.end(ended)
            sessions.with_key(past).ends_at = clock.now() - timedelta(seconds=1)
        assert [holder_of(key) is None for key in (ended, past, lasts, "")] == [True, True, False, True]


def _key_of(person_id: int | None) -> str:
    with transaction():
        return sessions.start(db.session.get_one(Person, person_id)).session_key


def _holder(person_id: int | None) -> Holder:
    found = holder_of(_key_of(person_id))
    assert found is not None
    assert found.id == person_id
    return found


def _tell(actor: Actor, thing: str, *, is_read: bool) -> None:
    now = clock.now()
    told = Notice(
        person_id=actor.person_id, kind=NoticeKind.BALLOT_OPENS, thing=thing, channel=Channel.SITE, told_at=now
    )
    told.read_at = now if is_read else None
    db.session.add(told)


def _in_words(actor: Actor) -> str:
    names = {
        actor.group: actor.group is not None,
        "clerk": actor.is_clerk,
        "deputy": actor.is_deputy,
        "MP": actor.mp_id is not None,
        "delegate": actor.delegate_of is not None,
        "operator": actor.is_operator,
    }
    return " ".join(str(name) for name, holds in names.items() if holds) or "nobody in particular"
