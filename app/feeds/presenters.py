"""What each feed and each calendar tells: everything that became public, or only of one theme, plank or group."""

from collections.abc import Iterable
from datetime import timedelta
from urllib.parse import urlsplit

from flask import request, url_for
from sqlalchemy import ColumnElement

from app import clock
from app.ballots.results import register_row
from app.feeds import entries, queries
from app.feeds.entries import ENTRIES, Entry, Feed
from app.feeds.icalendar import Calendar, Moment
from app.feeds.queries import Closing
from app.models import Plank, Round, Theme
from app.platform import happenings, news
from app.platform.addresses import plank_url
from app.platform.happenings import Happening, Kind
from app.web.addresses import site_url, whole_url
from app.web.filters import minute
from app.web.imprint import imprint
from app.web.site import NAME
from policies.ballots import RoundKind, RoundStage
from policies.groups import GROUPS, Group, in_words
from policies.moderation import HIDDEN_TITLE, cases_noted

# How long a calendar still shows what has closed: a quarter of a year.
KEPT_FOR = timedelta(days=90)
NOT_HELD = frozenset({RoundStage.CANCELLED, RoundStage.ANNULLED})


def site_feed() -> Feed:
    """Everything that became public."""
    told = map(entries.entry_of, news.newest(ENTRIES))
    return _feed("whats-new", entries.titled("what’s new"), url_for("platform.whats_new"), told)


def theme_feed(theme: Theme) -> Feed:
    """What became public of a theme's planks."""
    page = url_for("platform.theme", slug=theme.slug)
    return _feed(f"themes/{theme.slug}", entries.titled(theme.name), page, _of_planks(Plank.theme_id == theme.id))


def plank_feed(plank: Plank) -> Feed:
    """What became public of one plank, until its end."""
    title = entries.titled(f"{plank.name} “{plank.title}”")
    return _feed(f"planks/{plank.number}", title, plank_url(plank), _of_planks(Plank.id == plank.id))


def group_feed(group: Group) -> Feed:
    """What a group decided, and on which words."""
    found = queries.decisions_of(group.key, ENTRIES)
    rounds = happenings.details(one for one in found if one.kind == Kind.ROUND_PUBLISHED).rounds
    others = [of_it for _, of_it in news.told(one for one in found if one.kind != Kind.ROUND_PUBLISHED)]
    told = [_decision(one, rounds[one.of_id], group) for one in found if one.kind == Kind.ROUND_PUBLISHED]
    told = sorted([*told, *map(entries.entry_of, others)], key=lambda entry: entry.published, reverse=True)
    page = url_for("groups.show", group=group.key)
    return _feed(f"groups/{group.key}", f"{NAME}: decisions of the {group.full_title}", page, told)


def _of_planks(condition: ColumnElement[bool]) -> list[Entry]:
    return [entries.entry_of(of_it) for _, of_it in news.told(queries.about_planks(condition, ENTRIES))][:ENTRIES]


def _decision(one: Happening, of_round: Round, group: Group) -> Entry:
    """A group's part of a result, in words and without a figure."""
    row = register_row(of_round)
    outcome = row.outcomes[GROUPS.index(group)]
    what = f"{group.full_title}, {of_round.plank.name}, version {of_round.version.name}: {outcome}"
    detail = f"Asked in round {row.name}: {_asked(of_round)}. The decision is about these very words."
    name = f"groups/{group.key}/round/{of_round.number}"
    return Entry(name, one.at, one.at, f"{what} – “{of_round.version.title}”", detail, row.url)


def _asked(of_round: Round) -> str:
    return "which amendments to adopt" if of_round.kind is RoundKind.AMENDMENTS else "whether to back this version"


def _feed(name: str, title: str, page: str, told: Iterable[Entry]) -> Feed:
    listed = list(told)
    hidden = {_number(entry) for entry in listed if HIDDEN_TITLE in entry.what}
    dated = entries.touched(listed, queries.hidden_at(hidden)) if hidden else listed
    cases = {key for entry in listed for key in cases_noted(entry.detail)}
    dated = entries.noted(dated, queries.cases_hidden_at(cases)) if cases else dated
    for one in queries.shown_again():
        dated = [entries.returned(entry, one.number, one.words, one.at) for entry in dated]
    return Feed(name, title, _about(), request.path, page, dated, site_url())


def _number(entry: Entry) -> int:
    """The number of the plank an entry is about, which its line names first."""
    return int(next(word[1:].rstrip(":,") for word in entry.what.split() if word[0] == "P" and word[1:2].isdigit()))


def _about() -> str:
    return entries.about(imprint(), is_demonstration=clock.is_demonstration())


def site_dates() -> Calendar:
    """When ballots close, of all rounds that are announced."""
    return _calendar(entries.titled("closing dates of ballots"))


def theme_dates(theme: Theme) -> Calendar:
    """When ballots on a theme's planks close."""
    return _calendar(entries.titled(f"closing dates, {theme.name}"), Plank.theme_id == theme.id)


def plank_dates(plank: Plank) -> Calendar:
    """When ballots on a plank close."""
    return _calendar(entries.titled(f"closing dates, {plank.name} “{plank.title}”"), Plank.id == plank.id)


def group_dates(group: Group) -> Calendar:
    """When ballots in which a group votes close."""
    return _calendar(f"{NAME}: closing dates of the {group.full_title}", group=group.key)


def _calendar(title: str, plank: ColumnElement[bool] | None = None, group: str = "") -> Calendar:
    found = queries.closings(clock.now() - KEPT_FOR, plank, group)
    url = f"{site_url()}{request.path}"
    return Calendar(title, _about(), url, [_moment(one) for one in found])


def _moment(closing: Closing) -> Moment:
    of_round = closing.round
    is_cancelled = of_round.stage in NOT_HELD
    about = f"{of_round.plank.name}, version {of_round.version.name} “{of_round.version.title}” (round {of_round.name})"
    what = f"Not held: ballots on {about}" if is_cancelled else f"Ballots close: {about}"
    assert of_round.closes_at is not None
    return Moment(
        uid=f"round-{of_round.number}@{urlsplit(site_url()).netloc}",
        at=of_round.closes_at,
        changed=max([closing.announced_at, *closing.changes]),
        sequence=len(closing.changes),
        what=what,
        detail=_said(of_round, is_cancelled=is_cancelled),
        url=whole_url("ballots.show", number=of_round.number),
        is_cancelled=is_cancelled,
    )


def _said(of_round: Round, *, is_cancelled: bool) -> str:
    if is_cancelled:
        return "Nobody’s vote counts in this round. Its page says why."
    asked, times = _asked(of_round), f"{minute(of_round.opens_at)} to {minute(of_round.closes_at)}"
    groups = f"Compass {in_words(of_round.groups)} (Compass groups, not parties)"
    return f"Asked: {asked}. Who votes: {groups}, {times}. Nothing of the result shows before it is published."
