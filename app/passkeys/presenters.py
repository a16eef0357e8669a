"""One's own passkeys as their page lists them."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from app import clock
from app.models import Passkey, Person
from app.passkeys import queries
from app.web.filters import day
from policies.passkeys import MOST_PASSKEYS, is_exempt


@dataclass(frozen=True)
class ShownPasskey:
    """One line of the list."""

    name: str
    stands: str
    remove_url: str


@dataclass(frozen=True)
class PasskeysPage:
    """The list, and whether one more can be added."""

    passkeys: Sequence[ShownPasskey]
    has_room: bool
    is_excused: bool
    most: int = MOST_PASSKEYS


def passkeys_page(person: Person) -> PasskeysPage:
    """The own passkeys."""
    known = queries.of_person(person.id)
    return PasskeysPage(
        [_shown(one) for one in known],
        has_room=len(known) < MOST_PASSKEYS,
        is_excused=is_exempt(clock.is_demonstration(), person.is_demonstration),
    )


def _shown(passkey: Passkey) -> ShownPasskey:
    used = "not used yet" if passkey.last_used_on is None else f"last used on {passkey.last_used_on:%-d %B %Y}"
    url = url_for("passkeys.remove", key=passkey.key)
    return ShownPasskey(passkey.name, f"Added on {day(passkey.added_at)}, {used}", url)
