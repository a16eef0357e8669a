"""Many at once: a few reports are kept, the others counted, and clerks who decide together decide once."""

import pytest
from flask import Flask

from app.extensions import db
from app.models import Argument, AuditRow, Case, Report
from app.moderation.texts import text_of
from app.web.transactions import transaction
from policies.moderation import REPORTS_KEPT, Kind
from tests import builders
from tests.app.test_parallel import AT_ONCE, posts, rows


@pytest.mark.both
def test_32_reports_at_once_make_one_case_and_16_clerks_at_once_hide_it_once(app: Flask) -> None:
    builders.argued(builders.open_plank(), builders.member("green"))
    with transaction():
        text = text_of(Kind.ARGUMENT, db.session.query(Argument).one())
        ref, read = text.ref, text.fingerprint
    visitors = [builders.member("labour")] * AT_ONCE
    address = f"/report?page=/planks/1&text={ref}"
    assert posts(app, visitors, address, wrong="illegal", text=ref, words="") == {303: AT_ONCE}
    with transaction():
        case = db.session.query(Case).one()
        assert case.reports_beyond == AT_ONCE - REPORTS_KEPT
        key = case.key
    assert rows(Report) == REPORTS_KEPT
    clerks = [builders.clerk("labour")] * 8 + [builders.clerk("lib_dem")] * 8
    answers = posts(app, clerks, f"/clerk/cases/{key}", verdict="hide", reason="It is rude.", read=read)
    assert set(answers) <= {303, 409}
    assert answers[303] >= 2
    with transaction():
        assert db.session.query(AuditRow).filter_by(act="text hidden").count() == 1
