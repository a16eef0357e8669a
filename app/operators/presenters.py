"""How the machine runs, in sentences and numbers: nobody's name, address or letter, no ballot and no turnout."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask import current_app

from app import clock, jobs
from app.audit import queries as audit
from app.ballots import queries as ballots
from app.checking import looking
from app.checking.chosen import chosen_of
from app.extensions import db
from app.mail import queries as mails
from app.privacy import queries as privacy
from app.rounds import queries as rounds
from policies.checks import findings
from policies.mail import MailStage
from policies.privacy import RETENTION

# The clock's work is done every few seconds; what waits longer than this says that nobody does it.
PATIENCE = timedelta(minutes=5)


@dataclass(frozen=True)
class Section:
    """One part of the page: names with their values, and a sentence where something needs a hand."""

    title: str
    facts: Sequence[tuple[str, str]]
    trouble: str = ""


def mail_section() -> Section:
    """How the outbox stands."""
    counts = mails.counts()
    facts = [(WORDS_OF_MAIL[stage], str(counts.get(stage, 0))) for stage in MailStage]
    late = mails.wait_long(clock.now())
    return Section(
        "Mail", facts, "Mail has waited long: is a mail server set, and “flask worker” running?" if late else ""
    )


def jobs_section() -> Section:
    """How many jobs wait for the worker."""
    waiting = jobs.waiting()
    if waiting is None:
        return Section("Jobs", [("Waiting", "unknown")], "The store of jobs cannot be read. Look at JOBS_FILE.")
    return Section("Jobs", [("Waiting", str(waiting))])


def clock_section() -> Section:
    """Whether somebody does the clock's work."""
    earlier = clock.now() - PATIENCE
    late = len(rounds.due_to_open(earlier)) + len(ballots.due_to_close(earlier))
    trouble = "Openings or closings are late: is “flask scheduler” running?" if late else ""
    return Section("The clock", [("Openings and closings that are late", str(late))], trouble)


def record_section() -> Section:
    """How far the record is sealed."""
    return Section("The record", [("Rows not sealed yet", str(audit.unsealed()))])


def database_section() -> Section:
    """Which database this is."""
    return Section("The database", [("Kind", db.engine.dialect.name)])


def check_section() -> Section:
    """What `flask check` finds."""
    found = findings(chosen_of(current_app.config["SETTINGS"]), looking.look())
    facts = [(one.what, one.mend) for one in found] or [("Found", "Nothing to mend")]
    return Section("The installation", facts, "Something is to be mended before real people use this." if found else "")


def retention_section() -> Section:
    """What is kept how long, and whether anything is kept longer."""
    late = privacy.how_many_overdue(clock.now() - PATIENCE)
    facts = [
        ("Kept longer than it should be", str(late)),
        ("Accounts of no group, to be erased in time", str(privacy.how_many_dormant())),
        *(_parted(rule.words) for rule in RETENTION.values() if rule.period),
    ]
    return Section("What is forgotten", facts, "Old data waits: is “flask scheduler” running?" if late else "")


def _parted(words: str) -> tuple[str, str]:
    what, _, how_long = words.partition(": ")
    return what, how_long


WORDS_OF_MAIL: dict[MailStage, str] = {
    MailStage.QUEUED: "Waiting",
    MailStage.SENDING: "On their way",
    MailStage.SENT: "Sent",
    MailStage.UNKNOWN: "May have arrived",
    MailStage.FAILED: "Did not arrive",
}
# What the page shows, one after the other; whatever else is worth a look adds its own here.
SECTIONS: tuple[Callable[[], Section], ...] = (
    mail_section,
    jobs_section,
    clock_section,
    record_section,
    database_section,
    check_section,
    retention_section,
)


def sections() -> list[Section]:
    """Everything the page shows."""
    return [section() for section in SECTIONS]
