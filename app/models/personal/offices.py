"""What is kept of clerks and deputies for what they do in office. Archives show it as numbers and dates."""

from policies.personal import Held
from policies.privacy import Purpose

_OFFICE = Purpose.OFFICE

HELD: dict[str, Held] = {
    "group_pages": Held("Pages of groups", plain="id group_key office office_changes"),
    "launch_statements": Held(
        "Launch statements you published",
        personal={_OFFICE: "published_by published_at"},
        plain="id group_key number text units rendered engine",
        found_by={"published_by": "id number published_at"},
    ),
    "orders_changes": Held(
        "Changes of standing orders you proposed or decided",
        personal={_OFFICE: "proposed_by_id proposed_at decided_by_id decided_at reason"},
        plain="id group_key stage version since effect quorum_mode quorum threshold threshold_is_strict ballot_days"
        " notice_days qualifying_days minority rerun_after_days retabling_after_days",
        found_by={"proposed_by_id": "id reason proposed_at", "decided_by_id": "id decided_at"},
    ),
    "rulings": Held(
        "Planks you ruled on",
        personal={_OFFICE: "clerk_id group_key verdict reason is_deputy ruled_at"},
        plain="plank_id question",
        found_by={"clerk_id": "plank_id question verdict reason is_deputy ruled_at"},
    ),
    "amendment_rulings": Held(
        "Amendments you ruled on",
        personal={_OFFICE: "clerk_id group_key reason ruled_at"},
        plain="amendment_id words_id",
        found_by={"clerk_id": "amendment_id reason ruled_at"},
    ),
    "reference_words": Held(
        "Planks you wanted back with their drafters",
        personal={_OFFICE: "clerk_id group_key reason said_at"},
        plain="plank_id version_id",
        found_by={"clerk_id": "plank_id reason said_at"},
    ),
    "appeal_answers": Held(
        "Appeals you answered",
        personal={_OFFICE: "clerk_id group_key answer reason answered_at"},
        plain="ruling_id",
        found_by={"clerk_id": "ruling_id answer reason answered_at"},
    ),
    "deputy_namings": Held(
        "Deputies you named, and your naming as one",
        personal={_OFFICE: "membership_id clerk_id named_at"},
        found_by={"clerk_id": "membership_id named_at", "membership_id.person_id": "named_at"},
    ),
    "round_openings": Held(
        "Rounds you agreed to open",
        personal={_OFFICE: "clerk_id group_key agreed_at"},
        plain="round_id form statement units",
        found_by={"clerk_id": "round_id agreed_at"},
    ),
    "joint_words": Held(
        "Extensions and annulments you asked for",
        personal={_OFFICE: "clerk_id group_key reason said_at"},
        plain="round_id act closes_at",
        found_by={"clerk_id": "round_id act reason said_at"},
    ),
    "recounts": Held(
        "Recounts you asked for or agreed to",
        personal={_OFFICE: "asked_by_id asked_group asked_at confirmed_by_id confirmed_group confirmed_at"},
        plain="id round_id answer",
        found_by={"asked_by_id": "round_id asked_at", "confirmed_by_id": "round_id confirmed_at"},
    ),
    "bracket_releases": Held(
        "Texts whose state you released to the public",
        personal={_OFFICE: "clerk_id group_key released_at"},
        plain="version_id",
        found_by={"clerk_id": "version_id released_at"},
    ),
    "editorial_changes": Held(
        "Mended punctuation you proposed",
        personal={_OFFICE: "proposed_by_id group_key proposed_at"},
        plain="id key plank_id base_id title text sha256 stage ended_at made_id",
        found_by={"proposed_by_id": "id plank_id proposed_at"},
    ),
    "editorial_answers": Held(
        "Mended punctuation you said yes or no to",
        personal={_OFFICE: "clerk_id group_key says_yes reason answered_at"},
        plain="change_id",
        found_by={"clerk_id": "change_id says_yes reason answered_at"},
    ),
    "edition_proposals": Held(
        "Editions you proposed",
        personal={_OFFICE: "proposed_by_id group_key proposed_at"},
        plain="id key contents stage ended_at moved edition_id",
        found_by={"proposed_by_id": "id stage proposed_at"},
    ),
    "edition_answers": Held(
        "Proposed editions you said yes or no to",
        personal={_OFFICE: "clerk_id group_key says_yes reason answered_at"},
        plain="proposal_id",
        found_by={"clerk_id": "proposal_id says_yes reason answered_at"},
    ),
    "editions": Held(
        "Published editions",
        plain="id published_at manifest sha256 before_id public_key fingerprint signature",
    ),
    "edition_planks": Held(
        "Planks of editions",
        plain="edition_id plank_id version_id",
        left_out="The planks of an edition; what is yours of them stands with the planks.",
    ),
    "edition_reservations": Held(
        "Reservations printed in editions",
        plain="id edition_id plank_id group_key statement",
        left_out="What groups said of their backing, as an edition has it.",
    ),
    "edition_papers": Held("Editions on paper", plain="edition_id covered pdf sha256 made_at"),
    "suspensions": Held(
        "Pauses you asked for or confirmed",
        personal={_OFFICE: "asked_by_id asked_at confirmed_by_id reason"},
        plain="id stance_id days starts_at until ended_at",
        found_by={"asked_by_id": "id days reason asked_at", "confirmed_by_id": "id starts_at"},
    ),
}
