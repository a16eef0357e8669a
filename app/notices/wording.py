"""A notice in words, and where it leads: with titles on the site, where only its reader sees it; in a mail without."""

from datetime import datetime
from typing import Any

from app.models import Notice
from app.notices.queries import Things
from app.web.filters import minute
from policies.amendments import AmendmentStage
from policies.notices import ABOUT_AN_OPEN_BALLOT, NOTHING_LEFT, OBJECTED_TO, NoticeKind
from policies.offers import OfferStage
from policies.planks import Stage

_RULED: dict[Stage, str] = {
    Stage.OPEN: "in order, and open",
    Stage.RULED_OUT: "ruled out of order",
    Stage.ARCHIVED: "archived",
}
_BECAME: dict[OfferStage, str] = {
    OfferStage.ACCEPTED: "is accepted",
    OfferStage.REFUSED: "is refused",
    OfferStage.LAPSED: "has lapsed",
}
_WORDING_AWAITS = "Another wording is offered for your amendment to {title}. Accept or refuse it on its page."
_WORDS: dict[NoticeKind, str] = {
    NoticeKind.BALLOT_OPENS: "You can vote on {title} until {closes}.",
    NoticeKind.BALLOT_CLOSES: "The ballot on {title} closes on {closes}. If you have not voted yet, you still can.",
    NoticeKind.RESULT: "The result on {title} is published.",
    NoticeKind.AMENDMENT_NEEDS_ME: "The text has moved under your amendment to {title}. Renew or withdraw it.",
    NoticeKind.AMENDMENT_SECONDED: "Your amendment to {title} is seconded, and open.",
    NoticeKind.AMENDMENT_DECIDED: "Your amendment to {title} is {amendment}.",
    NoticeKind.OFFER_AWAITS: "A composite takes clauses of your plank {title}. Accept or refuse it on its page.",
    NoticeKind.OFFER_ANSWERED: "The wording you offered for an amendment to {title} {offer}.",
    NoticeKind.PLANK_RULED: "Your plank {title} is {plank}.",
    NoticeKind.FOLLOWED_TEXT: "{title}, which you follow, has a new text, version {word}.",
    NoticeKind.FOLLOWED_ROUND: "Groups vote on {title}, which you follow.",
    NoticeKind.MEMBER_WAITS: "Somebody waits for your check.",
    NoticeKind.MAIL_FAILED: "Some mail did not arrive, or may not have.",
}
_NOTHING_LEFT = "{title} says now what your amendment would have it say. You can withdraw it."
_OBJECTED_TO = (
    "The amendment to {title} that you objected to has other words now. Your objection was to the old ones: read these."
)
_HAS_CLOSED = "The ballot on {title} closed on {closes}."
# Which page a notice leads to. A mail about a ballot that opens leads to the paper itself, to vote in three steps.
_PAGES: dict[NoticeKind, str] = {
    NoticeKind.BALLOT_OPENS: "ballots.show",
    NoticeKind.BALLOT_CLOSES: "ballots.show",
    NoticeKind.RESULT: "ballots.show",
    NoticeKind.AMENDMENT_NEEDS_ME: "amendments.show",
    NoticeKind.AMENDMENT_SECONDED: "amendments.show",
    NoticeKind.AMENDMENT_DECIDED: "amendments.show",
    NoticeKind.OFFER_AWAITS: "platform.plank",
    NoticeKind.OFFER_ANSWERED: "amendments.show",
    NoticeKind.PLANK_RULED: "platform.plank",
    NoticeKind.FOLLOWED_TEXT: "platform.plank",
    NoticeKind.FOLLOWED_ROUND: "ballots.show",
    NoticeKind.MEMBER_WAITS: "joining.members",
    NoticeKind.MAIL_FAILED: "mail.undelivered",
}
_MAILED_PAGES = _PAGES | {NoticeKind.BALLOT_OPENS: "ballots.vote"}

Address = tuple[str, dict[str, Any]]


def words(notice: Notice, things: Things, now: datetime) -> str:
    """What a notice says on the site."""
    plank, of_round = things.planks.get(notice.plank_id or 0), things.rounds.get(notice.round_id or 0)
    closes_at = of_round.closes_at if of_round else None
    is_to_objector = notice.kind is NoticeKind.OFFER_ANSWERED and notice.word == OBJECTED_TO
    is_over = notice.kind in ABOUT_AN_OPEN_BALLOT and closes_at is not None and now >= closes_at
    is_done = notice.kind is NoticeKind.AMENDMENT_NEEDS_ME and notice.word == NOTHING_LEFT
    about = _WORDING_AWAITS if _is_of_wording(notice) else _NOTHING_LEFT if is_done else _WORDS[notice.kind]
    sentence = _HAS_CLOSED if is_over else _OBJECTED_TO if is_to_objector else about
    return sentence.format(
        title=f"“{plank.title}”" if plank else "",
        word=notice.word,
        closes=minute(closes_at),
        amendment=AmendmentStage(notice.word).words if notice.kind is NoticeKind.AMENDMENT_DECIDED else "",
        offer=_BECAME.get(OfferStage(notice.word), "") if notice.word in list(OfferStage) else "",
        plank=_RULED[Stage(notice.word)] if notice.kind is NoticeKind.PLANK_RULED else "",
    )


def address(notice: Notice, things: Things, *, in_a_mail: bool = False) -> Address:
    """The page that a notice leads to: its endpoint and the values in its address."""
    endpoint = (_MAILED_PAGES if in_a_mail else _PAGES)[notice.kind]
    if endpoint.startswith("ballots."):
        return endpoint, {"number": things.rounds[notice.round_id or 0].number}
    if endpoint == "amendments.show" or _is_of_wording(notice):
        return "amendments.show", {"ref": things.amendments[notice.amendment_id or 0]}
    if endpoint == "platform.plank":
        return endpoint, {"ref": things.planks[notice.plank_id or 0].ref}
    return endpoint, {}


def _is_of_wording(notice: Notice) -> bool:
    """Whether what awaits an answer is another wording for an amendment, and no composite."""
    return notice.kind is NoticeKind.OFFER_AWAITS and notice.amendment_id is not None
