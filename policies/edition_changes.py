"""What an edition holds of each plank, and what changed from one edition to another: planks, words, who backs them how.

An edition holds the planks that are Agreed at that moment, without a pause: every group backs every word of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from policies.agreement import LevelKey
from policies.endorsements import StanceKind
from policies.groups import group_named
from policies.planks import Stage


@dataclass(frozen=True)
class Backed:
    """How one group backs a plank of an edition: the version it decided on, when, and the hash of a reservation."""

    group: str
    kind: StanceKind
    version: str
    decided: date
    statement_sha256: str = ""


@dataclass(frozen=True)
class Entry:
    """One plank of an edition: its number, the exact words by version and hash, and every group's stance on them."""

    plank: int
    version: str
    sha256: str
    stances: tuple[Backed, ...]


class Change(StrEnum):
    """What can change from one edition to another. The values stand in manifests."""

    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"
    RESERVATION_ADDED = "reservation_added"
    RESERVATION_REWORDED = "reservation_reworded"
    RESERVATION_REMOVED = "reservation_removed"
    DECIDED_ANEW = "decided_anew"


class Gone(StrEnum):
    """Why a plank of one edition is not in the next. The values stand in manifests."""

    ARCHIVED = "archived"
    COMPOSITED = "composited"
    PAUSED = "paused"
    OPTED_OUT = "opted_out"
    BACKING_ENDED = "backing_ended"
    HIDDEN = "hidden"


@dataclass(frozen=True)
class Changed:
    """One change: of which plank, what, from which version to which, of which group, and why where it has gone."""

    plank: int
    change: Change
    before: str = ""
    after: str = ""
    group: str = ""
    why: str = ""


GONE_WORDS: dict[Gone, str] = {
    Gone.ARCHIVED: "it is archived",
    Gone.COMPOSITED: "it ended in a composite",
    Gone.PAUSED: "a group has paused its backing",
    Gone.OPTED_OUT: "a group no longer backs all of its words",
    Gone.BACKING_ENDED: "not every group backs it any more",
    Gone.HIDDEN: "clerks have hidden its words",
}
CHANGE_WORDS: dict[Change, str] = {
    Change.ADDED: "new, in version {after}",
    Change.REMOVED: "gone: {why}",
    Change.REWORDED: "other words: version {after} instead of version {before}",
    Change.RESERVATION_ADDED: "the {group} backs it with a reservation now",
    Change.RESERVATION_REWORDED: "the reservation of the {group} has other words",
    Change.RESERVATION_REMOVED: "the {group} backs it without its reservation now",
    Change.DECIDED_ANEW: "the {group} has decided anew, on version {after}",
}


MENDED = "other punctuation alone: version {after} instead of version {before}"
"""What `REWORDED` is called between versions of one whole number: editorial changes alone lie between them."""


def belongs(stage: Stage, level: LevelKey, *, is_hidden: bool) -> bool:
    """Whether a plank belongs in an edition: open or on the ballot, Agreed now without a pause, and not hidden."""
    return stage in (Stage.OPEN, Stage.BALLOTING) and level is LevelKey.AGREED and not is_hidden


def why_gone(stage: Stage, level: LevelKey, *, is_hidden: bool) -> Gone:
    """Why a plank that was in an edition does not belong in one now."""
    ended = {Stage.ARCHIVED: Gone.ARCHIVED, Stage.COMPOSITED: Gone.COMPOSITED}
    if stage in ended:
        return ended[stage]
    if is_hidden:
        return Gone.HIDDEN
    of_level = {LevelKey.PAUSED: Gone.PAUSED, LevelKey.AGREED_IN_PART: Gone.OPTED_OUT}
    return of_level.get(level, Gone.BACKING_ENDED)


def changes(before: Sequence[Entry], after: Sequence[Entry], gone: Mapping[int, Gone]) -> list[Changed]:
    """Everything that differs between two editions, plank by plank; nothing exactly where they are the same."""
    old, new = {one.plank: one for one in before}, {one.plank: one for one in after}
    found: list[Changed] = []
    for plank in sorted(old.keys() | new.keys()):
        if plank not in new:
            why = gone.get(plank, Gone.BACKING_ENDED)
            found.append(Changed(plank, Change.REMOVED, before=old[plank].version, why=why))
        elif plank not in old:
            found.append(Changed(plank, Change.ADDED, after=new[plank].version))
        else:
            found += _of_plank(old[plank], new[plank])
    return found


def in_words(changed: Changed, title: str = "") -> str:
    """A change as lists have it: "P3 “Warm homes” – gone: it is archived"; what is stored has no title."""
    why = GONE_WORDS[Gone(changed.why)] if changed.why else ""
    group = group_named(changed.group).title if changed.group else ""
    is_mended = changed.change is Change.REWORDED and _whole(changed.before) == _whole(changed.after)
    form = MENDED if is_mended else CHANGE_WORDS[changed.change]
    words = form.format(before=changed.before, after=changed.after, group=group, why=why)
    named = f"P{changed.plank} “{title}”" if title else f"P{changed.plank}"
    return f"{named} – {words}"


def _whole(version: str) -> str:
    return version.partition(".")[0]


def _of_plank(old: Entry, new: Entry) -> Iterator[Changed]:
    if (old.version, old.sha256) != (new.version, new.sha256):
        yield Changed(new.plank, Change.REWORDED, old.version, new.version)
    was = {one.group: one for one in old.stances}
    for now in new.stances:
        change = _of_stance(was.get(now.group), now)
        if change is not None:
            earlier = was[now.group].version if now.group in was else ""
            yield Changed(new.plank, change, earlier, now.version, now.group)


def _of_stance(was: Backed | None, now: Backed) -> Change | None:
    """What became of one group's stance; a new date alone tells that the group decided anew."""
    if was == now:
        return None
    before = was is not None and was.kind is StanceKind.RESERVATION
    if now.kind is StanceKind.RESERVATION and not before:
        return Change.RESERVATION_ADDED
    if before and now.kind is not StanceKind.RESERVATION:
        return Change.RESERVATION_REMOVED
    if was is not None and was.statement_sha256 != now.statement_sha256:
        return Change.RESERVATION_REWORDED
    return Change.DECIDED_ANEW
