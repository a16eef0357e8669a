"""Every table of the service, one file for what belongs together."""

from app.models.amendments import Amendment, AmendmentSecond, Objection, Revision, Settlement
from app.models.arguments import Argument
from app.models.audit import AuditRow, AuditSeal
from app.models.base import Model, Moment, is_key, locked, new_key
from app.models.complaints import Complaint, ComplaintAnswer
from app.models.composites import CompositeOriginal, CompositePart
from app.models.delegates import Delegacy, PositionDraft
from app.models.editions import (
    Edition,
    EditionAnswer,
    EditionPaper,
    EditionPlank,
    EditionProposal,
    EditionReservation,
)
from app.models.editorial import EditorialAnswer, EditorialChange
from app.models.files import MadeFile
from app.models.groups import GroupPage, LaunchStatement
from app.models.installation import Counter, Demonstration
from app.models.interest import Consent, InterestRequest, Supporter
from app.models.joining import AddressList, Enquiry, ListedDigest
from app.models.mail import Mail
from app.models.marks import PublicMark
from app.models.moderation import Case, CaseAppeal, CaseWord, HiddenWords, Report
from app.models.mp_requests import MpRequest
from app.models.mps import Mp, Position, RegisterImport
from app.models.negotiation import BracketRelease, TemperatureReading
from app.models.notices import Follow, MailStop, Notice, NoticeChoice
from app.models.offers import Offer
from app.models.offices import OfficeProposal, Reminder
from app.models.operators import Operator
from app.models.orders import OrdersChange, RoundOrders
from app.models.passkeys import AccountLink, AccountLinkKind, KnownBrowser, Passkey, PasskeyChallenge
from app.models.people import MailedLink, Membership, Person, SignIn
from app.models.planks import Plank, PlankSecond, Ruling, Theme, Version
from app.models.privacy import DataExport, Dormancy, RecordRead
from app.models.removals import Removal, RemovalWord
from app.models.results import Recount
from app.models.round_forms import FormCondition, JointWord, SeparateVote
from app.models.rounds import (
    Ballot,
    Count,
    CountedPaper,
    CountedReceipt,
    OpenPaper,
    Participation,
    RollEntry,
    Round,
    RoundOpening,
    RoundQuestion,
)
from app.models.rulings import (
    AmendmentRuling,
    Appeal,
    AppealAnswer,
    AppealVoice,
    DeputyNaming,
    ReferenceBack,
    ReferenceWord,
    RegisteredRuling,
)
from app.models.search import SearchChange, SearchDocument
from app.models.stances import ConditionEnd, Stance, StanceCondition, Suspension
from app.models.visibility import GeneralReach, NameChoice
from app.models.withdrawals import Withdrawal

__all__ = [
    "AccountLink",
    "AccountLinkKind",
    "AddressList",
    "Amendment",
    "AmendmentRuling",
    "AmendmentSecond",
    "Appeal",
    "AppealAnswer",
    "AppealVoice",
    "Argument",
    "AuditRow",
    "AuditSeal",
    "Ballot",
    "BracketRelease",
    "Case",
    "CaseAppeal",
    "CaseWord",
    "Complaint",
    "ComplaintAnswer",
    "CompositeOriginal",
    "CompositePart",
    "ConditionEnd",
    "Consent",
    "Count",
    "CountedPaper",
    "CountedReceipt",
    "Counter",
    "DataExport",
    "Delegacy",
    "Demonstration",
    "DeputyNaming",
    "Dormancy",
    "Edition",
    "EditionAnswer",
    "EditionPaper",
    "EditionPlank",
    "EditionProposal",
    "EditionReservation",
    "EditorialAnswer",
    "EditorialChange",
    "Enquiry",
    "Follow",
    "FormCondition",
    "GeneralReach",
    "GroupPage",
    "HiddenWords",
    "InterestRequest",
    "JointWord",
    "KnownBrowser",
    "LaunchStatement",
    "ListedDigest",
    "MadeFile",
    "Mail",
    "MailStop",
    "MailedLink",
    "Membership",
    "Model",
    "Moment",
    "Mp",
    "MpRequest",
    "NameChoice",
    "Notice",
    "NoticeChoice",
    "Objection",
    "Offer",
    "OfficeProposal",
    "OpenPaper",
    "Operator",
    "OrdersChange",
    "Participation",
    "Passkey",
    "PasskeyChallenge",
    "Person",
    "Plank",
    "PlankSecond",
    "Position",
    "PositionDraft",
    "PublicMark",
    "RecordRead",
    "Recount",
    "ReferenceBack",
    "ReferenceWord",
    "RegisterImport",
    "RegisteredRuling",
    "Reminder",
    "Removal",
    "RemovalWord",
    "Report",
    "Revision",
    "RollEntry",
    "Round",
    "RoundOpening",
    "RoundOrders",
    "RoundQuestion",
    "Ruling",
    "SearchChange",
    "SearchDocument",
    "SeparateVote",
    "Settlement",
    "SignIn",
    "Stance",
    "StanceCondition",
    "Supporter",
    "Suspension",
    "TemperatureReading",
    "Theme",
    "Version",
    "Withdrawal",
    "is_key",
    "locked",
    "new_key",
]
