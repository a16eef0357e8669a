"""Addresses within the site are kept once made, and are what Flask itself makes of the same words."""

import pytest
from flask import Flask, url_for


@pytest.mark.parametrize(
    ("endpoint", "values"),
    [
        ("platform.plank", {"ref": "7"}),
        ("platform.plank", {"ref": "7", "view": "history"}),
        ("platform.all_planks", {"page": 1}),
        ("platform.all_planks", {"page": True}),
        ("platform.all_planks", {"level": ["agreed", "partly"]}),
        ("platform.all_planks", {"_external": True}),
        ("platform.all_planks", {"_anchor": "list"}),
    ],
)
def test_an_address_is_the_one_that_flask_makes(app: Flask, endpoint: str, values: dict[str, object]) -> None:
    for prefix in ("", "/here"):
        with app.test_request_context("/", environ_overrides={"SCRIPT_NAME": prefix}):
            expected = Flask.url_for(app, endpoint, **values)  # type: ignore[arg-type]
            assert [url_for(endpoint, **values), url_for(endpoint, **values)] == [expected, expected]  # type: ignore[arg-type]


def test_an_address_that_opens_something_is_not_kept(app: Flask) -> None:
    with app.test_request_context("/"):
        url_for("people.follow", secret="only-for-one")
    assert "only-for-one" not in str(vars(app)["_addresses"])
