"""E-mail addresses in one form, so that two spellings of one address are one person."""

from app.late import late
from policies.errors import RuleBroken
from policies.mail import ADDRESS_CHARACTERS

email_validator = late("email_validator")
NOT_AN_ADDRESS = "Write a whole e-mail address, such as name@example.org."


def canonical(typed: str) -> str:
    """The address in small letters, its domain in ASCII; raises `RuleBroken` for anything that is no address.

    Small letters throughout: no mail provider in use tells two people apart by the case of their address.
    """
    if len(typed) > ADDRESS_CHARACTERS:
        raise RuleBroken(NOT_AN_ADDRESS)
    try:
        found = email_validator.validate_email(typed.strip(), check_deliverability=False, allow_smtputf8=False)
    except email_validator.EmailNotValidError:
        raise RuleBroken(NOT_AN_ADDRESS) from None
    address: str = (found.ascii_email or found.normalized).lower()
    if len(address) > ADDRESS_CHARACTERS:
        raise RuleBroken(NOT_AN_ADDRESS)
    return address


def can_be_an_address(typed: str) -> None:
    """Raise `RuleBroken` unless this is an address: for forms."""
    canonical(typed)
