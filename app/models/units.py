"""Storing the units and the printed lines of a text beside the text they were read from."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import JSON, Dialect
from sqlalchemy.types import TypeDecorator

from policies.text.lines import Line
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


class LineList(TypeDecorator[tuple[Line, ...]]):
    """The printed lines of a text in order, stored as pairs of a unit's id and the words; the place is the number."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def process_bind_param(self, value: tuple[Line, ...] | None, dialect: Dialect) -> list[list[str]] | None:
        """Lines to plain values."""
        return None if value is None else [[line.unit_id, line.text] for line in value]

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[Line, ...] | None:
        """Plain values to lines."""
        if value is None:
            return None
        return tuple(Line(number, unit_id, text) for number, (unit_id, text) in enumerate(value, start=1))
