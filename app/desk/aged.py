"""What the clock erases of what clerks decided about members and texts, once it has been kept long enough."""

from app import clock
from app.carrying import queries as file_queries
from app.carrying import service as files
from app.desk.moderated import Each
from app.models import CaseAppeal, MadeFile, OfficeProposal, Removal, Report
from app.privacy import queries, retention


def aged(each: Each) -> int:
    """Erase what is due, `each` thing in a transaction of its own; returns how many things were found due."""
    done = each(queries.removals_to_erase, Removal, retention.erase_removal)
    done += each(queries.proposals_to_erase, OfficeProposal, retention.erase_proposal)
    done += each(queries.reports_to_erase, Report, retention.erase_report)
    done += each(queries.appeals_to_erase, CaseAppeal, retention.erase_appeal)
    done += each(file_queries.to_forget, MadeFile, files.forget)
    if file_queries.is_overlooked(clock.now()):
        files.ask_the_worker()
    return done
