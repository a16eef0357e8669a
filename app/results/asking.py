"""What the register of decisions is narrowed to, as its address says it, and the form that asks for it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from flask import request

from app.models import Theme
from app.results import queries
from app.results.queries import Wanted
from app.web.backing import listed
from policies.ballots import Outcome, RoundKind
from policies.errors import NotUnderstood
from policies.groups import GROUP_KEYS, GROUPS, group_named
from policies.small_cells import OUTCOME_WORDS

ANY = "Any"
KINDS: dict[RoundKind, str] = {
    RoundKind.ENDORSEMENT: "Whether to back a text",
    RoundKind.AMENDMENTS: "Amendments to a text",
}
NAMES = ("group", "theme", "outcome", "kind", "year", "page")


@dataclass(frozen=True)
class Choice:
    """A drop-down list of the form: the name in the address, the label, the options, and which is chosen."""

    name: str
    label: str
    options: Sequence[tuple[str, str]]
    chosen: str


@dataclass(frozen=True)
class Asked:
    """What the address asks for, and how it is asked for again."""

    wanted: Wanted
    choices: Sequence[Choice]
    in_words: str

    @property
    def values(self) -> dict[str, str]:
        """The narrowing as an address has it, without the page."""
        return {choice.name: choice.chosen for choice in self.choices if choice.chosen}


def asked() -> Asked:
    """Read the address; raises `NotUnderstood` for a name or a value that the register does not have."""
    themes, years = queries.themes(), [str(year) for year in queries.years()]
    given = _given()
    group = _one_of(GROUP_KEYS, given.get("group", ""), "group")
    slug = _one_of([theme.slug for theme in themes], given.get("theme", ""), "theme")
    outcome = _one_of(list(Outcome), given.get("outcome", ""), "outcome")
    kind = _one_of(list(RoundKind), given.get("kind", ""), "kind")
    year = _one_of(years, given.get("year", ""), "year")
    wanted = Wanted(
        group or None,
        slug or None,
        Outcome(outcome) if outcome else None,
        RoundKind(kind) if kind else None,
        int(year) if year else None,
    )
    return Asked(wanted, _choices(themes, years, wanted), _in_words(themes, wanted))


def _given() -> dict[str, str]:
    """The address's questions, each of a known name and asked once. An empty one asks for nothing: so forms send it."""
    if set(request.args) - set(NAMES):
        raise NotUnderstood(f"The address asks for something the register does not have. It knows {listed(NAMES)}.")
    twice = [name for name in NAMES if len(request.args.getlist(name)) > 1]
    if twice:
        raise NotUnderstood(f"The address asks for {listed(twice)} more than once. Ask for each once.")
    return request.args.to_dict()


def _one_of(known: Collection[str], value: str, name: str) -> str:
    if value and value not in known:
        raise NotUnderstood(f"The address asks for a {name} that there is not. Choose one on the register's page.")
    return value


def _choices(themes: Sequence[Theme], years: Sequence[str], wanted: Wanted) -> list[Choice]:
    outcomes = [(outcome.value, words) for outcome, words in OUTCOME_WORDS.items()]
    return [
        Choice("group", "Compass group", _any([(g.key, g.full_title) for g in GROUPS]), wanted.group or ""),
        Choice("theme", "Theme", _any([(theme.slug, theme.name) for theme in themes]), wanted.theme or ""),
        Choice("outcome", "Outcome", _any(outcomes), wanted.outcome or ""),
        Choice("kind", "What was asked", _any([(k.value, words) for k, words in KINDS.items()]), wanted.kind or ""),
        Choice("year", "Year", _any([(year, year) for year in years]), str(wanted.year or "")),
    ]


def _any(options: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [("", ANY), *options]


def _in_words(themes: Sequence[Theme], wanted: Wanted) -> str:
    said = [] if wanted.group is None else [f"of the {group_named(wanted.group).title}"]
    said += [f"theme {theme.name}" for theme in themes if theme.slug == wanted.theme]
    said += [] if wanted.outcome is None else [f"outcome “{OUTCOME_WORDS[wanted.outcome]}”"]
    said += [] if wanted.kind is None else [f"{KINDS[wanted.kind].lower()}"]
    said += [] if wanted.year is None else [f"published in {wanted.year}"]
    return "; ".join(said)
