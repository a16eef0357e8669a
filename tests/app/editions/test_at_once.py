"""Clerks agree at one moment: one edition is published, and it holds what stands in the database then."""

from functools import partial

import pytest
from flask import Flask

from app.audit import replaying
from app.editions import contents, queries
from app.extensions import db
from app.models import Edition
from app.web.transactions import transaction
from policies.editions import EditionStage
from policies.groups import GROUP_KEYS
from tests import builders, editions
from tests.app.at_once import all_at_once, posts
from tests.app.editions.test_editions import mended


@pytest.mark.both
def test_the_last_clerks_at_once_publish_one_edition(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    clerks = editions.clerks()
    editions.agreed_plank()
    key = editions.proposed(clerks["labour"])
    others = [
        by for group in ("lib_dem", "green") for by in (clerks[group], builders.clerk(group), builders.clerk(group))
    ]
    answers = posts(app, others, f"/editions/proposed/{key}/answer", answer="yes")
    with transaction():
        edition = db.session.query(Edition).one()
        assert editions.proposal(key).stage is EditionStage.PUBLISHED
        assert {one.group for one in editions.proposal(key).answers} == set(GROUP_KEYS)
        assert queries.entries_of(edition) == contents.of_now()
    assert set(answers) <= {303, 409}
    assert replaying.faults() == []


@pytest.mark.both
def test_a_text_mended_and_an_edition_agreed_to_at_once_publish_what_was_read_or_nothing(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    clerks = editions.clerks()
    editions.agreed_plank()
    key = editions.proposed(clerks["labour"])
    editions.answered(key, clerks["green"])

    def mend() -> None:
        with app.app_context():
            mended(clerks)

    address = f"/editions/proposed/{key}/answer"
    all_at_once([mend, partial(posts, app, [clerks["lib_dem"]], address, answer="yes")])
    with transaction():
        found = db.session.query(Edition).one_or_none()
        held = [one.version for one in queries.entries_of(found)] if found else []
        assert held == ([] if editions.proposal(key).stage is EditionStage.VOID else ["1"])
