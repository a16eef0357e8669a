"""Who stands behind a plank, as far as this reader is told: its mover, and those seconders who chose to be named."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.models import Plank
from app.planks import queries as planks
from app.visibility.names import mover_of_plank, names_on, seconder_of_plank
from app.visibility.presenters import choose_url_for
from policies.permissions import Actor
from policies.visibility import Role


@dataclass(frozen=True)
class Behind:
    """The mover in words, the seconders with a name, and where who stands behind it says who is told."""

    moved_by: str
    seconded_by: Sequence[str]
    names_urls: Sequence[tuple[str, str]]


def behind(plank: Plank, actor: Actor) -> Behind | None:
    """Two queries; an imported plank has nobody behind it."""
    if plank.mover_id is None:
        return None
    mover = mover_of_plank(plank)
    seconders = [seconder_of_plank(plank, one.person_id, one.group) for one in planks.seconds(plank)]
    names = names_on([mover, *seconders], actor)
    urls = []
    if actor.is_signed_in and actor.person_id == plank.mover_id:
        urls.append(("Who sees my name on it", choose_url_for(Role.PLANK, plank)))
    if any(one.person_id == actor.person_id for one in seconders):
        urls.append(("Who sees my name on my second", choose_url_for(Role.PLANK_SECOND, plank)))
    return Behind(names.who(mover), [names.who(one) for one in seconders if names.is_told(one)], urls)
