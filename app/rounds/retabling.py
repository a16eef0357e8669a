"""Which groups are left in peace with the words of a plank, since they voted on them and did not carry them."""

from collections import defaultdict
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from app import clock
from app.ballots.service import TEXT_QUESTION
from app.extensions import db
from app.models import Ballot, Count, Plank, Round, Version
from app.orders import queries as standing_orders
from app.rounds import queries
from policies import retabling as rules
from policies.ballots import RoundKind, RoundStage
from policies.endorsements import COUNTING, FormKind
from policies.groups import GROUP_KEYS
from policies.retabling import Asked


def resting(plank: Plank, version: Version) -> dict[str, datetime]:
    """The groups that are not asked about these words now, each with the moment from which they can be.

    The same words are those of the version, of any other of the plank with the same fingerprint, and of one that
    differs from it by an editorial change.
    """
    return rules.resting(_asked(plank, version), clock.now())


def require_free(plank: Plank, version: Version) -> None:
    """Raise `RuleBroken` where a round on these words would ask a group that is left in peace with them."""
    rest = resting(plank, version)
    others = [key for key in GROUP_KEYS if key not in rest]
    is_backed = any(queries.stance_on(version.id, group) in COUNTING for group in others) if rest else False
    rules.require_free(rest, is_backed_by_another=is_backed)


def said(plank: Plank, *versions: Version | None) -> list[str]:
    """In sentences, which groups are left in peace with these words, and until when."""
    found = [resting(plank, version) for version in {one.id: one for one in versions if one}.values()]
    return [rules.said_of(rest) for rest in found if rest]


def said_of_round(of_round: Round) -> list[str]:
    """The same for a round that is being prepared; amendments are other words, so nobody is left in peace with them."""
    return said(of_round.plank, of_round.version) if of_round.kind is RoundKind.ENDORSEMENT else []


def _asked(plank: Plank, version: Version) -> dict[str, list[Asked]]:
    voted_on = aliased(Version)
    same = or_(voted_on.sha256 == version.sha256, voted_on.number == version.number)
    query = (
        select(Ballot, Count, Round)
        .join(Round, Round.id == Ballot.round_id)
        .join(voted_on, voted_on.id == Round.version_id)
        .join(Count, Count.ballot_id == Ballot.id)
        .where(Round.plank_id == plank.id, Round.kind == RoundKind.ENDORSEMENT, Round.stage == RoundStage.PUBLISHED)
        .where(same, Ballot.form != FormKind.WITHDRAW, Count.question == TEXT_QUESTION)
    )
    found: dict[str, list[Asked]] = defaultdict(list)
    for ballot, count, of_round in db.session.execute(query).unique():
        orders = ballot.orders.orders if ballot.orders else standing_orders.of_round(of_round)[ballot.group]
        if of_round.published_at is not None:
            found[ballot.group].append(
                Asked(count.outcome, of_round.is_rerun, of_round.published_at, orders.retabling_after)
            )
    return found
