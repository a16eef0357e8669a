"""The form of a plank: proposing one."""

from collections.abc import Sequence

from flask_wtf import FlaskForm
from wtforms import SelectField, StringField, TextAreaField, ValidationError

from app.models import Plank, Theme
from app.planks.composed import Composed, composed
from app.web.forms import Check, as_ruled, given, no_longer_than, one_line, passage, require_fitting_text
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
    """A plank being written. It can be saved unfinished; `is_ready` says whether it can be submitted."""

    title = StringField("Title", [no_longer_than(KEPT_TITLE)], filters=[one_line])
    theme = SelectField("Theme", [given(CHOOSE_THEME)], validate_choice=False)
    text = TextAreaField("Text", [no_longer_than(KEPT_TEXT)], filters=[passage])
    reason = TextAreaField("Why", [no_longer_than(KEPT_REASON)], filters=[passage])

    known_themes: frozenset[str] = frozenset()
    made_of: Composed | None = None

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
    def words(self) -> tuple[str, str, str]:
        """Title, text and reason as they are kept."""
        return self.title.data or "", self.text.data or "", self.reason.data or ""

    def _require_some_left(self, text: str) -> None:
        if self.made_of is not None:
            require_some_left(self.made_of.planks_left(self.made_of.read("", text).units))


def blank_draft(themes: Sequence[Theme]) -> DraftForm:
    """The form of a new plank, or what was sent with it."""
    return _with_themes(DraftForm(), themes)


def draft_form(plank: Plank, themes: Sequence[Theme]) -> DraftForm:
    """The form of a draft: what was sent, else what is stored."""
    return _with_themes(DraftForm(data=_stored(plank)), themes)


def stored_draft(plank: Plank, themes: Sequence[Theme]) -> DraftForm:
    """The form of a draft with the stored words whatever was sent, to say what keeps them from being submitted."""
    form = _with_themes(DraftForm(formdata=None, data=_stored(plank), meta={"csrf": False}), themes)
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
