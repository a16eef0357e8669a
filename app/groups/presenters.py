"""What the pages of groups show: each group on a list, its own page, and its decisions in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any
from urllib.parse import quote

from flask import url_for
from markupsafe import Markup

from app.endorsements.presenters import opening_words
from app.groups import decisions, queries, undecided
from app.models import LaunchStatement, Stance
from app.orders import queries as standing_orders
from app.orders.wording import CONSULTATIVE, sentences, version_words
from app.people.addresses import canonical
from app.web.backing import clauses_named, paused_words
from app.web.documents import ShownNode, shown_nodes
from app.web.filters import day, span
from app.web.paging import Page, page_of_ids
from policies.endorsements import StanceKind
from policies.errors import NotThere, RuleBroken
from policies.groups import GROUPS, Group
from policies.standing_orders import Effect, StandingOrders
from policies.statements import OFFICE_CHARACTERS, STATEMENT_WORDS

# How many of each list stand on a group's own page.
FEW = 8
LINK = Markup('<a href="{}">{}</a>')
# After the group’s full title, for one plank and for several.
HEADINGS: dict[StanceKind, tuple[str, str]] = {
    StanceKind.ENDORSED: ("backs one plank", "backs {} planks"),
    StanceKind.RESERVATION: ("backs one plank with a reservation", "backs {} planks with a reservation"),
    StanceKind.OPT_OUT: ("backs one plank in part", "backs {} planks in part"),
    StanceKind.DECLINED: ("decided not to back one plank", "decided not to back {} planks"),
    StanceKind.WITHDRAWN: ("withdrew its backing of one plank", "withdrew its backing of {} planks"),
}
# What a list says of each plank beyond its words and the day of the decision.
MORE: dict[StanceKind, str] = {StanceKind.RESERVATION: "Its reservation", StanceKind.OPT_OUT: "It leaves out"}
BACKING = (StanceKind.ENDORSED, StanceKind.RESERVATION, StanceKind.OPT_OUT)


@dataclass(frozen=True)
class Limits:
    """How long what clerks write may be."""

    words: int = STATEMENT_WORDS
    office: int = OFFICE_CHARACTERS


LIMITS = Limits()


@dataclass(frozen=True)
class ListedGroup:
    """A group on the list of groups."""

    group: Group
    opening: str
    backs: str


@dataclass(frozen=True)
class DecisionList:
    """Planks on which a group decided alike, as a table; `all_url` leads on where these are not all."""

    heading: str
    head: Sequence[str]
    rows: Sequence[Sequence[str | Markup]]
    total: int
    all_url: str


@dataclass(frozen=True)
class ShownStatement:
    """A launch statement, its place among the others, and the words."""

    number: int
    since: str
    nodes: Sequence[ShownNode]


@dataclass(frozen=True)
class GroupPage:
    """A group's own page."""

    group: Group
    statement: ShownStatement | None
    office: Sequence[str]
    office_url: str
    lists: Sequence[DecisionList]
    undecided: DecisionList
    backs: str
    votes_after: str
    orders: str
    orders_since: str
    rules: Sequence[str]
    """Its standing orders in plain sentences."""
    advises: str
    """What it means that its ballots advise, where they do."""


@dataclass(frozen=True)
class OneList:
    """One list of a group's decisions, page by page."""

    group: Group
    decided: DecisionList
    listed: Page


def listed_groups() -> list[ListedGroup]:
    """Every group; two queries."""
    statements, lists = queries.newest_of_all(), decisions.lists()
    return [
        ListedGroup(
            group,
            _opening(statements.get(group.key)),
            backs_in_words(lists.counts(group.key), lists.paused.get(group.key, 0)),
        )
        for group in GROUPS
    ]


def group_page(group: Group) -> GroupPage:
    """One group; as many queries, however much it has decided."""
    statement, page = queries.newest(group), queries.page(group)
    office = page.office if page else ""
    lists, not_decided = decisions.lists(), undecided.undecided(group)
    counts, stances = lists.counts(group.key), decisions.with_words(lists.first_of_each(group.key, FEW))
    orders = standing_orders.current()[group.key]
    return GroupPage(
        group=group,
        statement=shown_statement(statement) if statement else None,
        office=office.splitlines(),
        office_url=mail_link(office),
        lists=[_list(group, kind, stances, counts[kind]) for kind in decisions.LISTED if counts.get(kind)],
        undecided=_undecided(group, undecided.with_words(group, not_decided[:FEW]), len(not_decided)),
        backs=backs_in_words(counts, lists.paused.get(group.key, 0)),
        votes_after=votes_after(orders.qualifying_period),
        orders=_dated(orders),
        orders_since=_lower(version_words(orders)),
        rules=sentences(orders),
        advises=CONSULTATIVE if orders.effect is Effect.CONSULTATIVE else "",
    )


def one_list(group: Group, asked: str, number: int) -> OneList:
    """One whole list of a group's decisions; raises `NotThere` for an unknown one."""
    if asked == undecided.UNDECIDED:
        page = page_of_ids(undecided.undecided(group), partial(undecided.with_words, group), number)
        return OneList(group, _undecided(group, page.rows, page.total), page)
    if asked not in decisions.LISTED:
        raise NotThere("This group has no such list. Its page names the lists it has.")
    kind = StanceKind(asked)
    listed = page_of_ids(decisions.lists().of_kind(group.key, kind), decisions.with_words, number)
    return OneList(group, _list(group, kind, listed.rows, listed.total), listed)


def shown_statement(statement: LaunchStatement) -> ShownStatement:
    """A launch statement as a page shows it."""
    nodes = shown_nodes(statement.units, statement.rendered)
    return ShownStatement(statement.number, day(statement.published_at), nodes)


def backs_in_words(counts: Mapping[StanceKind, int], paused: int = 0) -> str:
    """ "It backs 12 planks, of them one with a reservation and 2 in part.": what is declined is no part of it."""
    whole, reserved, in_part = (counts.get(kind, 0) for kind in BACKING)
    total = whole + reserved + in_part
    if not total:
        return "It backs no plank yet."
    ways = [f"{_number(n)} {how}" for n, how in ((reserved, "with a reservation"), (in_part, "in part")) if n]
    ways += [f"{_number(paused)} paused for some days"] if paused else []
    of_them = f", of them {' and '.join(ways)}" if ways else ""
    return f"It backs {_number(total)} plank{'' if total == 1 else 's'}{of_them}."


def mail_link(office: str) -> str:
    """Where a mail program is opened, if the whole of these words is an e-mail address; else nothing."""
    try:
        return f"mailto:{quote(canonical(office), safe='@')}"
    except RuleBroken:
        return ""


def votes_after(qualifying: timedelta) -> str:
    """From when a new member votes, in plain words."""
    if not qualifying:
        return "You can vote in every ballot that opens from then on."
    return f"You can vote in ballots that open once you have been a member for {span(qualifying)}."


def _list(group: Group, kind: StanceKind, stances: Sequence[Stance], total: int) -> DecisionList:
    one, several = HEADINGS[kind]
    more = MORE.get(kind)
    rows = [_row(stance) for stance in stances if stance.kind is kind]
    values: dict[str, Any] = {"decision": kind.value}
    return DecisionList(
        heading=f"The {group.full_title} {one if total == 1 else several.format(total)}",
        head=["Exact words", "Plank", "Decided", *([more] if more else [])],
        rows=rows,
        total=total,
        all_url=url_for("groups.planks", group=group.key, **values) if total > len(rows) else "",
    )


def _undecided(group: Group, rows: Sequence[undecided.Undecided], total: int) -> DecisionList:
    values: dict[str, Any] = {"decision": undecided.UNDECIDED}
    return DecisionList(
        heading=f"The {group.full_title} has not decided on {'one plank' if total == 1 else f'{total} planks'}",
        head=["Words it has not decided on", "Plank", "These words are from", "What it said"],
        rows=[_undecided_row(row) for row in rows],
        total=total,
        all_url=url_for("groups.planks", group=group.key, **values) if total > len(rows) else "",
    )


def _undecided_row(row: undecided.Undecided) -> list[str | Markup]:
    ref, name = str(row.number), undecided.name_of(row)
    words = LINK.format(url_for("platform.version", ref=ref, name=name), row.title)
    link = LINK.format(url_for("platform.plank", ref=ref), f"P{ref}")
    said = undecided.said(row.kind)
    return [
        words,
        Markup("<span>{}, version {}</span>").format(link, name),
        day(row.created_at),
        f"{said}, on {day(row.decided_at)}" if row.decided_at else said,
    ]


def _row(stance: Stance) -> list[str | Markup]:
    """The title is that of the version decided on, never of a newer one."""
    version, plank = stance.version, stance.version.plank
    words = LINK.format(url_for("platform.version", ref=plank.ref, name=version.name), version.title)
    link = LINK.format(url_for("platform.plank", ref=plank.ref), plank.name)
    decided = ". ".join(said for said in (day(stance.decided_at), paused_words(stance)) if said)
    cells = [words, Markup("<span>{}, version {}</span>").format(link, version.name), decided]
    if stance.kind is StanceKind.RESERVATION:
        return [*cells, f"“{stance.statement}”"]
    return [*cells, clauses_named(version, stance.units)] if stance.kind is StanceKind.OPT_OUT else cells


def _opening(statement: LaunchStatement | None) -> str:
    return opening_words(statement.text, 220) if statement else ""


def _number(number: int) -> str:
    return "one" if number == 1 else str(number)


def _lower(words: str) -> str:
    return f"{words[0].lower()}{words[1:]}"


def _dated(orders: StandingOrders) -> str:
    return f"version {orders.version} of its standing orders"
