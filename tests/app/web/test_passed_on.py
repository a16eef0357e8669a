"""A link to a list that was shared elsewhere comes with what other sites append to it."""

import pytest
from flask.testing import FlaskClient

from tests import builders


@pytest.mark.parametrize("path", ["/planks?level=being_drafted", "/platform?", "/where-we-stand?sort=title"])
def test_a_list_that_was_passed_on_is_the_list_and_carries_none_of_it_on(client: FlaskClient, path: str) -> None:
    builders.open_plank()
    passed_on = client.get(f"{path}&fbclid=Zebulon&utm_source=Zebulon")
    assert passed_on.status_code == 200
    assert "Zebulon" not in passed_on.text
    assert client.get(f"{path}&fbclid2=Zebulon").status_code == 400
