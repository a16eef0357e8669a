"""What the pages of offers show: the text as it is, the amendment and the wording offered, and what can be done."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from app import drawer
from app.amendments import queries as amendments
from app.amendments.beside import Beside, beside
from app.amendments.presenters import compared
from app.amendments.sections import Section
from app.models import Amendment, Offer
from app.offers import queries, service
from app.offers.forms import OfferForm
from app.visibility.names import Names, names_on, offerer_of
from app.visibility.presenters import choose_url_for
from app.web.filters import day
from policies.amendments import OBJECTION_PERIOD, AmendmentStage
from policies.errors import NotThere
from policies.groups import group_named
from policies.offers import OfferStage, can_be_offered, opens_at_once
from policies.permissions import Actor, Permission, may
from policies.planks import Stage
from policies.text.units import Document
from policies.visibility import Role

HOURS = int(OBJECTION_PERIOD.total_seconds()) // 3600
STATES = {
    OfferStage.OPEN: "Awaits an answer",
    OfferStage.ACCEPTED: "Accepted",
    OfferStage.REFUSED: "Refused",
    OfferStage.TAKEN_BACK: "Taken back",
    OfferStage.LAPSED: "Lapsed",
}


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere."""

    text: str
    url: str


@dataclass(frozen=True)
class WritingPage:
    """Where another wording is written, and looked at before it is sent."""

    ref: str
    name: str
    plank: Link
    sentence: str
    rows: Sequence[Beside]
    effect: str
    redline_url: str


@dataclass(frozen=True)
class OfferPage:
    """One offer as one of its two readers sees it."""

    key: str
    amendment: Link
    plank: Link
    state: str
    offered_by: str
    when: str
    is_own: bool
    names_url: str
    """For who made it: where to say who is told the own name."""
    sentence: str
    reason: str
    rows: Sequence[Beside]
    effect: str
    """What accepting does."""
    ended: str
    ended_reason: str
    """What its mover said on refusing it."""
    became: Link | None
    accept: bool
    refuse: bool
    take_back: bool


@dataclass(frozen=True)
class OffersSection:
    """What an amendment's page says of offers: those its reader may see, and how its own words came about."""

    ref: str
    offers: Sequence[OfferPage]
    can_offer: bool
    origin: str
    replaces: Link | None
    replaced_by: Link | None


def writing_page(amendment: Amendment, form: OfferForm, actor: Actor) -> WritingPage:
    """Writing another wording; once its words are in order also looking at it."""
    revision = amendment.revision
    assert revision is not None
    title, text = form.whole
    offered = Document.read(title, text, revision.base.units)
    return WritingPage(
        ref=amendment.ref,
        name=f"Amendment {amendment.name}".strip(),
        plank=_plank_link(amendment),
        sentence=compared(revision.base.document, offered).sentence,
        rows=beside(revision.base.document, [revision.document, offered]),
        effect=_effect(amendment.group, actor.group),
        redline_url=url_for("amendments.redline", ref=amendment.plank.ref),
    )


def offer_page(offer: Offer, actor: Actor) -> OfferPage:
    """One offer, for its mover or for who made it; one query for a name."""
    return _page(offer, actor, names_on([offerer_of(offer)], actor))


def _page(offer: Offer, actor: Actor, names: Names) -> OfferPage:
    base, stands = offer.base.document, offer.stage is OfferStage.OPEN and not offer.why_lapsed
    is_mover = may(actor, Permission.OFFER_ANSWER, offer.facts_for(actor))
    return OfferPage(
        key=offer.key,
        amendment=_amendment_link(offer.amendment),
        plank=_plank_link(offer.amendment),
        state=STATES[OfferStage.LAPSED if offer.why_lapsed else offer.stage],
        offered_by=names.who(offerer_of(offer)),
        when=day(offer.offered_at),
        is_own=actor.person_id == offer.offerer_id,
        names_url=choose_url_for(Role.OFFER, offer) if actor.person_id == offer.offerer_id else "",
        sentence=compared(base, offer.document).sentence,
        reason=offer.reason,
        rows=beside(base, [offer.revision.document, offer.document]),
        effect=_effect(offer.amendment.group, offer.group, to_mover=is_mover),
        ended=_ended(offer),
        ended_reason=offer.ended_reason if offer.stage is OfferStage.REFUSED else "",
        became=_amendment_link(offer.became) if offer.became_id and offer.became else None,
        accept=stands and is_mover and offer.amendment.plank.stage is Stage.OPEN,
        refuse=stands and is_mover,
        take_back=stands and may(actor, Permission.OFFER_TAKE_BACK, offer.facts_for(actor)),
    )


def confirm_page(offer: Offer, actor: Actor) -> OfferPage:
    """The same, once more before it is accepted."""
    service.require_acceptable(offer)
    return offer_page(offer, actor)


def section_of_amendment(amendment: Amendment, actor: Actor) -> Section:
    """Offers as a section of an amendment's page; one query of an ordinary one, none for a visitor."""
    may_offer = may(actor, Permission.OFFER_MAKE, amendment.facts_for(actor))
    counts = queries.counted(amendment, actor) if may_offer else {}
    sees_any = counts["own"] > 0 if may_offer else actor.is_member
    accepted = queries.behind(amendment) if amendment.is_consensus else None
    is_superseded = amendment.stage is AmendmentStage.SUPERSEDED
    replaced_by = queries.successor(amendment, actor) if is_superseded else None
    seen = queries.of_amendment(amendment, actor) if sees_any else []
    names = names_on([offerer_of(one) for one in [*seen, *([accepted] if accepted else [])]], actor)
    shown = OffersSection(
        ref=amendment.ref,
        offers=[_page(one, actor, names) for one in seen],
        can_offer=may_offer
        and can_be_offered(service.ground_of(amendment), **counts)
        and not drawer.is_hidden(amendment.revision),
        origin=_origin(accepted, names) if accepted else "",
        replaces=_visible_link(accepted.amendment, actor) if accepted else None,
        replaced_by=_amendment_link(replaced_by) if replaced_by else None,
    )
    return Section("offers/_of_amendment.html", shown)


def _origin(accepted: Offer, names: Names) -> str:
    return (
        f"Consensus wording: {names.who(offerer_of(accepted))} offered these words, and the mover accepted them"
        f" on {day(accepted.ended_at)} in place of the own ones."
    )


def _visible_link(amendment: Amendment, actor: Actor) -> Link | None:
    try:
        return _amendment_link(amendments.visible(actor, amendment.ref))
    except NotThere:
        return None


def _effect(mover_group: str, offerer_group: str | None, *, to_mover: bool = False) -> str:
    title = group_named(mover_group).title
    if opens_at_once(mover_group, offerer_group):
        after = f"It opens at once, since the offer seconds it, and any member can object for {HOURS} hours."
    else:
        after = f"It then needs a second by a member of a group other than the {title}."
    becomes = "If you accept it, it becomes your" if to_mover else "If it is accepted, it becomes the mover’s"
    return f"{becomes} amendment, and the one it replaces ends. {after}"


def _ended(offer: Offer) -> str:
    if offer.why_lapsed:
        return offer.why_lapsed
    on = day(offer.ended_at)
    return {
        OfferStage.OPEN: "",
        OfferStage.ACCEPTED: f"The mover accepted it on {on}.",
        OfferStage.REFUSED: f"The mover refused it on {on}; the amendment goes on as it is.",
        OfferStage.TAKEN_BACK: f"It was taken back on {on}.",
        OfferStage.LAPSED: f"It lapsed on {on}. {offer.ended_reason}",
    }[offer.stage]


def _amendment_link(amendment: Amendment) -> Link:
    name = f"Amendment {amendment.name}" if amendment.name else "The amendment"
    return Link(name, url_for("amendments.show", ref=amendment.ref))


def _plank_link(amendment: Amendment) -> Link:
    return Link(amendment.plank.title, url_for("platform.plank", ref=amendment.plank.ref))
