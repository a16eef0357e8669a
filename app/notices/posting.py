"""Putting notices into the outbox: at once, a letter a kind, or all of a day in one digest."""

from collections.abc import Sequence
from dataclasses import dataclass

from app import clock
from app.mail import letters
from app.mail import service as mail
from app.models import Notice, Person, locked
from app.notices import queries, stops, wording
from app.notices.queries import Things
from app.web.addresses import whole_url
from policies.notices import Channel, NoticeKind, Told, is_still_worth_a_mail


@dataclass(frozen=True)
class MailedLine:
    """A line of a mail: it names nothing that could be read over a shoulder."""

    words: str
    url: str


def post_at_once(person: Person) -> None:
    """Write the letters that wait for somebody. The person is locked, so that two clocks write them once."""
    locked(person)
    waiting = queries.waiting_at_once(person.id)
    for kind in sorted({notice.kind for notice in waiting}):
        _post(person, [notice for notice in waiting if notice.kind is kind], kind)


def post_digest(person: Person) -> None:
    """Write somebody's digest of the day, if there is something to say."""
    locked(person)
    _post(person, queries.waiting_for_digest(person.id, clock.now()), None)


def _post(person: Person, notices: Sequence[Notice], kind: NoticeKind | None) -> None:
    things, now = queries.things_of(notices, with_titles=False), clock.now()
    rounds = things.rounds
    told: list[Notice] = []
    for notice in notices:
        closes_at = rounds[notice.round_id].closes_at if notice.round_id in rounds else None
        if _can_be_mailed(person) and is_still_worth_a_mail(Told(notice.kind, closes_at), now):
            notice.mailed_at = now
            told.append(notice)
        else:
            notice.channel = Channel.SITE
    if told:
        stop_url = whole_url("notices.unsubscribe", key=stops.key_for(person, kind))
        letter = letters.written(
            "needs_you" if kind and kind.needs_an_answer else "news",
            lines=[_line(notice, things) for notice in told],
            kind=kind,
            stop_url=stop_url,
            settings_url=whole_url("notices.settings"),
        )
        mail.queue(letter, person.email or "", person_id=person.id, unsubscribe_url=stop_url, asks_for_delivery=False)


def _line(notice: Notice, things: Things) -> MailedLine:
    endpoint, values = wording.address(notice, things, in_a_mail=True)
    return MailedLine(notice.kind.mailed_words, whole_url(endpoint, **values))


def _can_be_mailed(person: Person) -> bool:
    return bool(person.email) and person.membership is not None
