"""The forms of notices: how to be told of each kind, what was read, and a button."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField
from wtforms.validators import AnyOf

from policies.notices import CHANNEL_WORDS, Channel, NoticeKind

WAYS: dict[str, str] = {channel.value: words for channel, words in CHANNEL_WORDS.items()}


class SettingsForm(FlaskForm):
    """How to be told of each kind; its fields are added for whoever asks."""

    kinds: Sequence[NoticeKind] = ()

    @property
    def choices(self) -> dict[NoticeKind, Channel]:
        """What was chosen, by kind."""
        return {kind: Channel(self[kind.value].data) for kind in self.kinds}

    @property
    def channel_fields(self) -> list[SelectField]:
        """The fields in the order of the kinds."""
        return [self[kind.value] for kind in self.kinds]


class ReadForm(FlaskForm):
    """Up to which notice a page showed them."""

    newest = HiddenField("Newest")

    @property
    def number(self) -> int:
        """The id of that notice; 0, before all, for anything else."""
        typed = self.newest.data or ""
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


def settings_form(kinds: Sequence[NoticeKind], chosen: Mapping[NoticeKind, Channel]) -> SettingsForm:
    """The form for these kinds, filled in with what holds now."""
    fields: dict[str, Any] = {kind.value: _question(kind) for kind in kinds}
    asking: type[SettingsForm] = type("SettingsFormOfKinds", (SettingsForm,), fields)
    form = asking(data={kind.value: channel.value for kind, channel in chosen.items()})
    form.kinds = kinds
    return form


def _question(kind: NoticeKind) -> SelectField:
    offered = AnyOf(list(WAYS), f"Choose one of the ways on the list for “{kind.words}”.")
    return SelectField(kind.words, [offered], choices=WAYS, validate_choice=False)
