"""The forms in which a clerk asks that an open round be extended or annulled, or takes that back."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import IntegerField, StringField, TextAreaField
from wtforms.validators import AnyOf, InputRequired

from app.models import Round
from app.web.forms import given, no_longer_than, passage
from policies.errors import RuleBroken
from policies.planks import REASON_CHARACTERS
from policies.rounds import extended_close

NEEDED = "Say by how many whole days, in figures."
SAY, TAKE_BACK = "say", "take_back"


class ExtendForm(FlaskForm):
    """By how many days voting is to go on."""

    days = IntegerField("By how many days?", [InputRequired(NEEDED)], render_kw={"inputmode": "numeric"})
    step = StringField(default=SAY, validators=[AnyOf([SAY, TAKE_BACK])])

    def prepared_for(self, of_round: Round) -> "ExtendForm":
        """The form for this round; taking back names no days."""
        self.of_round = of_round
        return self

    @property
    def takes_back(self) -> bool:
        """Whether what was said is to be taken back."""
        return bool(self.step.data == TAKE_BACK)

    @property
    def wanted_days(self) -> int | None:
        """By how many days; none where what was said is taken back."""
        return None if self.takes_back else self.days.data

    def validate(self, extra_validators: Any = None) -> bool:
        """What the rulebook says of so many days, beside the field in which to mend it."""
        if self.takes_back:
            return True
        if not super().validate(extra_validators) or self.of_round.opens_at is None or self.of_round.closes_at is None:
            self.days.errors = [NEEDED]
            return False
        try:
            extended_close(self.of_round.opens_at, self.of_round.closes_at, self.days.data or 0)
        except RuleBroken as refusal:
            self.days.errors = [str(refusal)]
            return False
        return True


class AnnulForm(FlaskForm):
    """Why a round is to be annulled."""

    reason = TextAreaField(
        "Why is it to be annulled?",
        [given("Say why; the round’s page will show this once it is annulled."), no_longer_than(REASON_CHARACTERS)],
        filters=[passage],
    )
    step = StringField(default=SAY, validators=[AnyOf([SAY, TAKE_BACK])])

    @property
    def takes_back(self) -> bool:
        """Whether what was said is to be taken back."""
        return bool(self.step.data == TAKE_BACK)

    @property
    def wanted_reason(self) -> str | None:
        """The reason; none where what was said is taken back."""
        return None if self.takes_back else self.reason.data

    def validate(self, extra_validators: Any = None) -> bool:
        """Taking back wants no reason."""
        return self.takes_back or super().validate(extra_validators)
