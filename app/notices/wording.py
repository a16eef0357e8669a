"""A notice in words, and where it leads: with titles on the site, where only its reader sees it; in a mail without."""

from datetime import datetime
from typing import Any

from app.models import Notice
from app.notices.queries import Things
from app.web.filters import minute
from policies.amendments import AmendmentStage
from policies.notices import (
    ABOUT_AN_OPEN_BALLOT,
    ANNULLED,
    BACKED,
    EXTENDED,
    NOTHING_LEFT,
    OBJECTED_TO,
    PAUSED,
    NoticeKind,
)
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
    NoticeKind.BALLOT_CHANGED: "The ballot on {title} stays open until {closes}. If you have not voted yet, you can.",
    NoticeKind.RESULT: "The result on {title} is published.",
    NoticeKind.AMENDMENT_NEEDS_ME: "The text has moved under your amendment to {title}. Renew or withdraw it.",
    NoticeKind.AMENDMENT_SECONDED: "Your amendment to {title} is seconded, and open.",
    NoticeKind.AMENDMENT_DECIDED: "Your amendment to {title} is {amendment}.",
    NoticeKind.OFFER_AWAITS: "A composite takes units of your plank {title}. Accept or refuse it on its page.",
    NoticeKind.OFFER_ANSWERED: "The wording you offered for an amendment to {title} {offer}.",
    NoticeKind.PLANK_RULED: "Your plank {title} is {plank}.",
    NoticeKind.CAN_TAKE_OVER: "{about}, which you seconded, is withdrawn. For a while you can take it over.",
    NoticeKind.FOLLOWED_TEXT: "{title}, which you follow, has a new text, version {word}.",
    NoticeKind.FOLLOWED_ROUND: "Groups vote on {title}, which you follow.",
    NoticeKind.CLERK_WANTED: "{title} has waited more than seven days for a ruling. Deputies may act now.",
    NoticeKind.MEMBER_WAITS: "Somebody waits for your check.",
    NoticeKind.MAIL_FAILED: "Some mail did not arrive, or may not have.",
}
_APPEALED = "There is an appeal against the ruling on {about}. It wants the word of your group."
_ABOUT_PEOPLE = {
    "removal": "The removal of a member wants your word as a clerk.",
    "office": "A change in who is a clerk wants your word.",
    "edition": "A proposed edition wants the word of your group.",
}
_TAKEN_OVER = "{about}, which you seconded, was withdrawn, and has been taken over by another seconder."
_RULINGS: dict[str, str] = {
    "in_order": "{about} is ruled in order, and open.",
    "out_of_order": "{about} is ruled out of order. The ruling can be appealed against for seven days.",
    "archive": "{about} is archived.",
    "refer": "{about} is referred back to its drafters.",
    "referred_version": "{about} has a new text, and is with its drafters no more.",
    "referred_answer": "The mover of {about} has answered, and it is with its drafters no more.",
    "referred_ended": "{about} is with its drafters no more.",
    "appealed": "There is an appeal against the ruling on {about}.",
    "upheld": "The ruling on {about} is upheld.",
    "overturned": "The ruling on {about} is overturned. What was ruled out goes on.",
    "lapsed": "The appeal against the ruling on {about} found too few members, so the ruling stands.",
}
_OF_WORD: dict[tuple[NoticeKind, str], str] = {
    (NoticeKind.AMENDMENT_NEEDS_ME, NOTHING_LEFT): (
        "{title} says now what your amendment would have it say. You can withdraw it."
    ),
    (NoticeKind.OFFER_ANSWERED, OBJECTED_TO): (
        "The amendment to {title} that you objected to has other words now. Your objection was to the old ones:"
        " read these."
    ),
    (NoticeKind.BALLOT_CHANGED, ANNULLED): (
        "The round on {title} is annulled. Nothing in it is counted, and a new one can be held."
    ),
}
_BACKED = "{title}, which you follow, has the text that your group promised to back, and your group backs it."
_PAUSED = "A group has paused its backing of {title}, which you follow."
_FOLLOWED = {BACKED: _BACKED, PAUSED: _PAUSED}
_HAS_CLOSED = "The ballot on {title} closed on {closes}."
# Which page a notice leads to. A mail about a ballot that opens leads to the paper itself, to vote in three steps.
_PAGES: dict[NoticeKind, str] = {
    NoticeKind.BALLOT_OPENS: "ballots.show",
    NoticeKind.BALLOT_CLOSES: "ballots.show",
    NoticeKind.BALLOT_CHANGED: "ballots.show",
    NoticeKind.RESULT: "ballots.show",
    NoticeKind.AMENDMENT_NEEDS_ME: "amendments.show",
    NoticeKind.AMENDMENT_SECONDED: "amendments.show",
    NoticeKind.AMENDMENT_DECIDED: "amendments.show",
    NoticeKind.OFFER_AWAITS: "platform.plank",
    NoticeKind.OFFER_ANSWERED: "amendments.show",
    NoticeKind.PLANK_RULED: "platform.plank",
    NoticeKind.RULING: "platform.plank",
    NoticeKind.CAN_TAKE_OVER: "platform.plank",
    NoticeKind.CLERK_WANTED: "desk.to_do",
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
    asks_for_votes = notice.kind in ABOUT_AN_OPEN_BALLOT or notice.word == EXTENDED
    is_over = asks_for_votes and closes_at is not None and now >= closes_at
    sentence = _HAS_CLOSED if is_over else _sentence(notice)
    title = f"“{plank.title}”" if plank else ""
    return sentence.format(
        title=title,
        about=title if notice.amendment_id is None else f"An amendment to {title}",
        word=notice.word,
        closes=minute(closes_at),
        amendment=AmendmentStage(notice.word).words if notice.kind is NoticeKind.AMENDMENT_DECIDED else "",
        offer=_BECAME.get(OfferStage(notice.word), "") if notice.word in list(OfferStage) else "",
        plank=_RULED[Stage(notice.word)] if notice.kind is NoticeKind.PLANK_RULED else "",
    )


def _sentence(notice: Notice) -> str:
    if _is_of_wording(notice):
        return _WORDING_AWAITS
    if notice.kind is NoticeKind.CLERK_WANTED and notice.word == "appeal":
        return _APPEALED
    if notice.kind is NoticeKind.CLERK_WANTED and notice.word in _ABOUT_PEOPLE:
        return _ABOUT_PEOPLE[notice.word]
    if notice.kind is NoticeKind.CAN_TAKE_OVER and notice.word == "taken_over":
        return _TAKEN_OVER
    if notice.kind is NoticeKind.RULING:
        return _RULINGS[notice.word]
    if notice.kind is NoticeKind.FOLLOWED_TEXT:
        return _FOLLOWED.get(notice.word.split(" ")[0], _WORDS[notice.kind])
    return _OF_WORD.get((notice.kind, notice.word), _WORDS[notice.kind])


def address(notice: Notice, things: Things, *, in_a_mail: bool = False) -> Address:
    """The page that a notice leads to: its endpoint and the values in its address."""
    endpoint = (_MAILED_PAGES if in_a_mail else _PAGES)[notice.kind]
    if endpoint.startswith("ballots."):
        return endpoint, {"number": things.rounds[notice.round_id or 0].number}
    if endpoint == "amendments.show" or (endpoint == "platform.plank" and notice.amendment_id is not None):
        return "amendments.show", {"ref": things.amendments[notice.amendment_id or 0]}
    if endpoint == "platform.plank":
        return endpoint, {"ref": things.planks[notice.plank_id or 0].ref}
    return endpoint, {}


def _is_of_wording(notice: Notice) -> bool:
    """Whether what awaits an answer is another wording for an amendment, and no composite."""
    return notice.kind is NoticeKind.OFFER_AWAITS and notice.amendment_id is not None
