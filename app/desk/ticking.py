"""What the clock brings about: lapses, adoptions, openings, counts, seals. Run it as often as you like."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from app import clock
from app.amendments import ending
from app.amendments import queries as amendment_queries
from app.amendments import service as amendments
from app.audit import service as audit
from app.ballots import counting
from app.ballots import queries as ballot_queries
from app.desk.aged import aged
from app.desk.moderated import moderated
from app.editions import papers as edition_papers
from app.editions import queries as edition_queries
from app.editions import service as editions
from app.editorial import queries as editorial_queries
from app.editorial import service as editorial
from app.endorsements import service as endorsements
from app.extensions import SQLITE_PATIENCE, db
from app.interest import queries as interest_queries
from app.interest import service as interest
from app.joining import address_lists, forgetting
from app.joining import queries as joining_queries
from app.mail import queries as mail_queries
from app.mail import service as mail
from app.membership import queries as membership_queries
from app.membership import removals
from app.membership import service as memberships
from app.models import (
    AddressList,
    Amendment,
    Ballot,
    Delegacy,
    Dormancy,
    EditionProposal,
    EditorialChange,
    InterestRequest,
    Mail,
    Membership,
    MpRequest,
    Offer,
    OfficeProposal,
    Person,
    Plank,
    RegisteredRuling,
    Removal,
    Round,
    Stance,
    Suspension,
)
from app.mps import account_queries as mp_requests
from app.mps import accounts as mp_accounts
from app.mps import delegates
from app.mps import offices as mp_offices
from app.notices import posting
from app.notices import queries as notice_queries
from app.notices import service as notices
from app.offers import queries as offer_queries
from app.offers import service as offers
from app.offices import queries as office_queries
from app.offices import service as offices
from app.passkeys import account_links, challenges
from app.people import known_browsers, links
from app.planks import conditions
from app.planks import queries as plank_queries
from app.planks import service as planks
from app.privacy import queries as privacy_queries
from app.privacy import retention
from app.privacy import service as privacy
from app.results import queries as result_queries
from app.results import service as results
from app.rounds import opening
from app.rounds import queries as round_queries
from app.rounds import service as rounds
from app.rulings import appeals
from app.rulings import queries as ruling_queries
from app.rulings import service as rulings
from app.search import work as search
from app.suspensions import queries as suspension_queries
from app.suspensions import service as suspensions
from app.web.transactions import transaction

log = logging.getLogger(__name__)


def tick() -> int:
    """Do everything that is due, each thing in a transaction of its own; returns how many things were found due.

    One that fails leaves the others done; it is logged and tried again by the next tick.
    """
    done = _each(plank_queries.overdue_for_seconding, Plank, planks.lapse)
    done += _each(mp_offices.expired, Delegacy, delegates.expire)
    done += _each(mp_requests.over, MpRequest, mp_accounts.forget)
    done += _each(amendment_queries.overdue_for_adoption, Amendment, amendments.adopt_if_agreed)
    done += _each(ending.left_on_ended, Amendment, ending.end_with_plank)
    done += _each(ruling_queries.to_settle, RegisteredRuling, appeals.settle)
    done += _each(ruling_queries.references_to_end, RegisteredRuling, rulings.end_reference)
    done += _each(round_queries.left_behind, Round, rounds.cancel_left_behind)
    done += _each(round_queries.due_to_open, Round, opening.open_round)
    done += _each(ballot_queries.due_to_close, Round, counting.close)
    _each(ballot_queries.closed, Round, counting.count)
    done += _each(ballot_queries.closed, Round, endorsements.publish)
    done += _each(suspension_queries.over, Suspension, suspensions.end)
    done += _each(conditions.overdue, Stance, conditions.lapse)
    done += _each(editorial_queries.without_ground, EditorialChange, editorial.lapse)
    done += _each(offer_queries.without_ground, Offer, offers.lapse)
    done += _each(result_queries.participation_to_forget, Ballot, results.forget_participation)
    done += _people()
    while _seal():
        done += 1
    _leave_no_papers_behind()
    _give_notice()
    _have_mail_delivered()
    _have_papers_made()
    search.tend()
    return done


def _people() -> int:
    """What time does to memberships, offices and what is kept of people; returns how many things were found due."""
    # Before anything lapses: whoever renewed belonged somewhere until now.
    _each(privacy_queries.dormant_no_more, Dormancy, retention.note_awake)
    done = _each(membership_queries.overdue, Membership, memberships.lapse)
    done += _each(membership_queries.to_settle, Removal, removals.settle)
    done += _each(office_queries.ended, Membership, offices.end_term)
    done += _each(edition_queries.late, EditionProposal, editions.lapse)
    done += _each(office_queries.to_give_up, OfficeProposal, offices.give_up_late)
    done += _each(joining_queries.to_forget, Membership, forgetting.forget)
    done += _each(address_lists.to_forget, AddressList, address_lists.forget)
    done += _each(interest_queries.to_forget, InterestRequest, interest.forget)
    done += moderated(_each) + aged(_each)
    done += _each(mail_queries.to_forget, Mail, mail.forget)
    _each(privacy_queries.left_dormant, Person, retention.note_dormant)
    done += _each(privacy_queries.dormant_for_long, Person, retention.erase_dormant)
    _each(privacy_queries.erased_with_leftovers, Person, privacy.erase_leftovers)
    with _doing():
        links.forget_old()
        retention.forget_old()
        known_browsers.forget_old()
        account_links.forget_old()
        challenges.forget_old()
    return done


def _give_notice() -> None:
    """What people are told, and their mail. It is not counted as due, since it follows from what was done."""
    _each(ruling_queries.to_flag, Plank, rulings.flag)
    _each(ballot_queries.due_to_remind, Round, counting.remind)
    _each(membership_queries.to_remind, Membership, memberships.remind)
    _each(office_queries.to_remind, Membership, offices.remind)
    with _doing():
        notices.tell_of_failed_mail()
        notices.forget_old()
    _each(notice_queries.to_mail_at_once, Person, posting.post_at_once)
    _each(notice_queries.to_mail_digest, Person, posting.post_digest)


def _each(due: Callable[[Any], Sequence[int]], kind: type[Any], act: Callable[[Any], object]) -> int:
    """Do something to each thing that is due. Most often none is: looking for them takes no lock and few statements."""
    ids = list(due(clock.now()))
    for row_id in ids:
        try:
            with _doing():
                act(db.session.get_one(kind, row_id))
        except Exception:
            log.exception("The clock's work failed on %s %s; the next tick tries again.", kind.__tablename__, row_id)
    return len(ids)


@contextmanager
def _doing() -> Iterator[None]:
    """A transaction of its own, which sees everything anew: what was read before it may be old by now."""
    db.session.remove()
    with transaction():
        yield


def _seal() -> int:
    with _doing():
        return audit.seal_batch()


def _have_mail_delivered() -> None:
    """Ask the worker for what is due: mail that was put off, or whose asking was lost with a process."""
    with _doing():
        if mail_queries.wants_delivery(clock.now()):
            mail.ask_for_delivery()


def _have_papers_made() -> None:
    """Ask the worker for the PDFs of editions that have none, as where the first asking was lost with a process."""
    with _doing():
        edition_papers.ask_where_wanted()


def _leave_no_papers_behind() -> None:
    """Have the database give up the space of counted papers, so that no old row of theirs can be read back.

    A reader of old rows can be in the way; then the next tick asks again.
    """
    db.session.remove()
    try:
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            if connection.dialect.name == "sqlite":
                connection.execute(text("PRAGMA busy_timeout=250"))
                connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
                connection.execute(text(f"PRAGMA busy_timeout={SQLITE_PATIENCE}"))
            elif connection.scalar(text("SELECT pg_relation_size('open_papers') > 0")):
                connection.execute(text("VACUUM open_papers, participations"))
    except OperationalError:
        log.warning("The database is too busy to give up the space of counted papers now; the next tick asks again.")
