"""The register: what a row must say, and what changed between two readings, told by the person's id alone."""

from dataclasses import replace

import pytest

from policies.errors import RuleBroken
from policies.mps import Change, Entry, Known, differences, entry_of, faults_of, require_not_cut

ROW = {
    "person_id": "uk.org.publicwhip/person/1",
    "name": " Siân  Someone ",
    "party": "Labour",
    "gss": "W07000081",
    "constituency": "Ynys Môn",
}
SIAN = Entry("uk.org.publicwhip/person/1", "Siân Someone", "Labour", "W07000081", "Ynys Môn")
OTHER = Entry("uk.org.publicwhip/person/2", "Siân Someone", "Green Party", "E14001063", "Stone, Wold and Fen")
VACANT = Entry("", "", "", "E14001063", "Stone, Wold and Fen")


def known(entry: Entry, *, is_sitting: bool = True) -> Known:
    return Known(entry, entry.party_group, is_sitting)


def test_a_row_is_read_in_canonical_form():
    assert entry_of(ROW) == SIAN
    assert faults_of(SIAN) == []


@pytest.mark.parametrize("name", ["", "Vacant", " VACANT "])
def test_a_row_that_names_nobody_is_a_vacant_seat(name):
    entry = entry_of({**ROW, "person_id": "", "name": name, "party": "Labour"})
    assert entry.is_vacant
    assert (entry.name, entry.party, entry.seat) == ("", "", "Ynys Môn")
    assert faults_of(entry) == []


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"person_id": ""}, "Fill in person_id"),
        ({"name": ""}, "Fill in name"),
        ({"party": ""}, "Fill in party"),
        ({"gss": ""}, "Fill in gss"),
        ({"constituency": "\t"}, "Fill in constituency"),
        ({"gss": "X14001063"}, "Write gss as the code of a seat"),
        ({"gss": "E1400106"}, "Write gss as the code of a seat"),
        ({"person_id": "person 1"}, "Write person_id without spaces"),
        ({"name": "x" * 81}, "Shorten name to 80 characters; it has 81"),
    ],
)
def test_a_row_with_something_wrong_says_what_to_do(changed, fault):
    (found,) = faults_of(entry_of({**ROW, **changed}))
    assert found.startswith(fault)


def test_nothing_changes_where_nothing_changed():
    assert differences([known(SIAN), known(OTHER, is_sitting=False)], [SIAN, VACANT]) == []


def test_those_who_leave_come_first_and_a_vacant_seat_is_nobodys():
    found = differences([known(OTHER)], [SIAN, VACANT])
    assert [(one.changes, one.before, one.now) for one in found] == [
        ((Change.LEFT,), OTHER, None),
        ((Change.CAME,), None, SIAN),
    ]


@pytest.mark.parametrize(
    ("changed", "change"),
    [
        ({"name": "Siân Other"}, Change.NAME),
        ({"party": "Independent"}, Change.PARTY),
        ({"seat": "Ynys Mon"}, Change.SEAT),
        ({"gss": "W07000082"}, Change.SEAT),
    ],
)
def test_what_changed_of_a_person_is_told_by_the_id_alone(changed, change):
    now = replace(SIAN, **changed)
    (found,) = differences([known(SIAN), known(OTHER)], [now, OTHER])
    assert (found.changes, found.before, found.now) == ((change,), SIAN, now)


def test_somebody_who_comes_back_returns_and_a_table_that_learnt_a_spelling_counts_anew():
    (found,) = differences([known(SIAN, is_sitting=False)], [SIAN])
    assert found.changes == (Change.RETURNED,)
    (found,) = differences([Known(SIAN, None, is_sitting=True)], [SIAN])
    assert found.changes == (Change.GROUP,)


def test_a_register_by_which_more_than_fifty_leave_is_taken_for_cut_short():
    many = [known(replace(SIAN, register_id=f"person/{number}")) for number in range(51)]
    require_not_cut(differences(many[1:], []), many_may_leave=False)
    require_not_cut(differences(many, []), many_may_leave=True)
    with pytest.raises(RuleBroken, match="51 MPs would leave at once.*add --many-leave"):
        require_not_cut(differences(many, []), many_may_leave=False)
