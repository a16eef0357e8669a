"""Where a plank's texts and comparisons are found: the addresses that several pages link to."""

from typing import Any

from flask import url_for

from app.models import Plank, Version


def version_url(plank: Plank, name: str) -> str:
    """The permalink of a version."""
    return url_for("platform.version", ref=plank.ref, name=name)


def unit_url(plank: Plank, name: str, unit_id: str) -> str:
    """Who changed one unit of a version, when and why."""
    return url_for("platform.unit", ref=plank.ref, name=name, unit_id=unit_id)


def unit_histories(plank: Plank, version: Version) -> dict[str, tuple[str, str]]:
    """The link that stands beside each unit of a version and leads to its history."""
    return {unit.unit_id: ("History", unit_url(plank, version.name, unit.unit_id)) for unit in version.units}


def compare_url(plank: Plank, before: str, after: str) -> str:
    """What changed from one version to another."""
    values: dict[str, Any] = {"from": before, "to": after}
    return url_for("platform.compare", ref=plank.ref, **values)


def conference_url(plank: Plank, name: str, since: str) -> str:
    """What changed in a version since another one, as an amendment for a party's conference."""
    values: dict[str, Any] = {"from": since}
    return url_for("platform.motion", ref=plank.ref, name=name, **values)


def plank_url(plank: Plank, view: str = "text", text: str | None = None) -> str:
    """A plank's page, or one of its views, of the text shown or of the working text."""
    return url_for("platform.plank", ref=plank.ref, view=None if view == "text" else view, text=text)


def standing_url(order: str = "", **asked: str) -> str:
    """The matrix of planks and groups, narrowed: `standing_url(green="backed")`; the order as `sort` has it."""
    values: dict[str, Any] = {name: value for name, value in {**asked, "sort": order}.items() if value}
    return url_for("platform.where_we_stand", **values)
