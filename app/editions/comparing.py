"""An edition beside another one, or beside the platform of today: what changed in words, and new wordings in place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from app.amendments.presenters import Comparison, compared
from app.editions import contents, queries
from app.models import Edition, Version
from app.web.questions import require_known
from app.web.redlines import Reading, reading
from policies.edition_changes import Change, Changed, Entry, Gone, changes, in_words
from policies.edition_manifest import changes_of
from policies.errors import NotUnderstood
from policies.text.canonical import digest

TODAY = "today"
# So many wordings are set out on one page; further ones are a link each.
MOST_IN_PLACE = 30


@dataclass(frozen=True)
class Reworded:
    """A plank with other words: both wordings as one redline, or a link alone where there are many or one is hidden."""

    name: str
    title: str
    before: str
    after: str
    url: str
    comparison: Comparison | None


@dataclass(frozen=True)
class ComparisonPage:
    """What changed from one edition to another, or to today, and what else this edition can be compared with."""

    edition: Edition
    title: str
    before: str
    after: str
    changes: Sequence[str]
    reworded: Sequence[Reworded]
    reading: Reading
    choices: Sequence[tuple[str, str]]
    chosen: str


def changes_page(edition: Edition) -> ComparisonPage:
    """What changed from the edition before to this one, as its manifest has it; for the first one, nothing."""
    require_known("view")
    before = edition.id - 1
    title = f"What changed from edition {before} to edition {edition.id}" if before else "Edition 1 is the first"
    url = url_for("editions.changes", number=edition.id)
    names = (f"Edition {before}", f"Edition {edition.id}")
    return _page(edition, title, names, changes_of(edition.manifest), url, chosen=str(before))


def compare_page(edition: Edition) -> ComparisonPage:
    """This edition and the one in the address, the older first; without one, the platform of today."""
    require_known("to", "view")
    asked = request.args.get("to", TODAY)
    url = url_for("editions.compare", number=edition.id, to=asked)
    if asked == TODAY:
        moved = contents.moved_since(queries.entries_of(edition))
        title = f"Edition {edition.id} and the platform of today"
        return _page(edition, title, (f"Edition {edition.id}", "Today"), moved, url, chosen=asked)
    if asked not in {str(number) for number in queries.numbers()}:
        raise NotUnderstood("There is no such edition to compare with. Choose one from the list, or today.")
    first, second = sorted((edition.id, int(asked)))
    names = (f"Edition {first}", f"Edition {second}")
    return _page(edition, " and ".join(names), names, _between(first, second), url, chosen=asked)


def titles_of(entries: Sequence[Entry]) -> dict[int, str]:
    """The titles of planks in the exact versions of an edition, by number."""
    found = queries.versions_named([(one.plank, one.version) for one in entries])
    return {number: version.title for (number, _name), version in found.items()}


def said(changed: Sequence[Changed]) -> list[str]:
    """Changes in words, each plank with its title in the newest version that the change is about."""
    named = [(one.plank, one.after or one.before) for one in changed]
    titles = {place: version.title for place, version in queries.versions_named(named).items()}
    return [in_words(one, titles.get(place, "")) for one, place in zip(changed, named, strict=True)]


def _between(first: int, second: int) -> list[Changed]:
    """What differs between two editions; why a plank has gone, the manifests in between have told."""
    told = queries.from_to(first, second)
    gone = {
        one.plank: Gone(one.why)
        for edition in told[1:]
        for one in changes_of(edition.manifest)
        if one.change is Change.REMOVED
    }
    return changes(queries.entries_of(told[0]), queries.entries_of(told[-1]), gone)


def _page(
    edition: Edition, title: str, names: tuple[str, str], changed: Sequence[Changed], url: str, *, chosen: str
) -> ComparisonPage:
    others = [(str(number), f"Edition {number}") for number in queries.numbers() if number != edition.id]
    return ComparisonPage(
        edition=edition,
        title=title,
        before=names[0],
        after=names[1],
        changes=said(changed),
        reworded=_reworded(changed),
        reading=reading(url),
        choices=[(TODAY, "Today"), *others],
        chosen=chosen,
    )


def _reworded(changed: Sequence[Changed]) -> list[Reworded]:
    other = [one for one in changed if one.change is Change.REWORDED]
    versions = queries.versions_named([(one.plank, name) for one in other for name in (one.before, one.after)])
    return [_one_reworded(one, versions, in_place=place < MOST_IN_PLACE) for place, one in enumerate(other)]


def _one_reworded(one: Changed, versions: Mapping[tuple[int, str], Version], *, in_place: bool) -> Reworded:
    old, new = versions[one.plank, one.before], versions[one.plank, one.after]
    is_readable = all(digest(version.title, version.text) == version.sha256 for version in (old, new))
    values: dict[str, Any] = {"from": one.before, "to": one.after}
    return Reworded(
        name=f"P{one.plank}",
        title=new.title,
        before=one.before,
        after=one.after,
        url=url_for("platform.compare", ref=str(one.plank), **values),
        comparison=compared(old.document, new.document) if in_place and is_readable else None,
    )
