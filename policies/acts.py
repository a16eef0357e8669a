"""Every act the record knows, who may read of it, and in which words. What is not named here cannot be recorded."""

from dataclasses import dataclass
from enum import StrEnum


class Audience(StrEnum):
    """Who reads of an act, where the thing it happened to is one they may see at all."""

    EVERYBODY = "everybody"
    CLERKS = "clerks"
    OWN_CLERKS = "clerks of the group concerned"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Act:
    """Who may read of an act, and what it is called in the record's pages."""

    audience: Audience
    words: str = ""


def _public(words: str) -> Act:
    return Act(Audience.EVERYBODY, words)


def _clerks(words: str) -> Act:
    return Act(Audience.CLERKS, words)


def _own(words: str) -> Act:
    return Act(Audience.OWN_CLERKS, words)


# What one person does for oneself alone, and what another row tells already.
_SILENT = Act(Audience.NOBODY)

ACTS: dict[str, Act] = {
    # Planks
    "plank begun": _SILENT,
    "plank redrafted": _SILENT,
    "draft discarded": _SILENT,
    "plank submitted": _clerks("Put before the members"),
    "plank seconded": _clerks("Seconded"),
    "second taken back": _clerks("Second taken back"),
    "plank fully seconded": _clerks("Passed to the clerks, with all its seconds"),
    "clerk ruled": _clerks("Ruled on by a clerk"),
    "clerk ruled on amendment": _clerks("Ruled on by a clerk"),
    "clerk asked to refer back": _clerks("Wanted back with its drafters by a clerk"),
    "clerk answered appeal": _clerks("Answered on appeal by a clerk"),
    "ruling registered": _SILENT,
    "ruling appealed against": _SILENT,
    "appeal taken back": _SILENT,
    "appeal open": _SILENT,
    "appeal upheld": _SILENT,
    "appeal overturned": _SILENT,
    "appeal lapsed": _SILENT,
    "ruling on plank overturned": _clerks("Ruling overturned on appeal"),
    "ruling on amendment overturned": _clerks("Ruling overturned on appeal"),
    "plank referred back": _public("Referred back to its drafters"),
    "reference back ended": _public("With its drafters no more"),
    "plank taken over": _public("Taken over by a seconder"),
    "brackets released": _SILENT,
    "brackets closed": _SILENT,
    "temperature read": _SILENT,
    "plank ruled in order": _public("Found in order by clerks of two groups, and opened"),
    "plank ruled out": _clerks("Ruled out"),
    "plank imported": _public("Taken in from a file, and opened"),
    "plank lapsed": _clerks("Lapsed without its seconds"),
    "plank withdrawn": _public("Withdrawn"),
    "plank archived": _public("Archived by clerks of all groups"),
    "plank composited": _public("Ended in a composite"),
    "composite put together": _SILENT,
    "composite answered": _SILENT,
    "version written": _public("Text written"),
    "agreed text moved": _public("Read as agreed from now on"),
    "theme added": _public("Theme added"),
    # Amendments
    "amendment begun": _SILENT,
    "amendment redrafted": _SILENT,
    "amendment submitted": _clerks("Put before the members"),
    "amendment seconded": _clerks("Seconded"),
    "amendment opened": _public("Opened"),
    "amendment objected to": _public("Objected to: it needs a round"),
    "amendment carried over": _public("Carried over to the newer text, unchanged"),
    "time to object given anew": _public("Given its 72 hours anew, after a vote on the plank"),
    "conflict settled": _SILENT,
    "amendment put to the vote": _public("Put to the vote"),
    "amendment adopted by agreement": _public("Adopted by agreement"),
    "amendment carried": _public("Carried in every group"),
    "amendment not carried": _public("Not carried"),
    "amendment kept as minority position": _public("Not carried; kept as a minority position"),
    "amendment undecided": _public("Not decided: a quorum was missed"),
    "amendment fell": _public("Fell"),
    "amendment fell with its plank": _public("Fell with its plank"),
    "amendment withdrawn": _public("Withdrawn"),
    "amendment taken over": _public("Taken over by a seconder"),
    "amendment ruled out": _clerks("Ruled out"),
    "amendment back from an annulled round": _public("Back from an annulled round"),
    "amendment superseded by a composite": _public("Superseded by a composite"),
    "amendment superseded by consensus wording": _public("Superseded by consensus wording"),
    "wording offered": _SILENT,
    "wording accepted": _SILENT,
    "wording refused": _SILENT,
    "offer taken back": _SILENT,
    "offer lapsed": _SILENT,
    # Rounds, stances and positions
    "round prepared": _public("Prepared"),
    "round agreed to": _public("Agreed to by a clerk"),
    "round cancelled": _public("Cancelled before it opened"),
    "re-run prepared": _public("Prepared as the one re-run"),
    "re-run given up": _SILENT,
    "extension asked for": _public("Extension asked for by a clerk"),
    "annulment asked for": _public("Annulment asked for by a clerk"),
    "joint word taken back": _public("A clerk’s word taken back"),
    "round extended": _public("Extended by clerks of all groups"),
    "round annulled": _public("Annulled by clerks of all groups, its votes destroyed"),
    "round annulled on plank": _SILENT,
    "recount asked for": _SILENT,
    "round recounted": _SILENT,
    "participation erased": _SILENT,
    "round opened": _public("Opened, its rolls frozen"),
    "round opened on plank": _SILENT,
    "roll reminded": _SILENT,
    "round closed": _public("Closed"),
    "round counted": _public("Counted"),
    "round published": _public("Published"),
    "round published on plank": _SILENT,
    "stance taken": _public("Decided"),
    "condition lapsed": _public("Condition lapsed"),
    "pause asked": _SILENT,
    "pause taken back": _SILENT,
    "backing paused": _SILENT,
    "pause ended": _SILENT,
    "editorial change proposed": _SILENT,
    "editorial change answered": _SILENT,
    "editorial change ended": _SILENT,
    "edition proposed": _SILENT,
    "edition answered": _SILENT,
    "edition proposal ended": _SILENT,
    "edition published": _public("Edition published by clerks of all groups"),
    "position recorded": _public("Position recorded"),
    "position replaced": _SILENT,
    "position withdrawn": _SILENT,
    "position became historical": _public("Position became historical: the seat is vacated"),
    "MP came": _public("Took a seat"),
    "MP changed": _public("Changed in the public register"),
    "MP returned": _public("Took a seat again"),
    "MP left": _public("Left the seat"),
    "MP account asked for": _SILENT,
    "MP account address proven": _SILENT,
    "MP account request forgotten": _SILENT,
    "MP account vouched for": _clerks("Vouched for who the MP is"),
    "MP account given": _clerks("Gave the MP an account"),
    "MP account refused": _clerks("Refused an account"),
    "register imported": _public("Register of MPs read"),
    "brief read": _SILENT,
    "position drafted": _SILENT,
    "position draft confirmed": _SILENT,
    "position draft discarded": _SILENT,
    "delegate invited": _SILENT,
    "delegate accepted": _SILENT,
    "delegate ended": _SILENT,
    # Groups and people
    "statement published": _public("Launch statement published"),
    "office changed": _public("Clerks’ address changed"),
    "standing orders proposed": _own("Other standing orders proposed"),
    "standing orders confirmed": _public("Standing orders changed"),
    "standing orders turned down": _own("Other standing orders turned down"),
    "standing orders taken back": _own("Proposed standing orders taken back"),
    "deputy named by a clerk": _own("Deputy named by one clerk"),
    "deputy named": _own("Deputy named by two clerks"),
    "deputy ended": _own("Deputy no more"),
    "clerk appointed": _own("Clerk appointed"),
    "office proposed": _own("Change of a clerk’s office proposed"),
    "office proposal confirmed": _own("Change of a clerk’s office confirmed by a second person"),
    "office proposal given up": _own("Proposed change of a clerk’s office given up"),
    "office refused": _own("Office of a clerk refused by the member"),
    "office prolonged": _own("Clerk for another term"),
    "office ended": _own("Clerk no more"),
    "member invited": _own("Member invited"),
    "known member invited": _own("Somebody invited who is a member already, or about to be one"),
    "membership applied for": _own("Membership applied for"),
    "membership offered": _own("Membership offered"),
    "address proven": _own("Address proven"),
    "membership asked for again": _SILENT,
    "applicant asked": _own("Applicant asked a question"),
    "applicant answered": _own("Applicant answered a question"),
    "address list uploaded": _SILENT,
    "address list erased": _SILENT,
    "member joined": _own("Member joined"),
    "member refused": _own("Applicant refused"),
    "member left": _own("Member left"),
    "membership renewed": _own("Membership renewed"),
    "membership lapsed": _own("Membership lapsed"),
    "removal proposed": _own("Removal of a member proposed by one clerk"),
    "removal given up": _own("Removal of a member given up"),
    "removal confirmed": _own("Removal of a member confirmed by a second clerk"),
    "removal appealed against": _own("Removal appealed against by the member"),
    "removal answered": _SILENT,
    "removal final": _own("Removal of a member final"),
    "removal erased": _SILENT,
    "office proposal erased": _SILENT,
    "removal overturned": _own("Removal overturned by the other groups’ clerks"),
    "invitation taken back": _own("Invitation taken back"),
    "membership forgotten": _own("Unfinished membership forgotten"),
    "person renamed": _SILENT,
    "person erased": _SILENT,
    "archive asked for": _SILENT,
    "archive fetched": _SILENT,
    "passkey added": _SILENT,
    "passkey removed": _SILENT,
    "address changed": _SILENT,
    "operator named": _SILENT,
    "operator confirmed": _SILENT,
    "operator ended": _SILENT,
    "name choice changed": _SILENT,
    "general name choice changed": _SILENT,
    "notices chosen": _SILENT,
    "notice mail ended": _SILENT,
    "mail sent again": _SILENT,
    "interest asked for": _SILENT,
    "interest forgotten": _SILENT,
    "interest list downloaded": _SILENT,
    "consent given": _SILENT,
    "consent withdrawn": _SILENT,
    "supporter erased": _SILENT,
    "clock moved": _SILENT,
    # Arguments and reports
    "argument written": _SILENT,
    "argument changed": _SILENT,
    "argument withdrawn": _SILENT,
    "report filed": _SILENT,
    "clerk spoke in case": _SILENT,
    "case appealed": _SILENT,
    "text hidden at once": _SILENT,
    "held text shown again": _SILENT,
    "text hidden": _SILENT,
    "text left": _SILENT,
    "text shown again": _SILENT,
    "case ended with its text": _SILENT,
    "contact erased": _SILENT,
    "report erased": _SILENT,
    "case appeal erased": _SILENT,
    # Complaints about personal data
    "complaint received": _SILENT,
    "complaint progressed": _SILENT,
    "complaint answered": _SILENT,
    "complaint overdue": _SILENT,
}


def acts_read_by(*audiences: Audience) -> list[str]:
    """The names of the acts that these audiences read of, sorted."""
    return sorted(name for name, act in ACTS.items() if act.audience in audiences)
