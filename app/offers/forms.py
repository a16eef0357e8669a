"""The forms of offers: another wording, written as an amendment is, and the reason of a refusal."""

from flask import request
from flask_wtf import FlaskForm
from wtforms import HiddenField, TextAreaField

from app.amendments.editing import Sheet
from app.amendments.forms import AmendmentForm, on_sheet
from app.models import Amendment
from app.offers import service
from app.web.forms import as_ruled, no_longer_than, passage
from policies.amendments import REASON_CHARACTERS


class OfferForm(AmendmentForm):
    """Another wording of a whole text; `seen` is the number of the revision it is offered in place of."""

    seen = HiddenField()

    amendment: Amendment

    def validate_text(self, text: TextAreaField) -> None:
        """An offer says something else than the amendment, and than the text as it is."""
        as_ruled(lambda _words: service.require_other_words(self.amendment, *self.whole))(self, text)

    def can_be_sent(self) -> bool:
        """Whether it was sent, is in order, and was written for the amendment as it is now."""
        if not self.is_submitted() or not self.is_ready():
            return False
        if self.seen.data == _number(self.amendment):
            return True
        self.text.errors = [service.CHANGED]
        return False

    @property
    def seen_number(self) -> int:
        """The number of the revision that lay before the offerer's eyes."""
        return int(self.seen.data or 0)

    @property
    def offered(self) -> tuple[str, str, str]:
        """Title, text and reason as they are offered."""
        return *self.whole, self.reason.data or ""

    @property
    def fields(self) -> dict[str, str]:
        """What travels in hidden fields from the preview."""
        title, text, reason = self.offered
        return {"title": title, "text": text, "reason": reason, "seen": self.seen.data or ""}


def offer_form(amendment: Amendment) -> OfferForm:
    """The form for an offer to this amendment; it begins with the amendment's own words."""
    revision = amendment.revision
    assert revision is not None
    sheet = Sheet(revision.base, revision.title, revision.text)
    form: OfferForm = on_sheet(sheet, OfferForm, {"seen": _number(amendment)})
    form.amendment = amendment
    return form


def seen_next(form: OfferForm) -> None:
    """From now on the form is about the amendment as it is shown."""
    form.seen.data = _number(form.amendment)


def is_to_be_changed() -> bool:
    """Whether the words are wanted back from the preview, to be changed."""
    return request.form.get("step") == "change"


def _number(amendment: Amendment) -> str:
    return str(amendment.revision.number) if amendment.revision else ""


class RefusalForm(FlaskForm):
    """Why a mover refuses another wording, if that is to be said."""

    reason = TextAreaField("Why not, if you want to say", [no_longer_than(REASON_CHARACTERS)], filters=[passage])
