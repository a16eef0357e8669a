"""Two versions of a plank beside each other: what changed, in place and in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.amendments.presenters import Comparison, compared
from app.models import Plank, Version
from app.planks import queries as planks
from app.platform import queries
from app.platform.addresses import compare_url, conference_url
from app.platform.queries import VersionLine
from app.platform.versions import agreed_text
from app.web.redlines import Reading, View, reading
from policies.errors import NotThere
from policies.text.redline import is_editorial


@dataclass(frozen=True)
class ComparePage:
    """Two versions of one plank, what differs, and the versions one can choose from."""

    plank: Plank
    before: Version
    after: Version
    comparison: Comparison
    reading: Reading
    choices: Sequence[tuple[str, str]]
    is_editorial: bool
    swapped_url: str
    conference_url: str

    @property
    def is_same(self) -> bool:
        """Whether the two have the same words."""
        return self.before.sha256 == self.after.sha256


def compare_page(plank: Plank, before_name: str | None, after_name: str | None) -> ComparePage:
    """The comparison asked for; without names, the newest version with the one before it. Raises `NotThere`."""
    lines = queries.version_lines(plank)
    if not lines:
        raise NotThere("This plank has not been submitted, so there is nothing to compare yet.")
    after = _named(lines, after_name) if after_name else lines[-1]
    before = _named(lines, before_name) if before_name else _one_before(lines, after)
    old, new = planks.version(plank, before.name), planks.version(plank, after.name)
    name_of_agreed = agreed_text(plank, queries.stances_on(plank))
    return ComparePage(
        plank=plank,
        before=old,
        after=new,
        comparison=compared(old.document, new.document),
        reading=reading(compare_url(plank, old.name, new.name), View.SIDES),
        choices=[(line.name, _label(plank, line, name_of_agreed)) for line in lines],
        is_editorial=is_editorial(old.title, old.text, new.title, new.text),
        swapped_url=compare_url(plank, new.name, old.name),
        conference_url=conference_url(plank, new.name, old.name),
    )


def _named(lines: Sequence[VersionLine], name: str) -> VersionLine:
    for line in lines:
        if line.name == name:
            return line
    raise NotThere("This plank has no such version. Its page lists the versions it has.")


def _one_before(lines: Sequence[VersionLine], after: VersionLine) -> VersionLine:
    return lines[max(0, lines.index(after) - 1)]


def _label(plank: Plank, line: VersionLine, name_of_agreed: str) -> str:
    if line.version_id == plank.agreed_version_id:
        return f"Version {line.name} – {name_of_agreed}"
    if line.version_id == plank.working_version_id:
        return f"Version {line.name} – working text"
    return f"Version {line.name}"
