"""The forms of joining a group, and of inviting people into it."""

from collections.abc import Sequence

from flask import request
from flask_wtf import FlaskForm
from werkzeug.datastructures import FileStorage
from wtforms import BooleanField, FileField, StringField, TextAreaField, ValidationError

from app.people.addresses import can_be_an_address, canonical
from app.people.forms import FollowedLinkForm
from app.web.forms import as_ruled, no_longer_than, one_line, passage
from policies import address_lists
from policies.applications import declaration, require_answer, require_question
from policies.errors import RuleBroken
from policies.groups import Group
from policies.invitation_lists import read_list
from policies.membership import require_name, require_reason

LIST_CHARACTERS = 100_000
NOT_DECLARED = "Confirm this, or choose the group that is yours."
NOT_TEXT = "This file is no text. Save the list as CSV in UTF-8, or paste it below."


class ApplicationForm(FlaskForm):
    """Asking to join a group."""

    name = StringField("Your name", [as_ruled(require_name)], filters=[one_line])
    email = StringField("Your e-mail address", [as_ruled(can_be_an_address)], filters=[one_line])
    declared = BooleanField("")

    def validate_declared(self, declared: BooleanField) -> None:
        """Nobody joins by accident."""
        if not declared.data:
            raise ValidationError(NOT_DECLARED)

    @property
    def address(self) -> str:
        """The address in canonical form."""
        return canonical(self.email.data or "")


def application_form(group: Group) -> ApplicationForm:
    """The form, with the declaration this group asks for."""
    form = ApplicationForm()
    form.declared.label.text = declaration(group.party)
    return form


class ProvingForm(FollowedLinkForm):
    """Confirming an address, with the name by which the group's clerks will know one.

    Who was invited declares here what an applicant has declared before.
    """

    name = StringField("Your name", [as_ruled(require_name)], filters=[one_line])
    declared = BooleanField("")

    asks_declaration = False

    def validate_declared(self, declared: BooleanField) -> None:
        """Nobody accepts an invitation without saying where they belong."""
        if self.asks_declaration and not declared.data:
            raise ValidationError(NOT_DECLARED)


def proving_form(group: Group, name: str, *, asks_address: bool, asks_declaration: bool) -> ProvingForm:
    """The form behind the link of an application or invitation."""
    form = ProvingForm(data={"name": name})
    form.declared.label.text = declaration(group.party)
    form.asks_address, form.asks_declaration = asks_address, asks_declaration
    return form


class QuestionForm(FlaskForm):
    """What a clerk wants to know of an applicant."""

    question = TextAreaField("What do you want to know?", [as_ruled(require_question)], filters=[passage])


class AnswerForm(FollowedLinkForm):
    """What the applicant answers."""

    answer = TextAreaField("Your answer", [as_ruled(require_answer)], filters=[passage])


def answer_form(*, asks_address: bool) -> AnswerForm:
    """The form of an answer; whoever is not signed in shows that the letter came to them."""
    form = AnswerForm()
    form.asks_address = asks_address
    return form


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
        self.text = _words_of(request.files.get(self.file.name), LIST_CHARACTERS) or addresses.data or ""
        try:
            read_list(self.text)
        except RuleBroken as refusal:
            raise ValidationError(str(refusal)) from None


class AddressListForm(FlaskForm):
    """The addresses by which clerks know applicants: a file, or the same pasted."""

    file = FileField("A file with one address on each line, or a CSV file")
    addresses = TextAreaField(
        "Or paste the addresses", [no_longer_than(address_lists.LIST_CHARACTERS)], filters=[passage]
    )

    found: Sequence[str] = ()

    def validate_addresses(self, addresses: TextAreaField) -> None:
        """A list without a fault, from the file if there is one."""
        text = _words_of(request.files.get(self.file.name), address_lists.LIST_CHARACTERS) or addresses.data or ""
        try:
            self.found = address_lists.read_addresses(text, canonical)
        except RuleBroken as refusal:
            raise ValidationError(str(refusal)) from None


def _words_of(sent: FileStorage | None, most: int) -> str:
    """The text of the file sent, if one was; raises `ValidationError` for a file that is no text."""
    if sent is None or not sent.filename:
        return ""
    content = sent.read(most + 1)
    if len(content) > most:
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
