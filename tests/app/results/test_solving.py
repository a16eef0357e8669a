"""All that is published, solved against one another: papers that may not be told apart are told apart by no surface."""

import re
from collections import defaultdict
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from policies.ballots import CountingRules, Tally, outcome, yes_needed
from policies.groups import GROUP_KEYS
from policies.small_cells import EXACT_FROM, shown_result
from policies.standing_orders import QuorumMode
from tests import builders
from tests.app.reading import without_tokens
from tests.app.results.published import cast, published

# Nine yes votes are needed of it: where the bounds of the cells and the quorum meet.
ROLL = 90
RULES = CountingRules(QuorumMode.APPROVAL, Fraction(1, 10), Fraction(1, 2), True, Fraction(1, 4))
OF_THE_ROUND = ("/rounds/1", "/rounds/1/recounts", "/planks/1?view=backing")
SURFACES = (
    *OF_THE_ROUND,
    "/",
    "/rounds",
    "/rounds/1/round.json",
    *(f"/rounds/1/labour/{name}.txt" for name in ("receipts", "choices")),
    "/decisions",
    "/decisions.csv",
    "/planks/1?view=history",
    "/planks/1/v1",
    "/whats-new",
    "/whats-new.atom",
    "/where-we-stand.csv",
    "/groups/labour",
)
TOLD_IN_HEADERS = ("Content-Length", "ETag", "Last-Modified", "Content-Disposition")


@cache
def cells() -> list[list[tuple[int, int, int]]]:
    """Papers of small ballots by what may be shown of them."""
    found = defaultdict(list)
    for size in range(EXACT_FROM):
        for yes in range(size + 1):
            for no in range(size - yes + 1):
                tally = Tally(yes, no, size - yes - no)
                shown = shown_result(outcome(tally, ROLL, RULES), tally, yes_needed=yes_needed(ROLL, RULES))
                found[shown].append((tally.yes, tally.no, tally.abstain))
    return list(found.values())


# Both of one cell: what is published may not say which of the two it was.
two_alike = st.deferred(lambda: st.sampled_from(cells())).flatmap(
    lambda cell: st.tuples(st.sampled_from(cell), st.sampled_from(cell))
)


def told(app: Flask, browsers: list[FlaskClient], folder: Path) -> dict[str, object]:
    """Everything that anybody can read of the round, and what the recount says of it."""
    found: dict[str, object] = {}
    for place, browser in enumerate(browsers):
        for address in OF_THE_ROUND if place else SURFACES:
            answer = browser.get(address)
            text = without_tokens(answer) if answer.mimetype == "text/html" else answer.text
            headers = [answer.headers.get(name) for name in TOLD_IN_HEADERS] if answer.mimetype != "text/html" else []
            found[f"{place} {address}"] = (answer.status_code, headers, re.sub(r"\d\d:\d\d UTC", "", text))
    path = folder / "R1.json"
    path.write_text(browsers[0].get("/rounds/1/round.json").text, encoding="utf-8")
    found["recount"] = app.test_cli_runner().invoke(args=["ballots", "recount", str(path)]).output
    return found


@pytest.fixture
def round_id(app: Flask) -> int:
    """A published round with three ballots that any papers may be put into."""
    return published(dict.fromkeys(GROUP_KEYS, (0, 0, 0)), roll=ROLL)


@given(st.tuples(*[two_alike] * len(GROUP_KEYS)))
# What fails is said by the page's address; to look for smaller papers would take minutes.
@settings(
    max_examples=3,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_no_two_assignments_of_small_ballots_that_look_alike_differ_anywhere(
    app: Flask, round_id: int, tmp_path: Path, pairs: tuple[tuple[tuple[int, int, int], tuple[int, int, int]], ...]
) -> None:
    clerk = app.test_client()
    builders.sign_in(clerk, builders.clerk("green"))
    browsers = [app.test_client(), clerk]
    seen = []
    for which in (0, 1):
        cast(round_id, {key: pair[which] for key, pair in zip(GROUP_KEYS, pairs, strict=True)})
        seen.append(told(app, browsers, tmp_path))
    for surface, said in seen[0].items():
        assert said == seen[1][surface], surface
    assert seen[0]["0 /rounds/1"][0] == 200
