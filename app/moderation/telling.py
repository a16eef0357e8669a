"""Telling the author what became of a text, and whoever left an address what became of a report."""

from collections.abc import Sequence

from app.extensions import db
from app.mail import service as mail
from app.mail.letters import written
from app.models import Case, Person, Report
from app.web.addresses import whole_url
from policies.moderation import CaseStage

OUTCOMES = {
    CaseStage.HIDDEN: "Clerks of two groups have hidden the text. A note stands in its place, with their reason.",
    CaseStage.LEFT: "Clerks of two groups have read the text and left it as it is.",
}


def tell_author(case: Case, letter: str) -> None:
    """A letter that names no title and no group; its link leads to the page of the case."""
    person = db.session.get(Person, case.author_id) if case.author_id is not None else None
    if person is None or not person.email:
        return
    url = whole_url("moderation.show", key=case.key)
    can_appeal = case.stage is CaseStage.HIDDEN and not case.had_appeal
    mail.queue(written(letter, url=url, can_appeal=can_appeal), person.email, person_id=person.id)


def tell_reporters(case: Case, settled: Sequence[Report]) -> None:
    """The answer to everybody who left an address with a report that this decision settles."""
    for filed in settled:
        if filed.contact:
            url = whole_url("moderation.follow", key=filed.key)
            letter = written("report_answered", reference=filed.key, outcome=OUTCOMES[case.stage], url=url)
            mail.queue(letter, filed.contact)
