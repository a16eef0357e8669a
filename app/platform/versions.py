"""One exact version: its words, its level, what each group decided on it, and the page where it stands for ever."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from markupsafe import Markup

from app.endorsements import presenters as endorsements
from app.endorsements import queries as endorsement_queries
from app.endorsements.pausing import pauses
from app.endorsements.presenters import Cell
from app.models import Plank, Stance, Version
from app.planks.composed import Composed, composed
from app.planks.provenance import Provenance, Source, provenance, sources
from app.platform import history, queries
from app.platform.addresses import compare_url, unit_histories, version_url
from app.platform.once_agreed import OnceAgreed, once_agreed
from app.platform.overtaken import overtaken
from app.platform.queries import VersionLine
from app.web.backing import clauses_named, paused_words
from app.web.documents import ShownNode, shown_nodes
from policies.agreement import TAKEN_BACK, Level, LevelKey
from policies.endorsements import COUNTING, StanceKind
from policies.planks import ENDED_STAGES, Cause

AGREED_OR_PAUSED = (LevelKey.AGREED, LevelKey.PAUSED)


@dataclass(frozen=True)
class Remark:
    """What a group said beside its backing: a reservation's words, or the clauses it opted out of."""

    cell: Cell
    words: str


@dataclass(frozen=True)
class ShownVersion:
    """The words of one version, and the decisions on exactly these words."""

    version: Version
    level: Level
    cells: Sequence[Cell]
    sentence: str
    was_agreed_until: datetime | None
    mended: Sequence[tuple[str, str]]
    """Where backing was given to the same words with other punctuation: which version, and where both are compared."""
    remarks: Sequence[Remark]
    bracketed: frozenset[str]
    """The units that a group opted out of."""

    @cached_property
    def nodes(self) -> Sequence[ShownNode]:
        """The words, worked out for whoever writes them."""
        version = self.version
        return shown_nodes(version.units, version.rendered, self.bracketed, version.lines or ())


@dataclass(frozen=True)
class VersionPage:
    """A version at its permalink: where it stands among the plank's versions, and what brought it."""

    plank: Plank
    shown: ShownVersion
    has_level: bool
    overtaken: str | Markup
    """That it is not the text of today, or that its plank has ended; nothing where neither is so."""
    standing: str
    cause: str | Markup
    decisions: Sequence[Sequence[str | Markup]]
    before_url: str | None
    after_url: str | None
    changes_url: str | None
    notes: Mapping[str, Provenance]
    sources: Sequence[Source]
    unit_actions: Mapping[str, Sequence[tuple[str, str]]]
    """Beside each unit, the way to its history."""


def shown_version(plank: Plank, version: Version, held: Mapping[str, Stance]) -> ShownVersion:
    """`held` are the stances on `version`, by group key; units that a group opted out of stand in brackets."""
    cells = endorsements.cells(held, notes(version, held), version)
    once = _once_agreed(plank, version, held)
    level = endorsement_queries.level_of(plank, version, held, once_agreed=once.was_agreed)
    opted_out = {unit for stance in held.values() if stance.kind is StanceKind.OPT_OUT for unit in stance.units}
    return ShownVersion(
        version=version,
        level=level,
        cells=cells,
        sentence=endorsements.sentence(held, version.name),
        was_agreed_until=once.until if level.key is LevelKey.NO_LONGER_AGREED else None,
        mended=_mended(plank, version, held),
        remarks=remarks(version, cells, held),
        bracketed=frozenset(opted_out),
    )


def version_page(plank: Plank, version: Version) -> VersionPage:
    """The permalink's page; five queries, for a composite seven."""
    lines, stances = queries.version_lines(plank), queries.stances_on(plank)
    place = [line.version_id for line in lines].index(version.id)
    before = lines[place - 1] if place else None
    after = lines[place + 1] if place + 1 < len(lines) else None
    numbers = queries.round_numbers(plank)
    made_of, name_of_agreed = made_of_others(plank, lines), agreed_text(plank, stances)
    return VersionPage(
        plank=plank,
        shown=shown_version(plank, version, stances.get(version.id, {})),
        has_level=has_level(plank, stances),
        overtaken=overtaken(plank, version, name_of_agreed),
        standing=_standing(plank, version, name_of_agreed),
        cause=history.cause_in_words(lines[place], queries.adoptions(plank), made_of),
        decisions=history.decision_rows(plank, [lines[place]], stances, numbers),
        before_url=version_url(plank, before.name) if before else None,
        after_url=version_url(plank, after.name) if after else None,
        changes_url=compare_url(plank, before.name, version.name) if before else None,
        notes=provenance(made_of, version.units),
        sources=sources(made_of),
        unit_actions={unit_id: [link] for unit_id, link in unit_histories(plank, version).items()},
    )


def made_of_others(plank: Plank, lines: Sequence[VersionLine]) -> Composed | None:
    """What a plank was put together from, if its first version says so."""
    return composed(plank) if any(line.cause is Cause.COMPOSITE for line in lines) else None


def notes(version: Version, held: Mapping[str, Stance]) -> dict[str, str]:
    """What of the words a group left out, by group key: it stands under the group's cell."""
    return {
        group: f"Not {clauses_named(version, stance.units)}"
        for group, stance in held.items()
        if stance.kind is StanceKind.OPT_OUT
    }


def remarks(version: Version, cells: Sequence[Cell], held: Mapping[str, Stance]) -> list[Remark]:
    """What groups said beside their backing of a version, in the order of the groups."""
    said = [(cell, words) for cell in cells for words in _remarks(version, held.get(cell.group.key))]
    return [Remark(cell, words) for cell, words in said]


def _remarks(version: Version, stance: Stance | None) -> list[str]:
    if stance is None:
        return []
    found = [paused_words(stance)] if pauses({stance.group: stance}) else []
    if stance.kind is StanceKind.RESERVATION:
        found.append(f"“{stance.statement}”")
    if stance.kind is StanceKind.OPT_OUT:
        found.append(f"Backs this text except {clauses_named(version, stance.units)}, in brackets here.")
    return found


def _once_agreed(plank: Plank, version: Version, held: Mapping[str, Stance]) -> OnceAgreed:
    """Only a no can have ended an agreement, of a text no newer than the agreed one: else nothing is sought."""
    agreed = plank.agreed_version
    has_no = any(stance.kind in TAKEN_BACK for stance in held.values())
    is_sought = agreed is not None and version.number <= agreed.number and has_no
    return once_agreed(version) if is_sought else OnceAgreed()


def _mended(plank: Plank, version: Version, held: Mapping[str, Stance]) -> list[tuple[str, str]]:
    names = {stance.version.name for stance in held.values() if stance.kind in COUNTING} - {version.name}
    return [(name, compare_url(plank, name, version.name)) for name in sorted(names)]


def agreed_text(plank: Plank, stances: Mapping[int, Mapping[str, Stance]]) -> str:
    """What the version once agreed is called: "agreed text", or "last agreed text" since a group took backing back."""
    agreed = plank.agreed_version
    held = stances.get(agreed.id, {}) if agreed is not None else {}
    is_agreed = agreed is not None and endorsement_queries.level_of(plank, agreed, dict(held)).key in AGREED_OR_PAUSED
    return "agreed text" if is_agreed else "last agreed text"


def has_level(plank: Plank, stances: Mapping[int, Mapping[str, Stance]]) -> bool:
    """Not before it is public, nor after it ended undecided: then its state alone says where it stands."""
    return plank.number is not None and (plank.stage not in ENDED_STAGES or bool(stances))


def _standing(plank: Plank, version: Version, name_of_agreed: str) -> str:
    """Where a version stands among the others of its plank."""
    agreed, working = plank.agreed_version, plank.working_version
    if agreed is not None and agreed.id == version.id:
        return f"This is the {name_of_agreed} of the plank."
    now = "No version of it is agreed yet."
    if agreed is not None:
        same = ", in the same words" if agreed.sha256 == version.sha256 else ""
        now = f"The {name_of_agreed} is version {agreed.name}{same}."
    if working is not None and working.id == version.id:
        if plank.stage in ENDED_STAGES:
            return f"These are its last words. {now}" if agreed else "These are its last words. No version was agreed."
        return f"This is the working text, which members discuss and amend. {now}"
    newest = f"The newest is version {working.name}. " if working is not None else ""
    return f"This is an earlier version. {newest}{now}"
