"""The forms in which a member says who is shown the own name. Nothing is preselected."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, ValidationError

from policies.visibility import REACH_WORDS, Choice, Reach

NOT_CHOSEN = "Choose who may see your name."
LABELS: dict[Reach, str] = {
    Reach.CLERKS: "Nobody but the clerks of my group",
    Reach.OWN_GROUP: "Members of my group",
    Reach.ALL_GROUPS: "Members of all groups",
    Reach.EVERYBODY: "Everybody, also on public pages",
}


class _ReachForm(FlaskForm):
    """`said` is who would see the name, as the second step said it."""

    said = HiddenField("Said")

    @property
    def told(self) -> Reach | None:
        """What the owner of the name has read, if that is one of the answers there are."""
        return Reach(self.said.data) if self.said.data in list(Reach) else None


class ThingForm(_ReachForm):
    """Who is shown the own name on one thing."""

    choice = RadioField("Who may see your name here?", validate_choice=False)

    def validate_choice(self, choice: RadioField) -> None:
        """One of the answers there are."""
        if choice.data not in list(Choice):
            raise ValidationError(NOT_CHOSEN)

    @property
    def chosen(self) -> Choice:
        """What was chosen."""
        return Choice(self.choice.data)


class GeneralForm(_ReachForm):
    """Who is shown the own name where "as in general" is chosen."""

    choice = RadioField(
        "Who may see your name there?",
        choices={reach.value: words for reach, words in LABELS.items()},
        validate_choice=False,
    )

    def validate_choice(self, choice: RadioField) -> None:
        """One of the answers there are."""
        if choice.data not in {reach.value for reach in LABELS}:
            raise ValidationError(NOT_CHOSEN)

    @property
    def chosen(self) -> Reach:
        """What was chosen."""
        return Reach(self.choice.data)


def thing_form(general: Reach) -> ThingForm:
    """The form for one thing; its first answer says what was chosen in general."""
    form = ThingForm()
    own = {reach.value: words for reach, words in LABELS.items()}
    form.choice.choices = [
        (Choice.AS_IN_GENERAL.value, f"As I chose in general: {REACH_WORDS[general]}"),
        *((value, words) for value, words in own.items()),
    ]
    return form
