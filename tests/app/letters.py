"""Reading the mail that a test's service has queued."""

import re

from app.extensions import db
from app.models import Mail
from app.web.transactions import transaction

ADDRESS = re.compile(r"https?://[^/\s]+(/\S+)")


def letters_to(address: str) -> list[tuple[str, str]]:
    """Which letters were queued for an address, oldest first: the name and the words of each."""
    with transaction():
        query = db.session.query(Mail).filter_by(address=address).order_by(Mail.id)
        return [(mail.letter, mail.body) for mail in query]


def link_in(body: str) -> str:
    """The path of the first link in a letter."""
    found = ADDRESS.search(body)
    assert found is not None
    return found[1]


def newest_link(address: str) -> str:
    """The path of the link in the newest letter to an address."""
    return link_in(letters_to(address)[-1][1])


def links_to(address: str) -> list[str]:
    """The paths of the links in all letters to an address, oldest first."""
    return [link_in(body) for _letter, body in letters_to(address)]
