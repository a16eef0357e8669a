"""What must hold after whatever anybody did: the invariants of the rulebook, worked out anew from papers and words.

Nothing here asks the code that decides: what a group backs is counted again from the papers of published rounds.
"""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from sqlalchemy import func, select

from app import clock
from app.audit import queries as record
from app.audit import replaying
from app.endorsements import queries as endorsements
from app.extensions import db
from app.models import (
    Ballot,
    Count,
    CountedPaper,
    FormCondition,
    OpenPaper,
    Participation,
    Plank,
    RollEntry,
    Round,
    Stance,
    Version,
)
from policies.agreement import LevelKey
from policies.ballots import RoundKind, RoundStage
from policies.endorsements import COUNTING, FormKind
from policies.groups import GROUP_KEYS

BACKING = {FormKind.ENDORSE, FormKind.RESERVE, FormKind.EXCEPT}
FEWEST = 5
Backed = dict[tuple[str, int], frozenset[str]]
"""By group and version: the units that were left out; no entry where the group backs nothing of it."""


def check() -> None:
    """All of them."""
    backed = backed_words()
    for plank in db.session.scalars(select(Plank)):
        no_group_is_shown_as_backing_words_it_did_not_back(plank, backed)
    every_paper_was_counted_once()
    no_paper_outlives_its_round()
    nobody_votes_in_two_groups_on_the_same_words()
    assert replaying.faults() == []
    assert record.verify().fault == ""
    assert record.altered_text() == ""


def backed_words() -> Backed:
    """What each group backs, from its ballots alone, in the order of their publication: the last decision counts."""
    found: Backed = {}
    query = select(Round).where(Round.stage == RoundStage.PUBLISHED, Round.kind == RoundKind.ENDORSEMENT)
    for of_round in db.session.scalars(query.order_by(Round.published_at, Round.id)).unique():
        for ballot in of_round.ballots:
            carried = is_carried(ballot, "text")
            if carried and ballot.form is FormKind.CONDITIONAL:
                found |= dict.fromkeys(promised(ballot, of_round), frozenset())
            elif carried and ballot.form in BACKING:
                found[ballot.group, of_round.version_id] = left_out(ballot)
            elif carried is (ballot.form is FormKind.WITHDRAW) and has_quorum(ballot, "text"):
                for version_id in same_words(of_round.version):
                    found.pop((ballot.group, version_id), None)
    return found


def same_words(version: Version) -> Sequence[int]:
    """A version and those with other punctuation."""
    same = (Version.plank_id == version.plank_id, Version.number == version.number)
    return db.session.scalars(select(Version.id).where(*same)).all()


def left_out(ballot: Ballot) -> frozenset[str]:
    """The units that a ballot which was carried left out by its question, or did not carry when they stood alone."""
    failed = [vote.unit_id for vote in ballot.separate_votes if not is_carried(ballot, vote.question)]
    return frozenset([*failed, *(ballot.units if ballot.form is FormKind.EXCEPT else ())])


def promised(ballot: Ballot, of_round: Round) -> list[tuple[str, int]]:
    """The versions of the plank that are word for word what a conditional ballot named, and came after it in time."""
    named = db.session.get(FormCondition, (of_round.id, ballot.group))
    if named is None:
        return []
    query = select(Version).where(Version.plank_id == of_round.plank_id, Version.sha256 == named.sha256)
    came = [one for one in db.session.scalars(query) if of_round.published_at <= one.created_at]
    return [(ballot.group, one.id) for one in came if one.created_at.date() <= named.by_date]


def is_carried(ballot: Ballot, question: str) -> bool:
    """Whether a group carried a question, counted from the papers and by the rules its ballot ran under."""
    papers = papers_of(ballot, question)
    yes, no = papers["yes"], papers["no"]
    return has_quorum(ballot, question) and yes > no and Fraction(yes, yes + no) > Fraction(ballot.threshold)


def has_quorum(ballot: Ballot, question: str) -> bool:
    """Whether enough voted yes."""
    papers = papers_of(ballot, question)
    return papers.total() >= FEWEST and papers["yes"] >= Fraction(ballot.quorum) * ballot.roll_size


def papers_of(ballot: Ballot, question: str) -> Counter[str]:
    """How many papers say what."""
    said = select(CountedPaper.choice).where(CountedPaper.ballot_id == ballot.id, CountedPaper.question == question)
    return Counter(db.session.scalars(said))


def no_group_is_shown_as_backing_words_it_did_not_back(plank: Plank, backed: Backed) -> None:
    """Whoever is said to back a version carried a ballot on it, or on the same words before they were mended."""
    for version in db.session.scalars(select(Version).where(Version.plank_id == plank.id)):
        stances = endorsements.on_version(version)
        for group, stance in stances.items():
            if stance.kind in COUNTING:
                on = stance.version
                assert (group, on.id) in backed, f"{group} is shown as backing version {version.name}."
                assert frozenset(stance.units) == backed[group, on.id]
                assert letters(on) == letters(version), f"Version {version.name} has other words than {on.name}."
        if endorsements.level_of(plank, version, stances).key is LevelKey.AGREED:
            on = {group: stance.version_id for group, stance in stances.items()}
            assert all(backed.get((key, on.get(key, 0))) == frozenset() for key in GROUP_KEYS)
            assert not any(is_paused(stance) for stance in stances.values())


def letters(version: Version) -> str:
    """A version's letters and digits, without case, punctuation and spacing."""
    return "".join(sign for sign in f"{version.title}{version.text}".casefold() if sign.isalnum())


def is_paused(stance: Stance) -> bool:
    """Whether a confirmed pause of a stance runs now."""
    pause = stance.suspension
    return pause is not None and pause.until is not None and clock.now() < pause.until and pause.ended_at is None


def every_paper_was_counted_once() -> None:
    """As many papers as people who took part, for every question, and no more than stood on the roll."""
    counted = select(Count.ballot_id, Count.question, Count.yes + Count.no + Count.abstain)
    for ballot_id, question, cast in db.session.execute(counted):
        papers = select(func.count()).where(CountedPaper.ballot_id == ballot_id, CountedPaper.question == question)
        voters = select(func.count()).where(Participation.ballot_id == ballot_id)
        assert db.session.scalar(papers) == cast
        # Who voted is forgotten in time.
        assert db.session.scalar(voters) in {0, cast}
        assert cast <= (db.session.scalar(select(func.count()).where(RollEntry.ballot_id == ballot_id)) or 0)


def no_paper_outlives_its_round() -> None:
    """Once published or annulled, the papers as they were cast are gone."""
    left = (
        select(func.count())
        .select_from(OpenPaper)
        .join(Ballot, Ballot.id == OpenPaper.ballot_id)
        .join(Round, Round.id == Ballot.round_id)
        .where(Round.stage.in_((RoundStage.PUBLISHED, RoundStage.ANNULLED)))
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
