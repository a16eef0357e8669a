"""Each column of each table is declared personal or plain, once; what is missing is said so that one can write it."""

from policies.personal import COLUMN_WORDS, Held, column_in_words, undeclared
from policies.privacy import Purpose

SECONDS = Held("Seconds", personal={Purpose.DELIBERATION: "person_id seconded_at"}, plain="plank_id")


def test_columns_are_called_what_they_are():
    assert column_in_words("person_id") == COLUMN_WORDS["person_id"] == "who you are"
    assert column_in_words("seconded_at") == "when seconded"
    assert column_in_words("plank_id") == "plank"
    assert column_in_words("draft_title") == "draft title"


def test_a_declaration_names_every_column_with_its_purpose():
    assert SECONDS.columns == ["person_id", "seconded_at", "plank_id"]
    assert SECONDS.purposes == dict.fromkeys(["person_id", "seconded_at"], Purpose.DELIBERATION)
    assert undeclared("seconds", ["plank_id", "person_id", "seconded_at"], SECONDS) == ""


def test_what_is_missing_is_said_so_that_one_can_write_it():
    columns = ["plank_id", "person_id", "seconded_at"]
    assert '"seconds": Held(' in undeclared("seconds", columns, None)
    assert undeclared("seconds", [*columns, "mood"], SECONDS).startswith("seconds: write mood under personal")
    assert "person_id is declared in" in undeclared("seconds", ["plank_id", "seconded_at"], SECONDS)
    twice = Held("Seconds", personal={Purpose.DELIBERATION: "person_id seconded_at"}, plain="plank_id person_id")
    assert undeclared("seconds", columns, twice) == "seconds: person_id is declared twice in app/models/personal/."
