"""Saying of each column of each table whether it tells something of a person, and for what that is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from policies.privacy import Purpose

# What a column is called in words, where its name without underscores would not do.
COLUMN_WORDS: dict[str, str] = {
    "id": "its number here",
    "key": "its address here",
    "person_id": "who you are",
    "by_person": "who you are, as a number",
    "group_key": "your group",
    "by_group": "your group",
    "author_group": "your group",
    "email": "e-mail address",
    "address": "e-mail address",
    "is_vouched": "whether the operator answers for you",
    "is_offered": "whether a demonstration offers you",
    "useless_after": "when its link ended",
    "gss": "code of the seat",
    "sought": "name and seat, as they are searched",
}


@dataclass(frozen=True)
class Held:
    """What one table holds: `about` in words; `personal` columns by purpose; the others are `plain`.

    `found_by` says how somebody's own rows are found, and which columns of them their archive shows. A path is the
    names of columns with dots between: each but the last leads to another table's row, the last to the person.
    `left_out` says why the archive shows nothing of a table that leads to people.
    """

    about: str
    personal: Mapping[Purpose, str] = field(default_factory=dict)
    plain: str = ""
    found_by: Mapping[str, str] = field(default_factory=dict)
    left_out: str = ""

    @property
    def purposes(self) -> dict[str, Purpose]:
        """The purpose of each personal column."""
        return {column: purpose for purpose, columns in self.personal.items() for column in columns.split()}

    @property
    def columns(self) -> list[str]:
        """Every column that is declared, personal or plain."""
        return [*self.purposes, *self.plain.split()]


def column_in_words(column: str) -> str:
    """What a column is called on the privacy page and in an archive: "draft title", "when seconded"."""
    if column in COLUMN_WORDS:
        return COLUMN_WORDS[column]
    if column.endswith("_at"):
        return f"when {column.removesuffix('_at').replace('_', ' ')}"
    return column.removesuffix("_id").replace("_", " ")


def undeclared(table: str, columns: list[str], held: Held | None) -> str:
    """What is missing of a table's declaration, as a sentence that says what to write; nothing where all is there."""
    if held is None:
        return (
            f"Table {table} says nothing of people. Add to app/models/personal/: "
            f'"{table}": Held("…", personal={{Purpose.…: "columns"}}, plain="{" ".join(columns)}", …).'
        )
    missing, extra = sorted(set(columns) - set(held.columns)), sorted(set(held.columns) - set(columns))
    twice = sorted({name for name in held.columns if held.columns.count(name) > 1})
    if missing:
        return f"{table}: write {', '.join(missing)} under personal (with a purpose) or plain in app/models/personal/."
    if extra:
        return f"{table}: {', '.join(extra)} is declared in app/models/personal/, but is no column; take it out."
    return f"{table}: {', '.join(twice)} is declared twice in app/models/personal/." if twice else ""
