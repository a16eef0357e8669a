"""The real amendments of a parliament give the outcome that it printed."""

import json
from pathlib import Path

import pytest

from policies.text.instructions import apply_instruction

REAL = Path(__file__).parents[5] / "shared" / "data" / "amendments" / "scottish_amendments.jsonl"


@pytest.mark.no_cover
@pytest.mark.skipif(not REAL.exists(), reason="the real amendments are not beside this repository")
def test_real_instructions_of_a_parliament_give_their_outcome() -> None:
    for line in REAL.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        outcome = apply_instruction(record["base"], record["instruction"])
        assert outcome.split() == record["amended"].split()
