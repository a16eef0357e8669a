"""A text is mended, amended and put to a vote at one moment: the round is about the words that stand, or it is off."""

from collections.abc import Callable
from functools import partial

import pytest
from flask import Flask

from app.audit import replaying
from app.desk.ticking import tick
from app.editorial import service
from app.extensions import db
from app.models import EditorialChange
from app.web.transactions import transaction
from policies.ballots import RoundStage
from policies.endorsements import Form
from policies.mending import EditorialStage
from policies.permissions import Actor
from tests import builders
from tests.app.editorial.test_mending import version
from tests.app.test_parallel import all_at_once, posts


@pytest.mark.both
def test_a_mending_an_adoption_and_an_opening_at_once_leave_one_text_and_a_round_on_it_or_none(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    plank_id = builders.open_plank()
    amendment_id = builders.open_amendment(plank_id, builders.member("labour"), "coldest", "oldest")
    clerks = {group: builders.clerk(group) for group in ("labour", "lib_dem", "green")}
    round_id, key = builders.prepared_round(plank_id), _one_yes_short(plank_id, clerks)
    builders.agree(round_id, clerks["labour"], Form())
    builders.move_clock(hours=72, minutes=1)

    def run() -> None:
        with app.app_context():
            tick()

    works: list[Callable[[], object]] = [
        run,
        partial(posts, app, [clerks["green"]], f"/editorial/{key}/answer", answer="yes"),
        partial(posts, app, [clerks["lib_dem"]], "/rounds/1/open", form="endorse"),
    ]
    all_at_once(works)
    tick()
    with transaction():
        plank, of_round = builders.plank(plank_id), builders.a_round(round_id)
        change = db.session.query(EditorialChange).one()
        text = version(plank_id).text
        assert (of_round.stage is RoundStage.PREPARED) == (of_round.version_id == plank.working_version_id)
        assert (change.stage is EditorialStage.MADE) == ("2030!" in text)
        assert (builders.amendment(amendment_id).stage.value == "carried") == (" oldest" in text)
    assert replaying.faults() == []


def _one_yes_short(plank_id: int, clerks: dict[str, Actor]) -> str:
    with transaction():
        plank = builders.plank(plank_id)
        base = version(plank_id)
        mended = base.text.replace("by 2030.", "by 2030!")
        change = service.propose(plank, base, base.title, mended, by=clerks["labour"])
        service.answer(change, says_yes=True, reason="", by=clerks["lib_dem"])
        return change.key
