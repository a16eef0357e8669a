"""What people do with composites: put one together, and answer one for the own plank."""

from collections.abc import Mapping, Sequence

from app import clock, drawer
from app.audit import service as audit
from app.composites import queries
from app.extensions import db
from app.models import CompositeOriginal, CompositePart, Plank, Theme, Version
from app.planks import queries as planks_queries
from app.planks import service as planks
from app.planks.composed import composed
from app.planks.originals import forget, lock_together
from policies import composites as rules
from policies.composites import Answer
from policies.errors import RuleBroken
from policies.permissions import Actor
from policies.planks import Stage
from policies.text.gather import Taken, gather, take


def begin(
    chosen: Sequence[tuple[Version, str]], theme: Theme, title: str, reason: str, *, by: Actor, key: str | None = None
) -> Plank:
    """Put chosen clauses together into a new draft; nobody but its mover sees it. `chosen` are units of versions, in
    the order in which they are to stand; footnotes follow by themselves.

    `key` is that of the page they are chosen on: what is sent from there again goes into the same draft, unless its
    words were edited since. Then it begins another one, so that no word is lost.
    """
    begun = planks_queries.own_with_key(by, key) if key else None
    if begun is not None:
        lock_together([begun])
        key = key if _is_as_put_together(begun) else None
    versions = {version.id: version for version, _ in chosen}
    rules.require_clauses_of_two([version.plank_id for version in versions.values()])
    rules.require_combinable([version.plank.stage for version in versions.values()])
    drawer.require_shown(*versions.values())
    taken = take([(version.id, unit_id) for version, unit_id in chosen], {key: v.units for key, v in versions.items()})
    text, _ = gather(taken)
    rules.require_room(text)
    composite = planks.begin(theme, title, text, reason, by=by, key=key)
    forget(composite)
    _keep(composite, taken, versions)
    parts = [[one.source, one.unit.unit_id, one.new_id] for one in taken]
    audit.record("composite put together", composite, by=by, parts=parts)
    return composite


def keep_first(
    chosen: Sequence[tuple[Version, str]], theme: Theme, title: str, reason: str, *, by: Actor, key: str | None
) -> Plank:
    """The same for what is kept unasked: once the draft was edited or submitted, nothing chosen here changes it."""
    begun = planks_queries.own_with_key(by, key) if key else None
    if begun is not None:
        lock_together([begun])
        if not _is_as_put_together(begun):
            raise RuleBroken("The words of this composite have been edited since. Go on with its draft, on your list.")
    return begin(chosen, theme, title, reason, by=by, key=key)


def require_combinable(plank: Plank) -> None:
    """Refuse to begin a composite with a plank that is not open: raises `RuleBroken`."""
    rules.require_combinable([plank.stage] * rules.FEWEST_PLANKS)


def answer(plank: Plank, composite_ref: str, word: str, *, by: Actor) -> Answer:
    """Accept or refuse for the own plank that it ends in a composite. Until it has, the answer can be changed.

    Accepting a composite that is open takes effect at once; before that, when it opens.
    """
    original = queries.of_original_named(plank, composite_ref)
    if original is None or word not in list(Answer):
        raise RuleBroken("Choose to accept or to refuse one of the composites that the page of your plank shows.")
    composite, said = original.composite, Answer(word)
    lock_together([plank, composite])
    db.session.refresh(original)
    if original.answer is said:
        return said
    rules.require_answerable(plank.stage, composite.stage, had_round=planks_queries.had_round(plank))
    original.answer, original.answered_at = said, clock.now()
    audit.record("composite answered", plank, by=by, composite=composite.id, answer=said)
    planks.end_in_composite(original, by=by)
    return said


def _is_as_put_together(composite: Plank) -> bool:
    """Whether it is a draft that still says what its clauses gave."""
    made_of = composed(composite)
    return composite.stage is Stage.DRAFT and made_of is not None and gather(made_of.taken)[0] == composite.draft_text


def _keep(composite: Plank, taken: Sequence[Taken], versions: Mapping[int, Version]) -> None:
    """Write down where each clause came from."""
    for version_id in dict.fromkeys(one.source for one in taken):
        version = versions[version_id]
        db.session.add(CompositeOriginal(composite_id=composite.id, plank_id=version.plank_id, version_id=version_id))
    db.session.flush()
    db.session.add_all(
        CompositePart(
            composite_id=composite.id,
            place=place,
            version_id=one.source,
            source_unit_id=one.unit.unit_id,
            unit_id=one.new_id,
        )
        for place, one in enumerate(taken, start=1)
    )
    db.session.flush()
