"""A clerk who moves from one group to another and is a clerk there does not speak for both in one matter."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from app.editorial import service as editorial
from app.extensions import db
from app.models import AuditRow, EditorialChange
from app.moderation import service as moderation
from app.negotiation import queries as negotiations
from app.negotiation import service as negotiation
from app.results import service as results
from app.rounds import joint
from app.rounds import service as rounds
from app.rulings import service as rulings
from app.web.transactions import transaction
from policies.endorsements import Form
from policies.errors import RuleBroken
from policies.moderation import Verdict
from policies.permissions import Actor
from policies.rounds import JointAct
from tests import builders, moderated


@pytest.fixture
def before() -> Actor:
    """A clerk of the Green group, as long as they are one."""
    return builders.clerk("green")


def refused(act: Callable[[Actor], object], before: Actor) -> None:
    """The same person says it for the Green group, and is refused for Labour; nothing of that is kept."""
    with transaction():
        act(before)
    with transaction():
        rows = db.session.query(AuditRow).count()
    with pytest.raises(RuleBroken, match="nobody speaks for two"), transaction():
        act(replace(before, group="labour"))
    with transaction():
        assert db.session.query(AuditRow).count() == rows


def test_nobody_rules_for_two_groups(app: Flask, before: Actor) -> None:
    waiting, opened = builders.seconded(builders.member("lib_dem")), builders.open_plank()
    refused(lambda by: rulings.rule(builders.plank(waiting), "in_order", "", by=by), before)
    refused(lambda by: rulings.archive(builders.plank(opened), "It is law.", by=by), before)
    refused(lambda by: rulings.refer(builders.plank(opened), "It is unclear.", by=by), before)
    amendment_id = builders.open_amendment(opened, builders.member("green"), "2030", "2032")
    refused(lambda by: rulings.rule_out_amendment(builders.amendment(amendment_id), "It is twice.", by=by), before)
    argument_id = builders.argued(opened, builders.member("green"))
    moderated.reported(argument_id)

    def hide(by: Actor) -> None:
        case, text = moderated.the_case(f"argument:arguments:{argument_id}")
        moderation.decide(case, Verdict.HIDE, "Rude.", text.fingerprint, by=by)

    refused(hide, before)

    def release(by: Actor) -> None:
        found = negotiations.visible(by, builders.plank(opened).ref)
        negotiation.release(found, found.version.name, by=by)

    refused(release, before)


def test_nobody_opens_extends_annuls_or_recounts_a_round_for_two_groups(app: Flask, before: Actor) -> None:
    plank_id = builders.open_plank(builders.member("lib_dem"))
    prepared = builders.prepared_round(plank_id)
    refused_after = replace(before, group="lib_dem")
    with transaction():
        rounds.agree_to_open(builders.a_round(prepared), Form(), by=before)
    with pytest.raises(RuleBroken, match="nobody speaks for two"), transaction():
        rounds.agree_to_open(builders.a_round(prepared), Form(), by=refused_after)
    with transaction():
        rounds.cancel(builders.a_round(prepared), "Too early.", by=before)
    round_id = builders.open_round(plank_id)
    refused(lambda by: joint.extend(builders.a_round(round_id), 2, by=by), before)
    refused(lambda by: joint.annul(builders.a_round(round_id), "The wrong text.", by=by), before)
    with transaction():
        joint.take_back(builders.a_round(round_id), JointAct.ANNUL, by=before)
    builders.pass_time(days=14)
    builders.pass_time(days=8)
    refused(lambda by: results.agree_to_recount(builders.a_round(round_id), by=by), before)


def test_nobody_says_yes_to_mended_words_for_two_groups(app: Flask, before: Actor) -> None:
    plank_id, proposer = builders.open_plank(), builders.clerk("lib_dem")
    with transaction():
        plank = builders.plank(plank_id)
        base = plank.working_version
        assert base is not None
        words = base.text.replace("by 2030.", "by 2030!")
        change_id = editorial.propose(plank, base, base.title, words, by=proposer).id

    def yes(by: Actor) -> None:
        editorial.answer(db.session.get_one(EditorialChange, change_id), says_yes=True, reason="", by=by)

    refused(yes, before)
