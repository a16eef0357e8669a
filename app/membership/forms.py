"""The forms of moving to another group, of a removal's reason, of an appeal, and of deciding on one."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, TextAreaField, ValidationError

from app.web.forms import as_ruled, passage
from policies.applications import declaration
from policies.groups import GROUP_KEYS, GROUPS, Group, group_named
from policies.removals import AppealWord, require_appeal, require_reason

CHOOSE_GROUP = "Choose the group you want to join."
CHOOSE_WORD = "Choose what you say for your group."


class MoveForm(FlaskForm):
    """Which group to move to."""

    group = RadioField("Which group do you want to join?", validate_choice=False)
    offered: frozenset[str] = frozenset()
    declared = BooleanField(declaration("the party of the group I choose"))

    def validate_group(self, group: RadioField) -> None:
        """One of those on offer."""
        if group.data not in self.offered:
            raise ValidationError(CHOOSE_GROUP)

    def validate_declared(self, declared: BooleanField) -> None:
        """One belongs to what one joins, as whoever applies declares."""
        if not declared.data:
            raise ValidationError("Confirm this, or keep your membership as it is.")

    @property
    def chosen(self) -> Group:
        """The group chosen."""
        return group_named(self.group.data or "")


def move_form(own_group: str) -> MoveForm:
    """The form, with every group but the own one."""
    form = MoveForm()
    form.group.choices = {group.key: group.full_title for group in GROUPS if group.key != own_group}
    form.offered = frozenset(GROUP_KEYS) - {own_group}
    return form


class RemovalForm(FlaskForm):
    """Why a member is to be removed."""

    reason = TextAreaField("Why?", [as_ruled(require_reason)], filters=[passage])


class AppealForm(FlaskForm):
    """Why a removal should be overturned."""

    appeal = TextAreaField("Why should it be overturned?", [as_ruled(require_appeal)], filters=[passage])


class AnswerForm(FlaskForm):
    """What a clerk says on an appeal, for the own group."""

    word = RadioField(
        "What does your group say?",
        choices={
            AppealWord.OVERTURN.value: "Overturn the removal: the member takes part again",
            AppealWord.UPHOLD.value: "Uphold the removal: it is final",
        },
        validate_choice=False,
    )
    reason = TextAreaField("Why?", [as_ruled(require_reason)], filters=[passage])

    def validate_word(self, word: RadioField) -> None:
        """One of the two."""
        if word.data not in list(AppealWord):
            raise ValidationError(CHOOSE_WORD)

    @property
    def said(self) -> AppealWord:
        """What was chosen."""
        return AppealWord(self.word.data)
