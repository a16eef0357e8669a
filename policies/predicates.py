"""Each question that a line of the permission table can ask of a person and of what they ask for, one a function."""

from collections.abc import Callable
from typing import Any

from policies.amendments import AmendmentStage
from policies.facts import (
    Actor,
    AmendmentFacts,
    ArgumentFacts,
    ExportFacts,
    GroupFacts,
    MembershipFacts,
    NegotiationFacts,
    OfferFacts,
    OfficeFacts,
    PlankFacts,
    RoundFacts,
    RulingFacts,
    ServiceFacts,
    TakeoverFacts,
)
from policies.planks import Stage

Facts = Any
Predicate = Callable[[Actor, Facts], bool]


def anybody(_actor: Actor, _facts: Facts) -> bool:
    """Everybody, signed in or not."""
    return True


def is_signed_in(actor: Actor, _facts: Facts) -> bool:
    """Anybody known to the service."""
    return actor.is_signed_in


def is_member(actor: Actor, _facts: Facts) -> bool:
    """An active member of any group."""
    return actor.is_member


def is_clerk(actor: Actor, _facts: Facts) -> bool:
    """A clerk of any group."""
    return actor.is_member and actor.is_clerk


def is_deputy(actor: Actor, _facts: Facts) -> bool:
    """A member whom two clerks of the own group have named their deputy."""
    return actor.is_member and actor.is_deputy


def is_seconder(actor: Actor, facts: TakeoverFacts) -> bool:
    """Somebody who seconded what was withdrawn."""
    return actor.is_signed_in and facts.asker_has_seconded


def is_mp(actor: Actor, _facts: Facts) -> bool:
    """Somebody who sits in the Commons."""
    return actor.is_mp


def is_no_mp(actor: Actor, _facts: Facts) -> bool:
    """Anybody who does not sit in the Commons: an MP's position is personal, so an MP votes in no group."""
    return not actor.is_mp


def is_operator(actor: Actor, _facts: Facts) -> bool:
    """Somebody who runs the machine."""
    return actor.is_operator


def is_no_operator(actor: Actor, _facts: Facts) -> bool:
    """Anybody who does not run the machine: whoever could try to look at papers casts none."""
    return not actor.is_operator


def is_delegate(actor: Actor, _facts: Facts) -> bool:
    """Somebody whom an MP named a delegate."""
    return actor.is_delegate


def is_that_mp(actor: Actor, facts: OfficeFacts) -> bool:
    """The MP whose office it belongs to."""
    return actor.is_mp and actor.mp_id == facts.mp_id


def is_delegate_there(actor: Actor, facts: OfficeFacts) -> bool:
    """A delegate of the MP whose office it belongs to."""
    return actor.is_delegate and actor.delegate_of == facts.mp_id


def is_mover(actor: Actor, facts: PlankFacts | AmendmentFacts | ArgumentFacts | OfferFacts | RulingFacts) -> bool:
    """The person who proposed this very thing."""
    return actor.person_id is not None and actor.person_id == facts.mover_id


def is_not_mover(actor: Actor, facts: PlankFacts | AmendmentFacts) -> bool:
    """Anybody but the person who proposed this very thing."""
    return not is_mover(actor, facts)


def is_numbered(_actor: Actor, facts: PlankFacts | AmendmentFacts | ArgumentFacts | RulingFacts) -> bool:
    """It has been open once, so it is public for ever."""
    return facts.is_numbered


def is_no_draft(_actor: Actor, facts: PlankFacts | AmendmentFacts) -> bool:
    """It has been submitted, so members of all groups may read it."""
    return facts.stage not in {Stage.DRAFT, AmendmentStage.DRAFT}


def is_author(actor: Actor, facts: ArgumentFacts) -> bool:
    """The person who wrote this very argument."""
    return actor.person_id is not None and actor.person_id == facts.author_id


def is_offerer(actor: Actor, facts: OfferFacts) -> bool:
    """The person who made this very offer."""
    return actor.person_id is not None and actor.person_id == facts.offerer_id


def is_of_another_group(actor: Actor, facts: AmendmentFacts) -> bool:
    """A member of a group other than the mover's."""
    return actor.is_member and actor.group != facts.group


def is_voter_here(actor: Actor, facts: RoundFacts) -> bool:
    """A person on the frozen roll of this round."""
    return actor.is_signed_in and facts.asker_is_on_roll


def is_clerk_of_a_voting_group(actor: Actor, facts: RoundFacts) -> bool:
    """A clerk of a group that votes in this round."""
    return is_clerk(actor, facts) and actor.group in facts.groups


def is_released(_actor: Actor, facts: NegotiationFacts) -> bool:
    """Clerks of all groups have released it to the public."""
    return facts.is_released


def is_own_export(actor: Actor, facts: ExportFacts) -> bool:
    """The person whose data the archive holds."""
    return actor.person_id is not None and actor.person_id == facts.person_id


def is_own_membership(actor: Actor, facts: MembershipFacts) -> bool:
    """The person whose membership it is."""
    return actor.person_id is not None and actor.person_id == facts.person_id


def is_clerk_of_that_group(actor: Actor, facts: MembershipFacts | GroupFacts) -> bool:
    """A clerk of the group asked about, or of the group the membership is of."""
    return is_clerk(actor, facts) and actor.group == facts.group


def is_demonstration(_actor: Actor, facts: ServiceFacts) -> bool:
    """The database was created as a demonstration."""
    return facts.is_demonstration
