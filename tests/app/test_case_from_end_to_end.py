"""One case from end to end, as domain.md tells it: proposed, amended, re-run, agreed, mended, amended again, paused."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import clock
from app.audit import queries as record
from app.editorial import service as editorial
from app.endorsements import queries as endorsements
from app.extensions import db
from app.models import Membership, Position, Round
from app.offers import service as offers
from app.people import service as people
from app.rounds import service as rounds
from app.suspensions import service as suspensions
from app.web.transactions import transaction
from policies import standing_orders
from policies.agreement import LevelKey
from policies.amendments import AmendmentStage
from policies.ballots import Choice, Outcome, RoundKind, Tally
from policies.endorsements import Form, FormKind, StanceKind
from policies.groups import GROUP_KEYS
from policies.permissions import Actor
from policies.planks import Stage
from policies.positions import PositionState
from tests import builders
from tests.app.reading import main_of

ROLLS = {"green": 180, "lib_dem": 150, "labour": 460}
TEXT = """Every home that is rented from a council must be insulated by 2030.

The government will pay councils for this work from a national fund.
"""


@pytest.fixture(autouse=True)
def _quorum_of_votes_cast(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The case's standing orders: a tenth of the roll has to vote, whatever it says."""
    folder = tmp_path / "standing_orders"
    folder.mkdir()
    for key in GROUP_KEYS:
        orders = (standing_orders.FOLDER / f"{key}.toml").read_text(encoding="utf-8")
        counted = orders.replace('quorum_mode = "approval"', 'quorum_mode = "participation"')
        (folder / f"{key}.toml").write_text(counted, encoding="utf-8")
    monkeypatch.setattr(standing_orders, "FOLDER", folder)
    assert {one.quorum_mode for one in standing_orders.load().values()} == {standing_orders.QuorumMode.PARTICIPATION}


def fill_the_rolls() -> None:
    """Add members until each group has as many as the case says."""
    with transaction():
        joined = clock.now() - timedelta(days=60)
        for key, size in ROLLS.items():
            for number in range(size - db.session.query(Membership).filter_by(group=key).count()):
                name = f"Demonstration voter {key} {number}"
                people.add_demonstration_member(name, key, is_clerk=False, active_since=joined)


def opened(plank_id: int, clerks: list[Actor], kind: RoundKind, forms: dict[str, Form] | None = None) -> int:
    """A round that these clerks prepared and agreed to, and whose notice has run out."""
    with transaction():
        plank = builders.plank(plank_id)
        round_id = rounds.prepare(plank, plank.working_version, kind, by=clerks[0]).id
    for clerk in clerks:
        with transaction():
            form = (forms or {}).get(clerk.group or "", Form())
            rounds.agree_to_open(builders.a_round(round_id), form, by=clerk)
    builders.pass_time(days=3, minutes=1)
    return round_id


def vote(round_id: int, votes: dict[str, tuple[int, int, int]], question: str = "text") -> None:
    """Cast so many yes, no and abstentions in each group, and let the round close and be published."""
    for key, (yes, no, abstain) in votes.items():
        waiting = iter(builders.voters(round_id, key))
        for choice, number in ((Choice.YES, yes), (Choice.NO, no), (Choice.ABSTAIN, abstain)):
            builders.vote(round_id, [next(waiting) for _ in range(number)], {question: choice})
    builders.pass_time(days=7, minutes=1)


def counts(round_id: int) -> dict[str, tuple[Tally, Outcome]]:
    """Each group's count of a round on one question."""
    return {one.group: (one.counts[0].tally, one.counts[0].outcome) for one in builders.a_round(round_id).ballots}


def level(plank_id: int) -> LevelKey:
    """The public level of the plank."""
    plank = builders.plank(plank_id)
    shown = plank.shown_version
    assert shown is not None
    return endorsements.level_of(plank, shown, endorsements.on_version(shown)).key


def versions(plank_id: int) -> tuple[int, int | None]:
    """The numbers of the working and of the agreed version."""
    plank = builders.plank(plank_id)
    assert plank.working_version is not None
    return plank.working_version.number, plank.agreed_version.number if plank.agreed_version else None


def test_the_case_from_end_to_end(app: Flask, client: FlaskClient) -> None:
    clerks = [builders.clerk(key) for key in GROUP_KEYS]
    plank_id = builders.open_plank(builders.member("green"), text=TEXT)
    mover = builders.member("lib_dem")
    amended = builders.open_amendment(plank_id, mover, "2030", "2035")
    offer_id = builders.offered(amended, builders.member("green"), "by 2035", "by 2032")
    with transaction():
        amendment_id = offers.accept(builders.offer(offer_id), by=mover).id
    builders.pass_time(hours=72)
    assert builders.amendment(amended).stage is AmendmentStage.SUPERSEDED
    assert builders.amendment(amendment_id).stage is AmendmentStage.CARRIED
    assert versions(plank_id) == (2, None)

    fill_the_rolls()
    first = opened(plank_id, clerks, RoundKind.ENDORSEMENT)
    assert {one.group: one.roll_size for one in builders.a_round(first).ballots} == ROLLS
    vote(first, {"green": (62, 11, 4), "lib_dem": (40, 38, 2), "labour": (21, 20, 3)})
    assert counts(first) == {
        "green": (Tally(62, 11, 4), Outcome.CARRIED),
        "lib_dem": (Tally(40, 38, 2), Outcome.CARRIED),
        "labour": (Tally(21, 20, 3), Outcome.NO_QUORUM),
    }
    assert level(plank_id) is LevelKey.BACKED_BY_ALL_BUT_ONE
    assert builders.plank(plank_id).stage is Stage.BALLOTING

    rerun = db.session.query(Round).filter_by(rerun_of_id=first).one().id
    builders.pass_time(days=7)
    vote(rerun, {"labour": (70, 31, 6)})
    assert counts(rerun) == {"labour": (Tally(70, 31, 6), Outcome.CARRIED)}
    assert level(plank_id) is LevelKey.AGREED
    assert versions(plank_id) == (2, 2)

    position = builders.position(plank_id, builders.mp())
    mend_a_comma(plank_id, clerks)
    assert level(plank_id) is LevelKey.AGREED
    assert "Backs version 2; this text differs from it in punctuation only" in main_of(client.get("/planks/1"))
    change_must_to_should(plank_id, clerks)
    assert versions(plank_id) == (3, 2)
    assert "must be insulated, by 2032" in main_of(client.get("/planks/1"))

    forms = {"lib_dem": Form(FormKind.RESERVE, "We would rather have kept the duty.")}
    last = opened(plank_id, clerks, RoundKind.ENDORSEMENT, forms)
    vote(last, {"green": (30, 40, 0), "lib_dem": (40, 10, 0), "labour": (60, 20, 0)})
    newest = builders.plank(plank_id).working_version
    assert newest is not None
    assert endorsements.kinds(endorsements.on_version(newest)) == {
        "green": StanceKind.DECLINED,
        "lib_dem": StanceKind.RESERVATION,
        "labour": StanceKind.ENDORSED,
    }
    assert level(plank_id) is LevelKey.AGREED
    assert versions(plank_id) == (3, 2)
    what_the_public_reads(client)
    labour_pauses(plank_id, clerks[0])
    assert level(plank_id) is LevelKey.PAUSED
    assert "Agreed – paused by Labour until" in main_of(client.get("/planks/1"))
    builders.pass_time(days=14)
    assert level(plank_id) is LevelKey.AGREED
    assert db.session.get_one(Position, position).state is PositionState.CONFIRMED
    assert record.verify().fault == ""


def mend_a_comma(plank_id: int, clerks: list[Actor]) -> None:
    """Version 2.1, with a yes of a clerk of every group."""
    with transaction():
        plank = builders.plank(plank_id)
        base = plank.working_version
        assert base is not None
        words = (base.title, base.text.replace(" by 2032", ", by 2032"))
        change = editorial.propose(plank, base, *words, by=clerks[0])
        for clerk in clerks[1:]:
            editorial.answer(change, says_yes=True, reason="", by=clerk)
        assert [one.name for one in (plank.working_version, plank.agreed_version) if one] == ["2.1", "2.1"]


def labour_pauses(plank_id: int, clerk: Actor) -> None:
    """Two Labour clerks pause the group's backing of the agreed text for fourteen days."""
    other = builders.clerk("labour")
    with transaction():
        agreed = builders.plank(plank_id).agreed_version
        assert agreed is not None
        stance = endorsements.on_version(agreed)["labour"]
        asked = suspensions.ask(stance, 14, "Our conference looks at it again.", by=clerk)
        suspensions.confirm(stance, asked.id, by=other)


def change_must_to_should(plank_id: int, clerks: list[Actor]) -> None:
    """An amendment that every group carries in a round of its own."""
    amendment_id = builders.open_amendment(plank_id, builders.member("labour"), "must", "should")
    builders.pass_time(days=4)
    assert builders.amendment(amendment_id).stage is AmendmentStage.OPEN
    round_id = opened(plank_id, clerks, RoundKind.AMENDMENTS)
    vote(round_id, {"green": (20, 3, 0), "lib_dem": (16, 3, 0), "labour": (40, 7, 0)}, question="A3")
    assert builders.amendment(amendment_id).stage is AmendmentStage.CARRIED


def what_the_public_reads(client: FlaskClient) -> None:
    """Version 2 as agreed, a line on version 3, and the figures of the rounds."""
    plank = main_of(client.get("/planks/1"))
    assert "Agreed" in plank
    assert "There is a newer text, version 3." in plank
    first, rerun, last = (main_of(client.get(f"/rounds/{number}")) for number in (1, 2, 4))
    assert "Carried: 40 yes, 38 no, 2 abstained." in first
    assert "No quorum, with votes about even. Figures are shown from 50 votes." in first
    assert "Carried: 70 yes, 31 no, 6 abstained. The group backs version 2." in rerun
    assert "Not carried: 30 yes, 40 no, 0 abstained. The group does not back version 3." in last
    assert "The group backs version 3 with its reservation." in last
