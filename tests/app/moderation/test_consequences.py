"""Nothing is decided on words that nobody can read: no amendment is adopted, no round prepared, no vote cast."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import update

from app.amendments import service as amendments
from app.audit import replaying
from app.ballots import queries as ballot_queries
from app.ballots import service as ballots
from app.editorial import service as editorial
from app.extensions import db
from app.models import Amendment, HiddenWords, Plank, Round, Stance, Version
from app.moderation import hiding
from app.moderation.texts import text_of
from app.mps import service as mps
from app.rounds import service as rounds
from app.web.transactions import transaction
from policies.amendments import AmendmentStage
from policies.ballots import Choice, RoundKind, RoundStage
from policies.endorsements import Condition, Form, FormKind
from policies.errors import RuleBroken
from policies.moderation import Kind, Verdict, Wrong
from policies.positions import PositionKind
from tests import builders, moderated

UNREAD = "Clerks have hidden these words"


def version_of(plank_id: int) -> Version:
    """The working text of a plank."""
    version = builders.plank(plank_id).working_version
    assert version is not None
    return version


def hidden_version(plank_id: int) -> str:
    """Have the working text hidden by clerks of two groups; returns what the case is about."""
    with transaction():
        version_id = version_of(plank_id).id
    moderated.reported_text(Kind.VERSION, Version, version_id)
    moderated.decided(f"version:versions:{version_id}", Verdict.HIDE, "labour", "lib_dem")
    return f"version:versions:{version_id}"


def test_nothing_is_built_on_a_hidden_text(app: Flask) -> None:
    plank_id = builders.open_plank()
    amendment_id = builders.submitted_amendment(plank_id, builders.member("labour"), "2030", "2031")
    hidden_version(plank_id)
    by, clerk, mp = builders.member("lib_dem"), builders.clerk("green"), builders.mp()
    refused = (
        lambda: amendments.begin(builders.plank(plank_id), "Title", "Text", "Why.", None, by=by),
        lambda: amendments.second(builders.amendment(amendment_id), by=by),
        lambda: rounds.prepare(builders.plank(plank_id), version_of(plank_id), RoundKind.ENDORSEMENT, by=clerk),
        lambda: editorial.propose(builders.plank(plank_id), version_of(plank_id), "Title", "Text!", by=clerk),
        lambda: mps.record(version_of(plank_id), PositionKind.SUPPORTS, "", by=mp),
    )
    for act in refused:
        with pytest.raises(RuleBroken, match=UNREAD), transaction():
            act()


def test_a_round_in_its_notice_is_cancelled_when_its_text_is_hidden(app: Flask) -> None:
    plank_id = builders.open_plank()
    round_id = builders.prepared_round(plank_id)
    hidden_version(plank_id)
    builders.pass_time(minutes=1)
    with transaction():
        assert builders.a_round(round_id).stage is RoundStage.CANCELLED


def test_a_hidden_amendment_waits_until_it_is_shown_again(app: Flask) -> None:
    plank_id = builders.open_plank()
    amendment_id = builders.open_amendment(plank_id, builders.member("labour"), "2030", "2031")
    about = f"amendment:amendments:{amendment_id}"
    moderated.reported_text(Kind.AMENDMENT, Amendment, amendment_id, Wrong.ILLEGAL)
    moderated.held(about)
    builders.pass_time(hours=71)
    with transaction():
        assert amendments.votable_on(builders.plank(plank_id)) == []
    builders.pass_time(hours=2)
    with transaction():
        # Its 72 hours run anew: nobody could object while nobody could read it.
        assert db.session.query(HiddenWords).count() == 0
        assert builders.amendment(amendment_id).stage is AmendmentStage.OPEN
    builders.pass_time(hours=73)
    with transaction():
        assert builders.amendment(amendment_id).stage is AmendmentStage.CARRIED
        assert replaying.faults() == []


def test_no_clerk_alone_stops_a_vote_and_those_of_two_groups_only_where_waiting_does_harm(app: Flask) -> None:
    plank_id = builders.open_plank()
    builders.open_amendment(plank_id, builders.member("labour"), "2030", "2031")
    round_id = builders.open_round(plank_id, kind=RoundKind.AMENDMENTS)
    about = "amendment:amendments:1"
    moderated.reported_text(Kind.AMENDMENT, Amendment, 1, Wrong.ABUSE)
    with pytest.raises(RuleBroken, match="are voting on these words, so they are not hidden now"):
        moderated.decided(about, Verdict.HIDE, "green")
    moderated.reported_text(Kind.AMENDMENT, Amendment, 1, Wrong.ILLEGAL)
    with pytest.raises(RuleBroken, match="no clerk hides them alone"):
        moderated.held(about)
    voters = {key: builders.voters(round_id, key) for key in ("labour", "lib_dem", "green")}
    for waiting in voters.values():
        builders.vote(round_id, waiting[:-2], {"A1": Choice.YES})
    builders.move_clock(days=6, hours=12)
    last, late = voters["green"][-2:]
    with transaction():
        number = builders.a_round(round_id).number
    moderated.decided(about, Verdict.HIDE, "green")
    builders.vote(round_id, [last], {"A1": Choice.YES})
    moderated.decided(about, Verdict.HIDE, "labour")
    with pytest.raises(RuleBroken, match=UNREAD), transaction():
        ballots.cast(ballot_queries.visible(late, number), {"A1": Choice.YES}, by=late)
    builders.pass_time(hours=13)
    with transaction():
        assert db.session.get_one(Round, round_id).stage is RoundStage.PUBLISHED
        assert builders.amendment(1).stage is AmendmentStage.FALLEN
        assert version_of(plank_id).number == 1
        assert replaying.faults() == []


def test_a_reservation_is_hidden_with_its_plank_locked_so_that_no_edition_takes_it_over_meanwhile(app: Flask) -> None:
    plank_id = builders.open_plank()
    builders.decided(plank_id, forms={"green": Form(FormKind.RESERVE, "But sooner.")})
    with transaction():
        text = text_of(Kind.RESERVATION, db.session.query(Stance).filter_by(group="green").one())
        plank = builders.plank(plank_id)
        unseen = {"synchronize_session": False}
        db.session.execute(update(Plank).values(reason="As another transaction left it."), execution_options=unseen)
        hiding.lock_thing(text)
        assert plank.reason == "As another transaction left it."


def test_no_clerk_alone_stops_a_vote_by_hiding_an_older_text_that_has_the_same_words(app: Flask) -> None:
    plank_id = builders.open_plank()
    with transaction():
        first = version_of(plank_id).id
    builders.open_amendment(plank_id, builders.member("labour"), "2030", "2031")
    builders.pass_time(hours=73)
    builders.open_amendment(plank_id, builders.member("labour"), "2031", "2030")
    builders.open_round(plank_id, kind=RoundKind.AMENDMENTS)
    moderated.reported_text(Kind.VERSION, Version, first, Wrong.ILLEGAL)
    with pytest.raises(RuleBroken, match="no clerk hides them alone"):
        moderated.held(f"version:versions:{first}")


def test_no_clerk_alone_stops_a_vote_by_hiding_the_text_that_another_depends_on(app: Flask) -> None:
    plank_id = builders.open_plank()
    with transaction():
        first = version_of(plank_id).id
        words = version_of(plank_id)
        condition = Condition.of(words.title, words.text, date(2027, 12, 1))
    builders.open_amendment(plank_id, builders.member("labour"), "2030", "2031")
    builders.pass_time(hours=73)
    builders.open_round(plank_id, forms={"green": Form(FormKind.CONDITIONAL, condition=condition)})
    moderated.reported_text(Kind.VERSION, Version, first, Wrong.ILLEGAL)
    with pytest.raises(RuleBroken, match="no clerk hides them alone"):
        moderated.held(f"version:versions:{first}")


def test_no_clerk_alone_stops_a_vote_by_hiding_the_text_before_its_comma_was_mended(app: Flask) -> None:
    plank_id = builders.open_plank()
    clerks = {key: builders.clerk(key) for key in ("labour", "lib_dem", "green")}
    with transaction():
        base = version_of(plank_id)
        words = base.text.replace("2030.", "2030!")
        change = editorial.propose(builders.plank(plank_id), base, base.title, words, by=clerks["labour"])
        for key in ("lib_dem", "green"):
            editorial.answer(change, says_yes=True, reason="", by=clerks[key])
        assert version_of(plank_id).name == "1.1"
        first = base.id
    builders.open_round(plank_id)
    moderated.reported_text(Kind.VERSION, Version, first, Wrong.ILLEGAL)
    with pytest.raises(RuleBroken, match="no clerk hides them alone"):
        moderated.held(f"version:versions:{first}")
