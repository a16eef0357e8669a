"""A plank's page: the words shown, who backs exactly these words, where a newer text stands, and what one can do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from app.amendments import queries as amendments
from app.amendments.choices import choices_among_open
from app.amendments.presenters import cards_of
from app.arguments.queries import counted_by_version
from app.composites.presenters import Composites, composites_of
from app.endorsements import presenters as endorsements
from app.models import Plank, Stance, Version
from app.mps import presenters as mps
from app.negotiation import queries as negotiation
from app.planks.composed import Composed
from app.planks.presenters import OfferedActions, offered_actions
from app.planks.provenance import Provenance, Source, provenance, sources
from app.platform import history, queries
from app.platform.addresses import compare_url, plank_url, unit_histories
from app.platform.arguing import arguments_view
from app.platform.behind import behind
from app.platform.beside import at_hand_and_amendments
from app.platform.distance import wanting
from app.platform.earlier import earlier_backing
from app.platform.for_clerks import clerks_links
from app.platform.queries import RoundOnPlank, VersionLine
from app.platform.ruled import ruled_steps
from app.platform.versions import ShownVersion, agreed_text, has_level, made_of_others, shown_version
from app.results.timeline import timeline
from app.rulings.forms import PlankForms
from app.rulings.presenters import PlankRulings, rulings_of_plank
from app.takeovers.presenters import Takeover, takeover_of_plank
from app.web.backing import backed_words
from policies.ballots import RoundStage
from policies.endorsements import COUNTING
from policies.errors import NotThere
from policies.permissions import Actor
from policies.planks import Stage

VIEWS = {
    "text": "Text",
    "backing": "Who backs it",
    "amendments": "Amendments",
    "arguments": "Arguments",
    "history": "What changed",
}
TEXTS = ("agreed", "working")
LIVE = frozenset({RoundStage.PREPARED, RoundStage.OPEN, RoundStage.CLOSED})


@dataclass(frozen=True)
class Link:
    """A sentence, and where it leads."""

    text: str
    url: str


@dataclass(frozen=True)
class Newer:
    """Where the newer text stands, under the agreed one; or the way back, under the working one."""

    sentence: str
    read: Link
    compare: Link


@dataclass(frozen=True)
class LiveRound:
    """The one round being prepared, open or uncounted: its page, and where it stands."""

    link: Link
    stands: str


@dataclass(frozen=True)
class PlankPage:
    """Everything that stands on each view of a plank's page."""

    plank: Plank
    shown: ShownVersion
    state: str
    is_working_text: bool
    has_level: bool
    wanting: Sequence[str]
    """What is wanting for agreement on the words shown, a sentence a group."""
    tabs: Sequence[tuple[str, str, str]]
    earlier_backing: str
    newer: Newer | None
    since_backed: Link | None
    live_round: LiveRound | None
    offered: OfferedActions
    own_position_url: str
    versions: Sequence[VersionLine]
    stances: Mapping[int, Mapping[str, Stance]]
    rounds: Sequence[RoundOnPlank]
    arguments: Mapping[int, int]
    """How many arguments about each version can be read, by the version's number."""
    composites: Composites
    made_of: Composed | None
    rulings: PlankRulings
    takeover: Takeover | None

    clerks_links: Sequence[tuple[str, str]] = ()
    """For a clerk: mending the words shown, and pausing the own group's backing of them."""

    negotiation_url: str = ""
    """Where the groups stand on the text, unit by unit: for members, and for everybody once it is released."""

    @property
    def notes(self) -> Mapping[str, Provenance]:
        """Of a composite: where each of its clauses came from."""
        return provenance(self.made_of, self.shown.version.units)

    @property
    def sources(self) -> Sequence[Source]:
        """Of a composite: the planks it was put together from."""
        return sources(self.made_of)

    @property
    def unit_actions(self) -> dict[str, list[tuple[str, str]]]:
        """Beside each unit its history; before it "Amend", on the working text of an open plank, for members."""
        histories = unit_histories(self.plank, self.shown.version)
        return {unit_id: [*self._amending(unit_id), history] for unit_id, history in histories.items()}

    @property
    def amends_here(self) -> bool:
        """Whether the reader can amend the very words shown."""
        return self.offered.amend and self.shown.version.id == self.plank.working_version_id

    def _amending(self, unit_id: str) -> list[tuple[str, str]]:
        # In a long text the unit is far from the page's head: the reader arrives at it.
        url = f"{url_for('amendments.begin', ref=self.plank.ref, unit=unit_id)}#part-{unit_id}"
        return [("Amend", url)] if self.amends_here else []


def plank_page(plank: Plank, actor: Actor, view: str, text: str | None) -> PlankPage:
    """A plank's page as `actor` sees it; raises `NotThere` for an unknown view or text."""
    if view not in VIEWS or (text is not None and text not in TEXTS):
        raise NotThere("This plank's page has no such view. Choose one of its tabs.")
    version = plank.working_version if text == "working" else plank.shown_version
    if version is None:
        raise NotThere("This plank has not been submitted, so it has no page yet.")
    versions, stances = queries.version_lines(plank), queries.stances_on(plank)
    there, of_amendments = at_hand_and_amendments(plank, actor)
    rulings = rulings_of_plank(plank, actor, are_there=there.rulings)
    rounds = queries.rounds_on(plank, actor) if there.rounds else []
    arguments = counted_by_version(plank) if there.arguments else {}
    counts = {"amendments": of_amendments, "arguments": arguments.get(version.number, 0)}
    return PlankPage(
        plank=plank,
        shown=shown_version(plank, version, stances.get(version.id, {})),
        state=_state(plank, rulings),
        is_working_text=plank.agreed_version_id is not None and version.id != plank.agreed_version_id,
        has_level=has_level(plank, stances),
        wanting=wanting(plank, version, stances.get(version.id, {})) if view == "text" else (),
        tabs=_tabs(plank, counts, text),
        earlier_backing=earlier_backing(versions, stances, version.id),
        newer=_newer(plank, version, stances),
        since_backed=_since_backed(plank, versions, stances, actor),
        live_round=_live_round(rounds),
        offered=offered_actions(plank, actor, there),
        own_position_url=mps.own_position_url(plank, version, actor),
        versions=versions,
        stances=stances,
        rounds=rounds,
        arguments=arguments,
        composites=composites_of(plank, actor, are_there=there.composites),
        made_of=made_of_others(plank, versions),
        rulings=rulings,
        takeover=takeover_of_plank(plank, actor),
        negotiation_url=_negotiation_url(plank, actor) if view == "text" else "",
        clerks_links=clerks_links(plank, version, stances.get(version.id, {}), actor),
    )


def values_of_view(page: PlankPage, actor: Actor, view: str, number: int) -> dict[str, object]:
    """What one view shows beyond the head: decisions, rounds and MPs' positions, amendments or history."""
    plank, versions = page.plank, page.versions
    if view == "backing":
        numbers = {one.round_id: one.number for one in page.rounds}
        decisions = history.decision_rows(plank, versions, page.stances, numbers)
        positions = mps.positions_on(plank, page.shown.version, number)
        return {
            "decisions": decisions,
            "timeline": timeline(versions, page.stances),
            "rounds": history.round_rows(page.rounds, versions),
            "positions": positions,
        }
    if view == "amendments":
        found = amendments.of_plank(plank, actor)
        return {"amendments": cards_of(plank, found, actor), "choices": choices_among_open(plank, found)}
    if view == "arguments":
        return {"argued": arguments_view(plank, page.shown.version, page.arguments, actor)}
    if view == "history":
        return {"history": _steps(page), "behind": behind(plank, actor)}
    return {"forms": PlankForms()}


def _state(plank: Plank, rulings: PlankRulings) -> str:
    if rulings.reference is not None:
        return "Referred back"
    return "" if plank.stage is Stage.OPEN else plank.stage.words.capitalize()


def _negotiation_url(plank: Plank, actor: Actor) -> str:
    return url_for("negotiation.show", ref=plank.ref) if negotiation.is_open_to(actor, plank) else ""


def _steps(page: PlankPage) -> list[history.Step]:
    adoptions = queries.adoptions(page.plank)
    others = ruled_steps(page.plank, page.rulings.registered)
    return history.steps(page.plank, page.versions, adoptions, page.rounds, page.composites, page.made_of, others)


def _tabs(plank: Plank, counts: Mapping[str, int], text: str | None) -> list[tuple[str, str, str]]:
    tabs = []
    for view, words in VIEWS.items():
        label = f"{words} ({counts[view]})" if counts.get(view) else words
        tabs.append((view, label, plank_url(plank, view, text)))
    return tabs


def _newer(plank: Plank, version: Version, stances: Mapping[int, Mapping[str, Stance]]) -> Newer | None:
    agreed, working = plank.agreed_version, plank.working_version
    if agreed is None or working is None or agreed.id == working.id:
        return None
    compare = Link(
        f"Compare version {agreed.name} with version {working.name}", compare_url(plank, agreed.name, working.name)
    )
    same = ", though in the same words" if agreed.sha256 == working.sha256 else ""
    if version.id == working.id:
        read = Link(f"Read the {agreed_text(plank, stances)}, version {agreed.name}", plank_url(plank))
        return Newer(
            f"This is the working text, version {working.name}. It is not the agreed one{same}.", read, compare
        )
    read = Link(f"Read the working text, version {working.name}", plank_url(plank, text="working"))
    stands = endorsements.sentence(stances.get(working.id, {}), working.name)
    return Newer(f"There is a newer text, version {working.name}{same}. {stands}", read, compare)


def _since_backed(
    plank: Plank, versions: Sequence[VersionLine], stances: Mapping[int, Mapping[str, Stance]], actor: Actor
) -> Link | None:
    """For a member: what changed since the own group last backed this plank."""
    working = plank.working_version
    if working is None or actor.group is None:
        return None
    for version in reversed(versions):
        stance = stances.get(version.version_id, {}).get(actor.group)
        if stance is not None and stance.version_id == version.version_id and stance.kind in COUNTING:
            words = f"What changed since your group backed {backed_words(version.name, stance)}"
            is_newest = version.version_id == working.id
            return None if is_newest else Link(words, compare_url(plank, version.name, working.name))
    return None


def _live_round(rounds: Sequence[RoundOnPlank]) -> LiveRound | None:
    for one in rounds:
        if one.stage in LIVE:
            link = Link(f"Round R{one.number}", url_for("ballots.show", number=one.number))
            return LiveRound(link, history.round_in_words(one))
    return None
