"""How far a group backs a text, in words: whole, except some clauses, or with a reservation."""

from collections.abc import Sequence

from app.models import Stance, Version
from app.web.filters import day
from policies.endorsements import StanceKind


def clauses_named(version: Version, unit_ids: Sequence[str]) -> str:
    """ "clauses 2 and 3.1"; headings and footnotes are called by what they are."""
    units = [unit for unit in version.units if unit.unit_id in unit_ids]
    clauses = [unit.clause for unit in units if unit.clause[:1].isdigit()]
    others = ["a footnote" if unit.clause else "a heading" for unit in units if not unit.clause[:1].isdigit()]
    if not clauses:
        return listed(others)
    numbers = f"clause{'s' if len(clauses) > 1 else ''} {listed(clauses)}"
    return listed([numbers, *others]) if others else numbers


def backed_words(version_name: str, stance: Stance) -> str:
    """What a group backs, and how far: "version 2", "version 2 except clause 3", "version 2 with its reservation"."""
    if stance.kind is StanceKind.OPT_OUT:
        return f"version {version_name} except {clauses_named(stance.version, stance.units)}"
    with_reservation = " with its reservation" if stance.kind is StanceKind.RESERVATION else ""
    return f"version {version_name}{with_reservation}"


def paused_words(stance: Stance) -> str:
    """The pause of a group's backing and its reason, now or in the past; nothing where this backing never paused."""
    row = stance.suspension
    if row is None or row.starts_at is None or row.until is None:
        return ""
    end = row.ended_at or row.until
    if end <= stance.decided_at:
        # It paused what the group had decided before.
        return ""
    return f"Paused from {day(row.starts_at)} to {day(end)}: “{row.reason}”"


def listed(words: Sequence[str]) -> str:
    """Words as a sentence lists them: "one, two and three"."""
    return " and ".join([*([", ".join(words[:-1])] if len(words) > 1 else []), *words[-1:]])
