"""Where the words of a composite came from, in words: beside each clause, and as a list of planks."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from markupsafe import Markup

from app.models import CompositeOriginal
from app.planks.composed import Composed
from app.web.backing import clauses_named
from policies.text.gather import Origin
from policies.text.units import Unit

LINK = Markup('<a href="{}">{}</a>')


@dataclass(frozen=True)
class Provenance:
    """What stands beside one clause: where it came from, and where that is; no address where the words are new."""

    words: str
    url: str = ""
    since: str = ""


@dataclass(frozen=True)
class Source:
    """One of the planks a composite was put together from."""

    name: str
    title: str
    version: str
    url: str
    fate: str


NEW_HERE = Provenance("New here")


def provenance(made_of: Composed | None, units: Sequence[Unit]) -> dict[str, Provenance]:
    """The note beside each unit of a composite, by its id; none where the plank is no composite."""
    if made_of is None:
        return {}
    found = made_of.origins(units)
    return {
        unit.unit_id: _in_words(made_of, found[unit.unit_id]) if unit.unit_id in found else NEW_HERE for unit in units
    }


def sources(made_of: Composed | None) -> list[Source]:
    """The planks a composite was put together from."""
    return [_source(original) for original in made_of.originals] if made_of else []


def names_of(made_of: Composed) -> Markup:
    """The same as a sentence has them: "P3 and P7", each a link to the version that was taken from."""
    links = [LINK.format(source.url, source.name) for source in sources(made_of)]
    return Markup(", ").join(links[:-1]) + Markup(" and ") + links[-1]


def _source(original: CompositeOriginal) -> Source:
    fate = "It ended in this composite, as its mover wished." if original.took_effect_at else ""
    version = original.version
    return Source(original.plank.name, version.title, version.name, _url(original), fate)


def _in_words(made_of: Composed, origin: Origin) -> Provenance:
    original = made_of.by_version[origin.source]
    version, unit_id = original.version, origin.unit.unit_id
    words = f"From {original.plank.name}, version {version.name}, {clauses_named(version, [unit_id])}"
    return Provenance(words, _url(original, f"u-{unit_id}"), "edited since" if origin.is_edited else "")


def _url(original: CompositeOriginal, anchor: str | None = None) -> str:
    return url_for("platform.version", ref=original.plank.ref, name=original.version.name, _anchor=anchor)
