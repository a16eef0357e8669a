"""Arguments as a page shows them: group by group in the list's own order, for beside against, the oldest first."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from app.amendments.sections import Section
from app.arguments import queries
from app.arguments.queries import ArgumentLine, Place
from app.models import Amendment, Plank
from app.visibility.names import Names, Stand, names_on, state_of_amendment, state_of_plank
from app.web.paging import Page, asked_page
from policies.arguments import Side
from policies.errors import NotThere
from policies.groups import GROUPS, Group
from policies.permissions import Actor, Permission, may
from policies.visibility import REACH_WORDS, UNCHOSEN, Role, ThingState, is_wider

# Of each group and side on one page: three groups with two sides make 30.
LINES_A_CELL = 5
SIDES = tuple(Side)
SIDE_WORDS = {Side.FOR: "For", Side.AGAINST: "Against"}
CHANGED_SINCE = "Written before the amendment’s words last changed."


@dataclass(frozen=True)
class ShownArgument:
    """One argument in its place; where clerks have hidden it, only that they did, when and why."""

    key: str
    words: str
    author: str
    note: str
    hidden: str
    is_own: bool
    report_url: str


@dataclass(frozen=True)
class ShownSide:
    """The arguments of one group on one side; `rest` says that there are others on other pages."""

    words: str
    arguments: Sequence[ShownArgument]
    nothing: str


@dataclass(frozen=True)
class ShownGroup:
    """One group's arguments, for and against."""

    group: Group
    sides: Sequence[ShownSide]


@dataclass(frozen=True)
class OwnArgument:
    """What a member has argued here, with what they can do to it."""

    heading: str
    words: str
    name: str
    hidden: str
    change_url: str
    withdraw_url: str
    unname_url: str
    names_url: str


@dataclass(frozen=True)
class Board:
    """All arguments about one thing, a page of them, and what the reader can do."""

    groups: Sequence[ShownGroup]
    page: Page
    own: Sequence[OwnArgument]
    closed: str
    writing: Sequence[tuple[str, str]]
    """What a member can write here: the words of a button, and where it leads."""
    is_empty: bool


def board_of(place: Place, actor: Actor) -> Board:
    """The page of arguments asked for in the address; raises `NotThere` past the last one. At most three queries."""
    number, tallies = asked_page(), queries.tallies(place)
    last = max(1, -(-max(tallies.values(), default=0) // LINES_A_CELL))
    if number > last:
        raise NotThere("There is no such page of arguments. Start from the first.")
    first = (number - 1) * LINES_A_CELL + 1
    found = queries.lines(place, actor, first, first + LINES_A_CELL - 1) if tallies else []
    lines = [line for line in found if first <= line.place < first + LINES_A_CELL]
    own = sorted((line for line in found if line.author_id == actor.person_id), key=lambda line: SIDES.index(line.side))
    closed, names = queries.why_closed_here(place), names_on([_stand(line, place) for line in found], actor)
    can_write = not closed and may(actor, Permission.ARGUMENT_WRITE, place.facts_for(actor))
    return Board(
        groups=[_group(group, place, lines, names, number) for group in GROUPS],
        page=Page(lines, number, last, sum(tallies.values())),
        own=[_own(line, place, names, is_closed=bool(closed)) for line in own],
        closed=closed,
        writing=_to_write(place, [line.side for line in own]) if can_write else [],
        is_empty=not tallies,
    )


def section_of_amendment(amendment: Amendment, actor: Actor) -> Section:
    """The arguments about an amendment, for a section of its page."""
    board = board_of(Place(amendment.plank, amendment=amendment), actor)
    return Section("arguments/_of_amendment.html", board)


def place_url(place: Place) -> str:
    """Where the arguments about a thing are read."""
    if place.amendment is not None:
        return url_for("amendments.show", ref=place.amendment.ref, _anchor="arguments")
    assert place.version is not None
    return version_url(place.plank, place.version.number)


def version_url(plank: Plank, number: int) -> str:
    """Where the arguments about a plank's version of this number are read: beside its words where those are shown."""
    shown, working = plank.shown_version, plank.working_version
    if shown is not None and shown.number == number:
        return url_for("platform.plank", ref=plank.ref, view="arguments")
    if working is not None and working.number == number:
        return url_for("platform.plank", ref=plank.ref, view="arguments", text="working")
    return url_for("platform.plank", ref=plank.ref, view="arguments", about=number)


def write_url(place: Place, side: Side) -> str:
    """Where the own argument on one side is written or changed."""
    if place.amendment is not None:
        return url_for("arguments.write_on_amendment", ref=place.amendment.ref, side=side.value)
    return url_for("arguments.write_on_plank", ref=place.plank.ref, side=side.value)


def place_words(place: Place) -> str:
    """What is argued about: "version 2 of “Warm homes”", or "amendment P12-A3 to “Warm homes”"."""
    if place.amendment is not None:
        name = f"amendment {place.amendment.name}" if place.amendment.name else "an amendment"
        return f"{name} to “{place.plank.title}”"
    assert place.version is not None
    return f"version {place.version.number} of “{place.version.title}”"


def _group(group: Group, place: Place, lines: Sequence[ArgumentLine], names: Names, number: int) -> ShownGroup:
    nothing = "No argument from this group." if number == 1 else "No more from this group."
    sides = []
    for side in Side:
        of_side = [line for line in lines if (line.group, line.side) == (group.key, side)]
        sides.append(ShownSide(SIDE_WORDS[side], [_shown(line, place, names) for line in of_side], nothing))
    return ShownGroup(group, sides)


def _shown(line: ArgumentLine, place: Place, names: Names) -> ShownArgument:
    actor, author = names.actor, names.who(_stand(line, place))
    is_own = line.author_id == actor.person_id
    is_hidden = line.hidden_at is not None
    return ShownArgument(
        key=line.key,
        words="" if is_hidden else line.words,
        author=f"{author[:1].upper()}{author[1:]}",
        note="" if is_hidden else _note(line, place),
        hidden=line.hidden_reason,
        is_own=is_own,
        report_url=""
        if is_hidden
        else url_for("moderation.report", page=place_url(place), text=f"argument-{line.key}"),
    )


def _stand(line: ArgumentLine, place: Place) -> Stand:
    """The author, as names are told: beside what clerks have hidden stands none."""
    state = state_of_amendment(place.amendment) if place.amendment else state_of_plank(place.plank)
    state = ThingState.HIDDEN if line.hidden_at is not None else state
    return Stand(Role.ARGUMENT, line.argument_id, line.author_id, line.group, state)


def _note(line: ArgumentLine, place: Place) -> str:
    """An amendment can be brought up to date under its arguments; readers are told which were there before."""
    revision = place.amendment.revision if place.amendment else None
    return CHANGED_SINCE if revision is not None and line.changed_at < revision.created_at else ""


def _own(line: ArgumentLine, place: Place, names: Names, *, is_closed: bool) -> OwnArgument:
    is_hidden = line.hidden_at is not None
    can_change = not is_closed and not is_hidden
    reach, role = names.reach_of(_stand(line, place)), Role.ARGUMENT.value
    hidden = (
        f"{line.hidden_reason} Nobody else reads it now. Where it waits for you to appeal, your to-do list says so."
    )
    return OwnArgument(
        heading=f"Your argument {line.side.value}",
        words=line.words,
        name=f"Your name goes to {REACH_WORDS[reach]}.",
        hidden=hidden if is_hidden else "",
        change_url=write_url(place, line.side) if can_change else "",
        withdraw_url=url_for("arguments.withdraw", key=line.key) if can_change else "",
        unname_url=url_for("visibility.take_back", role=role, key=line.key) if is_wider(UNCHOSEN, reach) else "",
        names_url=url_for("visibility.choose", role=role, key=line.key),
    )


def _to_write(place: Place, written: Sequence[Side]) -> list[tuple[str, str]]:
    words = {Side.FOR: "Argue for it", Side.AGAINST: "Argue against it"}
    return [(words[side], write_url(place, side)) for side in Side if side not in written]
