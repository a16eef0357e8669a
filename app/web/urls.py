"""The application itself: Flask, which remembers the addresses it has put together.

A page holds dozens of them, most of them the same on every page.
"""

from collections.abc import Callable
from typing import Any

from flask import Flask, Request, has_request_context, request
from werkzeug.exceptions import BadHost
from werkzeug.routing import MapAdapter, Rule

from app.web.compiled import Templates

MOST = 4096
LONGEST = 80
# What opens something to whoever has it is kept nowhere, nor is what somebody looks for.
NEVER = frozenset({"secret", "key", "q"})


class RuleOfAddress(Rule):
    """A rule that works out how to put its addresses together when the first is wanted.

    Werkzeug does so for each at the start, by writing two functions of Python and compiling them.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        made: list[Callable[..., tuple[str, str]]] = []

        def build(rule: Rule, /, **values: Any) -> tuple[str, str]:
            if not made:
                made.append(super(RuleOfAddress, self)._compile_builder(append_unknown))
            return made[0](rule, **values)

        return build


class Platform(Flask):
    """Flask, with the addresses within the site kept once made: they depend on nothing but what is asked for."""

    url_rule_class = RuleOfAddress
    jinja_environment = Templates

    def __init__(self, *args: Any, **more: Any) -> None:
        """Nothing is kept yet."""
        super().__init__(*args, **more)
        self._addresses: dict[Any, str] = {}

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """What puts addresses together. Asked by a name that none can be, it refuses, on a page like any other."""
        try:
            return super().create_url_adapter(request)
        except BadHost as fault:
            if request is None:
                raise
            request.routing_exception = fault
            return self.url_map.bind("localhost", path_info=request.path, default_method=request.method)

    def url_for(
        self,
        endpoint: str,
        *,
        _anchor: str | None = None,
        _method: str | None = None,
        _scheme: str | None = None,
        _external: bool | None = None,
        **values: Any,
    ) -> str:
        """The address of an endpoint. One that is said with its host, or from where one is, is made each time."""
        is_within = _anchor is None and _method is None and _scheme is None and _external is None
        is_plain = is_within and endpoint[:1] != "."
        key = _key(endpoint, values) if is_plain and has_request_context() else None
        if key is None:
            made = {"_anchor": _anchor, "_method": _method, "_scheme": _scheme, "_external": _external}
            return super().url_for(endpoint, **made, **values)  # type: ignore[arg-type]
        kept = self._addresses.get(key)
        if kept is None:
            kept = super().url_for(endpoint, **values)
            if len(self._addresses) >= MOST:
                self._addresses.clear()
            self._addresses[key] = kept
        return kept


def _key(endpoint: str, values: dict[str, Any]) -> Any:
    """Under what an address is kept: not one that opens something, is long, or holds another address or a list."""
    asked = []
    for name, value in values.items():
        if name in NEVER or not isinstance(value, str | int | None):
            return None
        if isinstance(value, str) and ("/" in value or len(value) > LONGEST):
            return None
        # A number and a truth are equal to Python, and written differently in an address.
        asked.append((name, type(value), value))
    now: Request = request._get_current_object()  # type: ignore[attr-defined]
    # Of two addresses of an endpoint, the one that answers to this method is taken.
    return (now.root_path, now.method, endpoint, *asked)
