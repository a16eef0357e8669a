"""Planks, their versions, the decisions on them and their amendments, as answers have them."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from app.amendments.wording import STATES
from app.api import naming, queries
from app.api.naming import Told, moment
from app.endorsements import presenters as endorsements
from app.endorsements import queries as endorsement_queries
from app.endorsements.pausing import until_of
from app.models import Amendment, Plank, Stance, Version
from app.platform import queries as platform
from app.platform.history import cause_in_words
from app.platform.public_planks import ThemeCount
from app.platform.queries import Adoption, VersionLine
from app.platform.versions import made_of_others, shown_version
from policies.agreement import Level
from policies.endorsements import NO_STANCE
from policies.groups import GROUPS, Group
from policies.planks import ENDED_STAGES

Held = Mapping[str, Stance]


def themes(counts: Sequence[ThemeCount]) -> list[Told]:
    """Themes with how much there is of each."""
    return [
        {
            "slug": count.theme.slug,
            "name": count.theme.name,
            "planks": count.planks,
            "agreed": count.agreed,
            "url": naming.url_of("platform.theme", slug=count.theme.slug),
        }
        for count in counts
    ]


def planks(found: Sequence[Plank]) -> list[Told]:
    """Planks of a list; two queries, however many they are."""
    stances = queries.stances_on(_id_of(plank.shown_version) for plank in found)
    decided = queries.with_decisions(plank.id for plank in found)
    return [_plank(one, stances.get(_id_of(one.shown_version), {}), is_decided=one.id in decided) for one in found]


def plank(found: Plank) -> Told:
    """One plank with the words that the public reads."""
    (row,), shown = planks([found]), _there(found.shown_version)
    held = queries.stances_on([shown.id]).get(shown.id, {})
    more = {
        "sentence": endorsements.sentence(held, shown.name),
        "text": shown.text,
        "reason": found.reason,
        "origin": found.origin,
        "licence": found.licence,
        "versions": naming.url_of("api.versions", ref=found.ref),
    }
    return {**row, **more}


def versions(of: Plank, found: Sequence[Version]) -> list[Told]:
    """Versions of one plank, with what brought each."""
    adoptions, lines = platform.adoptions(of), platform.version_lines(of)
    made_of = made_of_others(of, lines)
    by_id = {line.version_id: line for line in lines}
    return [_version(of, one, str(cause_in_words(by_id[one.id], adoptions, made_of))) for one in found]


def all_versions(found: Sequence[Version]) -> list[Told]:
    """Versions of many planks with their words; two queries."""
    adoptions = platform.adoptions_where(Version.id.in_([one.id for one in found]))
    stances = queries.stances_on(one.id for one in found)
    return [_whole_version(one.plank, one, stances.get(one.id, {}), adoptions) for one in found]


def version(of: Plank, found: Version) -> Told:
    """One version whole, with its level."""
    held = queries.stances_on([found.id]).get(found.id, {})
    (row,), shown = versions(of, [found]), shown_version(of, found, held)
    stands = of.id in queries.with_decisions([of.id]) or of.stage not in ENDED_STAGES
    return {**row, **_words(found, held), "level": _level(shown.level) if stands else None}


def stances(found: Sequence[Stance]) -> list[Told]:
    """Decisions of groups, each with its text and round; one query for the rounds."""
    numbers = queries.round_numbers(one.round_id for one in found)
    return [
        {
            **_stance(group_of(one), one),
            "plank": naming.plank(one.version.plank),
            "on": naming.version(one.version, one.version.plank),
            "round": f"R{numbers[one.round_id]}" if one.round_id in numbers else None,
        }
        for one in found
    ]


def amendments(found: Sequence[Amendment]) -> list[Told]:
    """Amendments with the words before the groups."""
    return [_amendment(one) for one in found]


def group_of(stance: Stance) -> Group:
    """The group that decided."""
    return next(group for group in GROUPS if group.key == stance.group)


def _plank(found: Plank, held: Held, *, is_decided: bool) -> Told:
    shown, working = _there(found.shown_version), _there(found.working_version)
    stands = is_decided or found.stage not in ENDED_STAGES
    return {
        **naming.plank(found),
        "theme": {"slug": found.theme.slug, "name": found.theme.name},
        "state": found.stage.value,
        "level": _level(endorsement_queries.level_of(found, shown, held)) if stands else None,
        "shown": naming.version(shown, found),
        "working": naming.version(working, found),
        "stances": _of_each_group(held),
        "opened_at": moment(found.opened_at),
        "ended_at": moment(found.ended_at),
        "end_reason": found.end_reason,
    }


def _version(of: Plank, found: Version, said: str) -> Told:
    row = naming.version(found, of)
    brought = {"cause": found.cause.value, "said": Markup(said).striptags()}
    return {**row, "plank": naming.plank(of), **brought, "created_at": moment(found.created_at)}


def _whole_version(of: Plank, found: Version, held: Held, adoptions: Mapping[int, Adoption]) -> Told:
    line = VersionLine(
        found.id,
        found.number,
        found.minor,
        found.title,
        found.sha256,
        found.cause,
        found.amendment_id,
        found.author_group,
        found.created_at,
    )
    return {**_version(of, found, str(cause_in_words(line, adoptions))), **_words(found, held)}


def _words(found: Version, held: Held) -> Told:
    return {
        "text": found.text,
        "sentence": endorsements.sentence(held, found.name),
        "stances": _of_each_group(held),
        "units": [
            {
                "id": unit.unit_id,
                "kind": unit.kind.value,
                "clause": unit.clause,
                "level": unit.level,
                "markdown": unit.markdown,
            }
            for unit in found.units
        ],
        "lines": [{"number": one.number, "unit": one.unit_id, "text": one.text} for one in found.lines or ()],
    }


def _of_each_group(held: Held) -> list[Told]:
    return [_stance(group, held.get(group.key)) for group in GROUPS]


def _stance(group: Group, stance: Stance | None) -> Told:
    nothing: Told = {
        "kind": None,
        "words": NO_STANCE[1],
        "version": None,
        "decided_at": None,
        "statement": "",
        "units": [],
    }
    if stance is None:
        return {"group": naming.named(group), **nothing, "paused_until": None, "condition": None}
    return {
        "group": naming.named(group),
        "kind": stance.kind.value,
        "words": endorsements.stance_words(stance)[1],
        "version": stance.version.name,
        "decided_at": moment(stance.decided_at),
        "statement": stance.statement,
        "units": list(stance.units),
        "paused_until": moment(until_of(stance)),
        "condition": _condition(stance),
    }


def _condition(stance: Stance) -> Told | None:
    row = stance.condition
    if row is None:
        return None
    lapsed = endorsements.has_lapsed_condition(stance)
    return {"title": row.title, "sha256": row.sha256, "by_date": row.by_date, "lapsed": lapsed}


def _amendment(found: Amendment) -> Told:
    revision = found.revision
    assert revision is not None
    page, here = (naming.url_of(endpoint, ref=found.ref) for endpoint in ("amendments.show", "api.amendment"))
    return {
        "name": found.name,
        "plank": naming.plank(found.plank),
        "state": found.stage.value,
        "words": STATES[found.stage],
        "group": naming.group(found.group),
        "base": revision.base.name,
        "title": revision.title,
        "text": revision.text,
        "sha256": revision.sha256,
        "reason": revision.reason,
        "is_consensus": found.is_consensus,
        "opened_at": moment(found.opened_at),
        "ended_at": moment(found.ended_at),
        "url": page,
        "api": here,
    }


def _level(found: Level) -> Told:
    return {"key": found.key.value, "label": found.label}


def _there(found: Version | None) -> Version:
    """What every plank with a number has."""
    assert found is not None
    return found


def _id_of(found: Version | None) -> int:
    return _there(found).id
