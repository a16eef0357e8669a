"""The record alone says where everything stands; what was changed past it is found and named."""

import pytest

from policies.replay import BEGINNING, FACTS, NEW_TEXT, REMOVAL, SINGULAR, Entry, differences, replay

OPENED = [
    Entry("plank begun", "planks", 1, {}),
    Entry("version written", "versions", 7, {"plank": 1, "cause": "proposed"}),
    Entry("plank submitted", "planks", 1, {"before": "draft", "after": "seeking_seconders", "number": None}),
    Entry("plank fully seconded", "planks", 1, {"before": "seeking_seconders", "after": "checking"}),
    Entry("plank ruled in order", "planks", 1, {"before": "checking", "after": "open", "number": 12}),
]
STANDS = {"stage": "open", "number": 12, "working_version": 7}


def test_a_plank_stands_where_its_last_row_says():
    rebuilt = replay(OPENED)
    assert rebuilt.facts == {("planks", 1): STANDS}
    assert rebuilt.faults == []


def test_the_agreed_text_is_the_one_it_last_moved_to():
    moved = [Entry("agreed text moved", "planks", 1, {"agreed_version": version}) for version in (7, 9)]
    assert replay([*OPENED, *moved]).facts["planks", 1]["agreed_version"] == 9


def test_a_text_that_mends_the_agreed_one_alone_is_not_what_is_discussed():
    mended = Entry(NEW_TEXT, "versions", 9, {"plank": 1, "working": False, "agreed": True})
    assert replay([*OPENED, mended]).facts["planks", 1]["working_version"] == 7


def test_a_draft_thrown_away_leaves_nothing():
    thrown = [Entry("plank begun", "planks", 2, {}), Entry(REMOVAL, "planks", 2, {})]
    assert replay([*thrown, Entry(REMOVAL, "planks", 3, {})]).facts == {}


def test_what_is_not_rebuilt_is_passed_over():
    assert replay([Entry("member joined", "memberships", 4, {"group": "green"})]).facts == {}


@pytest.mark.parametrize(
    ("subject", "details", "facts"),
    [
        ("amendments", {"plank": 1, "revision": 5, "after": "open"}, {"stage": "open", "plank": 1, "revision": 5}),
        (
            "rounds",
            {"kind": "endorsement", "opens_at": "2026-05-01T12:00:00+00:00", "sha256": "ab"},
            {"stage": "prepared", "kind": "endorsement", "opens_at": "2026-05-01T12:00:00+00:00"},
        ),
        ("stances", {"before": None, "after": "endorsed", "group": "green"}, {"kind": "endorsed", "group": "green"}),
        ("positions", {"after": "confirmed", "mp": 3}, {"state": "confirmed", "mp": 3}),
    ],
)
def test_each_kind_of_thing_is_rebuilt_from_its_own_details(subject, details, facts):
    assert replay([Entry("any act", subject, 8, details)]).facts == {(subject, 8): facts}


def test_a_row_that_contradicts_those_before_it_is_a_fault():
    jumped = Entry("round opened on plank", "planks", 1, {"before": "balloting", "after": "open"})
    assert replay([*OPENED, jumped]).faults == [
        "“round opened on plank” says that plank 1 was balloting before; by the record it was open."
    ]
    first = Entry("stance taken", "stances", 5, {"before": "declined", "after": "endorsed"})
    assert replay([first]).faults == [
        "“stance taken” says that stance 5 was declined before; by the record it was nothing."
    ]


def test_every_difference_is_a_sentence():
    rebuilt = {("planks", 1): STANDS, ("rounds", 2): {"stage": "open"}, ("stances", 3): {"kind": "endorsed"}}
    assert differences(rebuilt, rebuilt) == []
    stored = {
        ("planks", 1): {**STANDS, "working_version": 8, "agreed_version": 7},
        ("rounds", 2): {"stage": "open"},
        ("amendments", 4): {"stage": "carried"},
    }
    assert differences(rebuilt, stored) == [
        "Amendment 4 is stored, but the record does not tell of it.",
        "Plank 1: the record says agreed version nothing, but 7 is stored.",
        "Plank 1: the record says working version 7, but 8 is stored.",
        "The record tells of stance 3, but it is not stored.",
    ]


def test_planks_amendments_rounds_stances_and_positions_are_rebuilt():
    assert set(FACTS) == set(SINGULAR) == {"planks", "amendments", "rounds", "stances", "positions"}
    assert set(BEGINNING) == {"planks", "amendments", "rounds"}
    assert NEW_TEXT == "version written"
