"""The clock process stood still for days: what was due meanwhile is done once, and a second tick finds nothing."""

from flask import Flask

from app.desk.ticking import tick
from app.editorial import service as editorial
from app.extensions import db
from app.models import AuditRow, EditorialChange, Stance, Suspension
from app.orders import queries as orders
from app.planks import service as planks
from app.web.transactions import transaction
from policies.endorsements import StanceKind
from policies.mending import EditorialStage
from policies.planks import Cause
from policies.rulings import AppealStage
from tests import builders
from tests.app.desk.test_ticking import everything
from tests.app.planks.test_conditions import promised, version, wanted
from tests.app.rulings.conftest import rule
from tests.app.rulings.test_appeals import appeal, stage_of
from tests.app.suspensions.test_pausing import paused
from tests.orders import changed


def test_pauses_conditions_appeals_and_mendings_end_once_after_three_days_without_a_tick(app: Flask) -> None:
    backed, asked, mended = (builders.open_plank() for _ in range(3))
    builders.decided(backed)
    builders.decided(asked, yes=())
    ruled_out = rule(builders.seconded(builders.member("green")), "out_of_order")
    appeal(ruled_out, builders.clerk("green"))
    paused(backed, (builders.clerk("labour"), builders.clerk("labour")), days=1)
    promised(asked, wanted(asked), "green", days=1)
    by = builders.clerk("labour")
    with transaction():
        base = version(mended)
        editorial.propose(builders.plank(mended), base, base.title, base.text.replace("by 2030.", "by 2030!"), by=by)
        planks.write_version(builders.plank(mended), base.title, "Other words.", cause=Cause.PROPOSED, by=None)
    builders.move_clock(days=10)
    changed("green")
    while tick():
        pass
    before = everything()
    assert tick() == 0
    assert everything() == before
    with transaction():
        assert db.session.query(Suspension).one().ended_at is not None
        lapsed = db.session.query(Stance).filter_by(kind=StanceKind.CONDITIONAL).one()
        assert lapsed.condition_end is not None
        assert lapsed.condition_end.became_id is None
        assert db.session.query(EditorialChange).one().stage is EditorialStage.LAPSED
        assert stage_of(ruled_out) is AppealStage.OVERTURNED
        assert orders.current()["green"].version == 2
        ends = ("pause ended", "condition lapsed", "appeal overturned", "editorial change ended")
        assert [db.session.query(AuditRow).filter_by(act=act).count() for act in ends] == [1, 1, 1, 1]
