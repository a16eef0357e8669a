"""S2: a draft, a hidden or a group-only thing leaves no trace: not a word, not a byte, not a question more or less."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update
from werkzeug.routing import Rule

from app import unchanged
from app.amendments import service as amendments
from app.desk.ticking import tick
from app.extensions import db
from app.models import Mail, Membership
from app.models.base import is_key
from app.search import work as search
from app.web.transactions import transaction
from policies.interest import ConsentPurpose
from policies.membership import MembershipStage
from policies.moderation import Verdict
from policies.permissions import Actor
from tests import builders, interested, moderated, officers, orders
from tests.app.access import MAY, SEES
from tests.app.reading import counted
from tests.app.saying import said
from tests.promises.conftest import Tried
from tests.promises.test_s01_every_route import address_of

# A word that stands in everything hidden, and nowhere else.
SEED = "Quixotry"
WORDS = {"title": f"{SEED} for all", "text": f"We want {SEED} by 2030, at once.", "reason": f"{SEED} is needed."}
# A seal is over all that happened, the hidden too: its number says no more than that.
SEAL = re.compile(r"[0-9a-f]{64}")
LOOK = {"static", "assets.stylesheet", "assets.script", "assets.font"}
# Of a demonstration alone: its clock, its people, and its mail; and how many letters of all wait, which clerks mend.
SAYS_MORE = {"demonstration.clock", "people.sign_in", "mail.outbox", "mail.letter", "mail.undelivered"}
# Whoever has the random reference of a case was told of it: it says no more than that it is there.
BY_REFERENCE = {"moderation.show", "moderation.appeal"}
VIEWS = (
    "/planks/1?view=backing",
    "/planks/1?view=amendments",
    "/planks/1?view=arguments",
    "/planks/1?view=history",
    "/planks?level=being_drafted",
    "/where-we-stand?sort=-title",
    f"/search?q={'Quixotry'[::-1]}",
    "/search?q=Quixotri",
    "/search?q=warm+homes&kind=plank",
    "/search/suggestions?q=Quixot",
    "/record?about=planks",
    "/clerk/record?about=amendments",
)


@dataclass(frozen=True)
class Reader:
    """Somebody with a browser, and what that person is called in a fault."""

    name: str
    browser: FlaskClient


def reader(app: Flask, name: str, actor: Actor | None = None) -> Reader:
    """A reader with a browser."""
    browser = app.test_client()
    if actor is not None:
        builders.sign_in(browser, actor)
    return Reader(name, browser)


def lapsed_member() -> Actor:
    """A Green member whose membership has lapsed."""
    actor = builders.member("green")
    with transaction():
        lapsed = update(Membership).where(Membership.person_id == actor.person_id)
        db.session.execute(lapsed.values(stage=MembershipStage.LAPSED))
    return actor


def pending_member() -> Actor:
    """Somebody whose address is proven, and who waits for the check of the Green clerks."""
    key = builders.waiting_member("green")
    with transaction():
        return db.session.query(Membership).filter_by(key=key).one().person.actor


def surfaces(app: Flask, one: Reader) -> dict[str, tuple[object, ...]]:
    """All that a reader can ask for: every address of the service, of the first of everything, and its views."""
    readable = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    rules = [rule for rule in readable if rule.endpoint not in LOOK | SAYS_MORE]
    found = {}
    for address in sorted({*map(of_the_first, rules), *VIEWS}):
        # How many questions a page asks is compared where nothing of it is kept yet.
        unchanged.init_app(app)
        with counted() as statements:
            answer = one.browser.get(address)
        assert SEED not in f"{answer.headers}" + answer.text, f"{address} as {one.name}"
        status, headers, text = said(answer)
        found[address] = (status, headers, SEAL.sub("", str(text)), len(statements))
    # Officers' reads were noted meanwhile: what this session has read is old.
    db.session.remove()
    return found


def of_the_first(rule: Rule) -> str:
    """The address of a route for the first of everything."""
    of_amendment = "/amendments/" in rule.rule
    given = {"ref": "P1-A1" if of_amendment else "1", "number": 1, "key": "aaaaaaaaaaaa", "what": "news"}
    given |= {"form": "md", "group": "green", "slug": "housing", "side": "for", "role": "argument"}
    built = rule.build({name: given.get(name, "1") for name in rule.arguments})
    assert built is not None
    return built[1]


def hide_from_everybody_else(plank_id: int, amendment_id: int) -> None:
    """What one Green or Lib Dem member, or the clerks of one group, have and nobody else may know of."""
    mover, other = builders.member("green"), builders.member("lib_dem")
    builders.draft(mover, **WORDS)
    drafted_amendment(plank_id, mover)
    builders.offered(amendment_id, other, "2035", SEED, reason=SEED)
    orders.proposed("green")
    builders.waiting_member("green")
    interested.asked_to_hear("hidden@example.org", ConsentPurpose.NEWS, name=SEED)


def hide_from_the_public(plank_id: int) -> None:
    """What members of all groups see and nobody else: before seconders, before the clerks, and ruled out."""
    mover = builders.member("green")
    builders.submitted(mover, **WORDS)
    builders.seconded(mover, **WORDS)
    builders.submitted_amendment(plank_id, mover, "national fund", SEED)
    builders.argued(builders.submitted(mover, **WORDS), mover, words=SEED)
    builders.prepared_round(plank_id)


def refreshed(app: Flask) -> None:
    """The clock's work is done, and the index holds what it may."""
    tick()
    search.drain()


def differences(app: Flask, readers: list[Reader], before: list[dict[str, tuple[object, ...]]]) -> Iterator[str]:
    """Whatever a reader sees otherwise than before, and where."""
    for one, then in zip(readers, before, strict=True):
        now = surfaces(app, one)
        yield from (f"{one.name}: {name}" for name in sorted({*then, *now}) if then.get(name) != now.get(name))


def index_files_with_the_seed(app: Flask) -> list[str]:
    """The files of the search index that hold it; what members alone may find lies in files of its own."""
    files = [path for path in app.config["SETTINGS"].index_folder.rglob("*") if path.is_file()]
    return [path.name for path in files if SEED.lower().encode() in path.read_bytes()]


def test_every_page_is_the_same_to_the_byte_and_the_question_with_and_without_what_is_hidden(app: Flask) -> None:
    plank_id = builders.open_plank(builders.member("labour"))
    amendment_id = builders.open_amendment(plank_id, builders.member("lib_dem"), "2030", "2035")
    builders.argued(plank_id, builders.member("lib_dem"))
    builders.statement("green")
    outside = [reader(app, "visitor"), reader(app, "pending", pending_member())]
    # A clerk sees whatever a member of that group does, and more.
    clerk, lapsed = reader(app, "clerk", builders.clerk("labour")), reader(app, "lapsed", lapsed_member())
    refreshed(app)
    before = [surfaces(app, one) for one in (*outside, clerk)]
    hide_from_everybody_else(plank_id, amendment_id)
    refreshed(app)
    assert list(differences(app, [clerk], before[len(outside) :])) == []
    assert index_files_with_the_seed(app) == []
    hide_from_the_public(plank_id)
    refreshed(app)
    assert list(differences(app, outside, before[: len(outside)])) == []
    surfaces(app, lapsed)
    with transaction():
        letters = db.session.query(Mail.subject, Mail.body).all()
    assert letters
    assert SEED not in str(letters)
    assert {name.partition("_")[0] for name in index_files_with_the_seed(app)} == {"members"}


def hidden_one_after_the_other() -> Iterator[str]:
    """Bring about what members may not know of, each where nothing else of its kind is; each name follows its deed.

    What can be seen meanwhile is named "seen": then one measures anew.
    """
    mover, other = builders.member("green"), builders.member("lib_dem")
    builders.draft(mover, **WORDS)
    yield "a draft of a plank"
    orders.proposed("green")
    interested.asked_to_hear("hidden@example.org", ConsentPurpose.NEWS, name=SEED)
    yield "proposed orders and somebody's interest"
    officers.office(other, "proposed")
    yield "an office proposed"
    officers.office(builders.member("lib_dem"), "confirmed")
    yield "an office offered"
    officers.removal(builders.member("lib_dem"), "proposed")
    yield "a removal proposed"
    plank_id = builders.open_plank(mover)
    yield "seen"
    drafted_amendment(plank_id, mover)
    yield "a draft of an amendment"
    amendment_id = builders.open_amendment(plank_id, mover, "2030", "2035")
    argument_id = builders.argued(plank_id, mover)
    yield "seen"
    builders.offered(amendment_id, other, "2035", SEED, reason=SEED)
    yield "an offer of another wording"
    moderated.ruled(argument_id, Verdict.HIDE, "green", "lib_dem", reason=SEED)
    yield "another's words, hidden by clerks"


def drafted_amendment(plank_id: int, by: Actor) -> None:
    """A draft of an amendment."""
    with transaction():
        amendments.begin(builders.plank(plank_id), SEED, f"{builders.TEXT}\n\n{SEED}.", SEED, None, by=by)


def desks(readers: list[Reader]) -> dict[str, tuple[object, ...]]:
    """What waits for each reader, with how many questions to the database it took."""
    found = {}
    for one in readers:
        for address in ("/to-do", "/clerk"):
            with counted() as statements:
                answer = one.browser.get(address)
            found[f"{one.name}: {address}"] = (*said(answer), len(statements))
    return found


def test_what_waits_for_one_is_the_same_where_nothing_is_as_where_all_there_is_is_hidden(app: Flask) -> None:
    actors = {f"{group} member": builders.member(group) for group in ("labour", "green")}
    readers = [reader(app, name, actor) for name, actor in {**actors, "clerk": builders.clerk("labour")}.items()]
    before = desks(readers)
    for deed in hidden_one_after_the_other():
        now = desks(readers)
        if deed != "seen":
            assert [f"{name} by {deed}" for name in now if now[name] != before[name]] == []
        before = now


def test_words_that_clerks_have_hidden_are_nowhere_and_their_place_says_so(app: Flask) -> None:
    plank_id = builders.open_plank(builders.member("labour"))
    argument_id = builders.argued(plank_id, builders.member("green"), words=f"{SEED} is rude.")
    moderated.reported(argument_id, words=f"I saw {SEED}.")
    moderated.ruled(argument_id, Verdict.HIDE, "labour", "lib_dem", reason="It is about a person.")
    refreshed(app)
    shown = surfaces(app, reader(app, "member", builders.member("labour")))
    assert "It is about a person." in str(shown["/planks/1?view=arguments"])


def test_what_one_may_not_see_answers_like_what_is_not_there(tried: Tried) -> None:
    for endpoint, (thing, _allowed) in MAY.items():
        # By its public number, which nothing hidden has, a plank is only led on to its address.
        if thing is None or endpoint in {"platform.plank_by_name", *BY_REFERENCE}:
            continue
        for rule in (one for one in tried.app.url_map.iter_rules(endpoint) if "GET" in (one.methods or ())):
            for role in ("visitor", "pending", "other_group"):
                hidden = {case for case, sees in SEES[thing].items() if role not in sees} - {"foreign"}
                for case in sorted(hidden):
                    ref = tried.world.addresses[thing][case]
                    nowhere = "aaaaaaaaaaaa" if is_key(ref) else "999999"
                    seen, nothing = (answered(tried, rule, role, one) for one in (ref, nowhere))
                    assert seen == nothing, f"{rule.rule} ({case}) as {role}"


def answered(tried: Tried, rule: Rule, role: str, ref: str) -> tuple[object, ...]:
    """What a role is told at an address, with how many questions to the database."""
    with tried.app.app_context(), counted() as statements:
        answer = tried.browser(role).get(address_of(rule, ref))
    return (*said(answer), len(statements))
