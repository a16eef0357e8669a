"""Random members, clerks and clocks live through planks and rounds; the invariants hold after every step."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from app.extensions import db
from app.models import Amendment, Plank, RegisteredRuling, Round, Stance
from app.web import kept_answers
from policies.ballots import Choice, RoundKind
from policies.endorsements import FormKind
from policies.groups import GROUP_KEYS
from policies.rulings import Answer
from tests.app.lives import invariants
from tests.app.lives.alliance import Alliance
from tests.app.lives.reading import Reader
from tests.databases import Databases

IS_NIGHTLY = os.environ.get("HYPOTHESIS_PROFILE") == "nightly"
RUNS, STEPS = (500, 60) if IS_NIGHTLY else (5, 40)

some = st.integers(0, 40)
# Long enough, often enough, that a quorum of five is reached and rounds decide something.
papers = st.lists(st.sampled_from([Choice.YES, Choice.YES, Choice.YES, Choice.NO, Choice.ABSTAIN]), max_size=9)
has_planks = precondition(lambda self: self.alliance.has(Plank))
has_amendments = precondition(lambda self: self.alliance.has(Amendment))
has_rounds = precondition(lambda self: self.alliance.has(Round))
has_stances = precondition(lambda self: self.alliance.has(Stance))
has_rulings = precondition(lambda self: self.alliance.has(RegisteredRuling))


class Life(RuleBasedStateMachine):
    """One life of an alliance, from its first plank."""

    def __init__(self, app: Flask, fresh: Callable[[], None]) -> None:
        super().__init__()
        fresh()
        self.alliance, self.reader = Alliance(), Reader(app)

    def check(self) -> None:
        """What must hold after every step."""
        invariants.check()
        self.reader.read()

    @initialize()
    def begin(self) -> None:
        """A plank that is open, so that lives do not end before anything is decided."""
        self.alliance.propose(0)
        for who in range(20):
            self.alliance.second(0, who)
        for who in range(6):
            self.alliance.rule(0, who, "in_order")
        self.check()

    @rule(who=some)
    def propose(self, who: int) -> None:
        self.alliance.propose(who)
        self.check()

    @has_planks
    @rule(which=some, who=some)
    def second(self, which: int, who: int) -> None:
        self.alliance.second(which, who)
        self.check()

    @has_planks
    @rule(which=some, who=some, verdict=st.sampled_from(["in_order", "in_order", "out_of_order"]))
    def rule_on(self, which: int, who: int, verdict: str) -> None:
        self.alliance.rule(which, who, verdict)
        self.check()

    @has_planks
    @rule(which=some, who=some, whole=st.booleans())
    def end_plank(self, which: int, who: int, whole: bool) -> None:
        self.alliance.withdraw(which) if whole else self.alliance.archive(which, who)
        self.check()

    @has_planks
    @rule(which=some, who=some, at=some, word=some)
    def amend(self, which: int, who: int, at: int, word: int) -> None:
        self.alliance.amend(which, who, at, word)
        self.check()

    @has_amendments
    @rule(which=some, who=some)
    def second_amendment(self, which: int, who: int) -> None:
        self.alliance.second_amendment(which, who)
        self.check()

    @has_amendments
    @rule(which=some, who=some, takes_back=st.booleans())
    def oppose_amendment(self, which: int, who: int, takes_back: bool) -> None:
        self.alliance.withdraw_amendment(which) if takes_back else self.alliance.object_to(which, who)
        self.check()

    @has_planks
    @rule(which=some, who=some, kind=st.sampled_from(RoundKind), on_agreed=st.booleans())
    def prepare(self, which: int, who: int, kind: RoundKind, on_agreed: bool) -> None:
        self.alliance.prepare(which, who, kind, on_agreed=on_agreed)
        self.check()

    @has_rounds
    @rule(which=some, whos=st.lists(some, min_size=1, max_size=6), kind=st.sampled_from(FormKind))
    def agree_to_open(self, which: int, whos: list[int], kind: FormKind) -> None:
        for who in whos:
            self.alliance.agree_to_open(which, who, kind)
        self.check()

    @has_rounds
    @rule(which=some, who=some)
    def cancel(self, which: int, who: int) -> None:
        self.alliance.cancel(which, who)
        self.check()

    @has_rounds
    @rule(which=some, of_groups=st.fixed_dictionaries(dict.fromkeys(GROUP_KEYS, papers)))
    def vote(self, which: int, of_groups: dict[str, list[Choice]]) -> None:
        for group, choices in of_groups.items():
            self.alliance.vote(which, group, choices)
        self.check()

    @has_rounds
    @rule(which=some, days=st.integers(1, 9), together=st.booleans(), annuls=st.booleans())
    def change_round(self, which: int, days: int, together: bool, annuls: bool) -> None:
        self.alliance.annul(which, together=together) if annuls else self.alliance.extend(which, days)
        self.check()

    @has_planks
    @rule(which=some, on_agreed=st.booleans(), together=st.booleans())
    def mend(self, which: int, on_agreed: bool, together: bool) -> None:
        self.alliance.mend(which, on_agreed=on_agreed, together=together)
        self.check()

    @has_stances
    @rule(which=some, days=st.integers(1, 15))
    def pause(self, which: int, days: int) -> None:
        self.alliance.pause(which, days)
        self.check()

    @has_planks
    @rule(which=some, who=some, takes_over=st.booleans())
    def refer_or_take_over(self, which: int, who: int, takes_over: bool) -> None:
        self.alliance.take_over(which, who) if takes_over else self.alliance.refer(which, who)
        self.check()

    @has_rulings
    @rule(which=some, who=some, said=st.sampled_from(Answer))
    def appeal(self, which: int, who: int, said: Answer) -> None:
        self.alliance.appeal(which, who, said)
        self.check()

    @rule(who=some, joins=st.sampled_from([None, *GROUP_KEYS]))
    def come_or_go(self, who: int, joins: str | None) -> None:
        self.alliance.leave(who) if joins is None else self.alliance.join(joins)
        self.check()

    @rule(hours=st.sampled_from([1, 24, 73, 24 * 7, 24 * 7, 24 * 15]))
    def pass_time(self, hours: int) -> None:
        self.alliance.pass_time(hours)
        self.check()

    @rule(hours=st.sampled_from([1, 24, 24 * 8]))
    def step_back(self, hours: int) -> None:
        """The machine's clock was wrong, and somebody sets it right."""
        self.alliance.pass_time(-hours)
        self.check()


@pytest.mark.timeout(0)
def test_the_invariants_hold_whatever_people_do(
    bare_app: Flask, databases: Databases, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(bare_app.extensions, kept_answers.EXTENSION, kept_answers.KeptAnswers())

    def fresh() -> None:
        db.session.remove()
        db.engine.dispose()
        shutil.rmtree(place / "search", ignore_errors=True)
        databases.fresh(place)

    lives = settings(max_examples=RUNS, stateful_step_count=STEPS, suppress_health_check=list(HealthCheck))
    with bare_app.app_context():
        run_state_machine_as_test(lambda: Life(bare_app, fresh), settings=lives)
