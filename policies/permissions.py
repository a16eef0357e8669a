"""Who may do what. Every permission in the service is a row in ALLOWED; when it is possible is the rules' business."""

from enum import StrEnum

from policies.errors import NotPermitted
from policies.facts import (
    VISITOR,
    Actor,
    AmendmentFacts,
    ArgumentFacts,
    ExportFacts,
    GroupFacts,
    MembershipFacts,
    NegotiationFacts,
    OfferFacts,
    OfficeFacts,
    PlankFacts,
    RoundFacts,
    RulingFacts,
    ServiceFacts,
    TakeoverFacts,
)
from policies.predicates import (
    Facts,
    Predicate,
    anybody,
    is_author,
    is_clerk,
    is_clerk_of_a_voting_group,
    is_clerk_of_that_group,
    is_delegate,
    is_delegate_there,
    is_demonstration,
    is_deputy,
    is_member,
    is_mover,
    is_mp,
    is_no_draft,
    is_no_mp,
    is_no_operator,
    is_not_mover,
    is_numbered,
    is_of_another_group,
    is_offerer,
    is_operator,
    is_own_export,
    is_own_membership,
    is_released,
    is_seconder,
    is_signed_in,
    is_that_mp,
    is_voter_here,
)

__all__ = [
    "ALLOWED",
    "VISITOR",
    "Actor",
    "AmendmentFacts",
    "ArgumentFacts",
    "ExportFacts",
    "Facts",
    "GroupFacts",
    "MembershipFacts",
    "NegotiationFacts",
    "OfferFacts",
    "OfficeFacts",
    "Permission",
    "PlankFacts",
    "Predicate",
    "RoundFacts",
    "RulingFacts",
    "ServiceFacts",
    "TakeoverFacts",
    "may",
    "require",
]


class Permission(StrEnum):
    """`noun:verb`, each with its meaning."""

    SITE_READ = "site:read"
    """Read the pages that are about no single thing: home, themes, search, how decisions are made."""
    SESSION_START = "session:start"
    """See the sign-in page and sign in."""
    SESSION_END = "session:end"
    """Sign out."""
    ACCOUNT_READ = "account:read"
    """See what the service knows of oneself and which officers read it, change the own name, end the own sessions."""
    DATA_TAKE = "data:take"
    """Ask for an archive of all that is held about oneself, and erase the own account."""
    DATA_FETCH = "data:fetch"
    """Fetch the archive one asked for."""
    PASSKEY_KEEP = "passkey:keep"
    """Add a passkey of one's own, or remove one."""
    ADDRESS_CHANGE = "address:change"
    """Have another e-mail address."""
    OPERATOR_BECOME = "operator:become"
    """Confirm that one runs the machine, where the command line named one."""
    OPERATION_READ = "operation:read"
    """See how the machine runs: its mail, its jobs and its health, without a name or a ballot."""
    NAME_CHOOSE = "name:choose"
    """See how others see one, and choose who is shown the own name on a thing, or take it back."""
    GROUP_READ = "group:read"
    """Read a group's page, what it decided, and its launch statements of all times."""
    GROUP_EDIT = "group:edit"
    """Publish a launch statement of the own group, and say where its clerks are reached."""
    ORDERS_CHANGE = "orders:change"
    """Propose a change of the own group's standing orders; confirm, turn down or take back one that waits."""
    GROUP_JOIN = "group:join"
    """Ask to join a group, prove an address, and answer an invitation."""
    GROUP_LEAVE = "group:leave"
    """Leave the own group, or take an application back."""
    MEMBER_LIST = "member:list"
    """See the members of the own group, those who wait to become one, and who is on the group's roll in a round."""
    MEMBER_INVITE = "member:invite"
    """Invite people into the own group."""
    MEMBER_DECIDE = "member:decide"
    """Approve, ask or refuse somebody who wants to join the own group, or take an invitation back."""
    MEMBERSHIP_RENEW = "membership:renew"
    """Renew the own membership."""
    MEMBERSHIP_MOVE = "membership:move"
    """Leave the own group and ask to join another one, in one go."""
    REMOVAL_PROPOSE = "removal:propose"
    """Propose to remove a member of the own group."""
    REMOVAL_DECIDE = "removal:decide"
    """See and confirm a removal as the second clerk, give it up, or decide for the own group on an appeal."""
    REMOVAL_APPEAL = "removal:appeal"
    """See where the own removal stands, and appeal against it."""
    OFFICE_LIST = "office:list"
    """See the clerks of the own group and their terms, ask for the own next term, and step down."""
    OFFICE_PROPOSE = "office:propose"
    """Propose a member of the own group as its clerk, or that a clerk’s office end."""
    OFFICE_DECIDE = "office:decide"
    """Confirm such a proposal as the second person, or give it up."""
    OFFICE_ACCEPT = "office:accept"
    """Accept or refuse the office of a clerk that was offered to oneself."""
    APPLICATION_ANSWER = "application:answer"
    """Answer what a clerk asks about the own application."""
    ADDRESS_LIST_KEEP = "address_list:keep"
    """Upload or erase the list of addresses by which the own group's clerks know applicants."""
    INTEREST_REGISTER = "interest:register"
    """Register interest without belonging to a party, confirm the address, change the own choices, unsubscribe."""
    INTEREST_LIST = "interest:list"
    """See who has registered interest and for what, and download the list."""
    OUTBOX_READ = "outbox:read"
    """Read the mail of a demonstration, none of which leaves it."""
    MAIL_MEND = "mail:mend"
    """See which mails did not arrive, and send one again."""
    CLOCK_MOVE = "clock:move"
    """Move the service's clock and have made-up voters vote, in a demonstration only."""
    TO_DO_READ = "to_do:read"
    """Read the own to-do list."""
    DESK_READ = "desk:read"
    """Read the clerks' desk."""
    NOTICE_READ = "notice:read"
    """Read the own notices, mark them as read, and choose how to be told."""
    MAIL_END = "mail:end"
    """End a kind of mail by the link in its foot; the link itself says whose."""
    PLANK_READ = "plank:read"
    """Read a plank's text and history."""
    PLANK_PROPOSE = "plank:propose"
    """Begin a plank."""
    PLANK_DRAFT = "plank:draft"
    """Edit, submit or discard the own draft."""
    PLANK_SECOND = "plank:second"
    """Second a plank, or take that back."""
    PLANK_WITHDRAW = "plank:withdraw"
    """Withdraw the own plank."""
    PLANK_RULE = "plank:rule"
    """Rule a plank in order or out for the own group; for deputies once it has waited long."""
    PLANK_ARCHIVE = "plank:archive"
    """Say for the own group that a plank belongs in the archive."""
    PLANK_REFER = "plank:refer"
    """Say for the own group that a plank goes back to its drafters."""
    PLANK_ANSWER = "plank:answer"
    """Answer for the own plank that was referred back."""
    PLANK_TAKE_OVER = "plank:take_over"
    """Take over a withdrawn plank that one has seconded."""
    PLANK_FOLLOW = "plank:follow"
    """Follow a plank, or follow it no more."""
    PLANK_AMEND = "plank:amend"
    """Begin an amendment to a plank."""
    COMPOSITE_BEGIN = "composite:begin"
    """Put clauses of a plank and of others together into a new plank."""
    COMPOSITE_ANSWER = "composite:answer"
    """Say whether the own plank may end in a composite of its clauses."""
    AMENDMENT_READ = "amendment:read"
    """Read an amendment."""
    AMENDMENT_DRAFT = "amendment:draft"
    """Edit, submit, renew or discard the own amendment."""
    AMENDMENT_SECOND = "amendment:second"
    """Second an amendment, or take that back."""
    AMENDMENT_OBJECT = "amendment:object"
    """Object to adopting an amendment without a round."""
    AMENDMENT_WITHDRAW = "amendment:withdraw"
    """Withdraw the own amendment."""
    AMENDMENT_RULE = "amendment:rule"
    """Rule an amendment out of order for the own group."""
    AMENDMENT_TAKE_OVER = "amendment:take_over"
    """Take over a withdrawn amendment that one has seconded."""
    RULING_READ = "ruling:read"
    """Read a ruling of clerks, and what came of an appeal against it."""
    RULING_APPEAL = "ruling:appeal"
    """Appeal against a ruling."""
    RULING_UPHOLD = "ruling:uphold"
    """Say for the own group whether a ruling that was appealed against is upheld."""
    DEPUTY_LIST = "deputy:list"
    """See the deputies of the own group, and those who can become one."""
    DEPUTY_NAME = "deputy:name"
    """Name a deputy of the own group, or end that."""
    OFFER_MAKE = "offer:make"
    """Offer another wording to the mover of an amendment."""
    OFFER_READ = "offer:read"
    """Read an offer of another wording."""
    OFFER_ANSWER = "offer:answer"
    """Accept or refuse another wording for the own amendment."""
    OFFER_TAKE_BACK = "offer:take_back"
    """Take the own offer back."""
    ARGUMENT_WRITE = "argument:write"
    """Write or change the own reason for or against a plank or an amendment."""
    ARGUMENT_WITHDRAW = "argument:withdraw"
    """Withdraw the own argument."""
    REPORT_FILE = "report:file"
    """Report a text that one may read, or a page."""
    REPORT_FOLLOW = "report:follow"
    """See how a report ended, by its reference, and appeal."""
    REPORT_READ = "report:read"
    """Read the reports that wait for clerks."""
    CASE_READ = "case:read"
    """Read that a text is hidden, and why; appeal as its author."""
    CASE_DECIDE = "case:decide"
    """Say for the own group whether a text is to be hidden."""
    COMPLAINT_FILE = "complaint:file"
    """Complain about how personal data is used."""
    COMPLAINT_FOLLOW = "complaint:follow"
    """See how a complaint stands, by its reference."""
    COMPLAINT_ANSWER = "complaint:answer"
    """Read complaints about personal data, and answer them."""
    EDITORIAL_MEND = "editorial:mend"
    """Propose mended punctuation for a text, and say for the own group whether it is to be made."""
    EDITION_AGREE = "edition:agree"
    """Propose an edition, and say for the own group whether a proposed one is to be published."""
    STANCE_PAUSE = "stance:pause"
    """Ask to pause the own group's backing of a version, or confirm what another clerk of it asked."""
    ROUND_READ = "round:read"
    """Read what a round asks and, once published, its results."""
    ROUND_PREPARE = "round:prepare"
    """Prepare a round of ballots on a plank."""
    ROUND_OPEN = "round:open"
    """Agree to open a round, and choose the form put to the own group."""
    ROUND_CANCEL = "round:cancel"
    """Cancel a round that has not opened."""
    ROUND_CHANGE = "round:change"
    """Say for the own group that an open round is to be extended or annulled, or take that back."""
    ROUND_RECOUNT = "round:recount"
    """Ask for the own group that a published round be counted again from its papers."""
    BALLOT_CAST = "ballot:cast"
    """Vote in the own group's ballot, and check the own receipt."""
    NEGOTIATION_READ = "negotiation:read"
    """See where a plank's text stands between the groups, unit by unit."""
    TEMPERATURE_GIVE = "temperature:give"
    """Say in a temperature check how warm one is towards a text; it binds nobody."""
    NEGOTIATION_RELEASE = "negotiation:release"
    """Agree for the own group that the public sees where a text stands between the groups, or take that back."""
    MP_READ = "mp:read"
    """Read who the MPs are and what positions they have recorded."""
    SEAT_CLAIM = "seat:claim"
    """Ask for the account of an MP, and prove the address; whether it is given clerks decide."""
    SEAT_DECIDE = "seat:decide"
    """See who asks to be an MP here, vouch for it, or refuse it."""
    BRIEF_READ = "brief:read"
    """Read the own brief, or as a delegate that of the MP."""
    BRIEF_NOTE = "brief:note"
    """Note that the own brief was read."""
    POSITION_RECORD = "position:record"
    """Record, change or withdraw the own position on a version."""
    POSITION_DRAFT = "position:draft"
    """Draft a position for the MP whose delegate one is; it is none until the MP confirms it."""
    POSITION_CONFIRM = "position:confirm"
    """Confirm a position that a delegate drafted, as the own one."""
    DRAFT_DISCARD = "draft:discard"
    """Throw away a drafted position, as the MP or as a delegate."""
    DELEGATE_LIST = "delegate:list"
    """See the own delegates and the invitations that wait, and invite somebody."""
    DELEGATE_NAME = "delegate:name"
    """End a delegate's rights, or take an invitation back."""
    DELEGATE_ACCEPT = "delegate:accept"
    """Become an MP's delegate by a mailed invitation; the link itself says whose."""
    DELEGATE_LEAVE = "delegate:leave"
    """Be an MP's delegate no longer."""


# A permission is granted when every predicate of any one line holds.
ALLOWED: dict[Permission, tuple[tuple[Predicate, ...], ...]] = {
    Permission.SITE_READ: ((anybody,),),
    Permission.SESSION_START: ((anybody,),),
    **dict.fromkeys((Permission.SESSION_END, Permission.ACCOUNT_READ), ((is_signed_in,),)),
    **dict.fromkeys((Permission.PASSKEY_KEEP, Permission.ADDRESS_CHANGE), ((is_signed_in,),)),
    **dict.fromkeys((Permission.DATA_TAKE, Permission.NAME_CHOOSE), ((is_signed_in,),)),
    Permission.DATA_FETCH: ((is_own_export,),),
    Permission.OPERATOR_BECOME: ((is_signed_in,),),
    Permission.OPERATION_READ: ((is_operator,),),
    Permission.GROUP_READ: ((anybody,),),
    **dict.fromkeys((Permission.GROUP_EDIT, Permission.ORDERS_CHANGE), ((is_clerk_of_that_group,),)),
    Permission.GROUP_JOIN: ((anybody,),),
    Permission.GROUP_LEAVE: ((is_own_membership,),),
    **dict.fromkeys((Permission.MEMBER_LIST, Permission.MEMBER_INVITE), ((is_clerk,),)),
    Permission.MEMBER_DECIDE: ((is_clerk_of_that_group,),),
    **dict.fromkeys((Permission.MEMBERSHIP_RENEW, Permission.MEMBERSHIP_MOVE), ((is_own_membership,),)),
    Permission.REMOVAL_PROPOSE: ((is_clerk_of_that_group,),),
    Permission.REMOVAL_DECIDE: ((is_clerk,),),
    Permission.REMOVAL_APPEAL: ((is_own_membership,),),
    Permission.OFFICE_LIST: ((is_clerk,),),
    Permission.OFFICE_PROPOSE: ((is_clerk_of_that_group,),),
    Permission.OFFICE_DECIDE: ((is_clerk,),),
    Permission.OFFICE_ACCEPT: ((is_own_membership,),),
    Permission.APPLICATION_ANSWER: ((is_own_membership,),),
    Permission.ADDRESS_LIST_KEEP: ((is_clerk,),),
    Permission.INTEREST_REGISTER: ((anybody,),),
    Permission.INTEREST_LIST: ((is_clerk,),),
    Permission.OUTBOX_READ: ((is_demonstration,),),
    Permission.MAIL_MEND: ((is_clerk,),),
    Permission.CLOCK_MOVE: ((is_demonstration,),),
    Permission.TO_DO_READ: ((is_member,),),
    Permission.DESK_READ: ((is_clerk,),),
    Permission.NOTICE_READ: ((is_member,),),
    Permission.MAIL_END: ((anybody,),),
    Permission.PLANK_READ: ((is_numbered,), (is_member, is_no_draft), (is_mover,)),
    Permission.PLANK_PROPOSE: ((is_member,),),
    Permission.PLANK_DRAFT: ((is_member, is_mover),),
    Permission.PLANK_SECOND: ((is_member, is_not_mover),),
    Permission.PLANK_WITHDRAW: ((is_member, is_mover),),
    Permission.PLANK_RULE: ((is_clerk,), (is_deputy,)),
    **dict.fromkeys((Permission.PLANK_ARCHIVE, Permission.PLANK_REFER), ((is_clerk,),)),
    Permission.PLANK_ANSWER: ((is_member, is_mover),),
    Permission.PLANK_TAKE_OVER: ((is_member, is_seconder),),
    Permission.PLANK_FOLLOW: ((is_member,),),
    Permission.PLANK_AMEND: ((is_member,),),
    Permission.COMPOSITE_BEGIN: ((is_member,),),
    Permission.COMPOSITE_ANSWER: ((is_member, is_mover),),
    Permission.AMENDMENT_READ: ((is_numbered,), (is_member, is_no_draft), (is_mover,)),
    Permission.AMENDMENT_DRAFT: ((is_member, is_mover),),
    Permission.AMENDMENT_SECOND: ((is_member, is_not_mover, is_of_another_group),),
    Permission.AMENDMENT_OBJECT: ((is_member,),),
    Permission.AMENDMENT_WITHDRAW: ((is_member, is_mover),),
    Permission.AMENDMENT_RULE: ((is_clerk,),),
    Permission.AMENDMENT_TAKE_OVER: ((is_member, is_seconder),),
    Permission.RULING_READ: ((is_numbered,), (is_member,), (is_mover,)),
    Permission.RULING_APPEAL: ((is_member,),),
    Permission.RULING_UPHOLD: ((is_clerk,),),
    Permission.DEPUTY_LIST: ((is_clerk,),),
    Permission.DEPUTY_NAME: ((is_clerk_of_that_group,),),
    Permission.OFFER_MAKE: ((is_member, is_not_mover),),
    Permission.OFFER_READ: ((is_member, is_mover), (is_member, is_offerer)),
    Permission.OFFER_ANSWER: ((is_member, is_mover),),
    Permission.OFFER_TAKE_BACK: ((is_member, is_offerer),),
    Permission.ARGUMENT_WRITE: ((is_member,),),
    Permission.ARGUMENT_WITHDRAW: ((is_author,),),
    **dict.fromkeys((Permission.REPORT_FILE, Permission.REPORT_FOLLOW, Permission.CASE_READ), ((anybody,),)),
    **dict.fromkeys((Permission.REPORT_READ, Permission.CASE_DECIDE), ((is_clerk,),)),
    **dict.fromkeys((Permission.COMPLAINT_FILE, Permission.COMPLAINT_FOLLOW), ((anybody,),)),
    Permission.COMPLAINT_ANSWER: ((is_clerk,),),
    **dict.fromkeys((Permission.EDITORIAL_MEND, Permission.STANCE_PAUSE, Permission.EDITION_AGREE), ((is_clerk,),)),
    Permission.ROUND_READ: ((anybody,),),
    Permission.ROUND_PREPARE: ((is_clerk,),),
    **dict.fromkeys((Permission.ROUND_OPEN, Permission.ROUND_CANCEL), ((is_clerk_of_a_voting_group,),)),
    **dict.fromkeys((Permission.ROUND_CHANGE, Permission.ROUND_RECOUNT), ((is_clerk,),)),
    Permission.BALLOT_CAST: ((is_voter_here, is_no_mp, is_no_operator),),
    Permission.NEGOTIATION_READ: ((is_member,), (is_released,)),
    Permission.TEMPERATURE_GIVE: ((is_member,),),
    Permission.NEGOTIATION_RELEASE: ((is_clerk,),),
    **dict.fromkeys((Permission.MP_READ, Permission.SEAT_CLAIM), ((anybody,),)),
    Permission.SEAT_DECIDE: ((is_clerk,),),
    Permission.BRIEF_READ: ((is_mp,), (is_delegate,)),
    Permission.BRIEF_NOTE: ((is_mp,),),
    Permission.POSITION_RECORD: ((is_mp,),),
    Permission.POSITION_DRAFT: ((is_delegate,),),
    Permission.POSITION_CONFIRM: ((is_that_mp,),),
    Permission.DRAFT_DISCARD: ((is_that_mp,), (is_delegate_there,)),
    Permission.DELEGATE_LIST: ((is_mp,),),
    Permission.DELEGATE_NAME: ((is_that_mp,),),
    Permission.DELEGATE_ACCEPT: ((anybody,),),
    Permission.DELEGATE_LEAVE: ((is_delegate,),),
}


def may(actor: Actor, permission: Permission, facts: Facts) -> bool:
    """Whether `actor` has `permission` over the thing that `facts` describe."""
    return any(all(holds(actor, facts) for holds in line) for line in ALLOWED[permission])


def require(actor: Actor, permission: Permission, facts: Facts) -> None:
    """Raise `NotPermitted` unless `may`."""
    if may(actor, permission, facts):
        return
    if not actor.is_signed_in:
        raise NotPermitted("Sign in to do that.")
    if actor.is_delegate and not actor.is_member:
        raise NotPermitted("That is not for an MP’s delegate. The brief shows what you can do.")
    if actor.is_mp and not actor.is_member:
        raise NotPermitted("That is for members of the groups. Your brief shows what you can do as an MP.")
    raise NotPermitted("Your part in the platform does not include this.")
