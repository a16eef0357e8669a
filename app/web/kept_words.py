"""A part of a page that is the same for everybody, written once for as long as nothing public changes.

In a template: `{% call kept_words("document", version.id) %}…{% endcall %}`. What stands between is evaluated only when
it is written; it may depend on nothing but its names here and what is public, neither on who reads nor on the time.
Its links begin with the root under which the service is reached.
"""

from collections.abc import Callable, Hashable

from flask import Flask, request

from app import unchanged


def init_app(app: Flask) -> None:
    """Make it known to templates."""
    app.jinja_env.globals["kept_words"] = kept_words


def kept_words(*names: Hashable, caller: Callable[[], str]) -> str:
    """What the caller writes, or wrote under these names."""
    return unchanged.answer(("words of a page", request.script_root, *names), caller)
