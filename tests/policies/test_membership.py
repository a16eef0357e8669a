"""Memberships: their stages, and who may still vote when a roll is frozen."""

from policies.membership import MAY_STILL_VOTE, MembershipStage


def test_the_stages_are_stored_under_the_words_of_the_domain():
    assert set(MembershipStage) == {
        *("applied", "invited", "verified", "active", "lapsed", "suspended", "left", "removed", "erased"),
    }


def test_a_member_who_lapses_may_still_vote_and_one_who_left_or_was_removed_may_not():
    assert set(MAY_STILL_VOTE) == {"active", "lapsed"}
