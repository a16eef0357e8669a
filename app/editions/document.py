"""An edition as one document: its planks by theme, in the words that were signed, with every group's stance on them."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from markupsafe import Markup

from app.editions import queries
from app.endorsements.presenters import Cell, sentence_of
from app.models import Edition, EditionPlank, Version
from app.web.documents import ShownNode, shown_nodes
from app.web.filters import day
from policies.edition_changes import Backed, Entry
from policies.edition_manifest import hash_of
from policies.endorsements import STANCE_WORDS, StanceKind
from policies.groups import Group, group_named
from policies.moderation import is_tombstone
from policies.text.canonical import digest

TITLE_HIDDEN = "A text that clerks have hidden"
WORDS_HIDDEN = "Clerks have hidden these words since. The signed hash of them stays."
NOT_SIGNED = "What is stored is not what was signed, so it is not shown."


@dataclass(frozen=True)
class Reservation:
    """A group's reservation as the edition prints it; its words are None while clerks have hidden them."""

    group: Group
    words: str | None


@dataclass(frozen=True)
class EditionText:
    """One plank of an edition. Title and text are None while clerks have hidden them."""

    entry: Entry
    name: str
    theme: str
    title: str | None
    text: str | None
    nodes: Sequence[ShownNode]
    cells: Sequence[Cell]
    sentence: str
    reservations: Sequence[Reservation]
    instead: str = ""
    """What stands in the place of words that are not shown: by whom they were hidden, and why."""

    @property
    def heading(self) -> str:
        """Its title, or what stands in its place."""
        return self.title or TITLE_HIDDEN

    @property
    def withheld(self) -> list[str]:
        """What of its words is hidden now, by name."""
        texts = [self.name] if self.text is None else []
        return texts + [f"{self.name} {one.group.key}" for one in self.reservations if one.words is None]


@dataclass(frozen=True)
class EditionTheme:
    """The planks of one theme, as a heading gathers them."""

    name: str
    planks: Sequence[EditionText]


@dataclass(frozen=True)
class EditionDocument:
    """All planks of an edition, by theme."""

    edition: Edition
    themes: Sequence[EditionTheme]

    @property
    def planks(self) -> Iterator[EditionText]:
        """All of them, in the order of the document."""
        for theme in self.themes:
            yield from theme.planks

    @property
    def covered(self) -> str:
        """Which of its words are hidden now, as one hash; empty where none are."""
        names = [name for plank in self.planks for name in plank.withheld]
        return hashlib.sha256("\n".join(sorted(names)).encode()).hexdigest() if names else ""


def document_of(edition: Edition) -> EditionDocument:
    """The document of an edition; words that are not those signed are never shown in it. Three queries."""
    entries = {one.plank: one for one in queries.entries_of(edition)}
    said = queries.reservations_of(edition)
    texts = [_text(entries[held.plank.number or 0], held, said) for held in queries.held_by(edition)]
    themes = [EditionTheme(name, list(planks)) for name, planks in groupby(texts, key=lambda one: one.theme)]
    return EditionDocument(edition, themes)


def _text(entry: Entry, held: EditionPlank, said: dict[tuple[int, str], str]) -> EditionText:
    version, name = held.version, f"P{entry.plank}"
    is_whole = version.sha256 == entry.sha256 and digest(version.title, version.text) == entry.sha256
    kinds = {one.group: one.kind for one in entry.stances}
    return EditionText(
        entry=entry,
        name=name,
        theme=held.plank.theme.name,
        title=version.title if is_whole else None,
        text=version.text if is_whole else None,
        nodes=_nodes(version, name) if is_whole else (),
        cells=[_cell(one, entry.version) for one in entry.stances],
        sentence=" ".join([sentence_of(kinds, entry.version), *_on_other_punctuation(entry)]),
        reservations=[_reservation(entry.plank, one, said) for one in entry.stances if one.statement_sha256],
        instead="" if is_whole else _instead(version),
    )


def _instead(version: Version) -> str:
    return f"{WORDS_HIDDEN} {version.text}" if is_tombstone(version.text) else NOT_SIGNED


def _reservation(plank: int, one: Backed, said: dict[tuple[int, str], str]) -> Reservation:
    words = said.get((plank, one.group))
    is_whole = words is not None and hash_of(words) == one.statement_sha256
    return Reservation(group_named(one.group), words if is_whole else None)


def _cell(one: Backed, version: str) -> Cell:
    decided = f"Decided on {day(one.decided)}"
    note = decided if one.version == version else f"As version {one.version}, the same words. {decided}"
    return Cell(group_named(one.group), one.kind.value, *STANCE_WORDS[StanceKind(one.kind)], note)


def _on_other_punctuation(entry: Entry) -> list[str]:
    others = sorted({one.version for one in entry.stances} - {entry.version})
    return [f"Version {entry.version} differs from version {name}, decided on, in punctuation only." for name in others]


def _nodes(version: Version, name: str) -> tuple[ShownNode, ...]:
    """The text under a heading of its own among others: ids are the plank's, and headings rank below its title."""
    return tuple(_named(node, name) for node in shown_nodes(version.units, version.rendered))


def _named(node: ShownNode, name: str) -> ShownNode:
    # The sanitiser wrote this HTML: an address within the page is a footnote's.
    html = Markup(str(node.html).replace('href="#', f'href="#{name}-'))
    return replace(
        node,
        unit_id=f"{name}-{node.unit_id}" if node.unit_id else "",
        level=node.level + 2,
        html=html,
        anchor=f"{name}-{node.anchor}" if node.anchor else "",
        children=tuple(_named(child, name) for child in node.children),
    )
