"""Editions for tests: agreed planks, clerks of every group, and what they propose and publish."""

import hashlib

from app import clock
from app.editions import keys, service
from app.extensions import db
from app.models import Edition, EditionPaper, EditionProposal
from app.web.transactions import transaction
from policies.edition_manifest import Head, fingerprint, hash_of, manifest
from policies.editions import EditionStage
from policies.endorsements import Form
from policies.groups import GROUP_KEYS
from policies.permissions import Actor
from tests import builders

Clerks = dict[str, Actor]


def clerks() -> Clerks:
    """A clerk of each group."""
    return {group: builders.clerk(group) for group in GROUP_KEYS}


def agreed_plank(title: str = "Warm homes for all", forms: dict[str, Form] | None = None, text: str = "") -> int:
    """A plank that every group backs."""
    plank_id = builders.open_plank(title=title, text=text or builders.TEXT)
    builders.decided(plank_id, forms=forms)
    return plank_id


def proposed(by: Actor) -> str:
    """A proposed edition; returns its key."""
    with transaction():
        return service.propose(by=by).key


def answered(key: str, by: Actor, *, says_yes: bool = True, reason: str = "") -> EditionStage:
    """A clerk's word on it; returns where it stands then."""
    with transaction():
        return service.answer(proposal(key), says_yes=says_yes, reason=reason, by=by)


def published(of: Clerks) -> int:
    """An edition that clerks of all groups publish; returns its number."""
    first, *others = GROUP_KEYS
    key = proposed(of[first])
    for group in others:
        answered(key, of[group])
    number = proposal(key).edition_id
    assert number is not None
    return number


def proposal(key: str) -> EditionProposal:
    """The row of a proposal."""
    return db.session.query(EditionProposal).filter_by(key=key).one()


def bare() -> dict[str, dict[str, str]]:
    """A published edition of no plank, with its PDF, and a proposed one: what their addresses lead to."""
    by = builders.clerk("labour")
    with transaction():
        key = keys.signing_key()
        assert key is not None
        public, now = key.public_key().public_bytes_raw(), clock.now()
        signed = manifest(Head(1, now, None, fingerprint(public)), (), ())
        told = {"public_key": public.hex(), "fingerprint": fingerprint(public), "sha256": hash_of(signed)}
        signature = key.sign(signed.encode()).hex()
        db.session.add(Edition(id=1, published_at=now, manifest=signed, signature=signature, **told))
        db.session.flush()
        digest = hashlib.sha256(b"").hexdigest()
        db.session.add(EditionPaper(edition_id=1, covered="", pdf=b"", sha256=digest, made_at=now))
        waiting = EditionProposal(contents="[]", group="labour", proposed_by_id=by.person_id or 0, proposed_at=now)
        db.session.add(waiting)
        db.session.flush()
        refs = {"open": waiting.key, "foreign": "aaaaaaaaaaaa"}
    return {"edition": {"first": "1", "foreign": "999"}, "proposal": refs}
