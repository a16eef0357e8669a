"""The PDF of an edition: made once by the worker, kept, and given out byte for byte from then on."""

import hashlib
from datetime import timedelta

from flask import current_app

from app import clock, jobs
from app.editions import exports, queries
from app.editions.document import document_of
from app.editions.service import MAKE_PAPERS
from app.extensions import db
from app.models import Edition, EditionPaper
from app.web import pdf
from app.web.transactions import transaction
from policies.errors import NotThere

NOT_MADE = "The PDF of this edition is being made. Ask again in a minute, or print the page: it is laid out for paper."
ASKED_EVERY = timedelta(minutes=10)
_ASKED = "edition_papers_asked"


def paper_of(edition: Edition) -> EditionPaper:
    """The PDF of an edition as its words may be read now; raises `NotThere` while it is being made."""
    found = queries.paper(edition.id, document_of(edition).covered)
    if found is None:
        if not pdf.can_be_made():
            raise NotThere(pdf.CANNOT)
        jobs.ask_for(MAKE_PAPERS)
        raise NotThere(NOT_MADE)
    return found


def make_wanted() -> None:
    """Make the PDF of each edition that has none for what may be read of it now. The worker's job."""
    if pdf.can_be_made():
        for number in queries.numbers():
            _make(number)


def ask_where_wanted() -> None:
    """Have the worker make what is missing; the clock asks now and then, since a machine may be unable to."""
    now, asked = clock.now(), current_app.extensions.get(_ASKED)
    if (asked is None or now >= asked + ASKED_EVERY) and queries.without_paper():
        current_app.extensions[_ASKED] = now
        jobs.ask_for(MAKE_PAPERS)


def _make(number: int) -> None:
    with transaction():
        document = document_of(db.session.get_one(Edition, number))
        covered = document.covered
        page = "" if queries.paper(number, covered) else exports.paper_of(document)
    # Seconds of work, for which nobody waits in a transaction.
    made = pdf.pdf_of(page) if page else b""
    if made:
        with transaction():
            if queries.paper(number, covered) is None:
                digest = hashlib.sha256(made).hexdigest()
                kept = EditionPaper(edition_id=number, covered=covered, pdf=made, sha256=digest, made_at=clock.now())
                db.session.add(kept)
