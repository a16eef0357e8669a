"""The world in which it is tried who may reach what: one of everything, and a copy to go back to."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask

from app import clock
from app.amendments import service as amendments
from app.carrying import making
from app.carrying import service as carrying
from app.complaints import service as complaints
from app.editorial import service as editorial
from app.extensions import db
from app.models import Membership, Mp, Passkey, Person, Plank, RegisteredRuling
from app.mps import drafts
from app.mps import service as mps
from app.papers.exports import Form
from app.people import service as people
from app.planks import service as planks
from app.privacy import service as privacy
from app.rulings import service as rulings
from app.web.transactions import transaction
from policies.carrying import Carried
from policies.interest import ConsentPurpose
from policies.moderation import Kind, Verdict
from policies.permissions import Actor
from policies.positions import PositionKind
from tests import builders, editions, interested, moderated, officers, operating, orders
from tests.offices import delegate, proven_request


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
    member = builders.member("green", days=1)
    world.addresses["takeover"] = {"withdrawn_early": _withdrawn_early(mover, member), "foreign": "999999"}
    world.addresses["ruling"] = _rulings()
    world.addresses["membership"] = _memberships()
    world.addresses["own_membership"] = {"movers": _key_of_membership(mover), "foreign": "abcdefgh2345"}
    world.addresses["passkey"] = {"movers": _passkey(mover), "foreign": "abcdefgh2345"}
    world.addresses["naming"] = {"anybody's": "1"}
    world.addresses["text"] = world.addresses["plank"]
    world.addresses["amendment"] = _amendments(mover)
    other = builders.member("lib_dem", days=1)
    world.addresses["offer"] = _offers(mover, other)
    world.addresses["export"] = {"movers": _asked_for_data(mover), "foreign": "no-such-key"}
    mp, world.addresses["mp"] = _mps()
    staff, drafted = _office(mp)
    world.addresses |= drafted
    _said(world, mover)
    former = _former_member()
    _officers(world, mover, former)
    actors = {
        "visitor": None,
        "former": former,
        "pending": _pending_member(),
        "member": member,
        "other_group": other,
        "mover": mover,
        "clerk": builders.member("green", is_clerk=True, days=1),
        "other_clerk": builders.member("labour", is_clerk=True, days=1),
        "voter": _a_voter(world),
        "mp": mp,
        "operator": operating.operator(),
        "delegate": staff,
    }
    world.addresses |= {f"public_{thing}": world.addresses[thing] for thing in ("plank", "amendment", "round")}
    world.people = {role: actor.person_id if actor else None for role, actor in actors.items()}
    return world


def _said(world: World, mover: Actor) -> None:
    """What people said, what was reported of it, and who registered interest."""
    world.addresses["argument"], world.addresses["report"] = _arguments(mover)
    world.addresses["own_thing"] = {"movers": world.addresses["argument"]["public"], "foreign": "aaaaaaaaaaaa"}
    world.addresses["case"], world.addresses["waiting_case"] = _cases(mover)
    with transaction():
        world.addresses["complaint"] = {"received": complaints.complain("It was shown.").key, "foreign": "aaaaaaaaaaaa"}
    world.addresses["editorial"] = _editorial()
    world.addresses |= editions.bare()
    builders.statement("labour")
    world.addresses["orders_change"] = {"waiting": str(orders.proposed("labour")), "foreign": "999999"}
    world.addresses["statement"] = {"first": "1", "foreign": "999"}
    key = interested.supporter("somebody@example.org", *ConsentPurpose)
    world.addresses["supporter"] = world.addresses["unsubscribe"] = {"known": key, "foreign": key[::-1]}
    secret = interested.asked_to_hear("somebody.else@example.org", ConsentPurpose.NEWS)
    world.addresses["made_file"] = {"ready": _made_file(), "foreign": "aaaaaaaaaaaa"}
    world.addresses["interest_link"] = {"sent": secret, "foreign": secret[::-1]}


def _made_file() -> str:
    """The platform as Markdown, as the worker made it."""
    with transaction():
        key = carrying.ask(Carried.PLATFORM, "", Form.MARKDOWN).key
    making.make_due()
    return key


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


def _editorial() -> dict[str, str]:
    plank_id, by = builders.open_plank(builders.member("lib_dem")), builders.clerk("labour")
    with transaction():
        base = builders.plank(plank_id).working_version
        assert base is not None
        words = (base.title, base.text.replace("by 2030.", "by 2030!"))
        return {"open": editorial.propose(builders.plank(plank_id), base, *words, by=by).key, "foreign": "aaaaaaaaaaaa"}


def _amendments(mover: Actor) -> dict[str, str]:
    plank_id = builders.open_plank(builders.member("lib_dem"))
    submitted = builders.submitted_amendment(plank_id, mover, "2030", "2031")
    opened = builders.open_amendment(plank_id, mover, "2030", "2032")
    with transaction():
        version = builders.plank(plank_id).working_version
        assert version is not None
        text = version.text.replace("2030", "2033")
        drafted = amendments.begin(builders.plank(plank_id), version.title, text, "Later.", None, by=mover).key
    early = builders.submitted_amendment(plank_id, mover, "coldest", "oldest")
    with transaction():
        amendments.withdraw(builders.amendment(early), by=mover)
    refs = {"submitted": submitted, "open": opened, "withdrawn_early": early}
    found = {case: _ref(builders.amendment, amendment_id) for case, amendment_id in refs.items()}
    return {**found, "draft": drafted, "foreign": "P999-A9"}


def _offers(mover: Actor, other: Actor) -> dict[str, str]:
    amended = builders.open_amendment(builders.open_plank(builders.member("labour")), mover, "2030", "2035")
    offer_id = builders.offered(amended, other, "2035", "2032")
    with transaction():
        return {"open": builders.offer(offer_id).key, "foreign": "aaaaaaaaaaaa"}


def _arguments(mover: Actor) -> tuple[dict[str, str], dict[str, str]]:
    amended = builders.open_plank(builders.member("lib_dem"))
    made = {
        "public": builders.argued(builders.open_plank(), mover, named=True),
        "not_public": builders.argued(builders.submitted(builders.member("labour")), mover),
        "about_amendment": builders.argued_about_amendment(
            builders.open_amendment(amended, builders.member("labour"), "2030", "2031"), mover
        ),
        "hidden": builders.argued(builders.open_plank(), mover),
    }
    reports = {case: moderated.reported(made[case]) for case in ("public", "not_public")}
    with transaction():
        keys = {case: builders.argument(argument_id).key for case, argument_id in made.items()}
    return {**keys, "foreign": "aaaaaaaaaaaa"}, {**reports, "foreign": "aaaaaaaaaaaa"}


def _cases(mover: Actor) -> tuple[dict[str, str], dict[str, str]]:
    """Reasons of the mover that are hidden, and others that wait for clerks."""
    made = {"public": builders.open_plank(mover), "not_public": builders.submitted(mover)}
    waiting = {"public": builders.open_plank(mover), "not_public": builders.submitted(mover)}
    for plank_id in (*made.values(), *waiting.values()):
        moderated.reported_text(Kind.REASON, Plank, plank_id)
    for plank_id in made.values():
        moderated.decided(f"reason:planks:{plank_id}", Verdict.HIDE, "labour", "lib_dem")
    with transaction():
        keys = {case: moderated.the_case(f"reason:planks:{row}")[0].key for case, row in made.items()}
        others = {case: moderated.the_case(f"reason:planks:{row}")[0].key for case, row in waiting.items()}
    hidden = {**keys, "waiting": others["public"], "foreign": "aaaaaaaaaaaa"}
    return hidden, {**others, "foreign": "aaaaaaaaaaaa"}


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


def _mps() -> tuple[Actor, dict[str, str]]:
    sitting, gone = builders.mp(), builders.mp("Anytown West")
    with transaction():
        mps.leave(db.session.get_one(Mp, gone.mp_id))
    return sitting, {"sitting": str(sitting.mp_id), "left": str(gone.mp_id), "foreign": "999999"}


def _office(mp: Actor) -> tuple[Actor, dict[str, dict[str, str]]]:
    """A delegate of the MP, and what they drafted on an open plank."""
    staff, plank_id = delegate(mp), builders.open_plank(builders.member("labour"))
    with transaction():
        version = builders.plank(plank_id).working_version
        assert version is not None
        drafted = drafts.draft(version, PositionKind.SUPPORTS, "", by=staff).id
    return staff, {
        "delegacy": {"acting": "1", "foreign": "999999"},
        "mp_request": {"proven": proven_request(), "foreign": "abcdefgh2345"},
        "position_draft": {"waiting": str(drafted), "foreign": "999999"},
    }


def _ruled_out(mover: Actor) -> int:
    plank_id = builders.seconded(mover)
    for clerk in (builders.clerk("labour"), builders.clerk("lib_dem")):
        with transaction():
            rulings.rule(builders.plank(plank_id), "out_of_order", "It asks two things at once.", by=clerk)
    return plank_id


def _withdrawn(mover: Actor) -> int:
    plank_id = builders.open_plank(mover)
    with transaction():
        planks.withdraw(builders.plank(plank_id), by=mover)
    return plank_id


def _withdrawn_early(mover: Actor, seconder: Actor) -> str:
    plank_id = builders.submitted(mover)
    with transaction():
        planks.second(builders.plank(plank_id), by=seconder)
        planks.withdraw(builders.plank(plank_id), by=mover)
        return builders.plank(plank_id).ref


def _rulings() -> dict[str, str]:
    with transaction():
        found = {ruling.plank.number is not None: ruling.key for ruling in db.session.query(RegisteredRuling)}
    return {"public": found[True], "not_public": found[False], "foreign": "aaaaaaaaaaaa"}


def _memberships() -> dict[str, str]:
    return {
        "waiting": builders.waiting_member("green"),
        "invited": builders.invited("green"),
        "of_another_group": builders.waiting_member("labour"),
        "foreign": "abcdefgh2345",
    }


def _officers(world: World, mover: Actor, former: Actor) -> None:
    """Removals and offices: see `tests.officers`."""
    foreign = {"foreign": "abcdefgh2345"}
    world.addresses["removal"] = {
        "proposed": officers.removal(builders.member("green"), "proposed"),
        "appealed": officers.removal(builders.member("labour"), "appealed"),
        **foreign,
    }
    world.addresses["own_removal"] = {"formers": officers.removed_from("lib_dem", former), **foreign}
    world.addresses["office"] = {"proposed": officers.office(builders.member("green"), "proposed"), **foreign}
    world.addresses["own_office"] = {"offered": officers.office(mover, "confirmed"), **foreign}


def _key_of_membership(actor: Actor) -> str:
    with transaction():
        return db.session.query(Membership).filter_by(person_id=actor.person_id).one().key


def _asked_for_data(actor: Actor) -> str:
    with transaction():
        return privacy.ask_for_export(by=actor)


def _passkey(actor: Actor) -> str:
    with transaction():
        kept = Passkey(
            person_id=actor.person_id, name="A phone", credential="eA", handle="eA", public_key="eA", sign_count=0
        )
        kept.added_at = clock.now()
        db.session.add(kept)
        db.session.flush()
        return kept.key


def _former_member() -> Actor:
    actor = builders.member("green")
    with transaction():
        membership = db.session.query(Membership).filter_by(person_id=actor.person_id).one()
        people.leave(membership, by=actor)
        return db.session.get_one(Person, actor.person_id).actor


def _pending_member() -> Actor:
    key = builders.waiting_member("green")
    with transaction():
        return db.session.query(Membership).filter_by(key=key).one().person.actor


def _a_voter(world: World) -> Actor:
    with transaction():
        number = int(world.addresses["round"]["running"])
        round_id = db.session.scalar(db.text("SELECT id FROM rounds WHERE number = :number"), {"number": number})
    return next(one for one in builders.voters(round_id, "labour") if not one.is_clerk)


def _ref(row: Callable[[int], object], row_id: int) -> str:
    with transaction():
        return row(row_id).ref  # type: ignore[attr-defined,no-any-return]
