"""How a plank came to its words: its versions with their causes, the decisions on them and the rounds, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from markupsafe import Markup

from app.composites.presenters import Composites
from app.endorsements.presenters import conditional_words, stance_words
from app.models import Plank, Stance
from app.planks.composed import Composed
from app.planks.provenance import names_of
from app.platform.addresses import compare_url, version_url
from app.platform.queries import Adoption, RoundOnPlank, VersionLine
from app.web.backing import clauses_named, paused_words
from app.web.filters import day, minute
from policies.ballots import RoundKind, RoundStage
from policies.endorsements import StanceKind
from policies.groups import GROUPS, group_named
from policies.planks import Cause

LINK = Markup('<a href="{}">{}</a>')


@dataclass(frozen=True)
class Step:
    """One thing that happened, as the list of steps shows it."""

    when: str
    what: str
    url: str = ""
    detail: str | Markup = ""


def steps(
    plank: Plank,
    versions: Sequence[VersionLine],
    adoptions: Mapping[int, Adoption],
    rounds: Sequence[RoundOnPlank],
    composites: Composites,
    made_of: Composed | None,
    others: Sequence[tuple[datetime, Step]] = (),
) -> list[Step]:
    """Everything that happened to a plank, oldest first; `others` are steps besides its texts and rounds."""
    names = {version.version_id: version.name for version in versions}
    dated = [
        _version_step(plank, version, versions, cause_in_words(version, adoptions, made_of)) for version in versions
    ]
    if plank.opened_at is not None:
        dated.append((plank.opened_at, Step(day(plank.opened_at), f"Opened to the public as {plank.name}")))
    dated += others
    dated += [_round_step(of_round, names) for of_round in rounds if of_round.published_at is not None]
    if plank.ended_at is not None:
        detail = composites.ended or plank.end_reason
        ended = Step(day(plank.ended_at), f"The plank is {plank.stage.words}", detail=detail)
        dated.append((plank.ended_at, ended))
    return [step for _, step in sorted(dated, key=lambda pair: pair[0])]


def cause_in_words(
    version: VersionLine, adoptions: Mapping[int, Adoption], made_of: Composed | None = None
) -> str | Markup:
    """What brought a version: "Amendment P12-A3, moved by a member of the Compass Green group, adopted …".

    `made_of` says from which planks a composite was put together.
    """
    adoption = adoptions.get(version.amendment_id or 0)
    if adoption is not None:
        return _adoption_in_words(adoption)
    mover = "" if version.author_group is None else f" by a member of the {group_named(version.author_group).title}"
    if version.cause is Cause.COMPOSITE and made_of is not None:
        return Markup("Put together from {}{}.").format(names_of(made_of), mover)
    return {
        Cause.PROPOSED: f"Proposed{mover}.",
        Cause.IMPORTED: "Read from a file by those who run this service, to be amended and decided on.",
        Cause.EDITORIAL: "An editorial change: punctuation, case or spacing only.",
    }.get(version.cause, f"{version.cause.capitalize()}{mover}.")


def decision_rows(
    plank: Plank,
    versions: Sequence[VersionLine],
    stances: Mapping[int, Mapping[str, Stance]],
    round_numbers: Mapping[int, int],
) -> list[tuple[str | Markup, ...]]:
    """Who backs which version: version, group, decision, date and round, the newest version first.

    A decision stands once, with the version it was taken on, also where that counts for the same words mended since.
    """
    rows: list[tuple[str | Markup, ...]] = []
    for version in reversed(versions):
        counting = stances.get(version.version_id, {})
        held = {group: one for group, one in counting.items() if one.version_id == version.version_id}
        name = LINK.format(version_url(plank, version.name), unbroken(f"Version {version.name}"))
        rows += [_decision_row(name, held[group.key], round_numbers) for group in GROUPS if group.key in held]
    return rows


def round_rows(rounds: Sequence[RoundOnPlank], versions: Sequence[VersionLine]) -> list[tuple[str | Markup, ...]]:
    """The rounds on a plank: name, what was asked, where it stands."""
    names = {version.version_id: version.name for version in versions}
    return [
        (
            LINK.format(url_for("ballots.show", number=one.number), f"R{one.number}"),
            _asked(one, names),
            round_in_words(one),
        )
        for one in rounds
    ]


def round_in_words(of_round: RoundOnPlank) -> str:
    """Where a round stands, and nothing of its votes before it is published."""
    if of_round.stage is RoundStage.PREPARED and of_round.opens_at is None:
        return "Being prepared: it opens when clerks of two groups agree."
    return {
        RoundStage.PREPARED: f"Opens on {minute(of_round.opens_at)}.",
        RoundStage.OPEN: f"Open until {minute(of_round.closes_at)}. Its result is shown when it is published.",
        RoundStage.CLOSED: "Closed. Its result is shown when it is published.",
        RoundStage.PUBLISHED: f"Published on {day(of_round.published_at)}.",
        RoundStage.ANNULLED: "Annulled by clerks of all groups before its result. No vote in it counts.",
        RoundStage.CANCELLED: f"Cancelled before it opened. {of_round.ended_reason}".strip(),
    }[of_round.stage]


def unbroken(words: str) -> str:
    """A date or a name that a narrow column must not break."""
    return words.replace(" ", "\u00a0")


def _version_step(
    plank: Plank, version: VersionLine, versions: Sequence[VersionLine], detail: str | Markup
) -> tuple[datetime, Step]:
    before = [other for other in versions if (other.number, other.minor) < (version.number, version.minor)]
    if before:
        url = compare_url(plank, before[-1].name, version.name)
        changes = LINK.format(url, f"What changed since version {before[-1].name}")
        detail = Markup("{} {}").format(detail, changes)
    url = version_url(plank, version.name)
    return version.created_at, Step(day(version.created_at), f"Version {version.name}", url, detail)


def _round_step(of_round: RoundOnPlank, names: Mapping[int, str]) -> tuple[datetime, Step]:
    published = of_round.published_at
    assert published is not None
    url = url_for("ballots.show", number=of_round.number)
    return published, Step(day(published), f"Result of round R{of_round.number}", url, f"{_asked(of_round, names)}.")


def _asked(of_round: RoundOnPlank, names: Mapping[int, str]) -> str:
    version = f"version {names[of_round.version_id]}"
    asked = f"Whether to back {version}" if of_round.kind is RoundKind.ENDORSEMENT else f"Amendments to {version}"
    return f"{asked} (held again for want of a quorum)" if of_round.is_rerun else asked


def _adoption_in_words(adoption: Adoption) -> Markup:
    link = LINK.format(url_for("amendments.show", ref=adoption.name), adoption.name)
    way = Markup("adopted by agreement on {}: nobody objected for 72 hours").format(day(adoption.adopted_at))
    if adoption.round_number is not None:
        url = url_for("ballots.show", number=adoption.round_number)
        of_round = LINK.format(url, f"R{adoption.round_number}")
        way = Markup("carried in every group in round {} on {}").format(of_round, day(adoption.adopted_at))
    mover = group_named(adoption.group).title
    offered = ", a consensus wording" if adoption.is_consensus else ""
    return Markup("Amendment {}, moved by a member of the {}{}, {}.").format(link, mover, offered, way)


def _how_far(stance: Stance) -> str:
    """The words of a reservation, or the parts that an opt-out leaves out."""
    if stance.kind is StanceKind.RESERVATION:
        return f": “{stance.statement}”"
    if stance.kind is StanceKind.OPT_OUT:
        return f" (all but {clauses_named(stance.version, stance.units)})"
    return ""


def _decision_row(name: Markup, stance: Stance, numbers: Mapping[int, int]) -> tuple[str | Markup, ...]:
    glyph, word = stance_words(stance)
    words = word + _how_far(stance)
    words = ". ".join(said for said in (words, conditional_words(stance), paused_words(stance)) if said)
    decided = Markup('<span><span aria-hidden="true">{}</span> {}</span>').format(glyph, words)
    number = numbers.get(stance.round_id)
    of_round = LINK.format(url_for("ballots.show", number=number), f"R{number}") if number else ""
    return name, group_named(stance.group).full_title, decided, unbroken(day(stance.decided_at)), of_round
