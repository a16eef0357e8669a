"""Every table of the service, one file for what belongs together."""

from app.models.amendments import Amendment, AmendmentSecond, Objection, Revision, Settlement
from app.models.arguments import Argument, ArgumentRuling, Report
from app.models.audit import AuditRow, AuditSeal
from app.models.base import Model, Moment, is_key, locked, new_key
from app.models.composites import CompositeOriginal, CompositePart
from app.models.groups import GroupPage, LaunchStatement
from app.models.installation import Counter, Demonstration
from app.models.interest import Consent, InterestRequest, Supporter
from app.models.mail import Mail
from app.models.mps import Mp, Position, RegisterImport
from app.models.negotiation import BracketRelease, TemperatureReading
from app.models.notices import Follow, MailStop, Notice, NoticeChoice
from app.models.offers import Offer
from app.models.people import MailedLink, Membership, Person, SignIn
from app.models.planks import Plank, PlankSecond, Ruling, Theme, Version
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
from app.models.stances import Stance

__all__ = [
    "Amendment",
    "AmendmentSecond",
    "Argument",
    "ArgumentRuling",
    "AuditRow",
    "AuditSeal",
    "Ballot",
    "BracketRelease",
    "CompositeOriginal",
    "CompositePart",
    "Consent",
    "Count",
    "CountedPaper",
    "CountedReceipt",
    "Counter",
    "Demonstration",
    "Follow",
    "GroupPage",
    "InterestRequest",
    "LaunchStatement",
    "Mail",
    "MailStop",
    "MailedLink",
    "Membership",
    "Model",
    "Moment",
    "Mp",
    "Notice",
    "NoticeChoice",
    "Objection",
    "Offer",
    "OpenPaper",
    "Participation",
    "Person",
    "Plank",
    "PlankSecond",
    "Position",
    "RegisterImport",
    "Report",
    "Revision",
    "RollEntry",
    "Round",
    "RoundOpening",
    "RoundQuestion",
    "Ruling",
    "Settlement",
    "SignIn",
    "Stance",
    "Supporter",
    "TemperatureReading",
    "Theme",
    "Version",
    "is_key",
    "locked",
    "new_key",
]
