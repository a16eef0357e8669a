"""The forms of amendments: writing one in place or in words, objecting to one."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, StringField, TextAreaField

from app.amendments.editing import Sheet, has_moved, sheet_of
from app.amendments.parts import Part, changed_parts, found_again, put_together
from app.models import Amendment, Version, is_key, new_key
from app.web.forms import Check, as_ruled, given, no_longer_than, one_line, passage, pasted, require_fitting_text
from policies.amendments import REASON_CHARACTERS, require_some_change
from policies.drafts import KEPT_REASON, KEPT_TEXT, KEPT_TITLE, require_kept, require_reason_fits
from policies.errors import RuleBroken
from policies.planks import require_title_fits
from policies.text.canonical import normalise_title
from policies.text.instructions import apply_instruction
from policies.text.line_places import line_places


class AmendmentForm(FlaskForm):
    """An amendment being written, whole or in parts. It can be saved unfinished; `is_ready` says when it is done.

    `draft` is the key of the draft it is kept in: whatever is sent from one page goes into one draft.
    """

    base = HiddenField()
    draft = HiddenField()
    title = StringField("Title", [no_longer_than(KEPT_TITLE)], filters=[one_line])
    text = TextAreaField("Text", [no_longer_than(KEPT_TEXT)])
    reason = TextAreaField("Why", [no_longer_than(KEPT_REASON)], filters=[passage])

    sheet: Sheet

    def validate(self, extra_validators: Any = None) -> bool:
        """An amendment changes something; that is said beside the text, however unfinished it is."""
        is_valid = self.can_be_kept(extra_validators)
        return self._obeys(lambda: require_some_change(self.whole != self.sheet.original)) and is_valid

    def can_be_kept(self, extra_validators: Any = None) -> bool:
        """Whether it can be kept while it is being written: that asks for nothing but room."""
        is_valid: bool = super().validate(extra_validators)
        return self._obeys(lambda: require_kept(self.whole[1])) and is_valid

    def is_ready(self) -> bool:
        """Whether the rulebook would take these words; else the fields say what to do."""
        checks: dict[str, list[Check]] = {
            "title": [as_ruled(require_title_fits)],
            "reason": [as_ruled(require_reason_fits)],
        }
        is_valid = self.validate(checks)
        return self._obeys(lambda: require_fitting_text(self.whole[1])) and is_valid

    @property
    def main(self) -> Field:
        """The field beside which stands what is wrong with the text."""
        parts = self.sheet.parts
        if parts is None:
            return self.text
        opened = [part for part in parts if part.unit.unit_id in self.sheet.opened]
        return self[(opened or [*parts])[0].text] if parts else self.title

    @cached_property
    def changed(self) -> dict[str, str] | None:
        """What was written part by part; none where the text is edited whole."""
        if self.sheet.parts is None:
            return None
        return changed_parts(self.sheet.parts, {name: answer.data or "" for name, answer in self._fields.items()})

    @cached_property
    def whole(self) -> tuple[str, str]:
        """Title and text of the whole plank as these words would make them."""
        text = (self.text.data or "") if self.changed is None else put_together(self.sheet.base, self.changed)
        return normalise_title(self.title.data or ""), text

    @property
    def words(self) -> tuple[str, str, str, dict[str, str] | None]:
        """Title, text and reason as they are kept: those of the whole plank; and what was written part by part."""
        return *self.whole, self.reason.data or "", self.changed

    @property
    def is_written(self) -> bool:
        """Whether there is anything to keep: a change, or a reason."""
        return self.whole != self.sheet.original or bool(self.reason.data)

    @property
    def key(self) -> str | None:
        """The key of the draft, if it has the shape of one."""
        written = self.draft.data or ""
        return written if is_key(written) else None

    def is_open(self, part: Part) -> bool:
        """Whether a part lies open: chosen, written into, or wrong."""
        changed = self.changed or {}
        is_wrong = bool(self[part.text].errors or (part.after and self[part.after].errors))
        return is_wrong or part.unit.unit_id in self.sheet.opened or part.text in changed or part.after in changed

    def _obeys(self, rule: Callable[[], None]) -> bool:
        try:
            rule()
        except RuleBroken as refusal:
            self.main.errors = [*self.main.errors, str(refusal)]
            return False
        return True


class InWordsForm(FlaskForm):
    """An amendment given in words, and the text they make of the version it was written for."""

    base = HiddenField()
    draft = HiddenField()
    words = TextAreaField("Your amendment in words", [no_longer_than(KEPT_TEXT)], filters=[passage])
    reason = TextAreaField("Why", [no_longer_than(KEPT_REASON)], filters=[passage])

    version: Version
    understood: str = ""

    @property
    def goes_on_in_place(self) -> bool:
        """Whether the words are to be gone on with in the text itself."""
        return request.form.get("then") == "in place"

    def validate_words(self, words: TextAreaField) -> None:
        """What the text engine refuses is said with the places it names."""
        as_ruled(self._apply)(self, words)

    @property
    def key(self) -> str | None:
        """The key of the draft, if it has the shape of one."""
        written = self.draft.data or ""
        return written if is_key(written) else None

    @property
    def meant(self) -> tuple[str, str, str, dict[str, str] | None]:
        """Title, text and reason as a draft keeps them, and the parts that changed."""
        title, reason = self.version.title, self.reason.data or ""
        return title, self.understood, reason, found_again(self.version, self.understood)

    def _apply(self, words: str) -> None:
        text = self.version.text
        self.understood = apply_instruction(text, words, line_places(text, self.version.units))
        require_some_change(self.understood != text)
        require_kept(self.understood)


def amendment_form(sheet: Sheet) -> AmendmentForm:
    """The form for a sheet: what was sent, else the words the sheet begins with."""
    form: AmendmentForm = on_sheet(sheet)
    return form


def stored_form(sheet: Sheet) -> AmendmentForm:
    """The same with the stored words whatever was sent, to say what keeps them from being submitted."""
    form: AmendmentForm = on_sheet(sheet, formdata=None, meta={"csrf": False})
    return form


def in_words_form(version: Version) -> InWordsForm:
    """The form for an amendment in words to this version."""
    form = InWordsForm(data={"base": version.name, "draft": new_key()})
    form.version = version
    return form


def unready_form(amendment: Amendment) -> AmendmentForm | None:
    """The form that says what keeps a draft from being submitted; none where nothing does that its mover can mend."""
    if amendment.draft_base_id is None or has_moved(amendment):
        return None
    form = stored_form(sheet_of(amendment))
    return None if form.is_ready() else form


def on_sheet(
    sheet: Sheet, kind: type[AmendmentForm] = AmendmentForm, begun: Mapping[str, str] | None = None, **how: Any
) -> Any:
    """A form of this kind with the fields of a sheet; `begun` is what stands in further fields at first."""
    fields: dict[str, Field] = {}
    if sheet.parts is None:
        limits = [no_longer_than(KEPT_TEXT)]
        fields["text"] = TextAreaField("Text", limits, filters=[pasted(sheet.base.text)])
    for part in sheet.parts or ():
        limits = [no_longer_than(KEPT_TEXT)]
        fields[part.text] = TextAreaField(part.name, limits, filters=[pasted(part.unit.markdown)])
        if part.after:
            fields[part.after] = TextAreaField(f"New unit after {_named(part)}", limits, filters=[pasted("")])
    form = type(f"{kind.__name__}OnSheet", (kind,), fields)(data={**_begun(sheet), **(begun or {})}, **how)
    if sheet.parts is not None:
        del form.text
    form.sheet = sheet
    return form


def _begun(sheet: Sheet) -> Mapping[str, str]:
    begun = {"base": sheet.base.name, "draft": new_key(), "title": sheet.title, "reason": sheet.reason}
    if sheet.parts is None:
        return {**begun, "text": sheet.text}
    return {**begun, **{part.text: part.unit.markdown for part in sheet.parts}, **(sheet.changed or {})}


def _named(part: Part) -> str:
    return f"{part.name[:1].lower()}{part.name[1:]}"


class ObjectionForm(FlaskForm):
    """A member's reason why an amendment should not be adopted without a round."""

    reason = TextAreaField(
        "Why do you object?",
        [given("Say why you object: the mover and the other members read it."), no_longer_than(REASON_CHARACTERS)],
        filters=[passage],
    )
