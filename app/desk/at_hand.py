"""What there is at all that could wait for a member, asked in one short question before a dozen long ones.

Most members have nothing under way most of the time: then the long questions, which read whole planks with their texts,
are not asked. Each part here says too much rather than too little: where it says yes, the long question decides.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, exists, literal, select
from sqlalchemy.orm import QueryableAttribute

from app.extensions import db
from app.models import Amendment, Case, Membership, Moment, OfficeProposal, Plank, Round, Withdrawal
from policies.amendments import AmendmentStage
from policies.ballots import RoundStage
from policies.moderation import CaseStage
from policies.offices import ProposalStage
from policies.permissions import Actor
from policies.planks import Stage


@dataclass(frozen=True)
class AtHand:
    """Whether there are such things."""

    open_rounds: bool
    withdrawn: bool
    """Planks or amendments that were withdrawn and can be taken over by whoever seconded them."""
    planks_wanting_seconds: bool
    amendments_wanting_seconds: bool
    own_planks: bool
    own_amendments: bool
    offices_offered: bool
    hidden: bool
    """Own texts that clerks have hidden; clerks are asked about those of their group as well."""


def at_hand(actor: Actor, now: datetime) -> AtHand:
    """What there is for a member at this moment."""
    found = db.session.execute(_question(), {"person": actor.person_id, "now": now}).one()
    return AtHand(*(bool(one) for one in found))


@cache
def _question() -> Select[bool, bool, bool, bool, bool, bool, bool, bool]:
    person: BindParameter[int | None] = bindparam("person")
    now = bindparam("now", type_=Moment())
    return select(
        exists().where(Round.stage == _in_words(Round.stage, RoundStage.OPEN)),
        exists().where(Withdrawal.taken_over_at.is_(None), Withdrawal.until > now),
        exists().where(Plank.stage == _in_words(Plank.stage, Stage.SEEKING_SECONDERS)),
        exists().where(Amendment.stage == AmendmentStage.SUBMITTED),
        exists().where(Plank.mover_id == person),
        exists().where(Amendment.mover_id == person),
        exists().where(
            OfficeProposal.stage == ProposalStage.CONFIRMED,
            Membership.id == OfficeProposal.membership_id,
            Membership.person_id == person,
        ),
        exists().where(Case.stage == CaseStage.HIDDEN, Case.author_id == person),
    )


def _in_words(column: QueryableAttribute[Any], stage: Stage | RoundStage) -> ColumnElement[Any]:
    """A rare stage as a word of the question, so that an index tells there is none: as a parameter of a question that
    is prepared once it could be any, and all planks or rounds there ever were would be looked at."""
    return literal(stage, column.type, literal_execute=True)
