"""Who stands behind a thing, as this reader is told: the one place from which pages, lists and mails learn a name.

A page says once who stands behind all it shows, and the names come in one query.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from app import drawer
from app.models import Amendment, AmendmentSecond, Argument, Offer, Plank
from app.reads import service as reads
from app.visibility import queries
from app.visibility.queries import Known
from policies import visibility as rules
from policies.amendments import AmendmentStage
from policies.permissions import VISITOR, Actor
from policies.planks import Stage
from policies.reads import Seen
from policies.visibility import Reach, Role, ThingState


@dataclass(frozen=True)
class Stand:
    """As what somebody of a group stands behind which thing, and where that thing stands."""

    role: Role
    thing_id: int
    person_id: int | None
    group: str
    state: ThingState


@dataclass(frozen=True)
class Names:
    """The names that may be told on one page to one reader; everybody else there is a member of a group."""

    actor: Actor = VISITOR
    known: Mapping[int, Known] = field(default_factory=dict)

    def who(self, stand: Stand) -> str:
        """ "Ada Example, a member of the Compass Green group", or without the name."""
        known = self.known.get(stand.person_id or 0)
        name = known.name if known else ""
        return rules.told(name, stand.group, self._reader(stand), self.reach_of(stand), stand.state)

    def reach_of(self, stand: Stand) -> Reach:
        """How far this name goes, as far as it was asked for."""
        known = self.known.get(stand.person_id or 0)
        if known is None:
            return rules.UNCHOSEN
        choice = known.choices.get((stand.role, stand.thing_id))
        return rules.reach_of(choice, known.general, is_of_group=stand.group in known.groups)

    def is_told(self, stand: Stand) -> bool:
        """Whether there is a name to tell."""
        return self.who(stand) != rules.anonymous(stand.group)

    def is_told_by_office(self, stand: Stand) -> bool:
        """Whether the name is told to this reader as a clerk of that group alone."""
        return self._reader(stand) is rules.Viewer.OWN_CLERK and self.reach_of(stand) is Reach.CLERKS

    def _reader(self, stand: Stand) -> rules.Viewer:
        actor, by_office = self.actor, stand.role is not Role.OFFER
        offices = {"is_clerk": actor.is_clerk, "is_mp": actor.is_mp}
        return rules.viewer(stand.group, actor.group, reads_as_clerk=by_office, **offices)


def names_on(stands: Iterable[Stand], actor: Actor) -> Names:
    """The names for what one page shows; one query, or none where nobody stands behind anything.

    What a clerk is told in office alone is noted for those whose names they are.
    """
    asked = [one for one in stands if one.person_id is not None and rules.READERS[one.state]]
    people, things = {one.person_id or 0 for one in asked}, {one.thing_id for one in asked}
    names = Names(actor, queries.known(people, things, actor) if people else {})
    reads.note(Seen.BESIDE, [one.person_id or 0 for one in asked if names.is_told_by_office(one)], by=actor)
    return names


def mover_of_plank(plank: Plank) -> Stand:
    """Who moved a plank. An imported one has no mover."""
    return Stand(Role.PLANK, plank.id, plank.mover_id, plank.group or "", state_of_plank(plank))


def seconder_of_plank(plank: Plank, person_id: int, group: str) -> Stand:
    """Who seconded a plank."""
    return Stand(Role.PLANK_SECOND, plank.id, person_id, group, state_of_plank(plank))


def mover_of_amendment(amendment: Amendment) -> Stand:
    """Who moved an amendment."""
    state = state_of_amendment(amendment)
    return Stand(Role.AMENDMENT, amendment.id, amendment.mover_id, amendment.group, state)


def seconder_of_amendment(amendment: Amendment, second: AmendmentSecond) -> Stand:
    """Who seconded an amendment, in whichever of its words."""
    state = state_of_amendment(amendment)
    return Stand(Role.AMENDMENT_SECOND, amendment.id, second.person_id, second.group, state)


def author_of_argument(argument: Argument) -> Stand:
    """Who wrote an argument; beside one that clerks have hidden stands no name."""
    state = state_of_amendment(argument.amendment) if argument.amendment else state_of_plank(argument.plank)
    state = ThingState.HIDDEN if argument.hidden_at is not None else state
    return Stand(Role.ARGUMENT, argument.id, argument.author_id, argument.group, state)


def offerer_of(offer: Offer) -> Stand:
    """Who offered another wording: told to the mover it was offered to, and to all once it became an amendment."""
    state = state_of_amendment(offer.became) if offer.became else ThingState.AMONG_MEMBERS
    return Stand(Role.OFFER, offer.id, offer.offerer_id, offer.group, state)


def state_of_plank(plank: Plank) -> ThingState:
    """Where a plank stands, as names are told beside it."""
    if drawer.is_hidden_version(plank.shown_version):
        return ThingState.HIDDEN
    return _state(is_draft=plank.stage is Stage.DRAFT, is_numbered=plank.number is not None)


def state_of_amendment(amendment: Amendment) -> ThingState:
    """The same of an amendment."""
    if drawer.is_hidden_revision(amendment.revision):
        return ThingState.HIDDEN
    return _state(is_draft=amendment.stage is AmendmentStage.DRAFT, is_numbered=amendment.number is not None)


def movers_told(amendments: Collection[Amendment], actor: Actor) -> Names:
    """The names for a list of amendments."""
    return names_on([mover_of_amendment(one) for one in amendments], actor)


def _state(*, is_draft: bool, is_numbered: bool) -> ThingState:
    if is_draft:
        return ThingState.DRAFT
    return ThingState.PUBLIC if is_numbered else ThingState.AMONG_MEMBERS
