"""Conditional backing: it counts for nothing until the very text named is adopted in time, and then it counts."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app import clock
from app.editorial import service as editorial
from app.endorsements import queries as endorsements
from app.extensions import db
from app.models import AuditRow, ConditionEnd, Notice, Stance, StanceCondition, Version
from app.notices import service as notices
from app.planks import service as planks
from app.web.transactions import transaction
from policies.agreement import LevelKey
from policies.endorsements import StanceKind
from policies.groups import GROUP_KEYS
from policies.planks import Cause
from policies.text.canonical import digest
from tests import builders


@pytest.fixture
def plank_id(app: Flask) -> int:
    """A plank on which a round was held without any group backing it."""
    plank_id = builders.open_plank()
    builders.decided(plank_id, yes=())
    return plank_id


def version(plank_id: int) -> Version:
    """The working text."""
    found = builders.plank(plank_id).working_version
    assert found is not None
    return found


def wanted(plank_id: int, old: str = "2030", new: str = "2032") -> tuple[str, str]:
    """The title and the text that a group asks for."""
    return version(plank_id).title, version(plank_id).text.replace(old, new)


def promised(plank_id: int, words: tuple[str, str], *groups: str, days: int = 30) -> None:
    """These groups will back these words if they are adopted within so many days."""
    with transaction():
        for stance in db.session.scalars(select(Stance).where(Stance.plank_id == plank_id)):
            if stance.group in groups:
                stance.kind = StanceKind.CONDITIONAL
                title, text = words
                by_date = clock.now().date() + timedelta(days=days)
                row = StanceCondition(stance_id=stance.id, title=title, text=text, by_date=by_date)
                row.sha256 = digest(title, text)
                db.session.add(row)


def adopted(plank_id: int, words: tuple[str, str]) -> None:
    """These words become the working text."""
    with transaction():
        planks.write_version(builders.plank(plank_id), *words, cause=Cause.PROPOSED, by=None)


def backing(plank_id: int) -> dict[str, StanceKind]:
    """Who backs the working text."""
    with transaction():
        return endorsements.kinds(endorsements.on_version(version(plank_id)))


def test_the_very_text_adopted_in_time_is_backed_from_that_moment(client: FlaskClient, plank_id: int) -> None:
    words, follower, other = wanted(plank_id), builders.member("green"), builders.member("labour")
    with transaction():
        for member in (follower, other):
            notices.follow(builders.plank(plank_id), by=member)
    promised(plank_id, words, "green")
    assert backing(plank_id)["green"] is StanceKind.CONDITIONAL
    adopted(plank_id, words)
    assert backing(plank_id) == {"green": StanceKind.ENDORSED}
    taken = select(AuditRow).where(AuditRow.act == "stance taken").order_by(AuditRow.id.desc())
    details = db.session.scalars(taken.limit(1)).one().details
    assert (details["group"], details["after"], details["sha256"]) == ("green", "endorsed", digest(*words))
    told = select(Notice.person_id).where(Notice.word == "backed 2")
    assert db.session.scalars(told).all() == [follower.person_id]
    assert db.session.scalars(select(ConditionEnd)).one().became_id is not None
    news = client.get("/whats-new").text
    assert "Compass Green group (not the Green Party) backs P1, version 2" in news
    assert "It had decided to back just these words" in news


def test_where_every_group_promised_just_these_words_they_are_agreed_when_they_are_adopted(plank_id: int) -> None:
    words = wanted(plank_id)
    promised(plank_id, words, *GROUP_KEYS)
    adopted(plank_id, words)
    plank, now = builders.plank(plank_id), version(plank_id)
    assert plank.agreed_version_id == now.id
    assert endorsements.level_of(plank, now, endorsements.on_version(now)).key is LevelKey.AGREED


@pytest.mark.parametrize("new", ["2032!", "2033"])
def test_other_words_or_only_other_punctuation_are_not_the_text_named(plank_id: int, new: str) -> None:
    promised(plank_id, wanted(plank_id), "green")
    adopted(plank_id, wanted(plank_id, new=new))
    assert backing(plank_id) == {}


def test_the_same_words_on_another_plank_are_another_matter(plank_id: int) -> None:
    other = builders.open_plank()
    promised(plank_id, wanted(plank_id), "green")
    adopted(other, wanted(other))
    assert version(other).sha256 == digest(*wanted(plank_id))
    assert backing(other) == {}


def test_after_its_date_a_condition_has_lapsed_and_stays_to_be_read(client: FlaskClient, plank_id: int) -> None:
    words = wanted(plank_id)
    promised(plank_id, words, "green", days=3)
    page = client.get("/planks/1").text
    assert "Would back another text" in page
    assert "if it is adopted by" in page
    builders.pass_time(days=4)
    builders.pass_time(minutes=1)
    adopted(plank_id, words)
    assert backing(plank_id) == {}
    lapsed = db.session.scalars(select(AuditRow.act).where(AuditRow.act == "condition lapsed")).all()
    assert lapsed == ["condition lapsed"]
    assert "Its condition has lapsed" in client.get("/planks/1/v1").text


def test_words_that_come_about_by_mended_punctuation_count_too_once_they_are_the_very_text(plank_id: int) -> None:
    adopted(plank_id, wanted(plank_id, new="2032!"))
    second = version(plank_id).id
    promised(plank_id, wanted(plank_id, "2032!", "2032"), "green")
    clerks = [builders.clerk(group) for group in GROUP_KEYS]
    with transaction():
        base = db.session.get_one(Version, second)
        words = (base.title, base.text.replace("2032!", "2032"))
        change = editorial.propose(builders.plank(plank_id), base, *words, by=clerks[0])
        for clerk in clerks[1:]:
            editorial.answer(change, says_yes=True, reason="", by=clerk)
    assert version(plank_id).name == "2.1"
    assert backing(plank_id) == {"green": StanceKind.ENDORSED}
