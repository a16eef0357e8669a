"""What is kept of people with the texts they write and what they say of others' texts."""

from policies.personal import Held
from policies.privacy import Purpose

OF_TEXTS = "It says something of texts and groups, and nothing of a person."

HELD: dict[str, Held] = {
    "themes": Held("Themes of planks", plain="id slug name"),
    "planks": Held(
        "Planks you proposed, and your drafts",
        personal={Purpose.PROPOSING: "mover_id group_key reason draft_title draft_text created_at submitted_at"},
        plain="id key number theme_id stage source origin licence checking_since opened_at ended_at end_reason"
        " working_version_id agreed_version_id",
        found_by={
            "mover_id": "id key number stage group_key draft_title draft_text reason created_at submitted_at opened_at"
            " ended_at"
        },
    ),
    "versions": Held(
        "Texts of planks that came of your words",
        personal={Purpose.PROPOSING: "author_id author_group title text created_at"},
        plain="id plank_id number minor parent_id sha256 units rendered lines engine cause amendment_id",
        found_by={"author_id": "id plank_id number minor title text cause author_group created_at"},
    ),
    "amendments": Held(
        "Amendments you moved, and your drafts",
        personal={
            Purpose.PROPOSING: "mover_id group_key draft_base_id draft_title draft_text draft_reason draft_parts"
            " created_at"
        },
        plain="id key plank_id number stage revision_id opened_at ended_at is_consensus",
        found_by={
            "mover_id": "id key plank_id number stage group_key draft_title draft_text draft_reason draft_parts"
            " created_at opened_at ended_at"
        },
    ),
    "revisions": Held(
        "What your amendments said",
        personal={Purpose.PROPOSING: "title text reason created_at"},
        plain="id amendment_id number base_id sha256 units rendered engine changed_tokens operations carried_from_id",
        found_by={"amendment_id.mover_id": "id amendment_id number title text reason created_at"},
    ),
    "settlements": Held(
        "How you settled conflicts with a newer text",
        personal={Purpose.PROPOSING: "person_id amendment_id choice words settled_at"},
        plain="id fingerprint engine",
        found_by={"person_id": "amendment_id choice words settled_at"},
    ),
    "composite_originals": Held(
        "Planks whose clauses went into a composite",
        personal={Purpose.PROPOSING: "answer answered_at"},
        plain="composite_id plank_id version_id took_effect_at",
        found_by={"plank_id.mover_id": "composite_id plank_id answer answered_at"},
    ),
    "composite_parts": Held(
        "Clauses of composites", plain="composite_id place version_id source_unit_id unit_id", left_out=OF_TEXTS
    ),
    "withdrawals": Held(
        "Your withdrawals",
        personal={Purpose.PROPOSING: "withdrawn_at"},
        plain="id plank_id amendment_id stage_before until taken_over_at taker_group",
        found_by={
            "plank_id.mover_id": "plank_id amendment_id stage_before withdrawn_at until",
            "amendment_id.mover_id": "plank_id amendment_id stage_before withdrawn_at until",
        },
    ),
    "plank_seconds": Held(
        "Planks you seconded",
        personal={Purpose.DELIBERATION: "person_id group_key seconded_at"},
        plain="plank_id",
        found_by={"person_id": "plank_id group_key seconded_at"},
    ),
    "amendment_seconds": Held(
        "Amendments you seconded",
        personal={Purpose.DELIBERATION: "person_id group_key seconded_at"},
        plain="revision_id",
        found_by={"person_id": "revision_id group_key seconded_at"},
    ),
    "objections": Held(
        "Amendments you objected to",
        personal={Purpose.DELIBERATION: "person_id group_key reason objected_at"},
        plain="revision_id",
        found_by={"person_id": "revision_id group_key reason objected_at"},
    ),
    "offers": Held(
        "Wordings you offered, and your answers to those offered to you",
        personal={Purpose.DELIBERATION: "offerer_id group_key title text reason ended_reason offered_at"},
        plain="id key amendment_id revision_id base_id stage sha256 units engine ended_at became_id",
        found_by={
            "offerer_id": "amendment_id stage group_key title text reason offered_at ended_at",
            "amendment_id.mover_id": "amendment_id stage ended_reason ended_at",
        },
    ),
    "arguments": Held(
        "Your arguments",
        personal={Purpose.DELIBERATION: "author_id group_key side words written_at changed_at withdrawn_at"},
        plain="id key about about_id version_id amendment_id hidden_at hidden_reason",
        found_by={
            "author_id": "version_id amendment_id side words group_key written_at changed_at withdrawn_at"
            " hidden_at hidden_reason"
        },
    ),
    "temperature_readings": Held(
        "Your answers in temperature checks",
        personal={Purpose.DELIBERATION: "person_id group_key reading read_at"},
        plain="version_id",
        found_by={"person_id": "version_id group_key reading read_at"},
    ),
    "registered_rulings": Held(
        "Rulings of clerks",
        plain="id key verdict plank_id amendment_id version_id groups deputies reason stage_before ruled_at",
        left_out="A ruling is that of groups; who spoke for each stands in the acts of clerks.",
    ),
    "appeals": Held(
        "Appeals against rulings",
        plain="ruling_id stage begun_at opened_at ended_at",
        left_out="An appeal is begun by many; your own voice stands in “Appeals you supported”.",
    ),
    "appeal_voices": Held(
        "Appeals you supported",
        personal={Purpose.DELIBERATION: "person_id group_key is_clerk reason raised_at"},
        plain="ruling_id",
        found_by={"person_id": "ruling_id group_key is_clerk reason raised_at"},
    ),
    "references_back": Held(
        "Planks referred back to you",
        personal={Purpose.PROPOSING: "answer"},
        plain="ruling_id plank_id version_id ended_by ended_at",
        found_by={"plank_id.mover_id": "plank_id answer ended_at"},
    ),
}
