"""What is kept of reports, of what clerks decided on them, of what they hid, and of complaints about data."""

from policies.personal import Held
from policies.privacy import Purpose

HELD: dict[str, Held] = {
    "moderation_cases": Held(
        "Texts of yours that were reported",
        personal={Purpose.REPORTS: "author_id voice stage reason opened_at hidden_at decided_at"},
        plain="id key kind subject page sitting on_appeal had_appeal queued_since reports_beyond",
        found_by={"author_id": "key kind page stage reason hidden_at decided_at"},
    ),
    "reports": Held(
        "Reports",
        personal={Purpose.REPORTS: "words contact"},
        plain="id key case_id wrong filed_at settled_at settlement",
        left_out="A report names nobody; the address for its answer, if one was given, is known to nobody’s account.",
    ),
    "case_words": Held(
        "Reported texts you decided on",
        personal={Purpose.OFFICE: "clerk_id group_key verdict reason at_once said_at"},
        plain="case_id sitting fingerprint",
        found_by={"clerk_id": "case_id verdict reason at_once said_at"},
    ),
    "case_appeals": Held(
        "Appeals against decisions on reported texts",
        personal={Purpose.REPORTS: "side reason filed_at"},
        plain="id case_id sitting decided_at",
        found_by={"case_id.author_id": "side reason filed_at decided_at"},
    ),
    "hidden_words": Held(
        "Words of yours that clerks have hidden",
        personal={Purpose.REPORTS: "words"},
        plain="id table_name row_key case_id instead",
        found_by={"case_id.author_id": "words"},
    ),
    "complaints": Held(
        "Complaints about personal data",
        personal={Purpose.COMPLAINTS: "words contact"},
        plain="id key stage received_at spoken_at ended_at reminded_at",
        left_out="A complaint names nobody; its reference leads to it.",
    ),
    "complaint_answers": Held(
        "Complaints you answered",
        personal={Purpose.OFFICE: "said_by_id said_at words"},
        plain="complaint_id place is_outcome",
        found_by={"said_by_id": "complaint_id words is_outcome said_at"},
    ),
}
