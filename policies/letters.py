"""Letters: which of them serve what somebody does here, which can be ended one by one, and which are news."""

from enum import StrEnum


class LetterKind(StrEnum):
    """Why a letter is sent."""

    ASKED_FOR = "asked_for"
    """Somebody asked for it a moment ago, with this address: it holds a link, or says why there is none."""
    SERVICE = "service"
    """It tells somebody what became of a thing of their own, once."""
    NOTICE = "notice"
    """It tells a member of something as they chose; its foot ends that kind of mail with one click."""
    NEWS = "news"
    """It goes to those who agreed to news, each by themselves, and its foot ends that with one click."""


# Every letter by the name of its template in app/templates/emails/.
LETTERS: dict[str, LetterKind] = {
    "address_changed": LetterKind.SERVICE,
    "address_taken": LetterKind.ASKED_FOR,
    "already_asked": LetterKind.ASKED_FOR,
    "already_invited": LetterKind.ASKED_FOR,
    "already_member": LetterKind.ASKED_FOR,
    "already_refused": LetterKind.ASKED_FOR,
    "application": LetterKind.ASKED_FOR,
    "approved": LetterKind.SERVICE,
    "complaint_answered": LetterKind.SERVICE,
    "complaint_overdue": LetterKind.SERVICE,
    "complaint_progressed": LetterKind.SERVICE,
    "complaint_received": LetterKind.ASKED_FOR,
    "delegate": LetterKind.SERVICE,
    "interest": LetterKind.ASKED_FOR,
    "interest_confirmed": LetterKind.SERVICE,
    "invitation": LetterKind.SERVICE,
    "membership_ends": LetterKind.SERVICE,
    "membership_lapsed": LetterKind.SERVICE,
    "mp_account": LetterKind.ASKED_FOR,
    "mp_account_given": LetterKind.SERVICE,
    "mp_account_refused": LetterKind.SERVICE,
    "needs_you": LetterKind.NOTICE,
    "new_address": LetterKind.ASKED_FOR,
    "new_browser": LetterKind.SERVICE,
    "news": LetterKind.NOTICE,
    "no_account": LetterKind.ASKED_FOR,
    "office_ends": LetterKind.SERVICE,
    "office_offered": LetterKind.SERVICE,
    "office_over": LetterKind.SERVICE,
    "operator_named": LetterKind.SERVICE,
    "passkey_added": LetterKind.SERVICE,
    "passkey_removed": LetterKind.SERVICE,
    "prove": LetterKind.ASKED_FOR,
    "question": LetterKind.SERVICE,
    "refused": LetterKind.SERVICE,
    "removal": LetterKind.SERVICE,
    "removal_final": LetterKind.SERVICE,
    "removal_overturned": LetterKind.SERVICE,
    "report_answered": LetterKind.SERVICE,
    "sign_in": LetterKind.ASKED_FOR,
    "text_hidden": LetterKind.SERVICE,
    "text_shown": LetterKind.SERVICE,
}


def wants_a_way_out(letter: str) -> bool:
    """Whether a letter has to carry an address at which one click ends such mail (RFC 8058)."""
    return LETTERS.get(letter, LetterKind.SERVICE) in {LetterKind.NOTICE, LetterKind.NEWS}
