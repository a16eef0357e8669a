"""Who changed this: everything that happened to one unit of a version, when, by which decision, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from app.models import Plank, Version
from app.planks.composed import Composed
from app.planks.provenance import NEW_HERE
from app.platform import history, queries
from app.platform.addresses import unit_url, version_url
from app.platform.queries import UnitOfVersion, VersionLine
from app.platform.versions import made_of_others
from app.web.backing import clauses_named
from app.web.filters import day
from policies.planks import Cause
from policies.text.blame import Act, Step, history_of
from policies.text.line_marks import lines_named
from policies.text.redline import RedlineUnit, redline
from policies.text.render import plain_with_marks
from policies.text.telling import place_of
from policies.text.units import Unit

ACT_WORDS = {
    Act.BROUGHT: "It came in with these words",
    Act.SPLIT: "It was split off from a longer one",
    Act.JOINED: "It was joined with another one",
    Act.REWORDED: "Its words changed",
    Act.EDITORIAL: "Only case, punctuation or spacing changed",
    Act.MARKED: "Only emphasis or spacing changed",
    Act.RETAGGED: "It became another kind of text",
    Act.MOVED: "It moved",
}


@dataclass(frozen=True)
class ShownStep:
    """One version that touched the unit: what it did, what brought it, the words before and after, and the reason."""

    when: str
    version: str
    url: str
    acts: str
    cause: str | Markup
    changes: Sequence[RedlineUnit]
    reason: str
    source: tuple[str, str] | None
    """Of a composite: where the words came from, and the same page there; no address where they are new."""


@dataclass(frozen=True)
class UnitPage:
    """A unit of one version, and its history, the newest step first."""

    plank: Plank
    version: Version
    name: str
    lines: str
    words: str
    anchor: str
    steps: Sequence[ShownStep]
    is_unchanged: bool
    """Whether its words are still those with which it came in."""


def unit_page(found: UnitOfVersion) -> UnitPage:
    """The page of one unit; five queries, for a composite seven."""
    plank, version, unit = found.plank, found.version, found.unit
    lines = [line for line in version.lines or () if line.unit_id == unit.unit_id]
    versions = queries.version_lines(plank)
    until = versions[: [line.version_id for line in versions].index(version.id) + 1]
    units = queries.units_by_version(plank)
    traced = history_of(unit.unit_id, [units[line.version_id] for line in until])
    told = _Teller(plank, until, made_of_others(plank, versions))
    return UnitPage(
        plank=plank,
        version=version,
        name=place_of(unit),
        lines=lines_named(lines),
        words=plain_with_marks(unit.markdown),
        anchor=f"L{lines[0].number}-L{lines[-1].number}" if len(lines) > 1 else f"u-{unit.unit_id}",
        steps=[told.step(step) for step in reversed(traced.steps)],
        is_unchanged=traced.last_worded is traced.origin,
    )


class _Teller:
    """Says in words what a step did, with what is known of the plank's versions."""

    def __init__(self, plank: Plank, versions: Sequence[VersionLine], made_of: Composed | None) -> None:
        self._plank, self._versions, self._made_of = plank, versions, made_of
        self._adoptions = queries.adoptions(plank)
        self._reasons: Mapping[int, str] = queries.reasons_of_adopted(plank)

    def step(self, step: Step) -> ShownStep:
        line = self._versions[step.version]
        acts = [ACT_WORDS[act] for act in step.acts]
        return ShownStep(
            when=day(line.created_at),
            version=line.name,
            url=version_url(self._plank, line.name),
            acts=". ".join(acts) + ".",
            cause=history.cause_in_words(line, self._adoptions, self._made_of),
            changes=redline(step.before, (step.after,)),
            reason=self._reasons.get(line.amendment_id or 0, ""),
            source=self._source(line, step.after),
        )

    def _source(self, line: VersionLine, unit: Unit) -> tuple[str, str] | None:
        if self._made_of is None or line.cause is not Cause.COMPOSITE:
            return None
        origin = self._made_of.origins([unit]).get(unit.unit_id)
        if origin is None:
            return NEW_HERE.words, ""
        original = self._made_of.by_version[origin.source]
        version, unit_id = original.version, origin.unit.unit_id
        words = f"{original.plank.name}, version {version.name}, {clauses_named(version, [unit_id])}"
        return words, unit_url(original.plank, version.name, unit_id)
