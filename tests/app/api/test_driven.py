"""The API is held to its own description: by what a tool makes up, good and bad, and by everything there is to read."""

import os
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

# Made once, together with the tests of what it holds.
pytestmark = pytest.mark.xdist_group("created demonstration")

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
ENOUGH = 12
IS_NIGHTLY = os.environ.get("HYPOTHESIS_PROFILE") == "nightly"
FEW = settings(
    max_examples=6 if IS_NIGHTLY else 3,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def described(created_once: Flask) -> Any:
    """The description, as the service gives it."""
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", created_once)


@pytest.mark.parametrize("mode", GenerationMode)
def test_whatever_is_asked_the_answer_is_one_that_is_described(described: Any, mode: GenerationMode) -> None:
    asked = [one for one in operations(described).values() if list(one.iter_parameters())]
    assert len(asked) > 10
    for operation in asked:

        @FEW
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case: Any) -> None:
            case.call_and_validate(checks=CHECKS, headers={"Accept-Encoding": "identity"})

        ask()


def test_what_there_is_to_read_has_the_shape_described(created: Flask, described: Any) -> None:
    read = Counter(everything_linked(created.test_client(), described))
    files = {path for path in operations(described) if path.endswith((".json", ".jsonl"))}
    assert set(operations(described)) - set(read) == files
    assert read["/api/v1/planks/{ref}"] == ENOUGH


def everything_linked(client: FlaskClient, described: Any) -> Iterator[str]:
    """Follow what lists lead to, some of each kind, each answer held against its description: the paths followed."""
    known = operations(described)
    waiting = [path for path in known if "{" not in path and not path.endswith((".json", ".jsonl"))]
    seen, followed = set(waiting), Counter[str]()
    while waiting:
        address = waiting.pop()
        path = next(path for path in known if matches(path, address.partition("?")[0]))
        followed[path] += 1
        if followed[path] > ENOUGH:
            continue
        answer = client.get(address)
        assert answer.status_code == 200, address
        known[path].validate_response(answer)
        new = {*links(answer.json)} - seen
        seen |= new
        waiting += sorted(new)
        yield path


def operations(described: Any) -> dict[str, Any]:
    """What can be asked, by path."""
    return {one.ok().path: one.ok() for one in described.get_all_operations()}


def matches(path: str, address: str) -> bool:
    """Whether an address is one of a path."""
    parts, given = path.split("/"), address.partition("?")[0].split("/")
    return len(parts) == len(given) and all(
        part.startswith("{") or part == word for part, word in zip(parts, given, strict=True)
    )


def links(told: Any) -> Iterator[str]:
    """Where an answer leads on to within the API."""
    if isinstance(told, list):
        for one in told:
            yield from links(one)
    elif isinstance(told, dict):
        for name, value in told.items():
            if name in {"api", "next", "versions"} and isinstance(value, str):
                parts = urlsplit(value)
                yield f"{parts.path}?{parts.query}" if parts.query else parts.path
            else:
                yield from links(value)
