"""What people do about a removal: propose, confirm, give up, appeal, decide; and what the clock brings."""

from app import clock
from app.audit import service as audit
from app.extensions import db
from app.membership import queries, telling
from app.membership.service import lock
from app.models import Membership, Removal, RemovalWord, locked
from app.people import service as people
from app.people import sessions
from policies import removals as rules
from policies.errors import RuleBroken
from policies.lapsing import TIME_TO_RENEW
from policies.membership import MAY_STILL_VOTE, MembershipStage, MembershipStep, next_membership_stage
from policies.permissions import Actor
from policies.removals import AppealWord, RemovalStage, RemovalStep
from policies.speaking import require_own_voice
from policies.two_persons import require_may_confirm

ALREADY = "A clerk has proposed to remove this member already. The clerk’s desk shows it."
TWO_CLERKS = "Two clerks have confirmed this removal. From now on only an appeal changes it."


def require_can_be_proposed(membership: Membership, *, by: Actor) -> None:
    """Refuse to remove oneself, somebody who is no member, and whom a clerk has proposed to remove already."""
    rules.require_not_oneself(by.person_id, membership.person_id)
    next_membership_stage(membership.stage, MembershipStep.SUSPEND)
    if queries.running(membership) is not None:
        raise RuleBroken(ALREADY)


def propose(membership: Membership, reason: str, *, by: Actor) -> Removal:
    """Propose to remove a member, with a reason. Nothing changes, and nobody is told, until a second clerk confirms."""
    locked(membership)
    require_can_be_proposed(membership, by=by)
    rules.require_reason(reason)
    removal = Removal(
        membership=membership, reason=reason, proposed_by_id=by.person_id or 0, proposed_at=clock.now(), appeal=""
    )
    removal.stage = RemovalStage.PROPOSED
    db.session.add(removal)
    _record("removal proposed", removal, None, by=by)
    telling.tell_second_clerk(removal, queries.matter_of(removal))
    return removal


def confirm(removal: Removal, *, by: Actor) -> None:
    """Confirm it as the second clerk: the membership is suspended from this moment, and the member reads why."""
    _lock(removal)
    require_may_confirm(queries.matter_of(removal), by.group, by.person_id)
    before, removal.stage = removal.stage, rules.next_removal_stage(removal.stage, RemovalStep.CONFIRM)
    removal.confirmed_by_id, removal.confirmed_at = by.person_id, clock.now()
    membership = removal.membership
    membership.stage = next_membership_stage(membership.stage, MembershipStep.SUSPEND)
    people.end_offices(membership, "removed", by=by)
    sessions.end_all(membership.person_id)
    _record("removal confirmed", removal, before, by=by)
    telling.tell_removed(removal)


def give_up(removal: Removal, *, by: Actor) -> None:
    """Give up what one clerk has proposed, at the word of any clerk of the group. Its member never learns of it."""
    _lock(removal)
    if removal.stage is RemovalStage.CONFIRMED or removal.stage is RemovalStage.APPEALED:
        raise RuleBroken(TWO_CLERKS)
    if by.group != removal.group:
        raise RuleBroken("The clerks of that group can give it up. If you do not agree, do not confirm it.")
    _end(removal, RemovalStep.DROP, by=by)


def appeal(removal: Removal, words: str, *, by: Actor) -> None:
    """Appeal against one's own removal, in words. The clerks of all other groups decide."""
    _lock(removal)
    rules.require_can_be_appealed(removal.stage, removal.since, clock.now())
    rules.require_appeal(words)
    before, removal.stage = removal.stage, rules.next_removal_stage(removal.stage, RemovalStep.APPEAL)
    removal.appeal, removal.appealed_at = words, clock.now()
    _record("removal appealed against", removal, before, by=by)
    telling.tell_of_appeal(removal)


def require_answerable(removal: Removal, *, by: Actor) -> None:
    """Refuse a word on a removal that no appeal puts before this clerk now."""
    if removal.stage is not RemovalStage.APPEALED:
        raise RuleBroken(f"There is nothing to decide: this removal is {removal.stage.words}.")
    if by.group == removal.group:
        raise RuleBroken("The clerks of the other groups decide on this appeal.")
    removed_by = (removal.proposed_by_id, removal.confirmed_by_id)
    rules.require_no_own_matter(by.person_id, removal.membership.person_id, *removed_by)
    require_own_voice({word.group: word.clerk_id for word in removal.words}, by.group, by.person_id)


def answer(removal: Removal, word: AppealWord, reason: str, *, by: Actor) -> RemovalStage:
    """Say for the own group whether a removal stands; returns where it stands then."""
    _lock(removal)
    require_answerable(removal, by=by)
    rules.require_reason(reason)
    said = db.session.get(RemovalWord, (removal.id, by.group))
    if said is None:
        said = RemovalWord(removal_id=removal.id, group=by.group or "")
        removal.words.append(said)
    said.word, said.reason, said.clerk_id, said.said_at = word, reason, by.person_id or 0, clock.now()
    details = {"group": removal.group, "removal": removal.id, "answering": by.group, "word": word}
    audit.record("removal answered", removal.membership, by=by, **details)
    _settle(removal)
    return removal.stage


def settle(removal: Removal) -> None:
    """Do what the clock brings: give up what nobody confirmed or the member's leaving made void, else make it final."""
    _lock(removal)
    kept = MAY_STILL_VOTE if removal.stage is RemovalStage.PROPOSED else {MembershipStage.SUSPENDED}
    if removal.ended_at is None and removal.membership.stage not in kept:
        _end(removal, RemovalStep.DROP, by=None)
    _settle(removal)


def _settle(removal: Removal) -> None:
    words = {word.group: word.word for word in removal.words}
    step = rules.step_due(removal.stage, removal.since, words, queries.other_groups(removal), clock.now())
    if step is not None:
        _end(removal, step, by=None)


_ACTS = {
    RemovalStep.DROP: "removal given up",
    RemovalStep.UPHOLD: "removal final",
    RemovalStep.OVERTURN: "removal overturned",
}


def _end(removal: Removal, step: RemovalStep, *, by: Actor | None) -> None:
    before, removal.stage = removal.stage, rules.next_removal_stage(removal.stage, step)
    removal.ended_at = clock.now()
    if step is RemovalStep.UPHOLD:
        removal.membership.stage = next_membership_stage(removal.membership.stage, MembershipStep.REMOVE)
    elif step is RemovalStep.OVERTURN:
        _give_back(removal.membership)
    _record(_ACTS[step], removal, before, by=by)
    if step is not RemovalStep.DROP:
        telling.tell_ended(removal, is_overturned=step is RemovalStep.OVERTURN)


def _give_back(membership: Membership) -> None:
    """As it was, with its old first day; with time to renew, where that ran out meanwhile. Its offices are not back.

    Whoever has become a member of another group meanwhile stays there.
    """
    is_elsewhere = membership.person.membership is not None
    step = MembershipStep.LEAVE if is_elsewhere else MembershipStep.REINSTATE
    membership.stage = next_membership_stage(membership.stage, step)
    if membership.runs_until is not None:
        membership.runs_until = max(membership.runs_until, clock.now() + TIME_TO_RENEW)


def _lock(removal: Removal) -> None:
    """The group's clerks, the person, the membership, then the removal: nobody confirms or answers it twice."""
    people.lock_clerks(removal.group)
    lock(removal.membership)
    locked(removal)
    db.session.refresh(removal, ["words"])


def _record(act: str, removal: Removal, before: RemovalStage | None, *, by: Actor | None) -> None:
    db.session.flush()
    details = {"group": removal.group, "removal": removal.id, "before": before, "after": removal.stage}
    audit.record(act, removal.membership, by=by, membership=removal.membership.stage, **details)
