"""What people do with arguments. Each function is one thing a person can do."""

from datetime import datetime

from app import clock
from app.arguments import queries
from app.arguments.queries import Place
from app.audit import service as audit
from app.extensions import db
from app.models import Argument, locked
from app.models.arguments import HIDDEN_CHARACTERS
from app.visibility import service as visibility
from policies import arguments as rules
from policies.permissions import Actor
from policies.visibility import Role


def write(place: Place, words: str, *, by: Actor) -> Argument:
    """Give the own reason on one side, or change it. To write twice is to write once.

    What its author chose for the name goes on, but not into another group.
    """
    _lock(place)
    require_open(place)
    rules.require_argument_fits(words)
    argument = queries.row_of(place, by.person_id)
    if argument is None:
        argument = _begin(place, words, by)
        audit.record("argument written", argument, by=by, about=argument.about, about_id=argument.about_id)
        return argument
    locked(argument)
    rules.require_not_hidden(argument.hidden_at is not None)
    if argument.words == words:
        return argument
    _reword(argument, words)
    if argument.group != by.group:
        argument.group = by.group or ""
        visibility.forget(Role.ARGUMENT, argument.id, argument.author_id)
    audit.record("argument changed", argument, by=by)
    return argument


def require_open(place: Place) -> None:
    """Refuse what can no longer be done: raises `RuleBroken` once a round has opened here."""
    rules.require_open(queries.why_closed_here(place))


def require_not_hidden(own: Argument | None) -> None:
    """Refuse to write in the place of an own argument that clerks have hidden: raises `RuleBroken`."""
    rules.require_not_hidden(own is not None and own.hidden_at is not None)


def withdraw(argument: Argument, *, by: Actor) -> None:
    """Take the own argument back, words and all, until a round opens; the clock then ends what was reported of it."""
    place = queries.place_of(argument)
    _lock(place)
    locked(argument)
    if argument.withdrawn_at is not None:
        return
    require_open(place)
    rules.require_not_hidden(argument.hidden_at is not None)
    argument.words, argument.withdrawn_at = "", clock.now()
    visibility.forget(Role.ARGUMENT, argument.id, argument.author_id)
    audit.record("argument withdrawn", argument, by=by)


def hide(argument: Argument, instead: str, at: datetime) -> None:
    """Have these words stand in the place of an argument. Whoever decided that writes it into the record."""
    locked(argument)
    argument.hidden_at, argument.hidden_reason = at, instead[:HIDDEN_CHARACTERS]


def show_again(argument: Argument) -> None:
    """Show an argument again that was hidden."""
    locked(argument)
    argument.hidden_at, argument.hidden_reason = None, ""


def _lock(place: Place) -> None:
    """The plank first, so that nothing is written while a round opens."""
    locked(place.plank)
    if place.amendment is not None:
        locked(place.amendment)


def _begin(place: Place, words: str, by: Actor) -> Argument:
    about, about_id = place.about
    argument = Argument(
        about=about,
        about_id=about_id,
        version_id=place.version.id if place.version else None,
        amendment_id=place.amendment.id if place.amendment else None,
        author_id=by.person_id,
        group=by.group or "",
        side=place.side,
        words=words,
        written_at=clock.now(),
        changed_at=clock.now(),
    )
    db.session.add(argument)
    return argument


def _reword(argument: Argument, words: str) -> None:
    """Put in new words: what clerks said of the old ones no longer counts, but reports of it still wait."""
    if argument.words == words:
        return
    argument.words, argument.changed_at = words, clock.now()
    if argument.withdrawn_at is not None:
        argument.withdrawn_at, argument.written_at = None, argument.changed_at
