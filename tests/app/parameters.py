"""Which questions an address takes and which fields its forms have: found by asking the service, not written down."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from flask import Flask
from flask_wtf import FlaskForm
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.routing import Rule
from wtforms.fields.core import UnboundField

import app as service
from app.web.words_only import WordsOnly
from tests.app.access import EVERYBODY, MAY, ONLY_IN, SEES

INPUT = re.compile(r'<(?:input|textarea|select)[^>]* name="([^"]+)"')
# Who is tried first: most may most as a clerk or as the mover of what there is.
PREFERRED = ("mover", "clerk", "other_clerk", "voter", "mp", "other_group", "member", "visitor")
_asked: set[str] = set()


class Listening(ImmutableMultiDict[str, str]):
    """The questions of an address, noting which of them the service looks for."""

    def get(self, key: str, *rest: Any, **more: Any) -> Any:
        """Note one."""
        _asked.add(key)
        return super().get(key, *rest, **more)

    def getlist(self, key: str, *rest: Any) -> Any:
        """Note one that may be asked several times."""
        _asked.add(key)
        return super().getlist(key, *rest)


class ListeningRequest(WordsOnly):
    """A request whose questions are listened to."""

    parameter_storage_class = Listening


@dataclass(frozen=True)
class Opening:
    """A route with the role that may use it, and its address for something that role can see."""

    rule: Rule
    role: str
    address: str
    names: frozenset[str] = frozenset()


def openings(tried: Any, method: str) -> Iterator[Opening]:
    """Every route that takes this kind of request, for somebody who may."""
    for endpoint, (thing, allowed) in MAY.items():
        for rule in tried.app.url_map.iter_rules(endpoint):
            if method not in (rule.methods or ()) or not allowed:
                continue
            cases = SEES[thing] if thing else {"": EVERYBODY}
            for case in reversed(cases):
                role = next((one for one in PREFERRED if one in cases[case] & allowed), None)
                if role and ONLY_IN.get(endpoint, case) == case:
                    yield Opening(rule, role, filled(rule, tried.world.addresses[thing][case] if thing else "1"))
                    break


def filled(rule: Rule, ref: str) -> str:
    """The address of a route with its values filled in."""
    others = {"slug": "housing", "name": "1", "group": "labour", "side": "for", "what": "news", "role": "argument"}
    others |= {"form": "md"}
    values: dict[str, Any] = {name: others.get(name, ref) for name in rule.arguments}
    built = rule.build(values | ({"number": int(ref)} if "number" in values else {}))
    assert built is not None
    return built[1]


def with_questions(tried: Any) -> list[Opening]:
    """Every address that is read, with the questions it looks for."""
    app: Flask = tried.app
    usual, app.request_class = app.request_class, ListeningRequest
    found = []
    for one in openings(tried, "GET"):
        _asked.clear()
        tried.browser(one.role).get(one.address)
        found.append(Opening(one.rule, one.role, one.address, frozenset(_asked)))
    app.request_class = usual
    return found


def all_forms() -> set[type[FlaskForm]]:
    """Every form of the service."""
    for module in pkgutil.walk_packages(service.__path__, "app."):
        if "form" in module.name:
            importlib.import_module(module.name)
    waiting, found = [FlaskForm], set()
    while waiting:
        for form in waiting.pop().__subclasses__():
            if form.__module__.startswith("app.") and form not in found:
                found.add(form)
                waiting.append(form)
    return found


def every_field() -> list[tuple[str, UnboundField]]:
    """Every field of every form with its name, which several forms may share."""
    return [
        (name, field) for form in all_forms() for name, field in vars(form).items() if isinstance(field, UnboundField)
    ]


def fields_on(page: str) -> set[str]:
    """The names of the fields on a page."""
    return set(INPUT.findall(page)) - {"csrf_token"}


def asked_with(address: str, name: str, value: str) -> str:
    """An address with one question."""
    return f"{address}?{quote(name)}={quote(value, safe='')}"
