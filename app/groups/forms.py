"""The forms by which a group's clerks change its page. Each carries what the clerk had seen when it was opened."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, TextAreaField, ValidationError

from app.groups import queries, service
from app.web.forms import as_ruled, passage
from policies.errors import RuleBroken
from policies.groups import Group
from policies.statements import require_newest, require_office_fits


class StatementForm(FlaskForm):
    """A launch statement being written. `was_overtaken`: another clerk published one meanwhile."""

    text = TextAreaField("Launch statement", filters=[passage])
    seen = HiddenField("Seen")

    group: Group
    was_overtaken = False

    def validate_text(self, text: TextAreaField) -> None:
        """What the rulebook says of these words, once nobody else's are in the way."""
        stands = queries.newest(self.group)
        seen, newest = self.number_seen, stands.number if stands else 0
        # Whoever is told that another was quicker has then seen those words, and may save over them.
        self.was_overtaken, self.seen.data = seen != newest, str(newest)
        try:
            require_newest(seen, newest)
            service.require_can_follow(text.data or "", stands)
        except RuleBroken as refusal:
            raise ValidationError(str(refusal)) from None

    @property
    def number_seen(self) -> int:
        """The number of the statement that the clerk had before them."""
        return _number(self.seen.data)


class OfficeForm(FlaskForm):
    """Where the clerks are reached."""

    office = TextAreaField("Clerks’ office", [as_ruled(require_office_fits)], filters=[passage])
    office_seen = HiddenField("Seen")

    group: Group

    def validate_office(self, _office: TextAreaField) -> None:
        """Nobody else changed it meanwhile."""
        page = queries.page(self.group)
        seen, changes = self.number_seen, page.office_changes if page else 0
        self.office_seen.data = str(changes)
        try:
            require_newest(seen, changes)
        except RuleBroken as refusal:
            raise ValidationError(str(refusal)) from None

    @property
    def number_seen(self) -> int:
        """How often the address had been changed when the clerk saw it."""
        return _number(self.office_seen.data)


def statement_form(group: Group, *, as_stored: bool = False) -> StatementForm:
    """What was sent, else the statement that stands; what stands in any case where that is wanted."""
    stands = queries.newest(group)
    words = {"text": stands.text if stands else "", "seen": stands.number if stands else 0}
    form = StatementForm(formdata=None, data=words) if as_stored else StatementForm(data=words)
    form.group = group
    return form


def office_form(group: Group, *, as_stored: bool = False) -> OfficeForm:
    """The same for the office."""
    page = queries.page(group)
    words = {"office": page.office if page else "", "office_seen": page.office_changes if page else 0}
    form = OfficeForm(formdata=None, data=words) if as_stored else OfficeForm(data=words)
    form.group = group
    return form


def _number(typed: object) -> int:
    """A number this service wrote into a form; -1 for anything else, which is nothing anybody can have seen."""
    written = str(typed)
    return int(written) if written.isascii() and written.isdigit() and len(written) < 9 else -1
