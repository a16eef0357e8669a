"""Who read a member's record, in words that name an office and nobody."""

from policies.reads import SEEN_WORDS, Office, Seen, office_in_words


def test_an_office_is_named_and_no_person():
    assert office_in_words(Office.CLERK, "Compass Green group") == "A clerk of the Compass Green group"
    assert office_in_words(Office.OPERATOR, "") == "Whoever runs the service"


def test_each_thing_read_is_said_to_the_member_as_theirs():
    assert set(SEEN_WORDS) == {
        Seen.MEMBERS_LIST,
        Seen.APPLICATION,
        Seen.ROLL,
        Seen.DEPUTIES,
        Seen.OFFICES,
        Seen.REMOVAL,
        Seen.BESIDE,
        Seen.INTEREST,
    }
    assert all(seen.words.startswith("Your ") for seen in Seen)
