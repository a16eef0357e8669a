"""Storing the units of a text, with the ids that survive edits, beside the text they were read from."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import JSON, Dialect
from sqlalchemy.types import TypeDecorator

from policies.text.units import Kind, Unit


class UnitList(TypeDecorator[tuple[Unit, ...]]):
    """A tuple of units, stored as JSON."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: tuple[Unit, ...] | None, dialect: Dialect) -> list[dict[str, Any]] | None:
        """Units to plain values."""
        return None if value is None else [asdict(unit) for unit in value]

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[Unit, ...] | None:
        """Plain values to units."""
        return None if value is None else tuple(_unit(stored) for stored in value)


def _unit(stored: dict[str, Any]) -> Unit:
    return Unit(**{**stored, "kind": Kind(stored["kind"]), "path": tuple(stored["path"])})
