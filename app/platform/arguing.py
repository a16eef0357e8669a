"""The arguments on a plank's page: those about the version shown, and the way to those about its other versions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import request

from app.arguments.presenters import Board, board_of
from app.arguments.presenters import version_url as arguments_url
from app.arguments.queries import place_on_plank
from app.models import Plank, Version
from app.platform.addresses import version_url
from policies.errors import NotThere
from policies.permissions import Actor


@dataclass(frozen=True)
class ArgumentsView:
    """The arguments about one version of a plank, and links to those about others."""

    board: Board
    about: str
    about_url: str
    others: Sequence[tuple[str, str]]


def arguments_view(plank: Plank, shown: Version, counts: Mapping[int, int], actor: Actor) -> ArgumentsView:
    """The arguments about the version asked for in the address, else the one shown; raises `NotThere` for no version.

    `counts` says how many arguments can be read about each version, by number.
    """
    number = _asked_version(shown.number)
    place, working = place_on_plank(plank, number), plank.working_version
    wanted = {*counts, *([working.number] if working else [])} - {number}
    return ArgumentsView(
        board=board_of(place, actor),
        about=f"version {number}{_what_it_is(plank, number)}",
        about_url=version_url(plank, str(number)),
        others=[
            (f"version {other}{_what_it_is(plank, other)} ({counts.get(other, 0)})", arguments_url(plank, other))
            for other in sorted(wanted, reverse=True)
        ],
    )


def _what_it_is(plank: Plank, number: int) -> str:
    """Whether it is the text that is worked on, where another one is agreed or shown."""
    working = plank.working_version
    if working is None or working.number != number or number == 1:
        return ""
    return ", the working text"


def _asked_version(otherwise: int) -> int:
    asked = request.args.get("about")
    if asked is None:
        return otherwise
    if not asked.isascii() or not asked.isdigit() or asked.startswith("0") or len(asked) > 6:
        raise NotThere("This plank has no such version. Its page lists the versions it has.")
    return int(asked)
