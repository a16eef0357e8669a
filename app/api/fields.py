"""The kinds of fields that answers have, each with its description; all of them are always there."""

from typing import Any

from marshmallow import Schema, fields
from marshmallow.validate import Length

AnyField = fields.Field[Any]


def said(description: str) -> AnyField:
    """Words; empty where there are none."""
    return fields.String(required=True, metadata={"description": description})


def number(description: str) -> AnyField:
    """A whole number."""
    return fields.Integer(required=True, metadata={"description": description})


def truth(description: str) -> AnyField:
    """Yes or no."""
    return fields.Boolean(required=True, metadata={"description": description})


def moment(description: str) -> AnyField:
    """A moment in UTC, as ISO 8601 writes it."""
    return fields.AwareDateTime(required=True, metadata={"description": description})


def nested(schema: type[Schema]) -> AnyField:
    """Something that has fields itself."""
    return fields.Nested(schema, required=True)


def several(schema: type[Schema], description: str) -> AnyField:
    """A list of such."""
    return fields.List(fields.Nested(schema), required=True, metadata={"description": description})


def maybe(field: AnyField) -> AnyField:
    """The same, or null where there is none."""
    field.allow_none = True
    return field


def day(description: str) -> AnyField:
    """A day."""
    return fields.Date(required=True, metadata={"description": description})


def names(description: str) -> AnyField:
    """Some words, each by itself."""
    return fields.List(fields.String(), required=True, metadata={"description": description})


def none_ever(description: str) -> AnyField:
    """A list that is always empty."""
    return fields.List(fields.String(), required=True, validate=Length(max=0), metadata={"description": description})
