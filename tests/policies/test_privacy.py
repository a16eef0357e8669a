"""How long what is kept, for what and on which ground: written a second time by hand."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies import interest, links, mail, membership, moderation, notices, offices, privacy, removals, results
from policies.errors import LinkEnded
from policies.membership import MembershipStage
from policies.privacy import BASES, KIND_WORDS, PURPOSES, RETENTION, Basis, Kept, Kind, Purpose

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAYS = {
    Kept.UNPROVEN: 14,
    Kept.UNCONFIRMED: 14,
    Kept.REFUSED: 30,
    Kept.LISTS: 30,
    Kept.BROWSERS: 90,
    Kept.REPORTS: 30,
    Kept.REPORT_WORDS: 365,
    Kept.REMOVALS: 365,
    Kept.OFFICES: 365,
    Kept.COMPLAINTS: 365,
    Kept.LINKS: 1,
    Kept.SESSIONS: 30,
    Kept.MAIL: 30,
    Kept.NOTICES: 90,
    Kept.PARTICIPATION: 90,
    Kept.DORMANT: 365,
    Kept.EXPORTS: 1,
    Kept.READS: 365,
    Kept.ACCESS_LOGS: 30,
}
NO_CLOCK = {Kept.WITH_ACCOUNT, Kept.WITH_CONSENT, Kept.WITH_TEXT, Kept.WITH_CHOICE, Kept.FOR_GOOD, Kept.PUBLIC_OFFICE}
MEANS = {
    Purpose.ACCOUNT: (Kind.ACCOUNTS, Basis.GROUP_WORK, {Kept.WITH_ACCOUNT, Kept.DORMANT}),
    Purpose.SIGN_IN: (Kind.ACCOUNTS, Basis.GROUP_WORK, {Kept.SESSIONS, Kept.LINKS, Kept.BROWSERS, Kept.WITH_ACCOUNT}),
    Purpose.MAIL: (Kind.ACCOUNTS, Basis.GROUP_WORK, {Kept.MAIL}),
    Purpose.RECORD: (Kind.ACCOUNTS, Basis.LEGAL_DUTY, {Kept.FOR_GOOD}),
    Purpose.RIGHTS: (Kind.ACCOUNTS, Basis.LEGAL_DUTY, {Kept.EXPORTS, Kept.READS}),
    Purpose.MEMBERSHIP: (
        Kind.MEMBERS,
        Basis.GROUP_WORK,
        {Kept.WITH_ACCOUNT, Kept.UNPROVEN, Kept.REFUSED, Kept.DORMANT, Kept.REMOVALS},
    ),
    Purpose.PROPOSING: (Kind.MEMBERS, Basis.GROUP_WORK, {Kept.WITH_TEXT}),
    Purpose.DELIBERATION: (Kind.MEMBERS, Basis.GROUP_WORK, {Kept.WITH_TEXT}),
    Purpose.VOTING: (Kind.MEMBERS, Basis.GROUP_WORK, {Kept.PARTICIPATION, Kept.WITH_TEXT}),
    Purpose.NOTICES: (Kind.MEMBERS, Basis.GROUP_WORK, {Kept.NOTICES, Kept.WITH_CHOICE}),
    Purpose.REPORTS: (Kind.MEMBERS, Basis.LEGAL_DUTY, {Kept.WITH_TEXT, Kept.REPORTS, Kept.REPORT_WORDS}),
    Purpose.OFFICE: (Kind.OFFICERS, Basis.GROUP_WORK, {Kept.WITH_TEXT, Kept.OFFICES}),
    Purpose.INTEREST: (Kind.SUPPORTERS, Basis.CONSENT, {Kept.UNCONFIRMED, Kept.WITH_CONSENT}),
    Purpose.MP: (Kind.MPS, Basis.MADE_PUBLIC, {Kept.PUBLIC_OFFICE}),
    Purpose.LISTED: (Kind.MEMBERS, Basis.GROUP_WORK, {Kept.LISTS}),
    Purpose.NAMES: (Kind.MEMBERS, Basis.GROUP_WORK, {Kept.WITH_CHOICE}),
    Purpose.DELEGATES: (Kind.MPS, Basis.GROUP_WORK, {Kept.WITH_ACCOUNT}),
    Purpose.COMPLAINTS: (Kind.ACCOUNTS, Basis.LEGAL_DUTY, {Kept.COMPLAINTS, Kept.FOR_GOOD}),
}


def test_each_rule_of_keeping_has_its_days_or_says_what_ends_it():
    assert {kept: rule.period.days for kept, rule in RETENTION.items() if rule.period} == DAYS
    assert {kept for kept, rule in RETENTION.items() if rule.period is None} == NO_CLOCK
    assert all(kept.words.endswith(".") for kept in Kept)


def test_each_purpose_has_its_kind_of_person_its_ground_and_its_end():
    meant = {purpose: (one.kind, one.basis, set(one.kept)) for purpose, one in PURPOSES.items()}
    assert meant == MEANS
    assert [purpose.meaning for purpose in Purpose] == list(PURPOSES.values())


def test_every_kind_and_ground_is_in_words_and_the_law_is_named():
    assert [kind.words for kind in Kind] == list(KIND_WORDS.values())
    assert {kind for kind, _, _ in MEANS.values()} == set(Kind)
    assert {basis.in_short for basis in Basis} == {
        "The groups’ work",
        "Your consent",
        "What MPs make public",
        "Legal duties",
    }
    assert all("article 6(1)" in basis.words for basis in Basis)
    assert all("article 9(2)" in words for words in BASES.values())


def test_what_each_part_forgets_by_itself_is_what_the_page_says():
    assert (timedelta(days=14), timedelta(days=14)) == (membership.UNPROVEN_KEPT, interest.UNCONFIRMED_KEPT)
    assert (timedelta(days=1), timedelta(days=30)) == (links.KEPT_AFTER_END, links.SIGNED_IN_FOR)
    assert (timedelta(days=30), timedelta(days=90)) == (mail.KEPT_AFTER_SENDING, notices.KEPT)
    assert timedelta(days=90) == results.PARTICIPATION_KEPT
    assert {removals.KEPT, offices.KEPT, moderation.WORDS_KEPT} == {timedelta(days=365)}


def test_a_rule_without_a_clock_forgets_nothing_by_itself():
    assert privacy.forgotten_until(Kept.READS, NOON) == NOON - timedelta(days=365)
    with pytest.raises(LookupError, match="No clock"):
        privacy.forgotten_until(Kept.FOR_GOOD, NOON)


@given(st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=3)))
def test_an_archive_waits_for_a_day(waited):
    if waited < timedelta(days=1):
        privacy.require_fetchable(NOON - waited, None, NOON)
        return
    with pytest.raises(LinkEnded, match="Ask for a new one"):
        privacy.require_fetchable(NOON - waited, None, NOON)


def test_an_archive_of_yesterday_is_gone():
    with pytest.raises(LinkEnded, match="waited for a day"):
        privacy.require_fetchable(NOON - timedelta(days=1), None, NOON)


def test_an_archive_is_fetched_once():
    privacy.require_fetchable(NOON, None, NOON)
    with pytest.raises(LinkEnded, match="only once"):
        privacy.require_fetchable(NOON, NOON, NOON)


S = MembershipStage


@pytest.mark.parametrize("stages", [[S.LAPSED], [S.LEFT], [S.REMOVED], [S.LEFT, S.ERASED, S.REMOVED]])
def test_whoever_was_a_member_and_is_none_belongs_nowhere(stages):
    assert privacy.belongs_nowhere(stages)


@pytest.mark.parametrize("stage", [S.APPLIED, S.INVITED, S.VERIFIED, S.ACTIVE, S.SUSPENDED])
def test_whoever_is_or_may_become_a_member_belongs_somewhere(stage):
    assert not privacy.belongs_nowhere([S.LEFT, stage])


def test_whoever_never_was_a_member_is_no_former_one():
    assert not privacy.belongs_nowhere([])
    assert not privacy.belongs_nowhere([S.ERASED])
