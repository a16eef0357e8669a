"""What a demonstration's members argued for and against its texts, and what its clerks hid. Every argument says so."""

from collections.abc import Iterable
from dataclasses import replace

from app.arguments import queries, service
from app.arguments.queries import Place
from app.demonstration.members import Cast
from app.extensions import db
from app.models import Amendment, Argument, Plank
from app.moderation import queries as cases
from app.moderation import service as moderation
from app.moderation.texts import text_of
from app.visibility import queries as names
from app.visibility import service as visibility
from app.web.transactions import transaction
from policies.arguments import Side
from policies.moderation import Kind, Verdict, Wrong
from policies.permissions import Actor
from policies.visibility import Choice, Reach, Role

SAYS_SO = "A demonstration argument:"


def about_warm_homes(plank_id: int, cast: Cast) -> None:
    """Before the first round, and so about the text that is agreed since."""
    _argue(
        plank_id, Side.FOR, "one street at a time means one scaffold, one team and one bill.", cast.member("green", 2)
    )
    _argue(
        plank_id,
        Side.AGAINST,
        "streets that come last wait for years. Who begins is decided here.",
        cast.member("labour"),
    )


def about_renting(plank_id: int, amendment_id: int, cast: Cast) -> None:
    """About a plank that is open, and about an amendment of it: both can still be argued about."""
    named = cast.member("labour", 2)
    _argue(
        plank_id, Side.FOR, "whoever knows their home is theirs for years joins in where they live.", named, named=True
    )
    _argue(plank_id, Side.FOR, "a damp room makes children ill; a date makes it dry.", cast.member("green", 3))
    _argue(
        plank_id,
        Side.AGAINST,
        "a landlord of a single flat may sell instead, and then there is one home less to rent.",
        cast.member("lib_dem", 2),
    )
    hidden = _argue(
        plank_id,
        Side.AGAINST,
        "this one was written to be reported: it speaks of a neighbour.",
        cast.member("green", 4),
    )
    _report(hidden, Wrong.PERSONAL, "It speaks of somebody’s neighbour.")
    _hide(hidden, "It told something private about a person.", [cast.clerk("labour"), cast.clerk("lib_dem")])
    _argue_about_amendment(
        amendment_id, Side.FOR, "two months are gone before one has packed.", cast.member("labour", 3)
    )
    _argue_about_amendment(
        amendment_id, Side.AGAINST, "three months would frighten off the small.", cast.member("lib_dem")
    )


def about_rivers(plank_id: int, cast: Cast) -> None:
    """Before the round that runs now, and so closed. One waits for the clerks."""
    _argue(plank_id, Side.FOR, "who pollutes should pay before who bathes.", cast.member("lib_dem", 3))
    reported = _argue(plank_id, Side.AGAINST, "fines end up on the water bill, they say.", cast.member("labour", 4))
    _report(reported, Wrong.OTHER, "A demonstration report: who says so?")


def _argue(plank_id: int, side: Side, words: str, by: Actor, *, named: bool = False) -> int:
    with transaction():
        place = queries.place_on_plank(db.session.get_one(Plank, plank_id))
        return _write(replace(place, side=side), words, by, named)


def _argue_about_amendment(amendment_id: int, side: Side, words: str, by: Actor) -> int:
    with transaction():
        amendment = db.session.get_one(Amendment, amendment_id)
        return _write(Place(amendment.plank, amendment=amendment, side=side), words, by, False)


def _write(place: Place, words: str, by: Actor, named: bool) -> int:
    argument = service.write(place, f"{SAYS_SO} {words}", by=by)
    if named:
        own = names.own_thing(by, Role.ARGUMENT, argument.key)
        visibility.choose(own, Choice.EVERYBODY, Reach.EVERYBODY, by=by)
    return argument.id


def _report(argument_id: int, wrong: Wrong, words: str) -> None:
    with transaction():
        text = text_of(Kind.ARGUMENT, db.session.get_one(Argument, argument_id))
        moderation.report(text, "/", wrong, words)


def _hide(argument_id: int, reason: str, clerks: Iterable[Actor]) -> None:
    for clerk in clerks:
        with transaction():
            text = text_of(Kind.ARGUMENT, db.session.get_one(Argument, argument_id))
            case = cases.case_of(text.subject)
            assert case is not None
            moderation.decide(case, Verdict.HIDE, reason, text.fingerprint, by=clerk)
