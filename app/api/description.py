"""What the API says of itself: the OpenAPI description, made of the routes, and what is put on each of them."""

from collections.abc import Callable
from typing import Any

from flask import Flask, current_app
from flask_smorest import Api
from marshmallow import Schema
from werkzeug.routing import BaseConverter

from app.api import naming
from app.api.questions import ApiBlueprint, Nothing
from app.api.schemas import Refusal
from app.web import converters
from app.web.site import NAME

VERSION = "v1"
KNOWN = "description of the API"
TITLE = f"{NAME}: the public API"
ABOUT = (
    "Everything that visitors can read here, for programs: read-only, without keys, accounts or cookies. Groups are"
    " Compass groups, not parties. No group is ever shown as backing words it did not back: a stance belongs to the"
    " exact version it was taken on, and no position is not opposition."
)
View = Callable[..., Any]

pages = ApiBlueprint("api", __name__, url_prefix=f"/api/{VERSION}")


class Described(Api):
    """The description alone: refusals are answered where all of them are."""

    ERROR_SCHEMA = Refusal

    def _register_error_handlers(self) -> None:
        pass

    def _init_spec(self, **options: Any) -> None:
        super()._init_spec(**options)
        for converter, schema in PLACES.items():
            self.register_converter(converter, lambda _one, schema=schema: dict(schema))


def _written(converter: type[BaseConverter], example: str) -> dict[str, Any]:
    return {"type": "string", "pattern": f"^{converter.regex}$", "examples": [example]}


# What stands in a path, as programs are told it.
PLACES: dict[type[BaseConverter], dict[str, Any]] = {
    converters.PlankRef: _written(converters.PlankRef, "3"),
    converters.AmendmentRef: _written(converters.AmendmentRef, "P3-A1"),
    converters.VersionName: _written(converters.VersionName, "1"),
    converters.Number: {"type": "integer", "minimum": 1, "maximum": 999_999, "examples": [1]},
}


def reads(asked: type[Schema], answer: type[Schema]) -> Callable[[View], View]:
    """What an address can be asked and what it answers, said where it is done: both are held to it."""

    def decorate(view: View) -> View:
        described = pages.response(200, answer, headers={"ETag": {"schema": {"type": "string"}}})(view)
        described = pages.alt_response(304, description="Nothing has changed since the ETag sent.")(described)
        for status, why in REFUSED.items():
            described = pages.alt_response(status, schema=Refusal, description=why)(described)
        return pages.arguments(asked, location="query")(described)

    return decorate


def reads_file(content_type: str, what: str) -> Callable[[View], View]:
    """The same of an address that answers with a file and is asked nothing."""

    def decorate(view: View) -> View:
        described = pages.response(200, {"type": "string"}, content_type=content_type, description=what)(view)
        for status, why in REFUSED.items():
            described = pages.alt_response(status, schema=Refusal, description=why)(described)
        return pages.arguments(Nothing, location="query")(described)

    return decorate


REFUSED = {
    400: "A question that there is not, or an answer to one of odd shape.",
    404: "Nothing is there that a visitor may see.",
    429: "Too much in a short time; Retry-After says when to try again.",
}


def init_app(app: Flask) -> None:
    """Register the routes."""
    app.register_blueprint(pages)


def description() -> dict[str, Any]:
    """The OpenAPI description, with who is responsible and under which licence the answers are."""
    known = current_app.extensions
    if KNOWN not in known:
        known[KNOWN] = _described(current_app)
    made: dict[str, Any] = known[KNOWN]
    about = naming.about()
    said = " ".join(part for part in (ABOUT, about["disclaimer"], about["imprint"]) if part)
    return {**made, "info": {**made["info"], "description": said, "license": {"name": about["licence"]}}}


def _described(app: Flask) -> dict[str, Any]:
    """The routes described, which takes a while and few ask for: aside, since an application that answers is fixed."""
    aside = Flask(app.import_name)
    aside.url_map.converters.update(app.url_map.converters)
    options = {"title": TITLE, "version": VERSION, "openapi_version": "3.1.0", "info": {"description": ABOUT}}
    described = Described(aside, spec_kwargs={**options, "servers": [{"url": app.config["SETTINGS"].site_url}]})
    # Of what every operation may answer all is said; an answer of any other kind would be a fault.
    described.DEFAULT_ERROR_RESPONSE_NAME = None
    described.register_blueprint(pages)
    made: dict[str, Any] = described.spec.to_dict()
    return made
