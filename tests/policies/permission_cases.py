"""People of every kind, and things in every state, of whom and of which every permission is asked."""

from policies.amendments import AmendmentStage
from policies.permissions import (
    VISITOR,
    Actor,
    AmendmentFacts,
    ArgumentFacts,
    ExportFacts,
    GroupFacts,
    MembershipFacts,
    NegotiationFacts,
    OfferFacts,
    OfficeFacts,
    PlankFacts,
    RoundFacts,
    RulingFacts,
    ServiceFacts,
    TakeoverFacts,
)
from policies.planks import Stage

# Everything asked about was moved by person 9, who was in the Green group then.
PEOPLE = {
    "visitor": VISITOR,
    "outsider": Actor(1),
    "former clerk": Actor(2, None, is_clerk=True),
    "member": Actor(3, "green"),
    "member elsewhere": Actor(4, "labour"),
    "clerk": Actor(5, "green", is_clerk=True),
    "clerk elsewhere": Actor(6, "labour", is_clerk=True),
    "mover": Actor(9, "green"),
    "mover gone": Actor(9),
    "mover moved": Actor(9, "labour"),
    "MP": Actor(7, mp_id=1),
    "MP in a group": Actor(12, "green", mp_id=2),
    "operator": Actor(13, is_operator=True),
    "operator in a group": Actor(14, "green", is_operator=True),
    "delegate": Actor(15, delegate_of=1),
    "delegate in a group": Actor(16, "green", delegate_of=2),
}
NOBODY: set[str] = set()
EVERYBODY = set(PEOPLE)
SIGNED_IN = EVERYBODY - {"visitor"}
CLERKS = {"clerk", "clerk elsewhere"}
MPS = {"MP", "MP in a group"}
OPERATORS = {"operator", "operator in a group"}
MOVER = {"mover", "mover gone", "mover moved"}
MOVER_AS_MEMBER = {"mover", "mover moved"}
DELEGATES = {"delegate", "delegate in a group"}
MEMBERS_BUT_MOVER = {
    "member",
    "member elsewhere",
    "MP in a group",
    "operator in a group",
    "delegate in a group",
    *CLERKS,
}
MEMBERS = MEMBERS_BUT_MOVER | MOVER_AS_MEMBER

THINGS = {
    "service": {"real": ServiceFacts(), "demonstration": ServiceFacts(is_demonstration=True)},
    "plank": {
        "draft": PlankFacts(Stage.DRAFT, False, 9, "green"),
        "seeking seconders": PlankFacts(Stage.SEEKING_SECONDERS, False, 9, "green"),
        "checking": PlankFacts(Stage.CHECKING, False, 9, "green"),
        "lapsed": PlankFacts(Stage.LAPSED, False, 9, "green"),
        "ruled out": PlankFacts(Stage.RULED_OUT, False, 9, "green"),
        "withdrawn early": PlankFacts(Stage.WITHDRAWN, False, 9, "green"),
        "open": PlankFacts(Stage.OPEN, True, 9, "green"),
        "balloting": PlankFacts(Stage.BALLOTING, True, 9, "green"),
        "withdrawn": PlankFacts(Stage.WITHDRAWN, True, 9, "green"),
        "archived": PlankFacts(Stage.ARCHIVED, True, 9, "green"),
        "composited": PlankFacts(Stage.COMPOSITED, True, 9, "green"),
    },
    "amendment": {
        "draft": AmendmentFacts(AmendmentStage.DRAFT, False, 9, "green"),
        "submitted": AmendmentFacts(AmendmentStage.SUBMITTED, False, 9, "green"),
        "withdrawn early": AmendmentFacts(AmendmentStage.WITHDRAWN, False, 9, "green"),
        "open": AmendmentFacts(AmendmentStage.OPEN, True, 9, "green"),
        "submitted anew": AmendmentFacts(AmendmentStage.SUBMITTED, True, 9, "green"),
        "carried": AmendmentFacts(AmendmentStage.CARRIED, True, 9, "green"),
        "withdrawn": AmendmentFacts(AmendmentStage.WITHDRAWN, True, 9, "green"),
    },
    # To the mover by another member, and by the member of another group to somebody else.
    "offer": {
        "to the mover": OfferFacts(9, 8),
        "by the member elsewhere": OfferFacts(8, 4),
    },
    "ruling": {
        "about what is public": RulingFacts(True, 9),
        "about what is not": RulingFacts(False, 9),
    },
    "takeover": {
        "seconded by the asker": TakeoverFacts(asker_has_seconded=True),
        "not seconded by the asker": TakeoverFacts(),
    },
    "membership": {
        "of the mover in Green": MembershipFacts("green", 9),
        "of a clerk in Labour": MembershipFacts("labour", 6),
    },
    "export": {"of the mover": ExportFacts(9)},
    # Arguments that person 9 wrote, about things that another person moved, and one of another's about what 9 moved.
    "argument": {
        "about what is public": ArgumentFacts(True, 8, 9),
        "about what is not": ArgumentFacts(False, 8, 9),
        "of another, about what is not": ArgumentFacts(False, 9, 8),
    },
    "round": {
        "of both": RoundFacts(frozenset({"green", "labour"})),
        "of both, asker on the roll": RoundFacts(frozenset({"green", "labour"}), asker_is_on_roll=True),
        "of the Greens alone": RoundFacts(frozenset({"green"})),
        "of neither": RoundFacts(frozenset({"lib_dem"})),
    },
    "negotiation": {
        "for members": NegotiationFacts(),
        "released": NegotiationFacts(is_released=True),
    },
    "office": {"of the first MP": OfficeFacts(1), "of another": OfficeFacts(9)},
    "group": {key: GroupFacts(key) for key in ("green", "labour", "lib_dem")},
}
