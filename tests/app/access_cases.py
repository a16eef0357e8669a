"""The roles that try every route, what exists, and who can see that it does; written out by hand."""

MEMBERS = {"member", "other_group", "mover", "clerk", "other_clerk", "voter"}
CLERKS = {"clerk", "other_clerk"}
# "pending" has proven an address and waits for the check of the own group's clerk; "former" has left.
SIGNED_IN = MEMBERS | {"former", "pending", "mp", "operator", "delegate"}
EVERYBODY = SIGNED_IN | {"visitor"}
NOBODY: set[str] = set()

# What exists, and who can see that it does.
SEES: dict[str, dict[str, set[str]]] = {
    "plank": {
        "draft": {"mover"},
        "seeking_seconders": MEMBERS | {"mover"},
        "checking": MEMBERS,
        "ruled_out": MEMBERS,
        "open": EVERYBODY,
        "balloting": EVERYBODY,
        "withdrawn_public": EVERYBODY,
        "foreign": NOBODY,
    },
    # The same through the API, where everybody is a visitor.
    "public_plank": {
        **dict.fromkeys(("draft", "seeking_seconders", "checking", "ruled_out"), NOBODY),
        **dict.fromkeys(("open", "balloting", "withdrawn_public"), EVERYBODY),
        "foreign": NOBODY,
    },
    "public_amendment": {
        **dict.fromkeys(("draft", "submitted", "withdrawn_early"), NOBODY),
        "open": EVERYBODY,
        "foreign": NOBODY,
    },
    "public_round": {"prepared": NOBODY, "running": EVERYBODY, "foreign": NOBODY},
    # A draft has no version yet.
    "text": {
        "seeking_seconders": MEMBERS | {"mover"},
        "checking": MEMBERS,
        "open": EVERYBODY,
        "withdrawn_public": EVERYBODY,
        "foreign": NOBODY,
    },
    # Withdrawn by the mover, seconded by the member: both are there, one before it ever opened.
    "takeover": {
        "withdrawn_early": MEMBERS,
        "foreign": NOBODY,
    },
    # Of planks that the mover moved: one was ruled out before it was open.
    "ruling": {
        "public": EVERYBODY,
        "not_public": MEMBERS,
        "foreign": NOBODY,
    },
    "amendment": {
        "draft": {"mover"},
        "submitted": MEMBERS,
        "open": EVERYBODY,
        "withdrawn_early": MEMBERS,
        "foreign": NOBODY,
    },
    # Made by the member of another group, to the mover.
    "offer": {
        "open": {"mover", "other_group"},
        "foreign": NOBODY,
    },
    # Proposed by a Labour clerk.
    "editorial": {
        "open": MEMBERS,
        "foreign": NOBODY,
    },
    "edition": {"first": EVERYBODY, "foreign": NOBODY},
    # Proposed by a Labour clerk.
    "proposal": {"open": MEMBERS, "foreign": NOBODY},
    "membership": {
        "waiting": {"clerk"},
        "invited": {"clerk"},
        "of_another_group": {"other_clerk"},
        "foreign": NOBODY,
    },
    "own_membership": {
        "movers": {"mover"},
        "foreign": NOBODY,
    },
    "export": {"movers": {"mover"}, "foreign": NOBODY},
    "passkey": {
        "movers": {"mover"},
        "foreign": NOBODY,
    },
    # Whoever was named to run the machine sees it, and nobody was who has not confirmed it.
    "naming": {"anybody's": NOBODY},
    # Of a Green proposed by one of two clerks, and of a Labour member who has appealed.
    "removal": {"proposed": {"clerk"}, "appealed": CLERKS, "foreign": NOBODY},
    "own_removal": {"formers": {"former"}, "foreign": NOBODY},
    # A Green proposed as a clerk by one of two, and the office that two offer to the mover.
    "office": {"proposed": {"clerk"}, "foreign": NOBODY},
    "own_office": {"offered": {"mover"}, "foreign": NOBODY},
    "mp": {
        "sitting": EVERYBODY,
        "left": EVERYBODY,
        "foreign": NOBODY,
    },
    # Arguments that the mover wrote, and reports of them: whoever knows a report's reference may follow it.
    "argument": {
        "public": EVERYBODY,
        "not_public": MEMBERS,
        "about_amendment": EVERYBODY,
        "hidden": EVERYBODY,
        "foreign": NOBODY,
    },
    # What the mover, the member or nobody stands behind: each is found by its owner alone.
    "own_thing": {"movers": {"mover"}, "foreign": NOBODY},
    # Of somebody who says to be an MP, with a proven address.
    "mp_request": {"proven": CLERKS, "foreign": NOBODY},
    # Of the office of the MP above, who has one delegate and one draft.
    "delegacy": {"acting": {"mp"}, "foreign": NOBODY},
    "position_draft": {"waiting": {"mp", "delegate"}, "foreign": NOBODY},
    "report": {
        "public": EVERYBODY,
        "not_public": EVERYBODY,
        "foreign": NOBODY,
    },
    # Of texts: one is hidden, of a public plank; one is hidden, of a plank that only members read.
    "case": {
        "public": EVERYBODY,
        "not_public": MEMBERS,
        "waiting": CLERKS,
        "foreign": NOBODY,
    },
    "waiting_case": {
        "public": EVERYBODY,
        "not_public": EVERYBODY,
        "foreign": NOBODY,
    },
    "complaint": {"received": EVERYBODY, "foreign": NOBODY},
    "round": {
        "prepared": MEMBERS,
        "running": EVERYBODY,
        "foreign": NOBODY,
    },
    # A change of the other clerk's group that waits: nobody but that group's clerks sees it.
    "orders_change": {"waiting": {"other_clerk"}, "foreign": NOBODY},
    "statement": {"first": EVERYBODY, "foreign": NOBODY},
    "supporter": {"known": EVERYBODY, "foreign": NOBODY},
    "unsubscribe": {"known": EVERYBODY, "foreign": EVERYBODY},
    # A file of public words: whoever knows its key may fetch it.
    "made_file": {"ready": EVERYBODY, "foreign": NOBODY},
    "interest_link": {"sent": EVERYBODY, "foreign": NOBODY},
}
