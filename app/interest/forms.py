"""The form of registering interest: a name if one likes, an address, and what for, nothing of it ticked beforehand."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, ValidationError

from app.people.addresses import can_be_an_address, canonical
from app.web.forms import TickBox, as_ruled, one_line
from policies.errors import RuleBroken
from policies.interest import ConsentPurpose, require_name_fits, require_some_purpose, wording


class InterestForm(FlaskForm):
    """Asking to hear from us."""

    contact = TickBox(wording(ConsentPurpose.CONTACT).label)
    news = TickBox(wording(ConsentPurpose.NEWS).label)
    email = StringField("Your e-mail address", [as_ruled(can_be_an_address)], filters=[one_line])
    name = StringField("Your name (if you like)", [as_ruled(require_name_fits)], filters=[one_line])

    def validate_contact(self, _contact: TickBox) -> None:
        """At least one of the two."""
        try:
            require_some_purpose(self.purposes)
        except RuleBroken as refusal:
            raise ValidationError(str(refusal)) from None

    @property
    def purposes(self) -> list[ConsentPurpose]:
        """What was ticked."""
        ticked = {ConsentPurpose.CONTACT: self.contact.data, ConsentPurpose.NEWS: self.news.data}
        return [purpose for purpose, is_ticked in ticked.items() if is_ticked]

    @property
    def address(self) -> str:
        """The address in canonical form."""
        return canonical(self.email.data or "")


class ChoiceForm(FlaskForm):
    """One thing to agree to, or to end."""

    purpose = HiddenField("What for")
    wish = HiddenField("Yes or no")

    def validate_purpose(self, purpose: HiddenField) -> None:
        """One of those there are."""
        if purpose.data not in list(ConsentPurpose):
            raise ValidationError("Choose one of the two things below.")

    def validate_wish(self, wish: HiddenField) -> None:
        """Yes or no."""
        if wish.data not in {"yes", "no"}:
            raise ValidationError("Say whether you want it, by one of the buttons below.")

    @property
    def chosen(self) -> ConsentPurpose:
        """What is changed."""
        return ConsentPurpose(self.purpose.data or "")

    @property
    def is_yes(self) -> bool:
        """Whether it is agreed to; else it is ended."""
        return self.wish.data == "yes"
