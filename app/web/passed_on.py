"""Links that were passed on: what other sites append to an address is taken off before anybody here reads it.

A list refuses names that it does not know. Those that a reader's last site has appended are no question of the
reader's: without this every link to a list that is shared on such a site would lead to an error. They are kept nowhere,
and a page is kept once, however it is arrived at.
"""

from collections.abc import Iterable
from typing import Any

from flask import Flask

from policies.addresses import without_appended


def init_app(app: Flask) -> None:
    """Stand before everything else."""
    inner = app.wsgi_app

    def without(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ.get("QUERY_STRING"):
            environ = {**environ, "QUERY_STRING": without_appended(environ["QUERY_STRING"])}
        return inner(environ, start_response)

    app.wsgi_app = without  # type: ignore[method-assign]
