"""The page about the API: every address with what it can be asked, and some answers as they are at this moment."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.api import description, listings, naming
from app.api.lists import Listing, rows_of
from app.api.naming import Told

FEW = 1
EXAMPLES: tuple[Listing, ...] = (listings.PLANKS, listings.DECISIONS, listings.VOTE_EVENTS)


@dataclass(frozen=True)
class Question:
    """What an address can be asked."""

    name: str
    what: str
    values: str


@dataclass(frozen=True)
class Address:
    """One address of the API."""

    path: str
    what: str
    more: str
    questions: Sequence[Question]
    url: str
    """Where it can be followed; empty where its path has a place to be filled in."""


@dataclass(frozen=True)
class Example:
    """An answer as it is at this moment, cut to one row."""

    title: str
    url: str
    answer: str


@dataclass(frozen=True)
class DocsPage:
    """The page about the API."""

    about: str
    licence: str
    addresses: Sequence[Address]
    popolo: Sequence[Address]
    examples: Sequence[Example]
    refusal: str


def docs_page() -> DocsPage:
    """Made from the description, so that neither can drift from the other."""
    paths = description.description()["paths"]
    addresses = [_address(path, operations) for path, operations in paths.items()]
    return DocsPage(
        about=description.ABOUT,
        licence=naming.about()["licence"],
        addresses=[one for one in addresses if "/popolo/" not in one.path],
        popolo=[one for one in addresses if "/popolo/" in one.path],
        examples=[example for listing in EXAMPLES for example in _examples(listing)],
        refusal=_written({"code": 404, "message": "There is nothing at this address. …", "status": "Not Found"}),
    )


def _address(path: str, operations: Mapping[str, Any]) -> Address:
    asked = operations["get"]
    named = [one for one in asked.get("parameters", ()) if one["in"] == "query"]
    return Address(
        path=path,
        what=asked.get("summary", ""),
        more=asked.get("description", ""),
        questions=[_question(one) for one in named],
        url="" if "{" in path else path,
    )


def _question(asked: Mapping[str, Any]) -> Question:
    known = asked["schema"].get("enum", ())
    return Question(asked["name"], asked.get("description", ""), ", ".join(str(one) for one in known))


def _examples(listing: Listing) -> list[Example]:
    """The answer to a question for one row, where there is one."""
    rows, mark = rows_of(listing, {"limit": FEW})
    if not rows:
        return []
    path = f"/api/{description.VERSION}/{PATHS.get(listing.name, listing.name)}?limit={FEW}"
    following = None if mark is None else f"{naming.whole(path)}&cursor=…"
    told: Told = {"about": naming.about(), listing.name: listing.told(rows), "next": following}
    dumped = listing.schema(many=True).dump(told[listing.name])
    return [Example(listing.name.replace("_", " ").capitalize(), path, _written({**told, listing.name: dumped}))]


PATHS = {"vote_events": "popolo/vote-events"}


def _written(told: Told) -> str:
    return json.dumps(told, ensure_ascii=False, indent=2)
