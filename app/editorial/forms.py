"""The forms of editorial changes: the mended words, and a clerk's answer."""

from flask import request
from flask_wtf import FlaskForm
from wtforms import RadioField, StringField, TextAreaField, ValidationError

from app.editorial import queries, service
from app.editorial.queries import Mended
from app.models import Version
from app.web.actor import current_actor
from app.web.forms import as_ruled, no_longer_than, one_line, passage, require_fitting_text
from policies.drafts import KEPT_TEXT, KEPT_TITLE
from policies.mending import require_editorial
from policies.planks import REASON_CHARACTERS, require_title_fits

ANSWERS = {"yes": "Yes, only punctuation changes", "no": "No"}


class MendingForm(FlaskForm):
    """A title and a text in which nothing but punctuation is mended."""

    title = StringField("Title", [no_longer_than(KEPT_TITLE), as_ruled(require_title_fits)], filters=[one_line])
    text = TextAreaField("Text", [no_longer_than(KEPT_TEXT), as_ruled(require_fitting_text)], filters=[passage])

    base: Version

    def validate_text(self, text: TextAreaField) -> None:
        """Any word, digit or letter changed is refused, and named."""
        as_ruled(lambda _text: require_editorial(service.classified(self.base, *self.words)))(self, text)

    @property
    def words(self) -> tuple[str, str]:
        """Title and text as they would stand."""
        return self.title.data or "", self.text.data or ""

    @property
    def fields(self) -> dict[str, str]:
        """What travels in hidden fields from the preview."""
        return {"title": self.words[0], "text": self.words[1]}


def mending_form(found: Mended) -> MendingForm:
    """The form for a version: what was sent, else an amendment's words, else its own."""
    base, ref = found.version, request.args.get("from", "")
    words = (queries.words_of(current_actor(), ref, base) if ref else None) or (base.title, base.text)
    form = MendingForm(data={"title": words[0], "text": words[1]})
    form.base = base
    return form


def is_to_be_changed() -> bool:
    """Whether the words are wanted back from the preview, to be changed."""
    return request.form.get("step") == "change"


class AnswerForm(FlaskForm):
    """A clerk's word on an editorial change, for the own group."""

    answer = RadioField("Does this change punctuation only?", choices=ANSWERS, validate_choice=False)
    reason = TextAreaField("Why not", [no_longer_than(REASON_CHARACTERS)], filters=[passage])

    def validate_answer(self, answer: RadioField) -> None:
        """Yes or no, and neither is chosen beforehand."""
        if answer.data not in ANSWERS:
            raise ValidationError("Choose yes or no.")

    def validate_reason(self, reason: TextAreaField) -> None:
        """A no has a reason."""
        if self.answer.data == "no" and not reason.data:
            raise ValidationError("Say why not, so that the other clerks can mend it otherwise.")
