"""Which planks can be combined, which composites a plank is part of, and which of them wait for a mover's answer."""

from collections.abc import Collection, Sequence
from functools import cache

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import contains_eager, joinedload, load_only

from app.extensions import db
from app.models import CompositeOriginal, Plank, Round, Theme, Version
from app.planks import queries as planks
from policies.ballots import RoundStage
from policies.composites import ANSWERABLE_STAGES
from policies.permissions import Actor
from policies.planks import GROUP_STAGES, Stage

LONGEST = 20


def combinable(but: Collection[int], theme: Theme | None, words: str) -> Select[Plank]:
    """Open planks by number, without those of the ids in `but`; of one theme, and with words in the title, if asked."""
    query = (
        select(Plank)
        .join(Plank.working_version)
        .where(Plank.stage == Stage.OPEN, Plank.number.is_not(None), Plank.id.not_in(but))
        .options(contains_eager(Plank.working_version).options(load_only(Version.number, Version.minor, Version.title)))
    )
    if theme is not None:
        query = query.where(Plank.theme_id == theme.id)
    for word in words.split():
        query = query.where(Version.title.icontains(word, autoescape=True))
    return query.order_by(Plank.number)


def open_planks(numbers: Collection[int]) -> Sequence[Plank]:
    """The open planks with these public numbers, by number."""
    query = select(Plank).where(Plank.number.in_(numbers), Plank.stage == Stage.OPEN).order_by(Plank.number)
    return db.session.scalars(query.options(joinedload(Plank.working_version))).all()


def of_original(plank: Plank, actor: Actor) -> Sequence[CompositeOriginal]:
    """The composites that clauses of a plank went into, within what `actor` may know: never a draft, nor one that
    ended before it was public; the oldest first.
    """
    return db.session.scalars(
        _composites()
        .where(CompositeOriginal.plank_id == plank.id, planks.shown_to(actor))
        .where(or_(Plank.number.is_not(None), Plank.stage.in_(GROUP_STAGES)))
        .order_by(Plank.id)
        .limit(LONGEST)
    ).all()


def awaiting_answer_of(actor: Actor) -> Sequence[CompositeOriginal]:
    """The composites of the person's own planks to which they can give an answer and have given none."""
    opened = (RoundStage.OPEN, RoundStage.CLOSED, RoundStage.PUBLISHED, RoundStage.ANNULLED)
    had_round = exists().where(Round.plank_id == CompositeOriginal.plank_id, Round.stage.in_(opened))
    own = select(Plank.id).where(Plank.mover_id == actor.person_id, Plank.stage == Stage.OPEN)
    return db.session.scalars(
        _composites()
        .where(CompositeOriginal.plank_id.in_(own), CompositeOriginal.answer.is_(None), ~had_round)
        .where(Plank.stage.in_(ANSWERABLE_STAGES))
        .options(joinedload(CompositeOriginal.plank).joinedload(Plank.working_version))
        .order_by(Plank.id)
        .limit(LONGEST)
    ).all()


def of_original_named(plank: Plank, ref: str) -> CompositeOriginal | None:
    """What joins a plank to the submitted composite with this number or key."""
    named = Plank.number == int(ref) if ref.isascii() and ref.isdigit() and len(ref) < 7 else Plank.key == ref
    query = _composites().where(CompositeOriginal.plank_id == plank.id, named, Plank.stage != Stage.DRAFT)
    return db.session.scalars(query).one_or_none() if ref.isprintable() else None


@cache
def _composites() -> Select[CompositeOriginal]:
    return (
        select(CompositeOriginal)
        .join(CompositeOriginal.composite)
        .options(
            contains_eager(CompositeOriginal.composite).options(
                joinedload(Plank.working_version), joinedload(Plank.agreed_version)
            )
        )
    )
