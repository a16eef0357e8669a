"""One version of a plank as a paper: its words in numbered lines, and what each group decided on exactly them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from app.carrying.foot import foot
from app.endorsements import queries as endorsements
from app.endorsements.presenters import Cell
from app.models import Plank, Stance, Version
from app.papers.describing import blocks_of
from app.papers.paper import Block, Paper, Section
from app.platform import queries
from app.platform.queries import VersionOfPlank
from app.platform.versions import ShownVersion, has_level, shown_version
from app.web.addresses import whole_url
from app.web.filters import day
from policies.endorsements import StanceKind
from policies.text.bracketing import bracketed

NOT_PUBLIC = "Not public yet: for members of the Compass groups only."


def version_paper(found: VersionOfPlank, made: datetime) -> Paper:
    """The paper of one version."""
    plank, version = found.plank, found.version
    held = endorsements.on_version(version)
    shown, address = shown_version(plank, version, held), address_of(plank, version)
    return Paper(
        name=f"{plank.name or 'plank'}-version-{version.name}",
        title=version.title,
        made=made,
        kicker=called(plank, version),
        said=[*([] if plank.number else [NOT_PUBLIC])],
        facts=facts_of(plank, shown, is_decided=has_level(plank, queries.stances_on(plank))),
        sections=[Section(blocks=_blocks(version, held), source=words_of(version, held), after=remarks(shown))],
        foot=foot(made, address),
    )


def plank_section(plank: Plank, version: Version, held: Mapping[str, Stance]) -> Section:
    """The same as a part of the platform's paper."""
    shown = shown_version(plank, version, held)
    return Section(
        title=f"{plank.name}: {version.title}",
        blocks=_blocks(version, held),
        facts=facts_of(plank, shown, is_decided=True),
        after=remarks(shown),
        source=words_of(version, held),
    )


def called(plank: Plank, version: Version) -> str:
    """ "P12, version 3"."""
    return f"{plank.name or 'A plank that is not open yet'}, version {version.name}"


def address_of(plank: Plank, version: Version) -> str:
    """The version's permalink, whole."""
    return whole_url("platform.version", ref=plank.ref, name=version.name)


def facts_of(plank: Plank, shown: ShownVersion, *, is_decided: bool) -> list[tuple[str, str]]:
    """Where the version stands: its level, each group's decision, its address and its hash."""
    version = shown.version
    decided = [("Level", shown.level.label), *(decision_of(cell) for cell in shown.cells)] if is_decided else []
    return [
        *decided,
        ("Version", f"{version.name}, written on {day(version.created_at)}"),
        ("Address", address_of(plank, version)),
        ("SHA-256 of title and text", version.sha256),
    ]


def remarks(shown: ShownVersion) -> list[str]:
    """What must stand beside the words: reservations, brackets, pauses, and backing given before a comma was mended."""
    said = [f"{remark.cell.group.full_title}: {remark.words}" for remark in shown.remarks]
    for name, _url in shown.mended:
        said.append(f"Backs version {name}; this text differs from it in punctuation only.")
    if shown.was_agreed_until:
        said.append(f"It was agreed until {day(shown.was_agreed_until)}. These are the last words all groups backed.")
    return said


def decision_of(cell: Cell) -> tuple[str, str]:
    """A group, and what it decided."""
    words = f"{cell.glyph} {cell.word}"
    return cell.group.full_title, f"{words}. {cell.note}" if cell.note else words


def words_of(version: Version, held: Mapping[str, Stance]) -> str:
    """Its text in Markdown, with what a group left out in brackets; without these it is exactly what the hash is of."""
    return bracketed(version.text, version.units, _left_out(held))


def _blocks(version: Version, held: Mapping[str, Stance]) -> Sequence[Block]:
    return blocks_of(version.units, version.lines or (), _left_out(held))


def _left_out(held: Mapping[str, Stance]) -> set[str]:
    return {unit for stance in held.values() if stance.kind is StanceKind.OPT_OUT for unit in stance.units}
