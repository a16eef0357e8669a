"""The forms of amendments: writing one, objecting to one."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, TextAreaField

from app.amendments.editing import Sheet, has_moved, sheet_of
from app.amendments.wording import name_of
from app.models import Amendment
from app.web.forms import Check, as_ruled, given, no_longer_than, one_line, passage, require_fitting_text
from policies.amendments import REASON_CHARACTERS, require_some_change
from policies.drafts import KEPT_REASON, KEPT_TEXT, KEPT_TITLE, require_reason_fits
from policies.planks import require_title_fits


class AmendmentForm(FlaskForm):
    """An amendment being written. It can be saved unfinished; `is_ready` says whether it can be submitted."""

    base = HiddenField()
    title = StringField("Title", [no_longer_than(KEPT_TITLE)], filters=[one_line])
    text = TextAreaField("Text", [no_longer_than(KEPT_TEXT)], filters=[passage])
    reason = TextAreaField("Why", [no_longer_than(KEPT_REASON)], filters=[passage])

    sheet: Sheet

    def validate_text(self, text: TextAreaField) -> None:
        """An amendment changes something; that is said here, however unfinished it is."""
        as_ruled(lambda _words: require_some_change(self.whole != self.sheet.original))(self, text)

    def is_ready(self) -> bool:
        """Whether the rulebook would take these words; else the fields say what to do."""
        checks: dict[str, list[Check]] = {
            "text": [as_ruled(lambda _words: require_fitting_text(self.whole[1]))],
            "reason": [as_ruled(require_reason_fits)],
        }
        if self.title:
            checks["title"] = [as_ruled(require_title_fits)]
        return self.validate(extra_validators=checks)

    @property
    def words(self) -> tuple[str, str, str]:
        """Title, text and reason as they are kept: those of the whole plank."""
        return *self.whole, self.reason.data or ""

    @property
    def whole(self) -> tuple[str, str]:
        """Title and text of the whole plank as these words would make them."""
        return self.sheet.whole(self.title.data or "" if self.title else "", self.text.data or "")


def amendment_form(sheet: Sheet) -> AmendmentForm:
    """The form for a sheet: what was sent, else the words the sheet begins with."""
    return _on_sheet(AmendmentForm(data=_begun(sheet)), sheet)


def stored_form(sheet: Sheet) -> AmendmentForm:
    """The same with the stored words whatever was sent, to say what keeps them from being submitted."""
    return _on_sheet(AmendmentForm(formdata=None, data=_begun(sheet), meta={"csrf": False}), sheet)


def unready_form(amendment: Amendment) -> AmendmentForm | None:
    """The form that says what keeps a draft from being submitted; none where nothing does that its mover can mend."""
    if amendment.draft_base_id is None or has_moved(amendment):
        return None
    form = stored_form(sheet_of(amendment))
    return None if form.is_ready() else form


def _begun(sheet: Sheet) -> dict[str, str]:
    return {"base": sheet.base.name, "title": sheet.title, "text": sheet.words, "reason": sheet.reason}


def _on_sheet(form: AmendmentForm, sheet: Sheet) -> AmendmentForm:
    form.sheet = sheet
    if sheet.unit is not None:
        del form.title
        form.text.label.text = name_of(sheet.unit)
    return form


class ObjectionForm(FlaskForm):
    """A member's reason why an amendment should not be adopted without a round."""

    reason = TextAreaField(
        "Why do you object?",
        [given("Say why you object: the mover and the other members read it."), no_longer_than(REASON_CHARACTERS)],
        filters=[passage],
    )
