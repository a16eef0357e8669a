"""Two persons: what gives or takes a right needs a clerk who proposes it and another one who confirms it."""

from dataclasses import dataclass

from policies.errors import RuleBroken


@dataclass(frozen=True)
class Matter:
    """What a clerk has proposed about a member: of which group, by whom, about whom, and who its clerks are now."""

    group: str
    proposed_by: int
    about: int
    clerks: frozenset[int]

    @property
    def second_clerks(self) -> frozenset[int]:
        """The clerks of the group who neither proposed it nor are the ones it is about."""
        return self.clerks - {self.proposed_by, self.about}


def may_confirm(matter: Matter, group: str | None, person: int | None) -> bool:
    """A second clerk of the group confirms. Where it has none, a clerk of another group or the operator does.

    The operator, who uses the command line, is no person and of no group here.
    """
    if person in {matter.proposed_by, matter.about}:
        return False
    return group == matter.group or not matter.second_clerks


def require_may_confirm(matter: Matter, group: str | None, person: int | None) -> None:
    """Refuse whoever is not the second person, and say who is."""
    if may_confirm(matter, group, person):
        return
    if person == matter.proposed_by:
        raise RuleBroken("You proposed this, so another clerk has to confirm it.")
    if person == matter.about:
        raise RuleBroken("This is about you, so another clerk has to confirm it.")
    raise RuleBroken("This group has a second clerk, who confirms it. Leave it to them.")
