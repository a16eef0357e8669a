"""The forms of MPs: recording a position, and noting that the brief was read."""

from datetime import datetime
from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.validators import AnyOf, InputRequired

from app.models import PositionDraft
from app.web.forms import passage
from policies import positions as rules
from policies.errors import RuleBroken
from policies.positions import PositionKind

LABELS: dict[PositionKind, str] = {
    PositionKind.SUPPORTS: "I support these words",
    PositionKind.RESERVATION: "I support them with a reservation, which is printed beside my position",
    PositionKind.WILL_NOT: "I will not support them",
    PositionKind.CONSIDERING: "I am considering them",
}


class PositionForm(FlaskForm):
    """What an MP says of a version. Nothing is preselected: it is public under the MP's name."""

    position = RadioField(
        "Your position",
        [
            InputRequired("Choose your position."),
            AnyOf([kind.value for kind in PositionKind], "Choose one of the positions shown."),
        ],
        choices={kind.value: words for kind, words in LABELS.items()},
        validate_choice=False,
    )
    statement = TextAreaField("Your reservation", filters=[passage, str.strip])

    @property
    def kind(self) -> PositionKind:
        """What was chosen."""
        return PositionKind(self.position.data)

    @property
    def words(self) -> str:
        """The reservation, if there is one."""
        return self.statement.data or ""

    def validate(self, extra_validators: Any = None) -> bool:
        """What the rulebook says of the position, beside the statement, where it is mended."""
        if not super().validate(extra_validators):
            return False
        try:
            rules.require_sound(self.kind, self.words)
        except RuleBroken as refusal:
            self.statement.errors = [str(refusal)]
            return False
        return True


class ReadForm(FlaskForm):
    """The moment at which the brief was shown: what came later was not on it."""

    shown_at = HiddenField("Shown at")

    @property
    def moment(self) -> datetime:
        """That moment; raises `RuleBroken` for anything else."""
        try:
            moment = datetime.fromisoformat((self.shown_at.data or "")[:40])
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            raise RuleBroken("That was not sent from your brief. Open the brief again and press its button there.")
        return moment


def position_form(drafted: PositionDraft | None) -> PositionForm:
    """An empty form, or one that begins with what was drafted on these words."""
    if drafted is None:
        return PositionForm()
    return PositionForm(data={"position": drafted.kind.value, "statement": drafted.statement})
