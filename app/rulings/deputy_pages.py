"""The page on which clerks name the deputies of their group."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from app.rulings import deputies
from app.web.paging import Page, page_of
from policies.groups import Group, group_named
from policies.permissions import Actor


@dataclass(frozen=True)
class Candidate:
    """A member who is a deputy, or can become one; an empty address is not offered."""

    name: str
    stands: str
    name_url: str
    end_url: str


@dataclass(frozen=True)
class DeputiesPage:
    """The members of the own group who are no clerks, deputies first."""

    group: Group
    candidates: Sequence[Candidate]
    page: Page


def deputies_page(actor: Actor, number: int) -> DeputiesPage:
    """Raises `NotThere` past the end."""
    page = page_of(deputies.candidates(actor.group), number)
    named = deputies.namings([membership.id for membership in page.rows])
    found = []
    for membership in page.rows:
        clerks = named.get(membership.id, [])
        can_name = not membership.is_deputy and actor.person_id not in clerks
        found.append(
            Candidate(
                name=membership.person.name,
                stands=_stands(membership.is_deputy, clerks, actor),
                name_url=url_for("rulings.name_deputy", key=membership.key) if can_name else "",
                end_url=url_for("rulings.end_deputy", key=membership.key) if clerks or membership.is_deputy else "",
            )
        )
    return DeputiesPage(group_named(actor.group or ""), found, page)


def _stands(is_deputy: bool, clerks: Sequence[int], actor: Actor) -> str:
    if is_deputy:
        return "Deputy"
    if not clerks:
        return "Member"
    return (
        "Named by you; a second clerk confirms" if actor.person_id in clerks else "Named by another clerk of your group"
    )
