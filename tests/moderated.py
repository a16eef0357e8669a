"""Bringing about reports, and what clerks decide, through the services as people would."""

from app.extensions import db
from app.models import Argument, Case, Model
from app.moderation import queries as cases
from app.moderation import service as moderation
from app.moderation.texts import Text, found, text_of
from app.web.transactions import transaction
from policies.moderation import Kind, Verdict, Wrong
from tests import builders


def reported(argument_id: int, wrong: Wrong = Wrong.ABUSE, words: str = "It is rude.") -> str:
    """A report of an argument; returns its reference."""
    return reported_text(Kind.ARGUMENT, Argument, argument_id, wrong, words)


def reported_text(
    kind: Kind, model: type[Model], key: object, wrong: Wrong = Wrong.ABUSE, words: str = "It is rude."
) -> str:
    """A report of any text; returns its reference."""
    with transaction():
        text = text_of(kind, db.session.get_one(model, key))
        return moderation.report(text, "/", wrong, words)[0].key


def ruled(argument_id: int, verdict: Verdict, *groups: str, reason: str = "It is about a person.") -> None:
    """A new clerk of each of these groups says the same of an argument, which is reported where it was not."""
    with transaction():
        subject = text_of(Kind.ARGUMENT, builders.argument(argument_id)).subject
        is_known = cases.case_of(subject) is not None
    if not is_known:
        reported(argument_id)
    decided(subject, verdict, *groups, reason=reason)


def decided(subject: str, verdict: Verdict, *groups: str, reason: str = "It is about a person.") -> None:
    """A new clerk of each of these groups says the same of a reported text."""
    for group in groups:
        by_clerk = builders.clerk(group)
        with transaction():
            case, text = cases.case_of(subject), found(subject)
            assert case is not None
            assert text is not None
            moderation.decide(case, verdict, reason, text.fingerprint, by=by_clerk)


def held(subject: str, group: str = "labour", reason: str = "It is about a person.") -> None:
    """A new clerk of this group hides a reported text at once."""
    by_clerk = builders.clerk(group)
    with transaction():
        case, text = the_case(subject)
        moderation.hide_at_once(case, reason, text.fingerprint, by=by_clerk)


def the_case(subject: str) -> tuple[Case, Text]:
    """The case about a text, and the text."""
    case, text = cases.case_of(subject), found(subject)
    assert case is not None
    assert text is not None
    return case, text
