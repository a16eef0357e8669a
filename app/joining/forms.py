"""The forms of joining a group, and of inviting people into it."""

from flask import request
from flask_wtf import FlaskForm
from werkzeug.datastructures import FileStorage
from wtforms import BooleanField, FileField, StringField, TextAreaField, ValidationError

from app.people.addresses import can_be_an_address, canonical
from app.people.forms import FollowedLinkForm
from app.web.forms import as_ruled, no_longer_than, one_line, passage
from policies.errors import RuleBroken
from policies.groups import Group
from policies.invitation_lists import read_list
from policies.membership import require_name, require_reason

LIST_CHARACTERS = 100_000
NOT_TEXT = "This file is no text. Save the list as CSV in UTF-8, or paste it below."


class ApplicationForm(FlaskForm):
    """Asking to join a group."""

    name = StringField("Your name", [as_ruled(require_name)], filters=[one_line])
    email = StringField("Your e-mail address", [as_ruled(can_be_an_address)], filters=[one_line])
    declared = BooleanField("")

    def validate_declared(self, declared: BooleanField) -> None:
        """Nobody joins by accident."""
        if not declared.data:
            raise ValidationError("Confirm this, or choose the group that is yours.")

    @property
    def address(self) -> str:
        """The address in canonical form."""
        return canonical(self.email.data or "")


def application_form(group: Group) -> ApplicationForm:
    """The form, with the declaration this group asks for."""
    form = ApplicationForm()
    form.declared.label.text = (
        f"I am a member or supporter of {group.party}, and belong to no other group of this platform."
    )
    return form


class ProvingForm(FollowedLinkForm):
    """Confirming an address, with the name by which the group's clerks will know one."""

    name = StringField("Your name", [as_ruled(require_name)], filters=[one_line])


class InvitationForm(FlaskForm):
    """Inviting one person."""

    email = StringField("E-mail address", [as_ruled(can_be_an_address)], filters=[one_line])

    @property
    def address(self) -> str:
        """The address in canonical form."""
        return canonical(self.email.data or "")


class InvitationListForm(FlaskForm):
    """Inviting many: a file of CSV, or the same pasted."""

    file = FileField("A CSV file")
    addresses = TextAreaField("Or paste the addresses, one on each line", [no_longer_than(LIST_CHARACTERS)])

    text = ""

    def validate_addresses(self, addresses: TextAreaField) -> None:
        """A list, from the file if there is one."""
        self.text = _words_of(request.files.get(self.file.name)) or addresses.data or ""
        try:
            read_list(self.text)
        except RuleBroken as refusal:
            raise ValidationError(str(refusal)) from None


def _words_of(sent: FileStorage | None) -> str:
    """The text of the file sent, if one was; raises `ValidationError` for a file that is no text."""
    if sent is None or not sent.filename:
        return ""
    content = sent.read(LIST_CHARACTERS + 1)
    if len(content) > LIST_CHARACTERS:
        raise ValidationError("This file is too long. Divide it into several lists.")
    try:
        words = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValidationError(NOT_TEXT) from None
    if "\0" in words:
        raise ValidationError(NOT_TEXT)
    return words


class RefusalForm(FlaskForm):
    """Why somebody cannot join."""

    reason = TextAreaField("Why?", [as_ruled(require_reason)], filters=[passage])
