"""Planks that ask much the same as one that clerks check, by their words: shown beside it, and nothing comes of it."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, load_only

from app.extensions import db
from app.models import Plank, Version
from policies.likeness import Words, most_alike, words_of
from policies.planks import GROUP_STAGES, Stage

# The newest are compared: more than a platform has, and a bound for the work of one page.
MOST_COMPARED = 200
_COMPARED = GROUP_STAGES | {Stage.OPEN, Stage.BALLOTING, Stage.RULED_OUT}


def beside(asked: Sequence[Plank]) -> dict[int, Sequence[Plank]]:
    """For each of these planks those that are alike, the most alike first; two queries, however many there are.

    Clerks are members, so that all they are shown here has been submitted.
    """
    if not asked:
        return {}
    words = _words()
    found = {
        plank.id: most_alike(words[plank.id], {key: one for key, one in words.items() if key != plank.id})
        for plank in asked
        if plank.id in words
    }
    title = load_only(Version.title, raiseload=True)
    query = select(Plank).where(Plank.id.in_({plank_id for ids in found.values() for plank_id in ids}))
    titled = query.options(joinedload(Plank.working_version).options(title))
    titled = titled.options(joinedload(Plank.agreed_version).options(title))
    planks = {plank.id: plank for plank in db.session.scalars(titled)}
    return {plank_id: [planks[one] for one in ids] for plank_id, ids in found.items()}


def _words() -> dict[int, Words]:
    query = (
        select(Plank.id, Version.title, Version.text)
        .join(Version, Version.id == Plank.working_version_id)
        .where(Plank.stage.in_(_COMPARED))
        .order_by(Plank.id.desc())
        .limit(MOST_COMPARED)
    )
    return {plank_id: words_of(title, text) for plank_id, title, text in db.session.execute(query)}
