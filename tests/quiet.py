"""People who want to be told of no ballot."""

from sqlalchemy import literal, select

from app.extensions import db
from app.models import NoticeChoice, Person
from app.notices.once import insertion
from policies.notices import Channel, NoticeKind

OF_A_BALLOT = (
    NoticeKind.BALLOT_OPENS,
    NoticeKind.BALLOT_CLOSES,
    NoticeKind.BALLOT_CHANGED,
    NoticeKind.RESULT,
    NoticeKind.MAIL_FAILED,
)


def tell_nobody_of_ballots() -> None:
    """Have everybody who is there choose so: letters to them would take most of the time."""
    for kind in OF_A_BALLOT:
        chosen = {
            "person_id": Person.id,
            "kind": literal(kind, NoticeChoice.kind.type),
            "channel": literal(Channel.OFF, NoticeChoice.channel.type),
        }
        everybody = select(*chosen.values()).where(Person.email.is_not(None))
        statement = insertion(NoticeChoice).from_select(list(chosen), everybody)
        db.session.execute(statement.on_conflict_do_nothing())
