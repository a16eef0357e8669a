"""Inviting many at once, with a report that says of each line what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.joining import service
from app.people.addresses import canonical
from policies.errors import RuleBroken
from policies.invitation_lists import ListedAddress, read_list
from policies.permissions import Actor

SHOWN_CHARACTERS = 80


@dataclass(frozen=True)
class LineReport:
    """What came of one line."""

    line: int
    written: str
    outcome: str
    is_invited: bool


def invite_list(text: str, *, by: Actor) -> list[LineReport]:
    """Invite everybody on a list into the clerk's group; a line that cannot be used keeps no other from being."""
    seen: dict[str, int] = {}
    return [_invite_line(listed, seen, by) for listed in read_list(text)]


def _invite_line(listed: ListedAddress, seen: dict[str, int], by: Actor) -> LineReport:
    written = listed.written[:SHOWN_CHARACTERS]
    try:
        address = canonical(listed.written)
    except RuleBroken:
        return LineReport(listed.line, written, "Not an e-mail address. Mend it and invite it again.", False)
    if address in seen:
        return LineReport(listed.line, written, f"The same address as in line {seen[address]}.", False)
    seen[address] = listed.line
    invited = service.invite(by.group or "", address, by=by)
    if invited is None:
        return LineReport(listed.line, written, "A member of your group, or about to be one, already.", False)
    if invited.secret is None:
        return LineReport(
            listed.line, written, "Invited several times within the hour; no further letter is sent.", False
        )
    return LineReport(listed.line, written, "Invited.", True)


def invited(report: Sequence[LineReport]) -> int:
    """How many lines led to an invitation."""
    return sum(line.is_invited for line in report)
