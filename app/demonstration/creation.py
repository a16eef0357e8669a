"""Creating a demonstration: an empty database becomes a platform that already lives, through the services alone."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from app.config import ROOT
from app.demonstration import (
    arguing,
    delegating,
    introductions,
    members,
    membership_at_work,
    officers,
    publishing,
    rule_changing,
    story,
)
from app.demonstration.members import Cast
from app.demonstration.proposals import COMPOSITE_REASON, COMPOSITE_TITLE, PROPOSALS
from app.demonstration.story import AGAINST, Lean
from app.desk import ticking
from app.extensions import db
from app.models import AuditRow, Demonstration, Person, Plank
from app.planks.importing import import_folder
from app.web.transactions import transaction
from policies.ballots import RoundKind
from policies.endorsements import Form, FormKind
from policies.errors import RuleBroken
from policies.groups import GROUP_KEYS
from policies.permissions import Actor
from policies.positions import PositionKind

STARTER_PLANKS = ROOT / "policies" / "texts"
BEGINNING = 100
# Enough for a quorum in the round that runs, few enough for those who try the demonstration to decide it otherwise.
EARLY_VOTERS = 10

EVERYBODY_FOR: dict[str, Lean] = {"labour": (74, 19), "lib_dem": (81, 12), "green": (69, 24)}
WARM_HOMES = "climate-and-energy/warm-homes-street-by-street"
AGREED = (
    "transport/safe-routes-to-every-school",
    "housing/bring-empty-homes-back-into-use",
    "democracy/votes-at-16-and-automatic-registration",
    "education/a-free-lunch-for-every-pupil",
)
IN_PART = "democracy/fair-votes-for-the-house-of-commons"
BACKED_BY_TWO = "transport/buses-run-for-passengers"
NO_LONGER = "local-government/budgets-councils-can-plan-on"
AMENDED_BY_AGREEMENT = "housing/social-homes-on-public-land"
UNDER_AMENDMENT = "housing/a-secure-and-decent-home-to-rent"
ON_THE_BALLOT = "nature-and-food/clean-rivers-and-honest-water-companies"
ON_A_CONDITION = "nature-and-food/good-food-in-public-kitchens"
ROUND_PREPARED = "work-and-pay/workers-on-company-boards"


def is_created() -> bool:
    """Whether this database is a demonstration already; raises `RuleBroken` where making it was broken off."""
    with transaction():
        demonstration = db.session.get(Demonstration, 1)
        # The clock is behind the machine's only while the past is being made; afterwards it goes forward alone.
        if demonstration is not None and demonstration.clock_offset < 0:
            raise RuleBroken(
                "This demonstration is only half made. Unless it is being made at this moment, delete it"
                " (make reset does that) and begin again."
            )
        return demonstration is not None


def create(texts: Path = STARTER_PLANKS) -> None:
    """Make an empty database a demonstration and have its past happen; raises `RuleBroken` on any other database."""
    with transaction():
        if any(db.session.scalar(select(kind.id).limit(1)) for kind in (Person, Plank, AuditRow)):
            raise RuleBroken(
                "This database is in use, so it can never become a demonstration. Point DATABASE_URL at a new one."
            )
        db.session.add(Demonstration(id=1, clock_offset=_seconds(BEGINNING)))
    with transaction():
        import_folder(texts)
    cast = members.gather()
    planks = _starter_planks()
    _beginnings(cast)
    _first_rounds(planks, cast)
    _second_thoughts(planks, cast)
    _ends(planks, cast)
    composite = _composite(cast)
    _open_questions(planks, cast)
    _officers_at_work(planks, composite, cast)
    _advance_to(0)


def _first_rounds(planks: dict[str, int], cast: Cast) -> None:
    """Sixty days ago: the groups decide for the first time."""
    _advance_to(65)
    fair_votes_but = Form(FormKind.EXCEPT, units=(story.unit_saying(planks[IN_PART], "additional member system"),))
    reserved = Form(FormKind.RESERVE, "We would begin with the streets around primary schools.")
    forms = {IN_PART: {"labour": fair_votes_but}, AGREED[0]: {"lib_dem": reserved}}
    subjects = (WARM_HOMES, *AGREED, IN_PART, BACKED_BY_TWO, NO_LONGER)
    rounds = {name: story.prepare(planks[name], cast.clerk("labour")) for name in subjects}
    for name, round_id in rounds.items():
        story.agree_to_open(round_id, cast, forms.get(name))
    arguing.about_warm_homes(planks[WARM_HOMES], cast)
    _advance_to(61)
    for name, round_id in rounds.items():
        leans = {**EVERYBODY_FOR, "green": AGAINST} if name == BACKED_BY_TWO else EVERYBODY_FOR
        story.vote(round_id, cast.voters if name == WARM_HOMES else story.some(cast), leans)
    _advance_to(53)
    publishing.publish(cast)
    _positions(planks, cast.mps["Anytown East"])


def _positions(planks: dict[str, int], mp: Actor) -> None:
    """A made-up MP says personally what to make of some of the planks; one of the texts is amended later."""
    story.take_position(planks[WARM_HOMES], PositionKind.SUPPORTS, mp)
    story.take_position(
        planks[AGREED[1]], PositionKind.RESERVATION, mp, "Councils need the money for it before they need the duty."
    )
    story.take_position(planks[IN_PART], PositionKind.CONSIDERING, mp)
    story.take_position(planks[BACKED_BY_TWO], PositionKind.WILL_NOT, mp)


def _second_thoughts(planks: dict[str, int], cast: Cast) -> None:
    """Forty-five days ago: one group withdraws its backing, and an agreed text is amended."""
    _advance_to(45)
    introductions.reword(cast)
    withdrawal = story.prepare(planks[NO_LONGER], cast.clerk("lib_dem"))
    story.agree_to_open(withdrawal, cast, {"labour": Form(FormKind.WITHDRAW)})
    food = planks[ON_A_CONDITION]
    own_questions = {
        "lib_dem": officers.part_by_itself(food, "Every menu should offer"),
        "green": officers.on_a_condition(food, "within four years", "within three years"),
    }
    conditional = story.prepare(food, cast.clerk("green"))
    story.agree_to_open(conditional, cast, own_questions)
    later = story.amend(
        planks[WARM_HOMES],
        cast.member("lib_dem"),
        "by 2030",
        "by 2032",
        "Training people takes two more summers.",
    )
    softer = story.amend(
        planks[WARM_HOMES], cast.member("labour", 2), "by 2030", "as soon as it can be done", "A date can be missed."
    )
    story.second_amendment(later, cast.member("green"))
    story.second_amendment(softer, cast.member("lib_dem", 2))
    amending = story.prepare(planks[WARM_HOMES], cast.clerk("green"), RoundKind.AMENDMENTS)
    story.agree_to_open(amending, cast)
    _advance_to(41)
    story.vote(withdrawal, story.some(cast), EVERYBODY_FOR)
    story.vote(amending, story.some(cast), EVERYBODY_FOR, {"A2": AGAINST})
    story.vote(conditional, story.some(cast), {**EVERYBODY_FOR, "labour": AGAINST}, {officers.PART: AGAINST})
    _advance_to(33)
    _newer_text_declined(planks, cast)


def _newer_text_declined(planks: dict[str, int], cast: Cast) -> None:
    """The amended text goes before the groups; one does not back it, so the older text stays the agreed one."""
    again = story.prepare(planks[WARM_HOMES], cast.clerk("green", 2))
    story.agree_to_open(again, cast)
    _advance_to(29)
    story.vote(again, cast.voters, {**EVERYBODY_FOR, "green": AGAINST})
    _advance_to(21)


def _officers_at_work(planks: dict[str, int], composite: int, cast: Cast) -> None:
    """This week: clerks mend a mark, pause a backing, send a composite back, hear appeals, and see to members."""
    officers.mend_a_mark(planks[AGREED[3]], "disappears;", "disappears:", cast)
    officers.pause(planks[AGREED[2]], "lib_dem", "A bill before Parliament may change what this asks for.", cast)
    officers.refer(composite, "It asks three bodies at once. Say which of them pays for what.", cast)
    ruled_out = _seconded("appealed", "lib_dem", "green", cast)
    reason = "Another plank asks for the same. Amend that one."
    story.rule(ruled_out, "out_of_order", reason, [cast.clerk("labour"), cast.clerk("green")])
    officers.appeal(ruled_out, "That plank speaks of new homes alone; this one is about repairs.", "lib_dem", cast)
    publishing.propose(cast, "green")
    membership_at_work.propose_a_removal(cast)
    membership_at_work.hear_an_appeal(cast)
    membership_at_work.propose_offices(cast)


def _beginnings(cast: Cast) -> None:
    """A hundred days ago: the groups introduce themselves, and a plank that nobody seconds."""
    introductions.introduce(cast)
    story.submit(_propose("lapsed", cast.member("labour", 3)), cast.member("labour", 3))


def _ends(planks: dict[str, int], cast: Cast) -> None:
    """Three weeks ago: planks ruled out, withdrawn and archived."""
    ruled_out = _seconded("ruled_out", "lib_dem", "green", cast)
    reason = "It asks two things that have nothing to do with each other. Propose them as two planks."
    story.rule(ruled_out, "out_of_order", reason, [cast.clerk("labour"), cast.clerk("green")])
    for name in ("withdrawn", "archived"):
        planks[name] = _opened(name, "green", cast)
    story.withdraw(planks["withdrawn"], cast.member("green", 4))
    clerks = [cast.clerk(group) for group in GROUP_KEYS]
    story.archive(
        planks["archived"], "Parliament has passed this into law, so there is nothing left to ask for.", clerks
    )


def _composite(cast: Cast) -> int:
    """Eighteen days ago: a composite of three planks. Two end in it; the mover of the third has said nothing yet."""
    _advance_to(20)
    movers = {"night_trains": "labour", "rail_to_the_sea": "green", "one_ticket": "lib_dem"}
    originals = {name: _opened(name, group, cast) for name, group in movers.items()}
    by = cast.member("green", 2)
    clauses = {originals["night_trains"]: (0, 1), originals["one_ticket"]: (0,), originals["rail_to_the_sea"]: (0, 1)}
    composite = story.put_together(by, clauses, COMPOSITE_TITLE, COMPOSITE_REASON)
    story.submit(composite, by)
    story.accept(originals["night_trains"], composite, cast.member("labour", 4))
    _advance_to(18)
    story.second(composite, [cast.member("green", 5), cast.member("lib_dem", 5)])
    story.rule(composite, "in_order", "", [cast.clerk("labour"), cast.clerk("lib_dem")])
    story.accept(originals["rail_to_the_sea"], composite, cast.member("green", 4))
    return composite


def _open_questions(planks: dict[str, int], cast: Cast) -> None:
    """The last two weeks: amendments in every stage, planks on their way, and a round that runs now."""
    followers = [cast.member(group) for group in GROUP_KEYS]
    story.follow([planks[WARM_HOMES], planks[AMENDED_BY_AGREEMENT], planks[ON_THE_BALLOT]], followers)
    _advance_to(14)
    story.read_notices(cast.everybody_offered())
    _amendments_of_social_homes(planks[AMENDED_BY_AGREEMENT], cast)
    _advance_to(10)
    disputed = _amendments_of_renting(planks[UNDER_AMENDMENT], cast)
    arguing.about_renting(planks[UNDER_AMENDMENT], disputed, cast)
    arguing.about_rivers(planks[ON_THE_BALLOT], cast)
    on_the_ballot = story.prepare(planks[ON_THE_BALLOT], cast.clerk("labour", 2))
    rule_changing.hear_minorities(cast)
    _advance_to(6)
    introductions.register_interest()
    story.agree_to_open(on_the_ballot, cast)
    story.submit(_propose("seeking", cast.member("green", 2)), cast.member("green", 2))
    _seconded("checking", "labour", "lib_dem", cast)
    _propose("draft", cast.member("green"))
    _advance_to(1)
    rule_changing.give_more_notice(cast)
    delegating.draft_for_an_mp(planks[AGREED[0]], cast)
    story.vote(on_the_ballot, story.some(cast, EARLY_VOTERS), EVERYBODY_FOR)
    story.prepare(planks[ROUND_PREPARED], cast.clerk("lib_dem", 2))


def _amendments_of_social_homes(plank_id: int, cast: Cast) -> None:
    """Three of one text: when one is adopted by agreement, one follows it, and one conflicts with it."""
    following = story.amend(
        plank_id, cast.member("green", 3), "for six months", "for nine months", "A trust of volunteers needs the time."
    )
    story.second_amendment(following, cast.member("lib_dem", 3))
    story.object_to(following, "Nine months leave homes empty for longer than they need be.", cast.member("labour", 4))
    overtaken = story.amend(
        plank_id,
        cast.member("green", 3),
        "At least half of the homes",
        "At least two thirds of the homes",
        "Half is too little.",
    )
    story.second_amendment(overtaken, cast.member("lib_dem", 3))
    story.object_to(overtaken, "Two thirds cannot be paid for yet.", cast.member("labour", 4))
    agreed = story.amend(
        plank_id,
        cast.member("lib_dem", 4),
        "At least half of the homes",
        "At least three in five homes",
        "We can do more.",
    )
    story.second_amendment(agreed, cast.member("labour", 5))


def _amendments_of_renting(plank_id: int, cast: Cast) -> int:
    """One that waits for a seconder, one that is open, which is returned, and others that somebody objected to.

    Two of them change the same words, so that there is something to choose before a vote; and to the mover of the open
    one another wording is offered.
    """
    story.amend(plank_id, cast.member("green", 5), "within 14 days", "within 10 days", "Mould does not wait.")
    opened = story.amend(
        plank_id, cast.member("labour", 5), "two months’ rent", "three months’ rent", "Moving costs more than that."
    )
    story.second_amendment(opened, cast.member("green", 6))
    disputed = story.amend(plank_id, cast.member("lib_dem", 5), "up to £60", "up to £90", "Inspectors cost money.")
    story.second_amendment(disputed, cast.member("labour", 6))
    rival = story.amend(
        plank_id,
        cast.member("green", 6),
        "two months’ rent",
        "one month’s rent and the costs of moving",
        "It is fairer.",
    )
    story.second_amendment(rival, cast.member("labour", 6))
    story.object_to(rival, "Nobody can say beforehand what moving costs.", cast.member("lib_dem", 6))
    story.object_to(opened, "Small landlords could not pay three.", cast.member("lib_dem", 6))
    story.object_to(disputed, "The fee would find its way into the rent.", cast.member("green"))
    story.offer_wording(
        opened,
        cast.member("lib_dem"),
        "three months’ rent",
        "ten weeks’ rent",
        "Ten weeks cover a move, and a small landlord can put them aside.",
    )
    return opened


def _propose(name: str, by: Actor) -> int:
    proposal = PROPOSALS[name]
    return story.propose(by, proposal.theme_slug, proposal.title, proposal.text, proposal.reason)


def _seconded(name: str, own: str, other: str, cast: Cast) -> int:
    """A plank of a member of `own`, seconded by one of the same group and one of another."""
    mover = cast.member(own, 4)
    plank_id = _propose(name, mover)
    story.submit(plank_id, mover)
    story.second(plank_id, [cast.member(own, 5), cast.member(other, 5)])
    return plank_id


def _opened(name: str, group: str, cast: Cast) -> int:
    """The same, once clerks have ruled it in order."""
    other = next(key for key in GROUP_KEYS if key != group)
    plank_id = _seconded(name, group, other, cast)
    story.rule(plank_id, "in_order", "", [cast.clerk("lib_dem"), cast.clerk("green")])
    return plank_id


def _starter_planks() -> dict[str, int]:
    """The imported planks' ids by the path of their file, without its ending."""
    with transaction():
        rows = db.session.execute(select(Plank.source, Plank.id).where(Plank.source.is_not(None)))
        return {str(source).removesuffix(".md"): plank_id for source, plank_id in rows}


def _advance_to(days_ago: int) -> None:
    """Move the clock to so many days before now, and do what has become due."""
    with transaction():
        db.session.get_one(Demonstration, 1).clock_offset = _seconds(days_ago)
    ticking.tick()


def _seconds(days_ago: int) -> int:
    return -round(timedelta(days=days_ago).total_seconds())
