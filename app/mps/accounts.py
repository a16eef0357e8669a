"""How a real MP comes to an account: somebody asks and proves the address, and clerks of two groups vouch."""

from sqlalchemy.exc import NoResultFound

from app import clock
from app.audit import service as audit
from app.extensions import db
from app.mail import letters
from app.mail import service as mail
from app.models import Mp, MpRequest, Person, locked
from app.mps import account_queries as queries
from app.people import queries as people
from app.people.arriving import person_with
from app.people.secrets import digest_of, new_secret
from app.web.addresses import whole_url
from policies import mp_accounts as rules
from policies.errors import NotThere
from policies.permissions import Actor


def ask(mp: Mp, address: str) -> None:
    """Ask for the account of an MP. Whatever is known of the address or the account, whoever asks reads the same.

    What others ask for takes nothing away: neither another address nor a letter that is on its way already. Raises
    `RuleBroken` for an address that is not Parliament's, and where nobody can have this account.
    """
    rules.require_parliaments(address)
    require_can_have_account(mp)
    locked(mp)
    secret, ends = new_secret(), clock.now() + rules.LINK_WORKS
    is_taken = _is_letter_due(mp, address)
    if is_taken:
        new = MpRequest(mp=mp, address=address, digest=digest_of(secret), asked_at=clock.now(), expires_at=ends)
        db.session.add(new)
        audit.record("MP account asked for", mp, by=None)
    url = whole_url("mp_accounts.prove", secret=secret)
    letter = letters.written("mp_account", mp_name=mp.name, url=url, works_for=f"{rules.LINK_WORKS.days} days")
    mail.queue(letter, address, useless_after=ends if is_taken else clock.now())


def require_can_have_account(mp: Mp) -> None:
    """Refuse in words where nobody can have this account."""
    rules.require_can_have_account(
        is_sitting=mp.is_sitting, is_made_up=mp.is_demonstration, in_demonstration=clock.is_demonstration()
    )


def prove(request: MpRequest, typed: str, mp: Mp) -> bool:
    """Show that the address is one's own, and say which MP one is, whoever the letter named.

    An address is one person's: whatever else was asked from it has ended, for whichever MP. False, and counted, where
    the address typed is another.
    """
    others = _lock_all_from(request, mp)
    rules.require_provable(request.facts, clock.now(), is_sitting=request.mp.is_sitting)
    require_can_have_account(mp)
    if typed != request.address:
        request.wrong_addresses += 1
        return False
    request.proven_at, request.mp = clock.now(), mp
    for other in others:
        _end(other)
    audit.record("MP account address proven", mp, by=None)
    return True


def vouch(request: MpRequest, *, by: Actor) -> bool:
    """Say for the own group that this is the MP. With the word of a second group the account is there: True then."""
    _lock(request)
    rules.require_may_vouch(request.facts, by.group, by.person_id)
    rules.require_no_account(has_account=request.mp.person_id is not None)
    known = people.with_address(request.address)
    _require_stranger(known, by)
    if request.vouched_by_id is None:
        request.vouched_group, request.vouched_by_id = by.group, by.person_id
        audit.record("MP account vouched for", request.mp, by=by)
        return False
    _give(request, by=by)
    return True


def refuse(request: MpRequest, reason: str, *, by: Actor) -> None:
    """Refuse, for a reason that whoever asked reads. They can ask again."""
    _lock(request)
    mail.queue(letters.written("mp_account_refused", mp_name=request.mp.name, reason=reason), request.address)
    audit.record("MP account refused", request.mp, by=by)
    db.session.delete(request)


def forget(request: MpRequest) -> None:
    """Forget, by the clock, what nobody proved or decided in its time."""
    _lock(request)
    if rules.is_over(request.facts, clock.now()):
        audit.record("MP account request forgotten", request.mp, by=None)
        db.session.delete(request)


def close(mp: Mp) -> None:
    """Whoever vacates a seat needs no account of it: what is asked for is forgotten."""
    for request in queries.of_mp(mp.id):
        db.session.delete(request)


def _is_letter_due(mp: Mp, address: str) -> bool:
    """Whether this asking has a letter sent, by what was sent to this address alone."""
    is_proven = any(one.proven_at for one in queries.from_address(mp.id, address))
    return rules.is_letter_due(is_proven=is_proven, sent_lately=queries.count_sent(address, clock.now() - rules.WINDOW))


def _give(request: MpRequest, *, by: Actor) -> None:
    mp, person = request.mp, person_with(request.address)
    mp.person, mp.vouched_by_id, mp.vouched_too_id = person, request.vouched_by_id, by.person_id
    audit.record("MP account given", mp, by=by, groups=sorted([str(request.vouched_group), str(by.group)]))
    letter = letters.written("mp_account_given", mp_name=mp.name, url=whole_url("people.sign_in"))
    mail.queue(letter, request.address, person_id=person.id)
    close(mp)
    db.session.flush()


def _require_stranger(known: Person | None, by: Actor) -> None:
    acts = known.actor if known is not None else Actor()
    rules.require_stranger(
        is_asking=known is not None and known.id == by.person_id, has_seat=acts.is_mp, drafts_for_mp=acts.is_delegate
    )


def _end(request: MpRequest) -> None:
    """What waited for clerks is noted as forgotten; a letter that nobody followed leaves nothing to note."""
    if request.proven_at is not None:
        audit.record("MP account request forgotten", request.mp, by=None)
    db.session.delete(request)


def _lock_all_from(request: MpRequest, mp: Mp) -> list[MpRequest]:
    """The MPs, then all that was asked from the address of a request; returns what is not that request itself.

    Raises `NotThere` where another proof from this address came a moment before.
    """
    for one in sorted({request.mp, mp}, key=lambda one: one.id):
        locked(one)
    held = queries.held_of_address(request.address)
    if request not in held:
        raise NotThere(rules.GONE)
    return [one for one in held if one is not request]


def _lock(request: MpRequest) -> None:
    """The MP, then the request; raises `NotThere` where it was decided, or the seat vacated, a moment before."""
    locked(request.mp)
    try:
        locked(request)
    except NoResultFound:
        raise NotThere(rules.OVER) from None
