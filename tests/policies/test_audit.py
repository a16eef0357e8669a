"""The audit chain: whatever is changed, moved, added or left out breaks the seals from there on."""

import hashlib

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from policies.audit import FIRST_SEAL, row_digest, seal

ROW = {"number": 7, "verb": "opened", "plank": 12, "from": "checking", "to": "open"}

printable = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
rows = st.dictionaries(printable, st.none() | st.booleans() | st.integers() | printable, max_size=5)
digests = st.lists(rows.map(row_digest), max_size=6)


def sealed(batches):
    """The seal after the last of `batches`."""
    last = FIRST_SEAL
    for batch in batches:
        last = seal(last, batch)
    return last


def test_a_row_is_digested_in_canonical_json():
    canonical = '{"from":"checking","number":7,"plank":12,"to":"open","verb":"opened"}'
    assert row_digest(ROW) == hashlib.sha256(canonical.encode()).hexdigest()


def test_letters_beyond_ascii_are_digested_as_utf_8():
    assert row_digest({"verb": "✓"}) == hashlib.sha256('{"verb":"✓"}'.encode()).hexdigest()


@given(rows, st.randoms())
def test_the_order_in_which_a_row_was_written_down_does_not_matter(row, chance):
    shuffled = dict(chance.sample(list(row.items()), len(row)))
    assert row_digest(shuffled) == row_digest(row)


@pytest.mark.parametrize(
    "changed",
    [
        {**ROW, "to": "ruled_out"},
        {**ROW, "number": 8},
        {**ROW, "number": "7"},
        {**ROW, "by": None},
        {key: word for key, word in ROW.items() if key != "from"},
    ],
)
def test_any_change_of_a_row_changes_its_digest(changed):
    assert row_digest(changed) != row_digest(ROW)


def test_the_first_batch_is_sealed_over_a_known_beginning():
    assert FIRST_SEAL == "0" * 64
    one, two = row_digest(ROW), row_digest({"number": 8})
    assert seal(FIRST_SEAL, [one, two]) == hashlib.sha256(f"{FIRST_SEAL}\n{one}\n{two}".encode()).hexdigest()


def test_a_batch_may_be_sealed_from_rows_as_they_are_read():
    assert seal(FIRST_SEAL, (row_digest(row) for row in [ROW])) == seal(FIRST_SEAL, [row_digest(ROW)])


@given(st.lists(digests, min_size=1, max_size=4), st.data())
def test_a_row_changed_in_any_batch_changes_the_last_seal(batches, data):
    assume(any(batches))
    at = data.draw(st.sampled_from([place for place, batch in enumerate(batches) if batch]))
    row = data.draw(st.integers(0, len(batches[at]) - 1))
    forged = [list(batch) for batch in batches]
    forged[at][row] = row_digest({"forged": forged[at][row]})
    assert sealed(forged) != sealed(batches)


@given(st.lists(digests, min_size=1, max_size=4), st.data())
def test_a_batch_left_out_changes_the_last_seal(batches, data):
    at = data.draw(st.integers(0, len(batches) - 1))
    assert sealed(batches[:at] + batches[at + 1 :]) != sealed(batches)


@given(digests, st.data())
def test_a_row_left_out_of_a_batch_changes_its_seal(batch, data):
    assume(batch)
    at = data.draw(st.integers(0, len(batch) - 1))
    assert seal(FIRST_SEAL, batch[:at] + batch[at + 1 :]) != seal(FIRST_SEAL, batch)


@given(digests, st.randoms())
def test_rows_in_another_order_have_another_seal(batch, chance):
    shuffled = chance.sample(batch, len(batch))
    assert (seal(FIRST_SEAL, shuffled) == seal(FIRST_SEAL, batch)) is (shuffled == batch)
