"""The main job in a real browser: propose, second, amend in place, decide, and read what all three groups back."""

import pytest
from playwright.sync_api import expect

from app.extensions import db
from app.models import Plank, Round
from app.web.transactions import transaction
from policies.ballots import Choice
from policies.groups import GROUP_KEYS
from policies.permissions import Actor
from tests import builders
from tests.journeys.conftest import MakeWalker
from tests.journeys.walker import Walker

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

TITLE = "Night buses for late shifts"
FIRST = "Every city must run night buses until 2030 on its main routes."
TEXT = f"{FIRST}\n\nThe cost is shared between councils and the employers who need late shifts."


class People:
    """One browser that different people sign in at, one after the other, and those who vote unseen."""

    def __init__(self, walker: Walker) -> None:
        """Members of each group, long enough in it to vote, and two clerks of two groups."""
        self.walker = walker
        self.members = {key: [builders.member(key) for _ in range(7)] for key in GROUP_KEYS}
        self.clerks = {key: builders.clerk(key) for key in GROUP_KEYS}

    def sign_in(self, actor: Actor) -> None:
        """Go on as one of them: the first signs in on the page."""
        self.walker.sign_in(actor, by_page=not self.walker.checked)

    def sign_out(self) -> None:
        """Become a visitor again."""
        self.walker.page.context.clear_cookies()


def the_plank() -> Plank:
    """The plank of this journey."""
    return db.session.query(Plank).one()


def plank_address() -> str:
    """Where it is read now: by its number once it has one."""
    with transaction():
        return f"/planks/{the_plank().ref}"


def round_address() -> str:
    """Where its newest round is."""
    with transaction():
        newest = db.session.query(Round).order_by(Round.number.desc()).first()
        assert newest is not None
        return f"/rounds/{newest.number}"


def propose(people: People) -> None:
    """A Green member writes, previews and submits."""
    walker = people.walker
    people.sign_in(people.members["green"][0])
    walker.go("/planks/new")
    walker.fill("Title", TITLE)
    walker.choose("Theme", "Transport")
    walker.fill("Text", TEXT)
    walker.fill("Why", "People who work at night have to get home.")
    walker.press("Save and preview")
    walker.sees(FIRST)
    walker.press("Submit", exact=True)
    walker.sees(TITLE)


def second(people: People) -> None:
    """One of the same group and one of another."""
    for seconder in (people.members["green"][1], people.members["labour"][0]):
        people.sign_in(seconder)
        people.walker.go(plank_address())
        people.walker.press("Second this plank")


def rule_in_order(people: People) -> None:
    """Clerks of two groups."""
    for group in ("labour", "lib_dem"):
        people.sign_in(people.clerks[group])
        people.walker.go(plank_address())
        people.walker.pick("In order")
        people.walker.press("Give your ruling")
    people.walker.go("/planks/1")
    people.walker.sees("P1")


def amend(people: People) -> None:
    """A Lib Dem member edits the first paragraph in place, a Labour member seconds; nobody objects for 72 hours."""
    walker = people.walker
    people.sign_in(people.members["lib_dem"][0])
    walker.go("/planks/1")
    walker.follow("Amend clause 1")
    walker.fill("Clause 1", FIRST.replace("2030", "2032"))
    walker.fill("Why", "Cities need two more years.")
    walker.press("Save and preview")
    expect(walker.page.locator("del").first).to_contain_text("2030")
    expect(walker.page.locator("ins").first).to_contain_text("2032")
    walker.press("Submit", exact=True)
    amendment = walker.page.url.removeprefix(walker.address)
    people.sign_in(people.members["labour"][1])
    walker.go(amendment)
    walker.press("Second this amendment")
    walker.sees("P1-A1")
    for _ in range(3):
        walker.go("/clock")
        walker.press("One day on")
    walker.press("One hour on")
    walker.go("/planks/1")
    walker.sees("version 2")


def open_a_round(people: People) -> None:
    """A Labour clerk prepares; clerks of two groups agree; the notice runs out."""
    walker = people.walker
    people.sign_in(people.clerks["labour"])
    walker.go("/planks/1")
    walker.follow("Prepare a round")
    walker.pick("Who backs version")
    walker.pick("Not yet")
    walker.press("Prepare the round")
    for group in ("labour", "green"):
        people.sign_in(people.clerks[group])
        walker.go(f"{round_address()}/open")
        walker.pick("Whether it backs these words")
        walker.press("Agree to open it")
    walker.go("/clock")
    walker.press("To the next opening or close")


def vote(people: People, choices: dict[str, str]) -> None:
    """One member of each group votes here, and checks the receipt page; the others vote unseen."""
    walker = people.walker
    for group, choice in choices.items():
        people.sign_in(people.members[group][2])
        walker.follow("Vote")
        walker.pick(choice)
        walker.press("Check my vote")
        walker.sees(choice, exact=True)
        walker.press("Cast my vote")
        walker.sees("receipt")
        walker.go(round_address())
        expect(walker.page.get_by_role("link", name="Vote", exact=True)).to_have_count(0)
    with transaction():
        newest = db.session.query(Round).order_by(Round.number.desc()).first()
        assert newest is not None
        round_id = newest.id
    for group, choice in choices.items():
        first, *rest = builders.voters(round_id, group)
        builders.vote(round_id, [first], {"text": Choice.YES})
        builders.vote(round_id, rest, {"text": Choice(choice.lower())})


def close(people: People) -> None:
    """The clock goes on to the close."""
    people.walker.go("/clock")
    people.walker.press("To the next opening or close")
    people.sign_out()


def test_a_plank_from_first_word_to_agreed_by_keyboard_alone(walker: MakeWalker) -> None:
    people = People(walker(by_keyboard=True))
    builders.theme("Transport", "transport")
    propose(people)
    second(people)
    rule_in_order(people)
    amend(people)
    open_a_round(people)
    vote(people, {"labour": "Yes", "lib_dem": "Yes", "green": "Yes"})
    visitor = people.walker
    people.sign_out()
    visitor.go(round_address())
    expect(visitor.page.get_by_role("heading", name="Results")).to_have_count(0)
    close(people)
    visitor.go("/")
    visitor.sees("One plank agreed")
    visitor.follow(TITLE)
    visitor.sees("Agreed")
    visitor.sees("2032")
    visitor.sees("All three Compass groups back version 2")
    visitor.go(round_address())
    expect(visitor.page.get_by_role("heading", name="Results")).to_have_count(1)


@pytest.mark.long
def test_a_plank_that_one_group_does_not_back_on_a_phone(walker: MakeWalker) -> None:
    people = People(walker(width=375))
    builders.theme("Transport", "transport")
    propose(people)
    second(people)
    rule_in_order(people)
    open_a_round(people)
    vote(people, {"labour": "Yes", "lib_dem": "No", "green": "Yes"})
    close(people)
    people.walker.go("/planks/1")
    people.walker.sees("Backed by two of three")
    people.walker.sees("Did not back it")
    people.walker.does_not_see("All three Compass groups")


def test_everything_works_without_scripts(walker: MakeWalker) -> None:
    people = People(walker(scripts=False))
    builders.theme("Transport", "transport")
    people.walker.check = lambda: None  # type: ignore[method-assign]
    propose(people)
    second(people)
    rule_in_order(people)
    people.sign_in(people.members["lib_dem"][0])
    people.walker.go("/planks/1")
    people.walker.follow("Amend clause 1")
    people.walker.fill("Clause 1", "Every town must run night buses.")
    people.walker.fill("Why", "Towns have late shifts too.")
    people.walker.press("Save and preview")
    people.walker.press("Submit", exact=True)
    people.walker.sees("Towns have late shifts too.")
