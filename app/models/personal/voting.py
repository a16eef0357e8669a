"""What is kept of people where groups decide: who may vote, and who did. No table joins a person to a choice."""

from policies.personal import Held
from policies.privacy import Purpose

OF_GROUPS = "It says what groups ask and decide, and nothing of a person."
NOBODYS = "A paper has no name, no time and no place in an order, so that nobody’s can be told from another’s."

_FIGURES = (
    "since effect quorum_mode quorum threshold threshold_is_strict ballot_days notice_days qualifying_days minority"
    " rerun_after_days retabling_after_days"
)

HELD: dict[str, Held] = {
    "rounds": Held(
        "Rounds you prepared",
        personal={Purpose.OFFICE: "prepared_by_id prepared_group prepared_at"},
        plain="id number plank_id version_id kind groups stage opens_at closes_at reminded_at published_at ended_reason"
        " rerun_of_id",
        found_by={"prepared_by_id": "number prepared_at"},
    ),
    "ballots": Held(
        "Ballots of groups",
        plain="id round_id group_key form statement units orders_version quorum_mode quorum threshold"
        " threshold_is_strict minority roll_size",
        left_out=OF_GROUPS,
    ),
    "roll_entries": Held(
        "Ballots in which you can vote",
        personal={Purpose.VOTING: "person_id"},
        plain="ballot_id round_id",
        found_by={"person_id": "ballot_id"},
    ),
    "participations": Held(
        "Ballots in which you voted",
        personal={Purpose.VOTING: "person_id"},
        plain="ballot_id",
        found_by={"person_id": "ballot_id"},
    ),
    "open_papers": Held("Papers in open ballots", plain="receipt ballot_id choices", left_out=NOBODYS),
    "counted_papers": Held("Counted papers", plain="mark ballot_id question choice", left_out=NOBODYS),
    "counted_receipts": Held("Receipts of counted papers", plain="receipt ballot_id", left_out=NOBODYS),
    "counts": Held("Results", plain="ballot_id question yes no abstain outcome", left_out=OF_GROUPS),
    "round_questions": Held("Questions of rounds", plain="round_id revision_id", left_out=OF_GROUPS),
    "separate_votes": Held(
        "Parts voted on by themselves", plain="round_id group_key unit_id place", left_out=OF_GROUPS
    ),
    "form_conditions": Held(
        "Conditions put to a vote", plain="round_id group_key title text sha256 by_date", left_out=OF_GROUPS
    ),
    "round_orders": Held(
        "Standing orders of rounds", plain=f"round_id group_key version {_FIGURES}", left_out=OF_GROUPS
    ),
    "stances": Held(
        "Stances of groups",
        plain="id plank_id group_key version_id kind statement units round_id decided_at",
        left_out=OF_GROUPS,
    ),
    "stance_conditions": Held("Conditions of stances", plain="stance_id title text sha256 by_date", left_out=OF_GROUPS),
    "condition_ends": Held("Ends of conditions", plain="stance_id ended_at became_id", left_out=OF_GROUPS),
}
