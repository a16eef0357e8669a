"""Keeping one's passkeys, and signing in or showing who one is with one of them."""

from collections.abc import Sequence
from datetime import UTC, datetime

from app import clock
from app.audit import service as audit
from app.extensions import db
from app.mail import letters
from app.mail import service as mail
from app.models import Passkey, Person, locked
from app.passkeys import ceremonies, challenges, queries
from app.people import known_browsers, sessions
from app.web.addresses import whole_url
from policies.errors import RuleBroken
from policies.passkeys import Ceremony, is_exempt, need_to_add, require_met, require_passkey_name, require_room
from policies.permissions import Actor

KNOWN_ALREADY = "This passkey is known here already. Choose another one."
OF_SOMEBODY_ELSE = "This passkey is not one of yours. Choose another one."


def begin_sign_in(asked_by: str) -> str:
    """What a signed-out browser is asked, the same whoever asks: nothing is said of any address."""
    return ceremonies.to_show(challenges.issue(Ceremony.SIGN_IN, asked_by))


def sign_in(sent: str, asked_by: str, *, browser: str, instead_of: str = "") -> Person:
    """Sign in whoever shows a passkey; raises `RuleBroken` for one that is not known or not true."""
    passkey = _shown(sent, Ceremony.SIGN_IN, asked_by)
    person = passkey.person
    known_browsers.note(person, browser)
    return sessions.start(person, browser, instead_of=instead_of, by_passkey=True)


def begin_proof(person: Person) -> str:
    """What the browser of somebody signed in is asked: to show one of their passkeys."""
    return ceremonies.to_show(challenges.issue(Ceremony.PROVE, person.session_key), queries.of_person(person.id))


def prove(person: Person, sent: str) -> None:
    """Note that the person who holds this session has shown one of their passkeys."""
    passkey = _shown(sent, Ceremony.PROVE, person.session_key)
    if passkey.person_id != person.id:
        raise RuleBroken(OF_SOMEBODY_ELSE)
    sessions.prove(person, by_passkey=True)


def begin_adding(person: Person) -> str:
    """What the browser is asked when a passkey is made."""
    known = require_may_add(person)
    handle = known[0].handle if known else ceremonies.drawn()
    challenge = challenges.issue(Ceremony.REGISTER, person.session_key, handle)
    return ceremonies.to_register(challenge, handle, person.email or "member", known)


def require_may_add(person: Person) -> Sequence[Passkey]:
    """The passkeys somebody has, where one more may be added; raises `NeedsProof` where it takes one of them first."""
    known = queries.of_person(person.id)
    require_room(len(known))
    if not is_exempt(clock.is_demonstration(), person.is_demonstration):
        require_met(need_to_add(len(known)), person.proofs, datetime.now(UTC))
    return known


def add(person: Person, name: str, sent: str, *, by: Actor) -> Passkey:
    """Keep a new passkey, tell its owner by mail, and end the other sessions. To make one is to show one."""
    require_passkey_name(name)
    answer = ceremonies.read(sent)
    handle = challenges.use_up(answer.challenge, Ceremony.REGISTER, person.session_key)
    locked(person)
    require_may_add(person)
    made = ceremonies.registered(answer)
    if queries.with_credential(made.credential) is not None:
        raise RuleBroken(KNOWN_ALREADY)
    passkey = Passkey(
        person_id=person.id,
        name=name,
        credential=made.credential,
        handle=handle,
        public_key=made.public_key,
        sign_count=made.sign_count,
        added_at=clock.now(),
    )
    db.session.add(passkey)
    audit.record("passkey added", passkey, by=by)
    sessions.end_all(person.id, but=person.session_key)
    sessions.prove(person, by_passkey=True)
    _tell("passkey_added", person, name)
    return passkey


def remove(passkey: Passkey, person: Person, *, by: Actor) -> None:
    """Forget a passkey, tell its owner by mail, and end every session but this one, which has to show another."""
    locked(person)
    audit.record("passkey removed", passkey, by=by)
    db.session.delete(passkey)
    sessions.end_all(person.id, but=person.session_key)
    sessions.unprove(person)
    _tell("passkey_removed", person, passkey.name)


def _shown(sent: str, ceremony: Ceremony, asked_by: str) -> Passkey:
    """The passkey that was shown, its count of signatures moved on. Whatever fails, the challenge is used up."""
    answer = ceremonies.read(sent)
    challenges.use_up(answer.challenge, ceremony, asked_by)
    passkey = queries.with_credential(answer.credential)
    if passkey is None or answer.handle not in {"", passkey.handle}:
        raise RuleBroken(ceremonies.UNKNOWN)
    locked(passkey)
    passkey.sign_count = ceremonies.count_shown(answer, passkey)
    passkey.last_used_on = datetime.now(UTC).date()
    return passkey


def _tell(letter: str, person: Person, name: str) -> None:
    if person.email:
        written = letters.written(letter, passkey=name, account_url=whole_url("people.account"))
        mail.queue(written, person.email, person_id=person.id)
