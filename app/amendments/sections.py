"""What other capabilities show on an amendment's page: they stand above this one, so the application brings them in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Flask, current_app

from app.models import Amendment
from policies.permissions import Actor

_NAME = "sections_of_amendments"


@dataclass(frozen=True)
class Section:
    """A part of the page: the template that shows it, and what that shows."""

    template: str
    shown: object


Reading = Callable[[Amendment, Actor], Section]


def add(app: Flask, *readings: Reading) -> None:
    """Have each of these read a section for every amendment's page, in this order."""
    app.extensions[_NAME] = readings


def sections_of(amendment: Amendment, actor: Actor) -> Sequence[Section]:
    """The sections of an amendment as `actor` may see them."""
    readings: Sequence[Reading] = current_app.extensions.get(_NAME, ())
    return [read(amendment, actor) for read in readings]
