"""What must hold after whatever anybody did: the invariants of the rulebook, worked out anew from papers and words.

Nothing here asks the code that decides: what a group backs is counted again from the papers of published rounds.
"""

from collections import Counter
from fractions import Fraction

from sqlalchemy import func, select

from app.audit import queries as record
from app.audit import replaying
from app.endorsements import queries as endorsements
from app.extensions import db
from app.models import Ballot, Count, CountedPaper, OpenPaper, Participation, Plank, RollEntry, Round, Version
from policies.agreement import LevelKey
from policies.ballots import RoundKind, RoundStage
from policies.endorsements import COUNTING, FormKind
from policies.groups import GROUP_KEYS

BACKING = {FormKind.ENDORSE, FormKind.RESERVE, FormKind.EXCEPT}
FEWEST = 5


def check() -> None:
    """All of them."""
    backed = backed_words()
    for plank in db.session.scalars(select(Plank)):
        no_group_is_shown_as_backing_words_it_did_not_back(plank, backed)
    every_paper_was_counted_once()
    no_paper_outlives_its_publication()
    nobody_votes_in_two_groups_on_the_same_words()
    assert replaying.faults() == []
    assert record.verify().fault == ""
    assert record.altered_text() == ""


def backed_words() -> dict[tuple[str, int], frozenset[str]]:
    """By group and version: the units a group's last carried ballot left out; no entry where it backs nothing."""
    found: dict[tuple[str, int], frozenset[str]] = {}
    query = select(Round).where(Round.stage == RoundStage.PUBLISHED, Round.kind == RoundKind.ENDORSEMENT)
    for of_round in db.session.scalars(query.order_by(Round.published_at, Round.id)).unique():
        for ballot in of_round.ballots:
            key = (ballot.group, of_round.version_id)
            if is_carried(ballot) and ballot.form in BACKING:
                found[key] = frozenset(ballot.units if ballot.form is FormKind.EXCEPT else ())
            elif is_carried(ballot):
                found.pop(key, None)
    return found


def is_carried(ballot: Ballot) -> bool:
    """Whether a group carried the one question of its ballot, counted from the papers and by the rules it ran under."""
    papers = Counter(
        db.session.scalars(
            select(CountedPaper.choice).where(CountedPaper.ballot_id == ballot.id, CountedPaper.question == "text")
        )
    )
    yes, no, cast = papers["yes"], papers["no"], papers.total()
    enough = cast >= FEWEST and yes >= Fraction(ballot.quorum) * ballot.roll_size
    return enough and yes > no and Fraction(yes, yes + no) > Fraction(ballot.threshold)


def no_group_is_shown_as_backing_words_it_did_not_back(
    plank: Plank, backed: dict[tuple[str, int], frozenset[str]]
) -> None:
    """Whoever is said to back a version has carried a ballot on exactly it; Agreed takes all, none with an opt-out."""
    for version in db.session.scalars(select(Version).where(Version.plank_id == plank.id)):
        stances = endorsements.on_version(version)
        for group, stance in stances.items():
            if stance.kind in COUNTING:
                assert (group, version.id) in backed, f"{group} is shown as backing version {version.name}."
                assert frozenset(stance.units) == backed[group, version.id]
        if endorsements.level_of(plank, version, stances).key is LevelKey.AGREED:
            assert all(backed.get((key, version.id)) == frozenset() for key in GROUP_KEYS)


def every_paper_was_counted_once() -> None:
    """As many papers as people who took part, for every question, and no more than stood on the roll."""
    counted = select(Count.ballot_id, Count.question, Count.yes + Count.no + Count.abstain)
    for ballot_id, question, cast in db.session.execute(counted):
        papers = select(func.count()).where(CountedPaper.ballot_id == ballot_id, CountedPaper.question == question)
        voters = select(func.count()).where(Participation.ballot_id == ballot_id)
        assert db.session.scalar(papers) == cast == db.session.scalar(voters)
        assert cast <= (db.session.scalar(select(func.count()).where(RollEntry.ballot_id == ballot_id)) or 0)


def no_paper_outlives_its_publication() -> None:
    """Once published, the papers as they were cast are gone."""
    left = (
        select(func.count())
        .select_from(OpenPaper)
        .join(Ballot, Ballot.id == OpenPaper.ballot_id)
        .join(Round, Round.id == Ballot.round_id)
        .where(Round.stage == RoundStage.PUBLISHED)
    )
    assert db.session.scalar(left) == 0


def nobody_votes_in_two_groups_on_the_same_words() -> None:
    """Whatever group somebody moves to, on one version that person votes in one group."""
    groups = (
        select(func.count(Ballot.group.distinct()))
        .select_from(Participation)
        .join(Ballot, Ballot.id == Participation.ballot_id)
        .join(Round, Round.id == Ballot.round_id)
        .group_by(Participation.person_id, Round.version_id)
    )
    assert all(number == 1 for number in db.session.scalars(groups))
