"""The form in which clauses are chosen and ordered, and the draft they become gets a title, a theme and a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import request
from wtforms import Field, StringField

from app.composites.choosing import clauses_of, seen_version
from app.models import Plank, Theme, Version, new_key
from app.planks import queries as planks
from app.planks.forms import DraftForm
from app.web.forms import TickBox, as_ruled
from policies.composites import require_clauses_of_two, require_place, require_room
from policies.errors import RuleBroken
from policies.text.gather import gather, take
from policies.text.units import Unit


@dataclass(frozen=True)
class Clause:
    """One unit that can be ticked: its two fields, and where it stands on the page."""

    version: Version
    unit: Unit
    take: str
    place: str
    standing: int


class ClausesForm(DraftForm):
    """Ticks and places of clauses; without the text, which is made of them."""

    clauses: Sequence[Clause] = ()

    @property
    def chosen(self) -> list[tuple[Version, str]]:
        """The ticked units in the order of their numbers; equal numbers in the order of the page."""
        ticked = [clause for clause in self.clauses if self[clause.take].data]
        return [(clause.version, clause.unit.unit_id) for clause in sorted(ticked, key=self._order)]

    @property
    def described(self) -> tuple[Theme, str, str]:
        """Theme, title and reason as they are kept."""
        return planks.theme(self.theme.data), self.title.data or "", self.reason.data or ""

    def validate(self, extra_validators: Any = None) -> bool:
        """What the rulebook says of the ticks stands beside the first of them."""
        is_valid = super().validate(extra_validators)
        try:
            require_clauses_of_two([version.plank_id for version, _ in self.chosen])
            texts = {clause.version.id: clause.version.units for clause in self.clauses}
            require_room(gather(take([(version.id, unit_id) for version, unit_id in self.chosen], texts))[0])
        except RuleBroken as refusal:
            first = self[self.clauses[0].take] if self.clauses else self.title
            first.errors = [str(refusal)]
            return False
        return is_valid

    def _order(self, clause: Clause) -> tuple[int, int]:
        number = (self[clause.place].data or "").strip()
        return int(number[:6]) if number.isascii() and number.isdigit() else 0, clause.standing


def clauses_form(chosen: Sequence[Plank], themes: Sequence[Theme]) -> ClausesForm:
    """The form for these planks, each in the version its clauses were shown in."""
    clauses = _clauses(chosen)
    fields: dict[str, Field] = {}
    for clause in clauses:
        name = f"clause {clause.unit.clause}" if clause.unit.clause else "this heading"
        fields[clause.take] = TickBox(name)
        fields[clause.place] = StringField(f"Place of {name}", [as_ruled(require_place)], default=str(clause.standing))
    kind: type[ClausesForm] = type("Clauses", (ClausesForm,), fields)
    form = kind(data={"theme": chosen[0].theme.slug, "draft": new_key()})
    del form.text
    form.clauses = clauses
    form.known_themes = frozenset(theme.slug for theme in themes)
    form.theme.choices = {"": "Choose a theme"} | {theme.slug: theme.name for theme in themes}
    return form


def wants_to_edit() -> bool:
    """Whether the words are to be edited before they are previewed."""
    return request.form.get("then") == "edit"


def _clauses(chosen: Sequence[Plank]) -> list[Clause]:
    found: list[Clause] = []
    for plank in chosen:
        version = seen_version(plank, request.form.get(f"version_{plank.number}"))
        for unit in clauses_of(version):
            name = f"{plank.number}_{unit.unit_id}"
            found.append(Clause(version, unit, f"take_{name}", f"place_{name}", len(found) + 1))
    return found
