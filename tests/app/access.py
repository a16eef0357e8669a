"""Who may reach what, written out by hand a second time, and the world in which it is tried."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask

from app.amendments import service as amendments
from app.extensions import db
from app.models import Membership, Person
from app.people import service as people
from app.planks import service as planks
from app.web.transactions import transaction
from policies.permissions import Actor
from tests import builders

MEMBERS = {"member", "other_group", "mover", "clerk", "other_clerk", "voter"}
CLERKS = {"clerk", "other_clerk"}
SIGNED_IN = MEMBERS | {"former"}
EVERYBODY = SIGNED_IN | {"visitor"}
NOBODY: set[str] = set()

# What exists, and who can see that it does.
SEES: dict[str, dict[str, set[str]]] = {
    "plank": {
        "draft": {"mover"},
        "seeking_seconders": MEMBERS | {"mover"},
        "checking": MEMBERS,
        "ruled_out": MEMBERS,
        "open": EVERYBODY,
        "balloting": EVERYBODY,
        "withdrawn_public": EVERYBODY,
        "foreign": NOBODY,
    },
    "amendment": {
        "draft": {"mover"},
        "submitted": MEMBERS,
        "open": EVERYBODY,
        "foreign": NOBODY,
    },
    "round": {
        "prepared": MEMBERS,
        "running": EVERYBODY,
        "foreign": NOBODY,
    },
}

# Who may use each endpoint, among those who see the thing. `thing` names what stands in the address.
MAY: dict[str, tuple[str | None, set[str]]] = {
    "platform.home": (None, EVERYBODY),
    "platform.all_planks": (None, EVERYBODY),
    "platform.themes": (None, EVERYBODY),
    "platform.theme": (None, EVERYBODY),
    "platform.decisions": (None, EVERYBODY),
    "platform.about": (None, EVERYBODY),
    "platform.plank": ("plank", EVERYBODY),
    "platform.plank_by_name": ("plank", EVERYBODY),
    "platform.version": ("plank", EVERYBODY),
    "platform.compare": ("plank", EVERYBODY),
    "search.results": (None, EVERYBODY),
    "people.sign_in": (None, EVERYBODY),
    "people.sign_out": (None, SIGNED_IN),
    "demonstration.clock": (None, EVERYBODY),
    "demonstration.move_clock": (None, EVERYBODY),
    "demonstration.have_voters_vote": (None, EVERYBODY),
    "desk.to_do": (None, MEMBERS),
    "desk.clerk": (None, CLERKS),
    "planks.propose": (None, MEMBERS),
    "planks.draft": ("plank", {"mover"}),
    "planks.preview": ("plank", {"mover"}),
    "planks.submit": ("plank", {"mover"}),
    "planks.discard": ("plank", {"mover"}),
    "planks.withdraw": ("plank", {"mover"}),
    "planks.second": ("plank", MEMBERS - {"mover"}),
    "planks.take_back_second": ("plank", MEMBERS - {"mover"}),
    "planks.rule": ("plank", CLERKS),
    "planks.archive": ("plank", CLERKS),
    "amendments.begin": ("plank", MEMBERS),
    "amendments.show": ("amendment", EVERYBODY),
    "amendments.edit": ("amendment", {"mover"}),
    "amendments.preview": ("amendment", {"mover"}),
    "amendments.submit": ("amendment", {"mover"}),
    "amendments.discard": ("amendment", {"mover"}),
    "amendments.withdraw": ("amendment", {"mover"}),
    "amendments.second": ("amendment", MEMBERS - {"mover", "member", "clerk"}),
    "amendments.take_back_second": ("amendment", MEMBERS - {"mover", "member", "clerk"}),
    "amendments.object_to": ("amendment", MEMBERS),
    "ballots.register": (None, EVERYBODY),
    "ballots.prepare": ("plank", CLERKS),
    "ballots.show": ("round", EVERYBODY),
    "ballots.open": ("round", CLERKS),
    "ballots.cancel": ("round", CLERKS),
    "ballots.vote": ("round", {"voter"}),
    "ballots.check": ("round", {"voter"}),
    "ballots.cast": ("round", {"voter"}),
    "ballots.receipt": ("round", {"voter"}),
    "ballots.receipts_list": ("round", EVERYBODY),
    "ballots.choices_list": ("round", EVERYBODY),
    "ballots.check_receipt": ("round", {"voter"}),
}

# A ballot has voters only once its roll is frozen.
ONLY_IN = dict.fromkeys(
    ("ballots.vote", "ballots.check", "ballots.cast", "ballots.receipt", "ballots.check_receipt"), "running"
)

# Where the address is right and the person may ask, and yet there is nothing: no such version, no name before there
# is a number, nobody of that number, no list of papers before a round is published, no receipt before one has voted.
MAY_FIND_NOTHING = {
    "platform.plank_by_name",
    "platform.version",
    "platform.compare",
    "people.sign_in",
    "ballots.receipt",
    "ballots.receipts_list",
    "ballots.choices_list",
}


@dataclass
class World:
    """A small platform in a file: persons by role, addresses by thing and case, and a copy to go back to."""

    path: Path
    people: dict[str, int | None] = field(default_factory=dict)
    addresses: dict[str, dict[str, str]] = field(default_factory=dict)

    def keep(self) -> None:
        """Remember the file as it is now."""
        db.session.remove()
        db.engine.dispose()
        with closing(sqlite3.connect(self.path)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copyfile(self.path, self.path.with_suffix(".kept"))

    def restore(self) -> None:
        """Go back to what was kept."""
        db.session.remove()
        db.engine.dispose()
        for suffix in ("-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
        shutil.copyfile(self.path.with_suffix(".kept"), self.path)


def build(app: Flask) -> World:
    """Bring about one of everything."""
    world = World(Path(app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///")))
    # Too new for the roll of the round that runs, so that the voter is somebody else.
    mover = builders.member("green", days=1)
    world.addresses["round"] = _rounds(mover)
    world.addresses["plank"] = _planks(mover)
    world.addresses["amendment"] = _amendments(mover)
    actors = {
        "visitor": None,
        "former": _former_member(),
        "member": builders.member("green", days=1),
        "other_group": builders.member("lib_dem", days=1),
        "mover": mover,
        "clerk": builders.member("green", is_clerk=True, days=1),
        "other_clerk": builders.member("labour", is_clerk=True, days=1),
        "voter": _a_voter(world),
    }
    world.people = {role: actor.person_id if actor else None for role, actor in actors.items()}
    return world


def _planks(mover: Actor) -> dict[str, str]:
    made = {
        "draft": builders.draft(mover),
        "seeking_seconders": builders.submitted(mover),
        "checking": builders.seconded(mover),
        "ruled_out": _ruled_out(mover),
        "open": builders.open_plank(mover),
        "withdrawn_public": _withdrawn(mover),
    }
    refs = {case: _ref(builders.plank, plank_id) for case, plank_id in made.items()}
    return {**refs, "balloting": "1", "foreign": "999999"}


def _amendments(mover: Actor) -> dict[str, str]:
    plank_id = builders.open_plank(builders.member("lib_dem"))
    submitted = builders.submitted_amendment(plank_id, mover, "2030", "2031")
    opened = builders.open_amendment(plank_id, mover, "2030", "2032")
    with transaction():
        version = builders.plank(plank_id).working_version
        assert version is not None
        text = version.text.replace("2030", "2033")
        drafted = amendments.begin(builders.plank(plank_id), version.title, text, "Later.", None, by=mover).key
    refs = {"submitted": submitted, "open": opened}
    found = {case: _ref(builders.amendment, amendment_id) for case, amendment_id in refs.items()}
    return {**found, "draft": drafted, "foreign": "P999-A9"}


def _rounds(mover: Actor) -> dict[str, str]:
    balloting = builders.open_plank(mover)
    running = builders.open_round(balloting)
    prepared = builders.prepared_round(builders.open_plank(builders.member("labour")))
    with transaction():
        return {
            "running": str(builders.a_round(running).number),
            "prepared": str(builders.a_round(prepared).number),
            "foreign": "999999",
        }


def _ruled_out(mover: Actor) -> int:
    plank_id = builders.seconded(mover)
    for clerk in (builders.clerk("labour"), builders.clerk("lib_dem")):
        with transaction():
            planks.rule(builders.plank(plank_id), "out_of_order", "It asks two things at once.", by=clerk)
    return plank_id


def _withdrawn(mover: Actor) -> int:
    plank_id = builders.open_plank(mover)
    with transaction():
        planks.withdraw(builders.plank(plank_id), by=mover)
    return plank_id


def _former_member() -> Actor:
    actor = builders.member("green")
    with transaction():
        membership = db.session.query(Membership).filter_by(person_id=actor.person_id).one()
        people.leave(membership, by=actor)
        return db.session.get_one(Person, actor.person_id).actor


def _a_voter(world: World) -> Actor:
    with transaction():
        number = int(world.addresses["round"]["running"])
        round_id = db.session.scalar(db.text("SELECT id FROM rounds WHERE number = :number"), {"number": number})
    return next(one for one in builders.voters(round_id, "labour") if not one.is_clerk)


def _ref(row: Callable[[int], object], row_id: int) -> str:
    with transaction():
        return row(row_id).ref  # type: ignore[attr-defined,no-any-return]
