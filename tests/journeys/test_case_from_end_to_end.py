"""One case from end to end, as domain.md tells it: proposed, amended, re-run, agreed, mended, amended again, paused.

Whatever one person does goes through the pages; the other votes and the clock go through the services.
"""

from dataclasses import replace

import pytest
from flask import Flask

from app.extensions import db
from app.models import EditorialChange, Mp, Round
from app.mps import service as mps
from app.web.transactions import transaction
from policies.groups import GROUP_KEYS
from policies.mps import Change
from policies.permissions import Actor
from policies.standing_orders import QuorumMode
from tests import builders, crowd, orders
from tests.journeys.conftest import MakeWalker
from tests.journeys.walker import Walker

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

Figures = tuple[int, int, int]
"""Yes, no, abstained."""

ROLLS = {"green": 180, "lib_dem": 150, "labour": 460}
TITLE = "Warm homes for all"
FIRST = "Every home that is rented from a council must be insulated by 2030."
TEXT = f"{FIRST}\n\nThe government will pay councils for this work from a national fund."
PLANK, BACKING = "/planks/1", "/planks/1?view=backing"
SEAT = "Anytown East"
REASON = "Our conference looks at it again."
CHOICES = ("Yes", "No", "Abstain")


class Case:
    """The people of the case, each at a browser of their own once they are needed, and a visitor."""

    def __init__(self, walker: MakeWalker) -> None:
        """Nobody is signed in yet."""
        self.make, self.browsers = walker, dict[int | None, Walker]()
        self.members = {key: [builders.member(key) for _ in range(2)] for key in GROUP_KEYS}
        self.clerks = {key: builders.clerk(key) for key in GROUP_KEYS}
        self.second_clerk = builders.clerk("labour")
        self.mp = builders.mp(SEAT)
        self.known = set[str]()
        self.visitor = self.browser()

    def browser(self, width: int = 1280) -> Walker:
        """A new one. Of all pages with the same kind of address axe looks at one."""
        walker = self.make(width=width)
        walker.known = self.known
        return walker

    def at(self, actor: Actor, path: str) -> Walker:
        """Somebody signed in, at this address."""
        if actor.person_id not in self.browsers:
            self.browsers[actor.person_id] = self.browser()
            self.browsers[actor.person_id].sign_in(actor)
        walker = self.browsers[actor.person_id]
        walker.go(path)
        return walker

    def public(self, path: str, *words: str, never: tuple[str, ...] = ()) -> None:
        """What everybody reads at this address, and does not read."""
        self.visitor.go(path)
        self.visitor.reads(*words, never=never)


@pytest.fixture
def case(walker: MakeWalker) -> Case:
    """The people, under standing orders by which a tenth of the roll has to vote, whatever it says."""
    found = Case(walker)
    labour_counts_votes_cast(found)
    for key in ("green", "lib_dem"):
        orders.changed(key, quorum_mode=QuorumMode.PARTICIPATION)
    crowd.fill(ROLLS)
    found.public("/standing-orders", "Votes cast", never=("Yes votes",))
    return found


def labour_counts_votes_cast(case: Case) -> None:
    """One Labour clerk proposes other standing orders, another confirms them."""
    clerk = case.at(case.clerks["labour"], "/standing-orders/labour/change")
    clerk.pick("Votes cast, abstentions too")
    clerk.fill("Why?", "Whoever votes shall count.")
    clerk.press("Propose it")
    case.at(case.second_clerk, "/standing-orders/labour").press("Confirm it")


def newest_round() -> int:
    """The id of the newest round, which is its number here."""
    with transaction():
        found = db.session.query(Round).order_by(Round.number.desc()).first()
        assert found is not None
        assert found.id == found.number
        return found.id


def propose(case: Case) -> None:
    """A Green member writes it, one of the own group and one of another second it, clerks of two groups rule."""
    mover = case.at(case.members["green"][0], "/planks/new")
    mover.fill("Title", TITLE)
    mover.choose("Theme", "Housing")
    mover.fill("Text", TEXT)
    mover.fill("Why", "Cold homes harm.")
    mover.press("Save and preview")
    mover.press("Submit", exact=True)
    waiting = mover.page.url.removeprefix(mover.address)
    for seconder in (case.members["green"][1], case.members["labour"][0]):
        case.at(seconder, waiting).press("Second this plank")
    for key in ("labour", "lib_dem"):
        clerk = case.at(case.clerks[key], waiting)
        clerk.pick("In order")
        clerk.press("Give your ruling")
    case.public(PLANK, "Being drafted", "version 1", "No group has taken a position on version 1 yet.", FIRST)


def amend(case: Case, by: Actor, old: str, new: str) -> Walker:
    """Somebody amends the first clause in place; they stay on the amendment's page."""
    mover = case.at(by, PLANK)
    mover.follow("Amend clause 1")
    words = mover.page.get_by_label("Clause 1").first.input_value()
    assert words.count(old) == 1
    mover.fill("Clause 1", words.replace(old, new))
    mover.fill("Why", "It is more exact.")
    mover.press("Save and preview")
    mover.press("Submit", exact=True)
    return mover


def settle_on_2032(case: Case) -> None:
    """A Lib Dem wants 2035, a Green offers 2032, the Lib Dem accepts, and for 72 hours nobody objects."""
    mover = amend(case, case.members["lib_dem"][0], "2030", "2035")
    amendment = mover.page.url.removeprefix(mover.address)
    case.at(case.members["labour"][0], amendment).press("Second this amendment")
    other = case.at(case.members["green"][1], "/amendments/P1-A1")
    other.follow("Offer another wording")
    other.fill("Text", TEXT.replace("2030", "2032"))
    other.fill("Why", "We could both live with that.")
    other.press("Preview", exact=True)
    other.press("Offer it")
    mover.go("/amendments/P1-A1")
    mover.follow("Accept")
    mover.press("Accept this wording")
    builders.pass_time(hours=72, minutes=1)
    case.public(PLANK, "Being drafted", "version 2", "insulated by 2032.")
    case.public("/amendments/P1-A1", "took its place")
    case.public(f"{PLANK}?view=history", "a consensus wording")


def open_round(case: Case, question: str, *, reservation: str = "") -> int:
    """A Labour clerk prepares it with the plain question, a Lib Dem clerk agrees, the notice runs out."""
    first = case.at(case.clerks["labour"], PLANK)
    first.follow("Prepare a round")
    first.pick(question)
    first.pick("Yes, and my group is asked the plain question")
    first.press("Prepare the round")
    number = newest_round()
    second = case.at(case.clerks["lib_dem"], f"/rounds/{number}/open")
    if reservation:
        second.pick("Whether it backs them with a reservation")
        second.page.locator("summary").filter(has_text="For a reservation").click()
        second.fill("The reservation", reservation)
        second.press("See the papers first")
        second.reads(reservation)
    elif "amendment" in question:
        second.pick("Yes, no or abstain to each amendment")
    else:
        second.pick("Whether it backs these words")
    second.press("Agree to open it")
    builders.pass_time(days=3, minutes=1)
    return number


def decide(
    case: Case, number: int, votes: dict[str, Figures], *, by: Actor, choice: str, question: str = "text"
) -> None:
    """One member votes at a browser, so many as are said vote in all, nothing shows of it, and the round closes."""
    member = case.at(by, f"/rounds/{number}/vote")
    member.pick(choice)
    member.press("Check my vote")
    member.press("Cast my vote")
    member.sees("receipt")
    for key, figures in votes.items():
        own = tuple(int(key == by.group and one == choice) for one in CHOICES)
        crowd.vote(number, key, question, *(count - mine for count, mine in zip(figures, own, strict=True)))
    case.public(f"/rounds/{number}", "Voting is open until", never=("Carried", "No quorum", "No decision"))
    builders.pass_time(days=7, minutes=1)


def first_round(case: Case) -> None:
    """Labour would have needed 46 votes and casts 44: no quorum, and the plank waits for Labour's re-run."""
    number = open_round(case, "Who backs version 2")
    votes = {"green": (62, 11, 4), "lib_dem": (40, 38, 2), "labour": (21, 20, 3)}
    case.public(f"/rounds/{number}", "180", "150", "460")
    decide(case, number, votes, by=case.members["green"][0], choice="Yes")
    case.public(
        f"/rounds/{number}",
        "Carried: 62 yes, 11 no, 4 abstained.",
        "Carried: 40 yes, 38 no, 2 abstained.",
        "No quorum, with votes about even. Figures are shown from 50 votes.",
    )
    case.public(
        PLANK,
        "Backed by two of three",
        "The Compass Lib Dem and Green groups back version 2; the Compass Labour group has taken no position yet.",
        "The Compass Labour group made no decision: its ballot lacked a quorum.",
        "Round R2: Opens on",
    )


def rerun(case: Case) -> None:
    """Labour alone is asked once more, seven days later, and carries it: agreed."""
    number = newest_round()
    builders.pass_time(days=7)
    decide(case, number, {"labour": (70, 31, 6)}, by=case.members["labour"][0], choice="Yes")
    alone = "The Compass Labour group alone was asked, and its result is published."
    case.public(f"/rounds/{number}", alone, "Carried: 70 yes, 31 no, 6 abstained. The group backs version 2.")
    case.public(PLANK, "Agreed", "All three Compass groups back version 2.")
    case.public("/", "One plank agreed")


def support(case: Case) -> None:
    """An MP records support of the words agreed on."""
    with transaction():
        agreed = builders.plank(1).agreed_version
        assert agreed is not None
        name = agreed.name
    mp = case.at(case.mp, f"{PLANK}/v{name}/position")
    mp.pick("I support these words")
    mp.press("Check my position")
    mp.press("Confirm my position")
    case.public(BACKING, f"Demonstration MP, {SEAT}", "Supports", never=("Made as",))


def mend_a_comma(case: Case) -> None:
    """A Green clerk mends the words agreed on; once a clerk of every group has said yes, they are version 2.1."""
    proposer = case.at(case.clerks["green"], PLANK)
    proposer.follow("Mend the punctuation of this text")
    words = proposer.page.get_by_label("Text").first.input_value()
    proposer.fill("Text", words.replace(" by 2032", ", by 2032"))
    proposer.press("Look at it once more")
    proposer.press("Propose it")
    case.public(PLANK, "insulated by 2032.")
    with transaction():
        address = f"/editorial/{db.session.query(EditorialChange).one().key}"
    for key in ("lib_dem", "labour"):
        clerk = case.at(case.clerks[key], address)
        clerk.pick("Yes, only punctuation changes")
        clerk.press("Answer for your group")
    case.public(
        PLANK,
        "Agreed",
        "version 2.1",
        "insulated, by 2032.",
        "Backs version 2; this text differs from it in punctuation only: see the difference.",
    )


def change_must_to_should(case: Case) -> None:
    """A Labour member's amendment, which every group carries in a round of its own: the working text alone moves."""
    mover = amend(case, case.members["labour"][0], "must", "should")
    address = mover.page.url.removeprefix(mover.address)
    case.at(case.members["lib_dem"][0], address).press("Second this amendment")
    builders.pass_time(days=4)
    number = open_round(case, "Yes or no to the open amendment")
    votes = {"green": (20, 3, 0), "lib_dem": (16, 3, 0), "labour": (40, 7, 0)}
    decide(case, number, votes, by=case.members["lib_dem"][0], choice="Yes", question="A3")
    case.public("/amendments/P1-A3", "Carried")
    newer = "There is a newer text, version 3. No group has taken a position on version 3 yet."
    case.public(PLANK, "Agreed", "version 2.1", "must be insulated, by 2032.", newer)
    case.public(f"{PLANK}?text=working", "Working text", "should be insulated, by 2032.")


def last_round(case: Case) -> None:
    """Lib Dem backs version 3 with a reservation, Labour backs it, Green declines: version 2.1 stays agreed."""
    reservation = "We would rather have kept the duty."
    number = open_round(case, "Who backs version 3", reservation=reservation)
    votes = {"green": (30, 40, 0), "lib_dem": (40, 10, 0), "labour": (60, 20, 0)}
    decide(case, number, votes, by=case.members["green"][0], choice="No")
    case.public(
        f"/rounds/{number}",
        "Not carried: 30 yes, 40 no, 0 abstained. The group does not back version 3.",
        "The group backs version 3 with its reservation.",
        "Shall the Compass Liberal Democrat group back version 3 with this reservation?",
        reservation,
    )
    case.public(
        PLANK,
        "Agreed",
        "must be insulated, by 2032.",
        "There is a newer text, version 3. The Compass Labour group backs version 3; the Compass Lib Dem group backs"
        " version 3 with a reservation; the Compass Green group declined version 3 on",
    )
    case.public(BACKING, f"Backs it with a reservation: “{reservation}”", "Version 2 Compass Labour group")


def pause(case: Case) -> None:
    """Two Labour clerks pause their group's backing for fourteen days, after which it counts again by itself."""
    asking = case.at(case.clerks["labour"], PLANK)
    asking.follow("Pause your group’s backing of this text")
    asking.fill("For how many days", "14")
    asking.fill("Why", REASON)
    asking.press("Ask for the pause")
    case.public(PLANK, "Agreed", never=("paused", "Paused", REASON))
    confirming = case.at(case.second_clerk, PLANK)
    confirming.follow("Pause your group’s backing of this text")
    confirming.press("Confirm the pause")
    # No other page shows what is paused.
    case.known.clear()
    phone = case.browser(width=375)
    for reader in (case.visitor, phone):
        reader.go(PLANK)
        cell = "Paused As version 2, the same words. Backs it, paused until"
        reader.reads("Agreed – paused by Labour until", cell, "must be insulated, by 2032.", REASON)
        reader.go("/")
        reader.reads("No planks agreed", "All planks")
    builders.pass_time(days=14)
    case.public(PLANK, "Agreed", "The Compass Labour", never=("Agreed – paused", "has paused"))
    case.public("/", "One plank agreed")


def lose_the_whip(case: Case) -> None:
    """The register calls the MP an Independent: the label follows, and nothing else does."""
    case.visitor.go(PLANK)
    before = case.visitor.page.locator(".strip").first.inner_text()
    with transaction():
        mp = db.session.query(Mp).one()
        mps.change(mp, replace(mps.entry_of(mp), party="Independent"), [Change.PARTY])
    case.public(BACKING, f"Demonstration MP, {SEAT}", "Independent", "Supports", "Made as a Labour MP")
    case.public(PLANK, "Agreed")
    assert case.visitor.page.locator(".strip").first.inner_text() == before


def test_the_case_from_end_to_end(app: Flask, case: Case) -> None:
    builders.theme("Housing", "housing")
    propose(case)
    settle_on_2032(case)
    first_round(case)
    rerun(case)
    mend_a_comma(case)
    support(case)
    change_must_to_should(case)
    last_round(case)
    pause(case)
    lose_the_whip(case)
    for command, says in (("verify", "The record is whole"), ("replay", "All stand as they are stored")):
        ran = app.test_cli_runner().invoke(args=["audit", command])
        assert ran.exit_code == 0, ran.output
        assert says in ran.output
