"""What becomes of the originals of a composite: they end only by their own mover's word, and only once it is open."""

from collections.abc import Callable
from threading import Barrier, Event, Thread

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from app.audit import queries as audit
from app.composites import queries
from app.composites import service as composites
from app.extensions import db
from app.models import Amendment, AuditRow, CompositeOriginal, CompositePart
from app.planks import queries as planks
from app.planks import service as plank_service
from app.rulings import service as rulings
from app.web.transactions import transaction
from policies.amendments import AmendmentStage
from policies.errors import RuleBroken
from policies.permissions import Actor
from policies.planks import Cause, Stage
from tests import builders

RAIL = "A night train must run every evening.\n\nBicycles travel free."


@pytest.fixture
def homes(app: Flask) -> Actor:
    """The mover of plank 1, a Green."""
    return builders.member("green")


@pytest.fixture
def rail(app: Flask) -> Actor:
    """The mover of plank 2, of Labour."""
    return builders.member("labour")


@pytest.fixture
def by(app: Flask) -> Actor:
    """Who puts them together, a Liberal Democrat."""
    return builders.member("lib_dem")


@pytest.fixture
def originals(homes: Actor, rail: Actor) -> tuple[int, int]:
    """Two open planks."""
    return builders.open_plank(homes), builders.open_plank(rail, title="Night trains", text=RAIL)


@pytest.fixture
def composite(originals: tuple[int, int], by: Actor) -> int:
    """A draft of all their clauses."""
    return builders.composite(by, *originals)


def stages(*plank_ids: int) -> list[Stage]:
    """Where planks stand."""
    with transaction():
        return [builders.plank(plank_id).stage for plank_id in plank_ids]


def acts(subject_id: int) -> list[str]:
    """What the record says happened to a plank."""
    with transaction():
        return [row.act for row in audit.of_subject(builders.plank(subject_id))]


def test_acceptance_waits_for_the_opening_and_silence_ends_nothing(
    originals: tuple[int, int], composite: int, homes: Actor, by: Actor
) -> None:
    builders.advance(composite, by, to=Stage.CHECKING)
    builders.answer(originals[0], composite, "accepted", homes)
    assert stages(*originals) == [Stage.OPEN, Stage.OPEN]
    for clerk in (builders.clerk("green"), builders.clerk("labour")):
        with transaction():
            rulings.rule(builders.plank(composite), "in_order", "", by=clerk)
    assert stages(*originals, composite) == [Stage.COMPOSITED, Stage.OPEN, Stage.OPEN]
    with transaction():
        ended, made = builders.plank(originals[0]), builders.plank(composite)
        assert (ended.number, ended.end_reason) == (1, "Part of composite P3: Warm homes, well paid for")
        assert made.working_version is not None
        assert (made.working_version.cause, made.agreed_version) == (Cause.COMPOSITE, None)
        assert [plank.number for plank in planks.all_public()] == [2, 3]
    assert acts(originals[0])[-2:] == ["composite answered", "plank composited"]
    assert acts(originals[1])[-1] == "plank ruled in order"


def test_accepting_an_open_composite_takes_effect_at_once_and_its_amendments_are_superseded(
    originals: tuple[int, int], composite: int, rail: Actor, by: Actor
) -> None:
    amendment_id = builders.open_amendment(originals[1], by, "every evening", "every night")
    builders.advance(composite, by)
    builders.answer(originals[1], composite, "refused", rail)
    builders.answer(originals[1], composite, "accepted", rail)
    builders.answer(originals[1], composite, "accepted", rail)
    assert stages(*originals) == [Stage.OPEN, Stage.COMPOSITED]
    builders.pass_time(minutes=1)
    with transaction():
        assert db.session.get_one(Amendment, amendment_id).stage is AmendmentStage.SUPERSEDED
        assert db.session.query(AuditRow).filter_by(act="composite answered").count() == 2
    with pytest.raises(RuleBroken, match="there is nothing to answer any more"):
        builders.answer(originals[1], composite, "refused", rail)


def test_a_plank_on_which_a_round_has_opened_is_decided_by_its_groups(
    originals: tuple[int, int], composite: int, homes: Actor, rail: Actor, by: Actor
) -> None:
    builders.advance(composite, by, to=Stage.CHECKING)
    builders.answer(originals[0], composite, "accepted", homes)
    builders.decided(originals[0])
    with pytest.raises(RuleBroken, match="Its groups decide it now"):
        builders.answer(originals[0], composite, "refused", homes)
    for clerk in (builders.clerk("green"), builders.clerk("labour")):
        with transaction():
            rulings.rule(builders.plank(composite), "in_order", "", by=clerk)
    assert stages(*originals, composite) == [Stage.OPEN, Stage.OPEN, Stage.OPEN]
    with transaction():
        assert [one.plank_id for one in queries.awaiting_answer_of(homes)] == []
        assert [one.plank_id for one in queries.awaiting_answer_of(rail)] == [originals[1]]


def test_what_is_no_composite_of_the_plank_or_no_answer_or_still_a_draft_is_refused(
    originals: tuple[int, int], composite: int, homes: Actor, by: Actor
) -> None:
    with pytest.raises(RuleBroken, match="one of the composites that the page of your plank shows"):
        builders.answer(originals[0], composite, "accepted", homes)
    builders.advance(composite, by, to=Stage.SEEKING_SECONDERS)
    for plank_id, word in ((composite, "accepted"), (originals[0], "yes"), (originals[0], "")):
        with pytest.raises(RuleBroken, match="one of the composites that the page of your plank shows"):
            builders.answer(plank_id, composite, word, homes)
    with transaction():
        assert {one.answer for one in db.session.query(CompositeOriginal)} == {None}


def test_an_original_of_which_nothing_is_left_is_no_original_and_two_have_to_stay(
    originals: tuple[int, int], by: Actor
) -> None:
    third = builders.open_plank(title="Bread", text="Bread must be baked nearby.")
    composite = builders.composite(by, *originals, third)
    with transaction():
        plank = builders.plank(composite)
        plank.draft_text = "Bread must be baked nearby."
        with pytest.raises(RuleBroken, match="keep units of at least two"):
            plank_service.submit(plank, by=by)
        db.session.rollback()
    with transaction():
        plank = builders.plank(composite)
        plank.draft_text = f"{RAIL}\n\nBread must be baked in town, and nearby."
        plank_service.submit(plank, by=by)
    with transaction():
        assert {one.plank_id for one in db.session.query(CompositeOriginal)} == {originals[1], third}
        assert db.session.query(CompositePart).count() == 3


def test_a_discarded_draft_leaves_nothing_and_what_has_a_round_or_is_alone_is_not_combined(
    originals: tuple[int, int], composite: int, by: Actor
) -> None:
    with transaction():
        plank_service.discard(builders.plank(composite), by=by)
    with transaction():
        assert db.session.query(CompositeOriginal).count() == db.session.query(CompositePart).count() == 0
    with pytest.raises(RuleBroken, match="at least two planks"):
        builders.composite(by, originals[0])
    with transaction():
        plank_service.withdraw(builders.plank(originals[1]), by=by)
    with pytest.raises(RuleBroken, match="Only planks that are open"):
        builders.composite(by, *originals)


def test_the_database_keeps_no_end_without_consent_and_no_second_end(
    originals: tuple[int, int], composite: int, homes: Actor, by: Actor
) -> None:
    other = builders.composite(by, *originals)
    moment = "2026-01-01 00:00:00"
    ended = f"UPDATE composite_originals SET answer = 'accepted', answered_at = '{moment}', took_effect_at = '{moment}'"
    for statement in (
        f"UPDATE composite_originals SET took_effect_at = '{moment}'",
        "UPDATE composite_originals SET answer = 'accepted'",
        "UPDATE composite_originals SET plank_id = composite_id",
        "UPDATE composite_parts SET unit_id = 'same'",
        f"{ended} WHERE plank_id = {originals[0]} AND composite_id IN ({composite}, {other})",
    ):
        with pytest.raises(IntegrityError), transaction():
            db.session.execute(db.text(statement))


def race(app: Flask, *works: Callable[[], object]) -> None:
    """Do these at the same moment, each in a thread of its own."""
    start = Barrier(len(works))

    def run(work: Callable[[], object]) -> None:
        with app.app_context():
            start.wait(timeout=30)
            work()

    threads = [Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads)


@pytest.mark.both
def test_two_movers_who_accept_while_the_clerk_rules_end_both_planks_once(
    app: Flask, originals: tuple[int, int], composite: int, homes: Actor, rail: Actor, by: Actor
) -> None:
    builders.advance(composite, by, to=Stage.CHECKING)
    first, last = builders.clerk("green"), builders.clerk("labour")
    with transaction():
        rulings.rule(builders.plank(composite), "in_order", "", by=first)

    def rule() -> None:
        with transaction():
            rulings.rule(builders.plank(composite), "in_order", "", by=last)

    race(
        app,
        rule,
        lambda: builders.answer(originals[0], composite, "accepted", homes),
        lambda: builders.answer(originals[1], composite, "accepted", rail),
    )
    assert stages(*originals, composite) == [Stage.COMPOSITED, Stage.COMPOSITED, Stage.OPEN]
    with transaction():
        assert db.session.query(AuditRow).filter_by(act="plank composited").count() == 2


@pytest.mark.both
def test_an_answer_under_way_makes_the_last_ruling_wait_and_is_seen_by_it(
    app: Flask, originals: tuple[int, int], composite: int, homes: Actor, by: Actor
) -> None:
    builders.advance(composite, by, to=Stage.CHECKING)
    clerks = [builders.clerk("green"), builders.clerk("labour")]
    with transaction():
        rulings.rule(builders.plank(composite), "in_order", "", by=clerks[0])
    is_given, may_commit = Event(), Event()

    def answer_slowly() -> None:
        with app.app_context(), transaction():
            ref = builders.plank(composite).ref
            composites.answer(builders.plank(originals[0]), ref, "accepted", by=homes)
            is_given.set()
            may_commit.wait(timeout=30)

    def rule() -> None:
        with app.app_context(), transaction():
            rulings.rule(builders.plank(composite), "in_order", "", by=clerks[1])

    answering, ruling = Thread(target=answer_slowly), Thread(target=rule)
    answering.start()
    assert is_given.wait(timeout=30)
    ruling.start()
    ruling.join(timeout=0.5)
    assert ruling.is_alive()
    may_commit.set()
    answering.join(timeout=30)
    ruling.join(timeout=30)
    assert stages(*originals) == [Stage.COMPOSITED, Stage.OPEN]


def test_imported_planks_have_nobody_who_could_accept(originals: tuple[int, int], composite: int, by: Actor) -> None:
    with transaction():
        imported = builders.plank(originals[0])
        imported.mover_id = imported.group = None
    builders.advance(composite, by)
    with transaction():
        waiting = [
            one.plank_id
            for person in db.session.query(builders.Person)
            for one in queries.awaiting_answer_of(person.actor)
        ]
    assert waiting == [originals[1]]
    assert stages(*originals) == [Stage.OPEN, Stage.OPEN]
