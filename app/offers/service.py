"""What people do with offers: make one, take it back, accept or refuse it."""

from app import clock, drawer
from app.amendments import queries as amendment_queries
from app.amendments import service as amendments
from app.audit import service as audit
from app.extensions import db
from app.models import Amendment, Offer, Person, locked
from app.notices import audiences
from app.notices import service as notices
from app.notices.service import About
from app.offers import queries
from policies import amendments as amendment_rules
from policies import offers as rules
from policies.amendments import AmendmentStep
from policies.drafts import require_reason_fits
from policies.errors import RuleBroken
from policies.notices import OBJECTED_TO, NoticeKind
from policies.offers import Ground, OfferStage, OfferStep
from policies.permissions import Actor
from policies.planks import require_text_fits
from policies.text import ENGINE_VERSION
from policies.text.canonical import digest, normalise, normalise_title, word_count
from policies.text.units import Document

CHANGED = (
    "The amendment has changed since you began: its mover has submitted other words, or the text has moved."
    " Read it as it is now, then offer your wording again."
)


def make(amendment: Amendment, title: str, text: str, reason: str, *, seen: int, by: Actor) -> Offer:
    """Offer another wording to the mover of an amendment. Nobody but the two of them sees it.

    `seen` is the number of the revision that lay before the offerer's eyes. To offer the same twice is to offer once.
    """
    _lock(amendment)
    title, text = normalise_title(title), normalise(text)
    twin = queries.same_words(amendment, digest(title, text), by)
    if twin is not None:
        return twin
    require_offerable(amendment, by=by)
    revision = amendment.revision
    if revision is None or revision.number != seen:
        raise RuleBroken(CHANGED)
    base = revision.base
    require_text_fits(title, word_count(text), len(text))
    require_reason_fits(reason)
    require_other_words(amendment, title, text)
    offer = Offer(
        amendment=amendment,
        revision=revision,
        base=base,
        offerer_id=by.person_id,
        group=by.group or "",
        title=title,
        text=text,
        sha256=digest(title, text),
        units=Document.read(title, text, base.units).units,
        engine=ENGINE_VERSION,
        reason=reason,
        offered_at=clock.now(),
    )
    db.session.add(offer)
    audit.record("wording offered", offer, by=by, amendment=amendment.id, revision=revision.id, sha256=offer.sha256)
    notices.tell(NoticeKind.OFFER_AWAITS, audiences.one(amendment.mover_id), About.wording(offer))
    return offer


def require_offerable(amendment: Amendment, *, by: Actor) -> None:
    """Refuse offers to what is not open to them, or too many of them: raises `RuleBroken`."""
    drawer.require_shown(amendment.revision)
    rules.require_offerable(ground_of(amendment), **queries.counted(amendment, by))


def require_other_words(amendment: Amendment, title: str, text: str) -> None:
    """Refuse to offer the amendment itself, or the text as it is: raises `RuleBroken`."""
    revision = amendment.revision
    assert revision is not None
    rules.require_other_words(
        is_the_text=(title, text) == (revision.base.title, revision.base.text),
        is_the_amendment=(title, text) == (revision.title, revision.text),
    )


def accept(offer: Offer, *, by: Actor) -> Amendment:
    """Accept another wording for the own amendment: its words become an amendment of the same mover, and the own one
    ends, superseded.

    Seconds and objections stay with the words they were given for. An offer of a member of another group is the second
    of exactly these words, so that the new amendment opens at once, with 72 hours of its own.
    """
    original = offer.amendment
    _lock(original, offer)
    if offer.stage is OfferStage.ACCEPTED and offer.became is not None:
        return offer.became
    rules.require_answerable(offer.stage, OfferStep.ACCEPT, offer.ground)
    drawer.require_shown(offer, offer.base)
    objectors = {objection.person_id for objection, _ in amendment_queries.objections(original)}
    made = amendments.begin(original.plank, offer.title, offer.text, offer.reason, None, by=by, base=offer.base)
    made.is_consensus = True
    amendments.submit(made, by=by)
    original.ended_at = clock.now()
    ended = amendment_rules.next_stage(original.stage, AmendmentStep.SUPERSEDE)
    amendments.move(original, ended, "amendment superseded by consensus wording", by=by, became=made.id)
    offer.became = made
    _end(offer, OfferStep.ACCEPT, "wording accepted", by=by, became=made.id)
    told = About(f"offer {offer.id} {OBJECTED_TO}", OBJECTED_TO, original.plank_id, made.id)
    notices.tell_each(NoticeKind.OFFER_ANSWERED, [(one, told) for one in sorted(objectors - {offer.offerer_id})])
    offerer = db.session.get_one(Person, offer.offerer_id).actor
    if rules.opens_at_once(made.group, offerer.group):
        amendments.second(made, by=offerer)
    return made


def refuse(offer: Offer, reason: str, *, by: Actor) -> None:
    """Refuse another wording; the own amendment goes on as it is. To refuse twice is to refuse once."""
    _lock(offer.amendment, offer)
    if offer.stage is not OfferStage.REFUSED:
        rules.require_answerable(offer.stage, OfferStep.REFUSE, offer.ground)
        _end(offer, OfferStep.REFUSE, "wording refused", by=by, reason=reason)


def take_back(offer: Offer, *, by: Actor) -> None:
    """Take the own offer back before it is answered. To do so twice is to do so once."""
    _lock(offer.amendment, offer)
    if offer.stage is not OfferStage.TAKEN_BACK:
        _end(offer, OfferStep.TAKE_BACK, "offer taken back", by=by)


def lapse(offer: Offer) -> None:
    """End an offer that stands on nothing any more, with the reason in words."""
    _lock(offer.amendment, offer)
    if offer.why_lapsed:
        _end(offer, OfferStep.LAPSE, "offer lapsed", by=None, reason=offer.why_lapsed)


def require_acceptable(offer: Offer) -> None:
    """Refuse to ask about what cannot be accepted: raises `RuleBroken`."""
    rules.require_answerable(offer.stage, OfferStep.ACCEPT, offer.ground)


def ground_of(amendment: Amendment) -> Ground:
    """What an offer to an amendment would stand on."""
    return Ground(amendment.stage, amendment.plank.stage, text_stands=not amendment.needs_rebase)


def _lock(amendment: Amendment, offer: Offer | None = None) -> None:
    locked(amendment.plank)
    locked(amendment)
    if offer is not None:
        locked(offer)


def _end(offer: Offer, step: OfferStep, act: str, *, by: Actor | None, reason: str = "", **details: int) -> None:
    before, offer.stage = offer.stage, rules.next_stage(offer.stage, step)
    offer.ended_at, offer.ended_reason = clock.now(), reason
    audit.record(act, offer, by=by, before=before, after=offer.stage, amendment=offer.amendment_id, **details)
    if step is not OfferStep.TAKE_BACK:
        told = About.wording(offer, offer.stage)
        notices.tell(NoticeKind.OFFER_ANSWERED, audiences.one(offer.offerer_id), told)
