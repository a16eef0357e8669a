"""Planks that are alike, beside the preview of a draft. Finding them is the search's, which stands above."""

from collections.abc import Callable, Sequence

from flask import Flask, current_app

from policies.permissions import Actor

_NAME = "beside_a_draft"

Reading = Callable[[str, str, Actor], Sequence[object]]


def add(app: Flask, reading: Reading) -> None:
    """Have this find what is alike, by title and text, within what the person asking may read."""
    app.extensions[_NAME] = reading


def beside(title: str, text: str, actor: Actor) -> Sequence[object]:
    """What is alike; nothing where nobody finds it."""
    reading: Reading | None = current_app.extensions.get(_NAME)
    return reading(title, text, actor) if reading else ()
