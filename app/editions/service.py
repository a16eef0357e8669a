"""What clerks do with editions: propose one, say yes or no for the own group, take it back; the last yes publishes."""

from sqlalchemy import select

from app import clock, jobs
from app.audit import service as audit
from app.editions import contents, keys, queries, telling
from app.extensions import db
from app.models import (
    Counter,
    Edition,
    EditionAnswer,
    EditionPlank,
    EditionProposal,
    EditionReservation,
)
from app.numbers import next_number
from app.web.transactions import after_commit
from policies import editions as rules
from policies.edition_changes import Changed, Entry, changes, in_words
from policies.edition_manifest import Head, fingerprint, hash_of, manifest, read_contents
from policies.edition_manifest import contents as written_contents
from policies.editions import NO_KEY, EditionStage, EditionStep
from policies.endorsements import StanceKind
from policies.errors import RuleBroken
from policies.groups import GROUP_KEYS
from policies.permissions import Actor
from policies.speaking import require_own_voice

MAKE_PAPERS = "make_edition_papers"
COUNTER = "edition"


def propose(*, by: Actor) -> EditionProposal:
    """Propose an edition of what all groups back now. The clerk who does says yes for the own group in the same act."""
    _one_at_a_time()
    entries, newest = contents.of_now(), queries.newest()
    before = None if newest is None else queries.entries_of(newest)
    rules.require_can_be_proposed(entries, before, open_ones=0 if queries.waiting() is None else 1)
    proposal = EditionProposal(
        contents=written_contents(entries),
        group=by.group or "",
        proposed_by_id=by.person_id or 0,
        proposed_at=clock.now(),
    )
    db.session.add(proposal)
    audit.record("edition proposed", proposal, by=by, contents=hash_of(proposal.contents), after=EditionStage.OPEN)
    _say(proposal, says_yes=True, reason="", by=by)
    telling.tell_clerks_elsewhere(proposal)
    return proposal


def answer(proposal: EditionProposal, *, says_yes: bool, reason: str, by: Actor) -> EditionStage:
    """Say yes or no for the own group; returns where the proposal stands after that.

    The last yes publishes what was agreed to. Where anything of it has moved since, the proposal is void instead.
    """
    entries = read_contents(proposal.contents)
    contents.lock(entries)
    _one_at_a_time()
    db.session.refresh(proposal)
    rules.next_edition(proposal.stage, EditionStep.PUBLISH if says_yes else EditionStep.REFUSE)
    _require_in_time(proposal)
    rules.require_reason(says_yes=says_yes, reason=reason)
    require_own_voice({one.group: one.clerk_id for one in proposal.answers}, by.group, by.person_id)
    _say(proposal, says_yes=says_yes, reason=reason, by=by)
    moved = contents.moved_since(entries) if says_yes else []
    step = rules.outcome_of({one.group: one.says_yes for one in proposal.answers}, GROUP_KEYS, moved)
    if step is EditionStep.PUBLISH:
        _publish(proposal, entries)
    elif step is not None:
        _end(proposal, step, by=by, moved=moved)
    return proposal.stage


def take_back(proposal: EditionProposal, *, by: Actor) -> None:
    """Take a proposal back that a clerk of the own group has made."""
    _one_at_a_time()
    db.session.refresh(proposal)
    if proposal.group != by.group:
        raise RuleBroken("A clerk of another group proposed this. Say no if it is not to be published.")
    _end(proposal, EditionStep.TAKE_BACK, by=by)


def lapse(proposal: EditionProposal) -> None:
    """End a proposal that not every group has answered in time."""
    _one_at_a_time()
    db.session.refresh(proposal)
    if proposal.stage is EditionStage.OPEN and rules.is_over(proposal.proposed_at, clock.now()):
        _end(proposal, EditionStep.LAPSE, by=None)


def _say(proposal: EditionProposal, *, says_yes: bool, reason: str, by: Actor) -> None:
    given = next((one for one in proposal.answers if one.group == by.group), None)
    if given is None:
        given = EditionAnswer(proposal_id=proposal.id, group=by.group or "")
        proposal.answers.append(given)
    given.says_yes, given.reason = says_yes, "" if says_yes else reason
    given.clerk_id, given.answered_at = by.person_id or 0, clock.now()
    audit.record("edition answered", proposal, by=by, says_yes=says_yes)


def _publish(proposal: EditionProposal, entries: tuple[Entry, ...]) -> None:
    key = keys.signing_key()
    if key is None:
        raise RuleBroken(NO_KEY)
    before, public = queries.newest(), key.public_key().public_bytes_raw()
    now, number = clock.now().replace(microsecond=0), next_number(COUNTER)
    head = Head(
        number=number,
        published=now,
        before=None if before is None else (before.id, before.sha256),
        key=fingerprint(public),
        is_demonstration=clock.is_demonstration(),
    )
    signed = manifest(head, entries, _changed_since(before, entries))
    edition = Edition(
        id=number,
        published_at=now,
        manifest=signed,
        sha256=hash_of(signed),
        before_id=None if before is None else before.id,
        public_key=public.hex(),
        fingerprint=head.key,
        signature=key.sign(signed.encode()).hex(),
    )
    db.session.add(edition)
    _keep_planks(edition, entries)
    facts = {"sha256": edition.sha256, "key": edition.fingerprint, "planks": len(entries), "proposal": proposal.id}
    audit.record("edition published", edition, by=None, number=number, **facts)
    proposal.edition = edition
    _end(proposal, EditionStep.PUBLISH, by=None, edition=number)
    after_commit(lambda: jobs.ask_for(MAKE_PAPERS))


def _changed_since(before: Edition | None, entries: tuple[Entry, ...]) -> list[Changed]:
    if before is None:
        return []
    old = queries.entries_of(before)
    gone = {one.plank for one in old} - {one.plank for one in entries}
    return changes(old, entries, contents.reasons(gone))


def _keep_planks(edition: Edition, entries: tuple[Entry, ...]) -> None:
    db.session.flush()
    listed = {one.plank for one in entries}
    for plank, version, held in contents.agreed_now():
        if plank.number not in listed:
            continue
        db.session.add(EditionPlank(edition_id=edition.id, plank_id=plank.id, version_id=version.id))
        for group, stance in held.items():
            if stance.kind is StanceKind.RESERVATION:
                words = {"group": group, "statement": stance.statement}
                db.session.add(EditionReservation(edition_id=edition.id, plank_id=plank.id, **words))


def _end(
    proposal: EditionProposal,
    step: EditionStep,
    *,
    by: Actor | None,
    moved: list[Changed] | None = None,
    **details: int,
) -> None:
    before = proposal.stage
    proposal.stage, proposal.ended_at = rules.next_edition(before, step), clock.now()
    proposal.moved = "\n".join(in_words(one) for one in moved or [])
    planks = {"moved": [one.plank for one in moved]} if moved else {}
    audit.record("edition proposal ended", proposal, by=by, before=before, after=proposal.stage, **details, **planks)


def _require_in_time(proposal: EditionProposal) -> None:
    if rules.is_over(proposal.proposed_at, clock.now()):
        raise RuleBroken("This proposal has waited too long, so it ends. Propose the edition anew.")


def _one_at_a_time() -> None:
    """Editions are proposed and published one after the other: the counter's row is what everybody waits for."""
    db.session.flush()
    db.session.scalars(select(Counter).where(Counter.name == COUNTER).with_for_update()).one()
