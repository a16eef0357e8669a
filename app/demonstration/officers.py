"""What a demonstration's clerks do besides rounds: mend a mark, pause a backing, send a text back, hear an appeal."""

from datetime import timedelta

from app import clock
from app.demonstration import story
from app.demonstration.members import Cast
from app.editorial import service as editorial
from app.extensions import db
from app.models import Plank, Stance
from app.rulings import appeals, queries
from app.rulings import service as rulings
from app.suspensions import service as suspensions
from app.web.transactions import transaction
from policies.endorsements import Condition, Form, FormKind
from policies.groups import GROUP_KEYS

DAYS_PAUSED = 12
# The first of the parts that a group votes on by themselves, as its paper names it.
PART = "U1"


def mend_a_mark(plank_id: int, old: str, new: str, cast: Cast) -> None:
    """Clerks of all groups agree to other punctuation in the agreed text."""
    with transaction():
        plank = db.session.get_one(Plank, plank_id)
        base = plank.shown_version
        assert base is not None
        change = editorial.propose(
            plank, base, base.title, base.text.replace(old, new, 1), by=cast.clerk(GROUP_KEYS[0])
        )
        for group in GROUP_KEYS[1:]:
            editorial.answer(change, says_yes=True, reason="", by=cast.clerk(group))


def pause(plank_id: int, group: str, reason: str, cast: Cast) -> None:
    """Two clerks of a group pause its backing of the agreed text."""
    with transaction():
        version_id = db.session.get_one(Plank, plank_id).agreed_version_id
        stance = db.session.query(Stance).filter_by(group=group, version_id=version_id).one()
        asked = suspensions.ask(stance, DAYS_PAUSED, reason, by=cast.clerk(group))
        suspensions.confirm(stance, asked.id, by=cast.clerk(group, 2))


def refer(plank_id: int, reason: str, cast: Cast) -> None:
    """Clerks of two groups send a plank back to its drafters."""
    for group in GROUP_KEYS[:2]:
        with transaction():
            rulings.refer(db.session.get_one(Plank, plank_id), reason, by=cast.clerk(group))


def appeal(plank_id: int, reason: str, group: str, cast: Cast) -> None:
    """A clerk appeals against the newest ruling on a plank, so that clerks of all groups have to answer."""
    with transaction():
        newest = queries.on_plank(db.session.get_one(Plank, plank_id))[-1]
        appeals.appeal(newest, reason, by=cast.clerk(group))


def on_a_condition(plank_id: int, old: str, new: str) -> Form:
    """A group would back the working text with `new` for `old`, if that is adopted within a season."""
    with transaction():
        version = db.session.get_one(Plank, plank_id).working_version
        assert version is not None
        day = (clock.now() + timedelta(days=120)).date()
        condition = Condition.of(version.title, version.text.replace(old, new, 1), day)
    return Form(FormKind.CONDITIONAL, condition=condition)


def part_by_itself(plank_id: int, words: str) -> Form:
    """A group votes on the part with these words before it votes on the whole."""
    return Form(separate=(story.unit_saying(plank_id, words),))
