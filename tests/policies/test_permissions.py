"""Who may do what: the table of permissions, written a second time by hand, person by person."""

import ast
import inspect
from dataclasses import FrozenInstanceError, fields
from itertools import product

import pytest

from policies import permission as named
from policies.amendments import AmendmentStage
from policies.errors import NotPermitted, RuleBroken
from policies.permissions import (
    ALLOWED,
    VISITOR,
    Actor,
    AmendmentFacts,
    Permission,
    PlankFacts,
    RoundFacts,
    ServiceFacts,
    may,
    require,
)
from policies.planks import Stage
from tests.policies.permission_cases import (
    CLERKS,
    DELEGATES,
    EVERYBODY,
    MEMBERS,
    MEMBERS_BUT_MOVER,
    MOVER,
    MOVER_AS_MEMBER,
    MPS,
    NOBODY,
    OPERATORS,
    PEOPLE,
    SIGNED_IN,
    THINGS,
)

ANY = "any"

# (permission, kind of thing, its state or any) → who may.
WHO_MAY = {
    ("site:read", "service", ANY): EVERYBODY,
    ("session:start", "service", ANY): EVERYBODY,
    ("session:end", "service", ANY): SIGNED_IN,
    ("clock:move", "service", "real"): NOBODY,
    ("clock:move", "service", "demonstration"): EVERYBODY,
    ("account:read", "service", ANY): SIGNED_IN,
    ("data:take", "service", ANY): SIGNED_IN,
    ("data:fetch", "export", ANY): MOVER,
    ("passkey:keep", "service", ANY): SIGNED_IN,
    ("address:change", "service", ANY): SIGNED_IN,
    ("operator:become", "service", ANY): SIGNED_IN,
    ("operation:read", "service", ANY): OPERATORS,
    ("name:choose", "service", ANY): SIGNED_IN,
    ("group:join", "service", ANY): EVERYBODY,
    ("group:leave", "membership", "of the mover in Green"): MOVER,
    ("group:leave", "membership", "of a clerk in Labour"): {"clerk elsewhere"},
    ("member:list", "service", ANY): CLERKS,
    ("member:invite", "service", ANY): CLERKS,
    ("application:answer", "membership", "of the mover in Green"): MOVER,
    ("application:answer", "membership", "of a clerk in Labour"): {"clerk elsewhere"},
    ("address_list:keep", "service", ANY): CLERKS,
    ("member:decide", "membership", "of the mover in Green"): {"clerk"},
    ("member:decide", "membership", "of a clerk in Labour"): {"clerk elsewhere"},
    ("membership:renew", "membership", "of the mover in Green"): MOVER,
    ("membership:renew", "membership", "of a clerk in Labour"): {"clerk elsewhere"},
    ("membership:move", "membership", "of the mover in Green"): MOVER,
    ("membership:move", "membership", "of a clerk in Labour"): {"clerk elsewhere"},
    ("removal:propose", "membership", "of the mover in Green"): {"clerk"},
    ("removal:propose", "membership", "of a clerk in Labour"): {"clerk elsewhere"},
    ("removal:decide", "membership", ANY): CLERKS,
    ("removal:appeal", "membership", "of the mover in Green"): MOVER,
    ("removal:appeal", "membership", "of a clerk in Labour"): {"clerk elsewhere"},
    ("office:list", "service", ANY): CLERKS,
    ("office:propose", "membership", "of the mover in Green"): {"clerk"},
    ("office:propose", "membership", "of a clerk in Labour"): {"clerk elsewhere"},
    ("office:decide", "membership", ANY): CLERKS,
    ("office:accept", "membership", "of the mover in Green"): MOVER,
    ("office:accept", "membership", "of a clerk in Labour"): {"clerk elsewhere"},
    ("outbox:read", "service", "real"): NOBODY,
    ("outbox:read", "service", "demonstration"): EVERYBODY,
    ("mail:mend", "service", ANY): CLERKS,
    ("group:read", "group", ANY): EVERYBODY,
    ("orders:change", "group", "green"): {"clerk"},
    ("orders:change", "group", "labour"): {"clerk elsewhere"},
    ("orders:change", "group", "lib_dem"): NOBODY,
    ("group:edit", "group", "green"): {"clerk"},
    ("group:edit", "group", "labour"): {"clerk elsewhere"},
    ("group:edit", "group", "lib_dem"): NOBODY,
    ("interest:register", "service", ANY): EVERYBODY,
    ("interest:list", "service", ANY): CLERKS,
    ("to_do:read", "service", ANY): MEMBERS,
    ("desk:read", "service", ANY): CLERKS,
    ("notice:read", "service", ANY): MEMBERS,
    ("mail:end", "service", ANY): EVERYBODY,
    ("plank:read", "plank", "draft"): MOVER,
    ("plank:read", "plank", "seeking seconders"): MEMBERS | MOVER,
    ("plank:read", "plank", "checking"): MEMBERS | MOVER,
    ("plank:read", "plank", "lapsed"): MEMBERS | MOVER,
    ("plank:read", "plank", "ruled out"): MEMBERS | MOVER,
    ("plank:read", "plank", "withdrawn early"): MEMBERS | MOVER,
    ("plank:read", "plank", "open"): EVERYBODY,
    ("plank:read", "plank", "balloting"): EVERYBODY,
    ("plank:read", "plank", "withdrawn"): EVERYBODY,
    ("plank:read", "plank", "archived"): EVERYBODY,
    ("plank:read", "plank", "composited"): EVERYBODY,
    ("plank:propose", "service", ANY): MEMBERS,
    ("plank:draft", "plank", ANY): MOVER_AS_MEMBER,
    ("plank:second", "plank", ANY): MEMBERS_BUT_MOVER,
    ("plank:withdraw", "plank", ANY): MOVER_AS_MEMBER,
    ("plank:rule", "plank", ANY): CLERKS,
    ("plank:follow", "plank", ANY): MEMBERS,
    ("plank:archive", "plank", ANY): CLERKS,
    ("plank:refer", "plank", ANY): CLERKS,
    ("plank:answer", "plank", ANY): MOVER_AS_MEMBER,
    ("plank:take_over", "takeover", "seconded by the asker"): MEMBERS,
    ("plank:take_over", "takeover", "not seconded by the asker"): NOBODY,
    ("plank:amend", "plank", ANY): MEMBERS,
    ("composite:begin", "plank", ANY): MEMBERS,
    ("composite:answer", "plank", ANY): MOVER_AS_MEMBER,
    ("amendment:read", "amendment", "draft"): MOVER,
    ("amendment:read", "amendment", "submitted"): MEMBERS | MOVER,
    ("amendment:read", "amendment", "withdrawn early"): MEMBERS | MOVER,
    ("amendment:read", "amendment", "open"): EVERYBODY,
    ("amendment:read", "amendment", "submitted anew"): EVERYBODY,
    ("amendment:read", "amendment", "carried"): EVERYBODY,
    ("amendment:read", "amendment", "withdrawn"): EVERYBODY,
    ("amendment:draft", "amendment", ANY): MOVER_AS_MEMBER,
    ("amendment:second", "amendment", ANY): {"member elsewhere", "clerk elsewhere"},
    ("amendment:object", "amendment", ANY): MEMBERS,
    ("amendment:withdraw", "amendment", ANY): MOVER_AS_MEMBER,
    ("amendment:rule", "amendment", ANY): CLERKS,
    ("amendment:take_over", "takeover", "seconded by the asker"): MEMBERS,
    ("amendment:take_over", "takeover", "not seconded by the asker"): NOBODY,
    ("ruling:read", "ruling", "about what is public"): EVERYBODY,
    ("ruling:read", "ruling", "about what is not"): MEMBERS | MOVER,
    ("ruling:appeal", "ruling", ANY): MEMBERS,
    ("ruling:uphold", "ruling", ANY): CLERKS,
    ("deputy:list", "service", ANY): CLERKS,
    ("deputy:name", "membership", "of the mover in Green"): {"clerk"},
    ("deputy:name", "membership", "of a clerk in Labour"): {"clerk elsewhere"},
    ("offer:make", "amendment", ANY): MEMBERS_BUT_MOVER,
    ("offer:read", "offer", "to the mover"): MOVER_AS_MEMBER,
    ("offer:read", "offer", "by the member elsewhere"): {"member elsewhere"},
    ("offer:answer", "offer", "to the mover"): MOVER_AS_MEMBER,
    ("offer:answer", "offer", "by the member elsewhere"): NOBODY,
    ("offer:take_back", "offer", "to the mover"): NOBODY,
    ("offer:take_back", "offer", "by the member elsewhere"): {"member elsewhere"},
    ("argument:write", "plank", ANY): MEMBERS,
    ("argument:withdraw", "argument", "about what is public"): MOVER,
    ("argument:withdraw", "argument", "about what is not"): MOVER,
    ("argument:withdraw", "argument", "of another, about what is not"): NOBODY,
    ("report:file", "service", ANY): EVERYBODY,
    ("report:follow", "service", ANY): EVERYBODY,
    ("report:read", "service", ANY): CLERKS,
    ("case:read", "service", ANY): EVERYBODY,
    ("case:decide", "service", ANY): CLERKS,
    ("complaint:file", "service", ANY): EVERYBODY,
    ("complaint:follow", "service", ANY): EVERYBODY,
    ("complaint:answer", "service", ANY): CLERKS,
    ("editorial:mend", "plank", ANY): CLERKS,
    ("edition:agree", "service", ANY): CLERKS,
    ("stance:pause", "plank", ANY): CLERKS,
    ("negotiation:read", "negotiation", "for members"): MEMBERS,
    ("negotiation:read", "negotiation", "released"): EVERYBODY,
    ("temperature:give", "negotiation", ANY): MEMBERS,
    ("negotiation:release", "negotiation", ANY): CLERKS,
    ("round:read", "round", ANY): EVERYBODY,
    ("round:prepare", "plank", ANY): CLERKS,
    ("round:open", "round", "of both"): CLERKS,
    ("round:open", "round", "of both, asker on the roll"): CLERKS,
    ("round:open", "round", "of the Greens alone"): {"clerk"},
    ("round:open", "round", "of neither"): NOBODY,
    ("round:cancel", "round", "of both"): CLERKS,
    ("round:cancel", "round", "of both, asker on the roll"): CLERKS,
    ("round:cancel", "round", "of the Greens alone"): {"clerk"},
    ("round:cancel", "round", "of neither"): NOBODY,
    ("round:change", "round", "of both"): CLERKS,
    ("round:change", "round", "of both, asker on the roll"): CLERKS,
    ("round:change", "round", "of the Greens alone"): CLERKS,
    ("round:change", "round", "of neither"): CLERKS,
    ("round:recount", "round", "of both"): CLERKS,
    ("round:recount", "round", "of both, asker on the roll"): CLERKS,
    ("round:recount", "round", "of the Greens alone"): CLERKS,
    ("round:recount", "round", "of neither"): CLERKS,
    ("ballot:cast", "round", "of both"): NOBODY,
    ("ballot:cast", "round", "of both, asker on the roll"): SIGNED_IN - MPS - OPERATORS,
    ("ballot:cast", "round", "of the Greens alone"): NOBODY,
    ("ballot:cast", "round", "of neither"): NOBODY,
    ("mp:read", "service", ANY): EVERYBODY,
    ("seat:claim", "service", ANY): EVERYBODY,
    ("seat:decide", "service", ANY): CLERKS,
    ("brief:read", "service", ANY): MPS | DELEGATES,
    ("brief:note", "service", ANY): MPS,
    ("position:record", "plank", ANY): MPS,
    ("position:draft", "plank", ANY): DELEGATES,
    ("position:confirm", "office", "of the first MP"): {"MP"},
    ("position:confirm", "office", "of another"): NOBODY,
    ("draft:discard", "office", "of the first MP"): {"MP", "delegate"},
    ("draft:discard", "office", "of another"): NOBODY,
    ("delegate:list", "service", ANY): MPS,
    ("delegate:name", "office", "of the first MP"): {"MP"},
    ("delegate:name", "office", "of another"): NOBODY,
    ("delegate:accept", "service", ANY): EVERYBODY,
    ("delegate:leave", "service", ANY): DELEGATES,
}
IN_EVERY_STAGE = {
    "plank": [PlankFacts(stage, known, 9, "green") for stage, known in product(Stage, (False, True))],
    "amendment": [AmendmentFacts(stage, known, 9, "green") for stage, known in product(AmendmentStage, (False, True))],
}

ACTS_IN_STAGES = sorted(
    {name for name, kind, _states in WHO_MAY if kind in IN_EVERY_STAGE and not name.endswith(":read")}
)
PREDICATES = sorted({holds for lines in ALLOWED.values() for line in lines for holds in line}, key=lambda p: p.__name__)

CELLS = [
    (permission, kind, state, allowed)
    for (permission, kind, states), allowed in WHO_MAY.items()
    for state in (THINGS[kind] if states == ANY else [states])
]


@pytest.mark.parametrize(("permission", "kind", "state", "allowed"), CELLS)
def test_who_may(permission, kind, state, allowed):
    facts = THINGS[kind][state]
    assert {name for name, person in PEOPLE.items() if may(person, Permission(permission), facts)} == allowed


def test_the_written_table_covers_every_permission_in_every_state_once():
    kinds = {(permission, kind) for permission, kind, _states in WHO_MAY}
    assert sorted(permission for permission, _kind in kinds) == sorted(Permission)
    written = [(permission, kind, state) for permission, kind, state, _allowed in CELLS]
    assert sorted(written) == sorted((permission, kind, state) for permission, kind in kinds for state in THINGS[kind])


def test_every_permission_has_its_row_in_the_rulebook():
    assert set(ALLOWED) == set(Permission)
    assert all(lines and all(lines) for lines in ALLOWED.values())


def test_every_permission_has_its_meaning_written_below_it():
    tree = ast.parse(inspect.getsource(named))
    (body,) = (node.body for node in tree.body if isinstance(node, ast.ClassDef) and node.name == "Permission")
    names = [node.targets[0].id for node in body if isinstance(node, ast.Assign)]
    explained = [
        before.targets[0].id
        for before, after in zip(body, body[1:], strict=False)
        if isinstance(before, ast.Assign)
        and isinstance(after, ast.Expr)
        and isinstance(after.value, ast.Constant)
        and str(after.value.value).endswith(".")
    ]
    assert explained == names == [permission.name for permission in Permission]


@pytest.mark.parametrize("permission", Permission)
def test_a_permission_is_named_noun_and_verb(permission):
    noun, verb = permission.split(":")
    assert f"{noun}_{verb}".upper() == permission.name


@pytest.mark.parametrize("predicate", PREDICATES)
def test_every_predicate_is_a_statement_with_its_meaning(predicate):
    assert predicate.__name__ == "anybody" or predicate.__name__.startswith("is_")
    assert inspect.getdoc(predicate).endswith(".")


@pytest.mark.parametrize("permission", ACTS_IN_STAGES)
def test_a_permission_to_act_says_who_and_leaves_when_to_the_rules(permission):
    (kind,) = {kind for name, kind, _states in WHO_MAY if name == permission}
    for person in PEOPLE.values():
        answers = {may(person, Permission(permission), facts) for facts in IN_EVERY_STAGE[kind]}
        assert len(answers) == 1


def test_facts_that_were_left_out_open_nothing_to_the_public():
    assert not may(VISITOR, Permission.PLANK_READ, PlankFacts(Stage.OPEN))
    assert not may(VISITOR, Permission.AMENDMENT_READ, AmendmentFacts(AmendmentStage.OPEN))
    assert not may(PEOPLE["member"], Permission.BALLOT_CAST, RoundFacts())


@pytest.mark.parametrize("facts", [Actor(), ServiceFacts(), PlankFacts(Stage.OPEN), RoundFacts()])
def test_who_asks_and_about_what_cannot_be_changed_once_stated(facts):
    with pytest.raises(FrozenInstanceError):
        setattr(facts, fields(facts)[0].name, "changed")


def test_a_deputy_may_rule_on_planks_and_on_nothing_else():
    deputy, member = Actor(8, "green", is_deputy=True), Actor(8, "green")
    things = [facts for states in THINGS.values() for facts in states.values()]
    more = {one for one in Permission for facts in things if gains(deputy, member, one, facts)}
    assert more == {Permission.PLANK_RULE}
    assert not may(Actor(8, is_deputy=True), Permission.PLANK_RULE, PlankFacts(Stage.CHECKING))


def gains(one, other, permission, facts):
    """Whether the one may what the other may not, of facts that the permission is about."""
    try:
        return may(one, permission, facts) and not may(other, permission, facts)
    except AttributeError:
        return False


def test_nobody_is_the_mover_of_what_has_no_mover():
    imported = PlankFacts(Stage.DRAFT, False, None, None)
    assert not any(may(person, Permission.PLANK_READ, imported) for person in PEOPLE.values())


def test_a_visitor_is_asked_to_sign_in():
    with pytest.raises(NotPermitted, match="Sign in to do that"):
        require(VISITOR, Permission.PLANK_PROPOSE, ServiceFacts())


def test_somebody_else_is_told_that_it_is_not_their_part():
    with pytest.raises(NotPermitted, match="Your part in the platform does not include this"):
        require(PEOPLE["member"], Permission.DESK_READ, ServiceFacts())


def test_an_mp_is_shown_the_way_to_the_brief():
    with pytest.raises(NotPermitted, match="Your brief shows what you can do as an MP"):
        require(PEOPLE["MP"], Permission.TO_DO_READ, ServiceFacts())


def test_whoever_may_is_let_through():
    require(PEOPLE["clerk"], Permission.DESK_READ, ServiceFacts())


def test_a_refusal_of_permission_is_a_refusal_like_any_other():
    assert issubclass(NotPermitted, RuleBroken)
