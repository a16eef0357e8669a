"""A group that backs a text already is asked again only if its own clerk wants that."""

from flask import Flask

from app import clock
from app.endorsements import queries as endorsements
from app.rounds import wording
from policies.ballots import Choice
from policies.endorsements import Form, FormKind, StanceKind
from policies.groups import GROUP_KEYS
from tests import builders


def test_a_withdrawal_by_one_group_does_not_put_anothers_backing_to_the_vote(app: Flask) -> None:
    plank_id = builders.open_plank()
    builders.decided(plank_id)
    clerks = {key: builders.clerk(key) for key in ("labour", "green")}
    round_id = builders.prepared_round(plank_id)
    builders.agree(round_id, clerks["labour"], Form(FormKind.WITHDRAW))
    builders.agree(round_id, clerks["green"], Form())
    builders.pass_time(days=3, minutes=1)
    assert builders.a_round(round_id).groups == ["labour", "green"]
    for key in ("labour", "green"):
        builders.vote(round_id, builders.voters(round_id, key), {"text": Choice.YES})
    builders.pass_time(days=7, minutes=1)
    said = wording.stands(builders.a_round(round_id), clock.now())
    assert "The Compass Labour group and Compass Green group alone were asked" in said
    version = builders.plank(plank_id).working_version
    assert version is not None
    assert endorsements.kinds(endorsements.on_version(version)) == {
        "labour": StanceKind.WITHDRAWN,
        "lib_dem": StanceKind.ENDORSED,
        "green": StanceKind.ENDORSED,
    }


def test_groups_that_have_not_decided_are_all_asked_though_only_two_agreed(app: Flask) -> None:
    plank_id = builders.open_plank()
    for key in GROUP_KEYS:
        for _ in range(5):
            builders.member(key)
    clerks = [builders.clerk(key) for key in ("labour", "green")]
    round_id = builders.prepared_round(plank_id)
    for clerk in clerks:
        builders.agree(round_id, clerk, Form())
    builders.pass_time(days=3, minutes=1)
    assert builders.a_round(round_id).groups == list(GROUP_KEYS)
