"""What is kept so that the right people get in: passkeys, applications, removals, offices, delegates, names."""

from policies.personal import Held
from policies.privacy import Purpose

HELD: dict[str, Held] = {
    "passkeys": Held(
        "Your passkeys",
        personal={Purpose.SIGN_IN: "person_id key name credential handle public_key sign_count added_at last_used_on"},
        plain="id",
        found_by={"person_id": "name added_at last_used_on"},
    ),
    "passkey_challenges": Held(
        "What a browser has to sign, for five minutes",
        plain="id challenge ceremony asked_by handle expires_at",
    ),
    "account_links": Held(
        "Links mailed to you while you were signed in",
        personal={Purpose.SIGN_IN: "person_id sign_in_id digest kind address created_at expires_at used_at"},
        plain="id",
        found_by={
            "person_id": "kind address created_at expires_at used_at",
            "sign_in_id.person_id": "kind address created_at expires_at used_at",
            "address": "kind address created_at expires_at used_at",
        },
    ),
    "known_browsers": Held(
        "Kinds of browsers you signed in with",
        personal={Purpose.SIGN_IN: "person_id browser last_used_on"},
        plain="id",
        found_by={"person_id": "browser last_used_on"},
    ),
    "operators": Held(
        "That you run the machine",
        personal={Purpose.OFFICE: "person_id named_at confirmed_at"},
        found_by={"person_id": "named_at confirmed_at"},
    ),
    "enquiries": Held(
        "What clerks asked about your application, and your answers",
        personal={
            Purpose.MEMBERSHIP: "membership_id number digest address question asked_at answer answered_at"
            " wrong_addresses",
            Purpose.OFFICE: "asked_by",
        },
        plain="id",
        found_by={
            "membership_id.person_id": "number address question asked_at answer answered_at",
            "asked_by": "number asked_at",
            "address": "number address question asked_at answer answered_at",
        },
    ),
    "address_lists": Held(
        "Lists of addresses you uploaded for your group",
        personal={Purpose.OFFICE: "uploaded_by uploaded_at"},
        plain="id group_key salt number",
        found_by={"uploaded_by": "number uploaded_at"},
    ),
    "listed_digests": Held(
        "Fingerprints of addresses on a group’s list",
        personal={Purpose.LISTED: "list_id digest"},
        left_out="A fingerprint says whose address it is only to a clerk of that group, when that address applies.",
    ),
    "removals": Held(
        "Removals from your group, and your appeals",
        personal={
            Purpose.MEMBERSHIP: "membership_id key stage reason appeal appealed_at",
            Purpose.OFFICE: "proposed_by_id proposed_at confirmed_by_id confirmed_at",
        },
        plain="id ended_at",
        # What only one clerk has proposed is told nobody, the member least of all: it may come to nothing.
        found_by={
            "membership_id.person_id": "stage reason confirmed_at appeal appealed_at ended_at",
            "proposed_by_id": "id proposed_at",
            "confirmed_by_id": "id confirmed_at",
        },
    ),
    "removal_words": Held(
        "What clerks of other groups said of your removal",
        personal={Purpose.MEMBERSHIP: "removal_id word reason", Purpose.OFFICE: "clerk_id group_key said_at"},
        found_by={
            "removal_id.membership_id.person_id": "group_key word reason said_at",
            "clerk_id": "removal_id word reason said_at",
        },
    ),
    "office_proposals": Held(
        "Offices proposed for you, and your part in those of others",
        personal={
            Purpose.OFFICE: "membership_id key change stage reason proposed_by_id proposed_at confirmed_by_id"
            " confirmed_at"
        },
        plain="id ended_at",
        found_by={
            "membership_id.person_id": "change stage reason proposed_at confirmed_at ended_at",
            "proposed_by_id": "id change proposed_at",
            "confirmed_by_id": "id change confirmed_at",
        },
    ),
    "reminders": Held(
        "Reminders that a membership or an office ends",
        personal={Purpose.MEMBERSHIP: "membership_id is_of_office ends_at days"},
        found_by={"membership_id.person_id": "is_of_office ends_at days"},
    ),
    "delegacies": Held(
        "MPs for whom you draft, or delegates of yours",
        personal={
            Purpose.DELEGATES: "address digest person_id invited_at expires_at accepted_at ended_at ended_by"
            " wrong_addresses"
        },
        plain="id mp_id",
        found_by={
            "person_id": "mp_id invited_at accepted_at ended_at ended_by",
            "address": "mp_id address invited_at expires_at",
            "mp_id.person_id": "invited_at expires_at accepted_at ended_at ended_by",
        },
    ),
    "mp_requests": Held(
        "Requests for the account of an MP",
        personal={
            Purpose.MP: "mp_id address digest wrong_addresses asked_at expires_at proven_at vouched_group vouched_by_id"
        },
        plain="id key",
        found_by={
            "address": "mp_id address asked_at expires_at proven_at",
            "vouched_by_id": "mp_id vouched_group",
        },
    ),
    "position_drafts": Held(
        "Positions drafted for an MP",
        personal={Purpose.DELEGATES: "kind statement drafted_by_id drafted_at"},
        plain="id mp_id version_id sitting",
        found_by={
            "drafted_by_id": "mp_id version_id kind statement drafted_at",
            "mp_id.person_id": "version_id kind statement drafted_at",
        },
    ),
    "name_choices": Held(
        "Where you chose who sees your name",
        personal={Purpose.NAMES: "person_id role thing_id plank_id amendment_id argument_id offer_id choice chosen_at"},
        plain="id",
        found_by={"person_id": "role plank_id amendment_id argument_id offer_id choice chosen_at"},
    ),
    "general_reaches": Held(
        "Who sees your name in general",
        personal={Purpose.NAMES: "person_id reach chosen_at"},
        found_by={"person_id": "reach chosen_at"},
    ),
}
