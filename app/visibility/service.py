"""What a member chooses of the own name: for one thing, in general; and forgetting a choice with what it was about."""

from sqlalchemy import delete

from app import clock
from app.audit import service as audit
from app.extensions import db
from app.models import GeneralReach, NameChoice, Person, locked
from app.visibility import queries
from app.visibility.queries import OwnThing
from policies import visibility as rules
from policies.permissions import Actor
from policies.visibility import Choice, Reach, Role

# In which column the id of a thing stands besides.
COLUMNS: dict[Role, str] = {
    Role.PLANK: "plank_id",
    Role.PLANK_SECOND: "plank_id",
    Role.AMENDMENT: "amendment_id",
    Role.AMENDMENT_SECOND: "amendment_id",
    Role.ARGUMENT: "argument_id",
    Role.OFFER: "offer_id",
}


def asks_again(own: OwnThing, choice: Choice, said: Reach | None) -> bool:
    """Whether the owner of a name has to read first who would see it."""
    return rules.needs_second_step(_reach(own.choice, own.general), _reach(choice, own.general), said)


def choose(own: OwnThing, choice: Choice, said: Reach | None, *, by: Actor) -> None:
    """Say how far the own name goes on one thing, from the next page on. To say the same twice is to say it once.

    `said` is who would see it, as its owner has read; raises `RuleBroken` where those would be fewer than see it then.
    """
    person = _locked(by)
    general = queries.general_reach(person.id)
    row = queries.choice_of(person.id, own.role, own.thing.id)
    before = row.choice if row else None
    rules.require_second_step(_reach(before, general), _reach(choice, general), said)
    if choice is before:
        return
    if row is None:
        row = NameChoice(person_id=person.id, role=own.role, thing_id=own.thing.id)
        setattr(row, COLUMNS[own.role], own.thing.id)
        db.session.add(row)
    row.choice, row.chosen_at = choice, clock.now()
    audit.record(
        "name choice changed", person, by=by, role=own.role, thing=own.thing.id, choice_before=before, choice=choice
    )


def take_back(own: OwnThing, *, by: Actor) -> None:
    """Be named on this thing no more, to nobody but the clerks of the own group."""
    choose(own, Choice.CLERKS, None, by=by)


def asks_again_in_general(reach: Reach, said: Reach | None, *, by: Actor) -> bool:
    """The same for the general choice."""
    return rules.needs_second_step(queries.general_reach(by.person_id), reach, said)


def choose_general(reach: Reach, said: Reach | None, *, by: Actor) -> None:
    """Say how far the own name goes wherever "as in general" was or will be chosen."""
    person = _locked(by)
    row = db.session.get(GeneralReach, person.id)
    before = row.reach if row else rules.UNCHOSEN
    rules.require_second_step(before, reach, said)
    if reach is before:
        return
    if row is None:
        row = GeneralReach(person_id=person.id)
        db.session.add(row)
    row.reach, row.chosen_at = reach, clock.now()
    audit.record("general name choice changed", person, by=by, reach_before=before, reach=reach)


def forget(role: Role, thing_id: int, person_id: int | None) -> None:
    """Forget what somebody chose for a thing behind which that person no longer stands: it comes back with nothing."""
    own = (NameChoice.role == role, NameChoice.thing_id == thing_id, NameChoice.person_id == person_id)
    db.session.execute(delete(NameChoice).where(*own))


def forget_person(person_id: int) -> None:
    """Forget all that somebody chose: nobody is told the name any more."""
    db.session.execute(delete(NameChoice).where(NameChoice.person_id == person_id))
    db.session.execute(delete(GeneralReach).where(GeneralReach.person_id == person_id))


def _reach(choice: Choice | None, general: Reach) -> Reach:
    return rules.reach_of(choice, general)


def _locked(by: Actor) -> Person:
    """The person who chooses, kept from choosing twice at once."""
    person = db.session.get_one(Person, by.person_id)
    locked(person)
    return person
