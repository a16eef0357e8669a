"""The form of a plank: proposing one."""

from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, StringField, TextAreaField, ValidationError

from app.models import Plank, Theme, is_key, new_key
from app.planks.composed import Composed, composed
from app.web.forms import Check, as_ruled, given, no_longer_than, one_line, passage, pasted, require_fitting_text
from policies.composites import require_some_left
from policies.drafts import KEPT_REASON, KEPT_TEXT, KEPT_TITLE, require_reason_fits
from policies.planks import require_title_fits

CHOOSE_THEME = "Choose the theme that fits best. Your words are kept below; they are saved once there is a theme."


# What keeps a draft from being submitted, and need not keep anybody from saving it.
SUBMITTING: dict[str, list[Check]] = {
    "title": [as_ruled(require_title_fits)],
    "text": [as_ruled(require_fitting_text)],
    "reason": [as_ruled(require_reason_fits)],
}


class DraftForm(FlaskForm):
    """A plank being written. It can be saved unfinished; `is_ready` says whether it can be submitted.

    `draft` is the key of a draft that is not kept yet: whatever is sent from one page goes into one draft.
    """

    draft = HiddenField()
    theme = SelectField("Theme", [given(CHOOSE_THEME)], validate_choice=False)
    title = StringField("Title", [no_longer_than(KEPT_TITLE)], filters=[one_line])
    text = TextAreaField("Text", [no_longer_than(KEPT_TEXT)])
    reason = TextAreaField("Why", [no_longer_than(KEPT_REASON)], filters=[passage])

    known_themes: frozenset[str] = frozenset()
    made_of: Composed | None = None

    def __init__(self, *sent: Any, known_text: str = "", **how: Any) -> None:
        self.known_text = known_text
        super().__init__(*sent, **how)

    def filter_text(self, typed: str | None) -> str:
        """What comes from a word processor is made plain; the lines kept before stay as they are."""
        return pasted(self.known_text)(typed)

    def validate_theme(self, theme: SelectField) -> None:
        """One of the themes there are."""
        if theme.data not in self.known_themes:
            raise ValidationError(CHOOSE_THEME)

    def is_ready(self) -> bool:
        """Whether the rulebook would take these words; else the fields say what to do."""
        checks: dict[str, list[Check]] = {
            **SUBMITTING,
            "text": [*SUBMITTING["text"], as_ruled(self._require_some_left)],
        }
        return self.validate(extra_validators=checks)

    @property
    def key(self) -> str | None:
        """The key of the draft, if it has the shape of one."""
        written = self.draft.data or ""
        return written if is_key(written) else None

    @property
    def words(self) -> tuple[str, str, str]:
        """Title, text and reason as they are kept."""
        return self.title.data or "", self.text.data or "", self.reason.data or ""

    def _require_some_left(self, text: str) -> None:
        if self.made_of is not None:
            require_some_left(self.made_of.planks_left(self.made_of.read("", text).units))


def blank_draft(themes: Sequence[Theme]) -> DraftForm:
    """The form of a new plank, or what was sent with it."""
    return _with_themes(DraftForm(data={"draft": new_key()}), themes)


def draft_form(plank: Plank, themes: Sequence[Theme]) -> DraftForm:
    """The form of a draft: what was sent, else what is stored."""
    return _with_themes(DraftForm(data=_stored(plank), known_text=plank.draft_text or ""), themes)


def stored_draft(plank: Plank, themes: Sequence[Theme]) -> DraftForm:
    """The form of a draft with the stored words whatever was sent, to say what keeps them from being submitted."""
    stored = DraftForm(formdata=None, data=_stored(plank), known_text=plank.draft_text or "", meta={"csrf": False})
    form = _with_themes(stored, themes)
    form.made_of = composed(plank)
    return form


def _stored(plank: Plank) -> dict[str, str | None]:
    return {
        "title": plank.draft_title,
        "theme": plank.theme.slug,
        "text": plank.draft_text,
        "reason": plank.reason,
    }


def _with_themes(form: DraftForm, themes: Sequence[Theme]) -> DraftForm:
    form.known_themes = frozenset(theme.slug for theme in themes)
    form.theme.choices = {"": "Choose a theme"} | {theme.slug: theme.name for theme in themes}
    return form
