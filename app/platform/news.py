"""What’s new, in words: planks opened and ended, texts adopted, rounds opened and published, what is agreed.

Of a result it says each group's outcome in words and never a figure, so that it is the same for small groups and large.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from markupsafe import Markup

from app.ballots.results import NOT_ASKED, register_row
from app.endorsements.presenters import sentence_of
from app.models import Plank, ReferenceBack, Round, Stance
from app.platform import happenings
from app.platform.addresses import plank_url, version_url
from app.platform.happenings import Details, Happening, Kind
from app.platform.history import cause_in_words
from app.web.filters import day, minute
from policies.agreement import LevelKey
from policies.ballots import RoundKind, RoundStage
from policies.groups import GROUPS, all_in_words, group_named, in_words
from policies.planks import Stage
from policies.standings import Standing

OVER = "it is with its drafters no more"
LEVEL_NEWS = {
    LevelKey.AGREED: "{plank} is agreed",
    LevelKey.AGREED_IN_PART: "{plank} is agreed in part",
    LevelKey.NO_LONGER_AGREED: "{plank} is no longer agreed",
}


@dataclass(frozen=True)
class News:
    """One thing that became public: its lasting name, when, a line, a few words, and the page it is about."""

    name: str
    at: datetime
    what: str
    detail: str
    url: str

    @property
    def when(self) -> str:
        """The day."""
        return day(self.at)


def newest(length: int) -> list[News]:
    """At most so many, the newest."""
    return [news for _, news in told(happenings.newest(length))][:length]


def told(found: Iterable[Happening]) -> list[tuple[Happening, News]]:
    """What happened, each with what is said of it: of a result that makes a plank agreed, that first."""
    found = list(found)
    details = happenings.details(found)
    return [(one, news) for one in found for news in _news(one, details)]


def _news(one: Happening, details: Details) -> list[News]:
    if one.kind in (Kind.OPENED, Kind.ENDED):
        plank, first_title, group = details.planks[one.of_id]
        return [_opened(one.at, plank, first_title, group) if one.kind == Kind.OPENED else _ended(one.at, plank)]
    if one.kind in (Kind.REFERRED, Kind.REFERENCE_ENDED):
        return [_referred(one.at, details.references[one.of_id], is_over=one.kind == Kind.REFERENCE_ENDED)]
    if one.kind in _OF_STANCES:
        stance = details.stances.get(-one.of_id if one.kind == Kind.PROMISE_KEPT else one.of_id)
        return [_of_stance(one, stance)] if stance is not None else []
    if one.kind == Kind.EDITION:
        return [_edition(one.at, one.of_id, details.editions[one.of_id])]
    if one.kind == Kind.VERSION:
        return [_version(one.at, one.of_id, details)]
    of_round = details.rounds[one.of_id]
    if one.kind == Kind.ROUND_OPENED:
        return [_round_opened(one.at, of_round)]
    result, standing = _round_published(one.at, of_round), details.standings.get(one.of_id)
    return [_level(one.at, of_round, standing), result] if standing is not None and standing.is_news else [result]


def _opened(at: datetime, plank: Plank, title: str, group: str | None) -> News:
    proposed = f"Proposed by a member of the {group_named(group).title}. " if group else ""
    detail = f"{proposed}It has its public number. Members of every group can amend it."
    return News(f"plank/{plank.number}/{Kind.OPENED}", at, f"{plank.name} opened: “{title}”", detail, plank_url(plank))


def _ended(at: datetime, plank: Plank) -> News:
    what = f"{plank.name} is {plank.stage.words}: “{plank.title}”"
    detail = f"By clerks of all groups: {plank.end_reason}" if plank.stage is Stage.ARCHIVED else plank.end_reason
    return News(f"plank/{plank.number}/{Kind.ENDED}", at, what, detail, plank_url(plank))


def _referred(at: datetime, reference: ReferenceBack, *, is_over: bool) -> News:
    plank, ruling = reference.plank, reference.ruling
    name = f"plank/{plank.number}/{Kind.REFERENCE_ENDED if is_over else Kind.REFERRED}/{ruling.key}"
    if is_over:
        return News(name, at, f"{plank.name} was referred back: {OVER}", reference.answer, plank_url(plank))
    detail = f"{ruling.reason} That is no decision on its merits. No round is held on it until that is over."
    return News(name, at, f"{plank.name} is referred back to its drafters: “{plank.title}”", detail, plank_url(plank))


def _version(at: datetime, version_id: int, details: Details) -> News:
    number, version = details.versions[version_id]
    cause = Markup(cause_in_words(version, details.adoptions)).striptags()
    detail = f"{cause} What a group backed before stays with the words it backed."
    url = url_for("platform.version", ref=number, name=version.name)
    what = f"P{number} has a new text, version {version.name}: “{version.title}”"
    return News(f"plank/{number}/{Kind.VERSION}/{version.name}", at, what, detail, url)


def _edition(at: datetime, number: int, planks: int) -> News:
    what = f"Edition {number} of the platform is published"
    held = f"It holds {planks} plank{'' if planks == 1 else 's'} that {all_in_words()} groups back, word for word."
    before = f" Its page says what changed since edition {number - 1}." if number > 1 else ""
    detail = f"{held} Clerks of all groups published it; it is signed, and stays as it is.{before}"
    return News(f"edition/{number}", at, what, detail, url_for("editions.show", number=number))


def _of_stance(one: Happening, stance: Stance) -> News:
    """A group paused its backing, or it counts again, or the group backs what it had promised to back."""
    what, detail = _OF_STANCES[one.kind]
    plank, version, group = stance.version.plank, stance.version, group_named(stance.group)
    pause = stance.suspension
    words = {"group": group.full_title, "plank": plank.name, "version": version.name}
    words |= {"until": day(pause.until) if pause else "", "reason": pause.reason if pause else ""}
    name = f"plank/{plank.number}/{one.kind}/{version.name}/{group.key}"
    url = version_url(plank, version.name)
    return News(name, one.at, f"{what.format(**words)}: “{version.title}”", detail.format(**words), url)


_OF_STANCES: dict[str, tuple[str, str]] = {
    Kind.PAUSED: (
        "The {group} has paused its backing of {plank}, version {version}",
        "Until {until}, then it counts again by itself. Its reason: {reason}",
    ),
    Kind.PAUSE_ENDED: (
        "The {group} no longer pauses its backing of {plank}, version {version}",
        "What each group has decided stands on the page of these words.",
    ),
    Kind.PROMISE_KEPT: (
        "The {group} backs {plank}, version {version}",
        "It had decided to back just these words if they were adopted in time, and they have been.",
    ),
}


def _round_opened(at: datetime, of_round: Round) -> News:
    vote = "groups vote" if len(of_round.groups) > 1 else "group votes"
    until = f"The Compass {in_words(of_round.groups)} {vote} until {minute(of_round.closes_at)}."
    after = "Nothing of the result shows before it is published."
    if of_round.stage is RoundStage.ANNULLED:
        after = "Clerks of all groups have annulled it; no vote in it counts."
    detail = f"{_asked(of_round)} {until} {after}"
    what = f"Round {of_round.name} opened on {of_round.plank.name}: “{of_round.version.title}”"
    return News(f"round/{of_round.number}/{Kind.ROUND_OPENED}", at, what, detail, _round_url(of_round))


def _round_published(at: datetime, of_round: Round) -> News:
    outcomes = zip(GROUPS, register_row(of_round).outcomes, strict=True)
    said = [f"{group.full_title}: {outcome}." for group, outcome in outcomes if outcome != NOT_ASKED]
    what = f"Result of round {of_round.name} on {of_round.plank.name}: “{of_round.version.title}”"
    detail = " ".join([_asked(of_round), *said])
    return News(f"round/{of_round.number}/{Kind.ROUND_PUBLISHED}", at, what, detail, _round_url(of_round))


def _level(at: datetime, of_round: Round, standing: Standing) -> News:
    plank, version = of_round.plank, of_round.version
    what = f"{LEVEL_NEWS[standing.level.key].format(plank=plank.name)}: “{version.title}”"
    detail = sentence_of(standing.stances, version.name)
    name = f"round/{of_round.number}/{standing.level.key}"
    return News(name, at, what, detail, version_url(plank, version.name))


def _asked(of_round: Round) -> str:
    version = f"version {of_round.version.name}"
    if of_round.kind is RoundKind.AMENDMENTS:
        return f"Asked: which amendments to {version} to adopt."
    again = ", once more for want of a quorum" if of_round.is_rerun else ""
    return f"Asked: whether to back {version}{again}."


def _round_url(of_round: Round) -> str:
    return url_for("ballots.show", number=of_round.number)
