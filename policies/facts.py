"""Who asks, and about what, reduced to what the permissions need to know: the rules never see a row or a request."""

from dataclasses import dataclass

from policies.amendments import AmendmentStage
from policies.planks import Stage


@dataclass(frozen=True)
class Actor:
    """The person asking, reduced to what the rules need to know.

    `group` is set for active members only, `mp_id` only for those who sit in the Commons now, `delegate_of` only for
    those who draft for somebody who does. An operator runs the machine, and holds no office of a group.
    """

    person_id: int | None = None
    group: str | None = None
    is_clerk: bool = False
    mp_id: int | None = None
    is_deputy: bool = False
    is_operator: bool = False
    delegate_of: int | None = None

    @property
    def is_signed_in(self) -> bool:
        """Whether this is anybody known."""
        return self.person_id is not None

    @property
    def is_member(self) -> bool:
        """Whether this is an active member of a group."""
        return self.group is not None

    @property
    def is_mp(self) -> bool:
        """Whether this person sits in the Commons; an MP is no member of a group for that."""
        return self.mp_id is not None

    @property
    def is_delegate(self) -> bool:
        """Whether this person drafts positions for an MP; a delegate is no member of a group for that."""
        return self.delegate_of is not None

    @property
    def office(self) -> int | None:
        """The MP in whose office this person is, as that MP or as a delegate."""
        return self.mp_id if self.mp_id is not None else self.delegate_of


VISITOR = Actor()


@dataclass(frozen=True)
class ServiceFacts:
    """The service itself, for pages that are about no single thing."""

    is_demonstration: bool = False


@dataclass(frozen=True)
class PlankFacts:
    """The plank asked about. `is_numbered`: it has reached `open` once, so everybody may read it."""

    stage: Stage
    is_numbered: bool = False
    mover_id: int | None = None
    group: str | None = None


@dataclass(frozen=True)
class AmendmentFacts:
    """The amendment asked about."""

    stage: AmendmentStage
    is_numbered: bool = False
    mover_id: int | None = None
    group: str | None = None


@dataclass(frozen=True)
class RulingFacts:
    """The ruling asked about: whether everybody may read what it is about, and who moved that."""

    is_numbered: bool = False
    mover_id: int | None = None


@dataclass(frozen=True)
class TakeoverFacts:
    """What was withdrawn, and whether the person asking has seconded it."""

    asker_has_seconded: bool = False


@dataclass(frozen=True)
class OfferFacts:
    """The offer of another wording asked about: who moved the amendment it is offered to, and who offers it."""

    mover_id: int | None = None
    offerer_id: int | None = None


@dataclass(frozen=True)
class RoundFacts:
    """The round asked about: the groups that vote in it, and whether the person asking is on its frozen roll."""

    groups: frozenset[str] = frozenset()
    asker_is_on_roll: bool = False


@dataclass(frozen=True)
class MembershipFacts:
    """The membership asked about: of which group, and whose."""

    group: str
    person_id: int


@dataclass(frozen=True)
class ExportFacts:
    """The archive of somebody's data asked about: whose it is."""

    person_id: int


@dataclass(frozen=True)
class ArgumentFacts:
    """The argument asked about: whether everybody may read what it is about, who moved that, and who wrote this."""

    is_numbered: bool = False
    mover_id: int | None = None
    author_id: int | None = None


@dataclass(frozen=True)
class NegotiationFacts:
    """Where a text stands between the groups: whether clerks of all groups have let the public see it."""

    is_released: bool = False


@dataclass(frozen=True)
class GroupFacts:
    """The group asked about, as its own page shows it."""

    group: str


@dataclass(frozen=True)
class OfficeFacts:
    """What belongs to one MP's office: a delegate's place in it, or a position drafted there."""

    mp_id: int
