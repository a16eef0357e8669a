"""Applications, answers of one group and answers of several, all at the same moment."""

from collections import Counter

import pytest
from flask import Flask
from flask.testing import FlaskClient

from policies.groups import GROUP_KEYS
from tests import builders
from tests.app.at_once import all_at_once
from tests.app.joining.test_joining import ADDRESS, APPLICATION, browser, stands
from tests.app.letters import letters_to


@pytest.fixture(autouse=True)
def _no_tokens(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.mark.both
def test_two_clerks_deciding_at_once_decide_once(app: Flask) -> None:
    key = builders.waiting_member("green", ADDRESS)
    statuses: Counter[int] = Counter()

    def decide(client: FlaskClient, how: str) -> None:
        statuses[client.post(f"/clerk/members/{key}/{how}", data={"reason": "No."}).status_code] += 1

    clerks = [browser(app, builders.clerk("green")) for _ in range(8)]
    all_at_once(
        [
            lambda client=client, how=how: decide(client, how)  # type: ignore[misc]
            for client, how in zip(clerks, ["approve", "refuse"] * 4, strict=True)
        ]
    )
    assert statuses == {303: 1, 409: 7}
    assert len(letters_to(ADDRESS)) == 2, "the invitation, and one answer"


@pytest.mark.both
def test_two_groups_approving_one_person_at_once_make_one_member(app: Flask) -> None:
    keys = {group: builders.waiting_member(group, ADDRESS) for group in GROUP_KEYS}
    clerks = {group: browser(app, builders.clerk(group)) for group in GROUP_KEYS}
    statuses: Counter[int] = Counter()

    def approve(group: str) -> None:
        statuses[clerks[group].post(f"/clerk/members/{keys[group]}/approve").status_code] += 1

    all_at_once([lambda group=group: approve(group) for group in GROUP_KEYS])  # type: ignore[misc]
    assert statuses == {303: 1, 409: 2}
    assert sorted(stage for _group, stage in stands()) == ["active", "verified", "verified"]


@pytest.mark.both
def test_sixteen_applications_at_once_make_one_person(app: Flask) -> None:
    clients = [app.test_client() for _ in range(16)]
    all_at_once(
        [lambda one=one: one.post("/groups/green/join", data=APPLICATION) for one in clients]  # type: ignore[misc]
    )
    assert stands() == [("green", "applied")]
    assert len(letters_to(ADDRESS)) == 5
