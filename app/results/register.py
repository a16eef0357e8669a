"""The register of decisions: what each group decided, as a page and as a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode, urljoin

from flask import url_for
from markupsafe import Markup

from app.ballots import advising, service, wording
from app.ballots.results import in_a_word
from app.ballots.service import TEXT_QUESTION
from app.models import Ballot, Count
from app.results import queries
from app.results.asking import KINDS, Asked, asked
from app.rounds import wording as round_wording
from app.web import csv_files
from app.web.backing import clauses_named
from app.web.filters import day
from app.web.paging import Page, page_of_columns
from policies.ballots import RoundKind
from policies.errors import RuleBroken
from policies.groups import group_named

MOST_ROWS = 10_000
LINK = Markup('<a href="{}">{}</a>')
HEAD = ("Round", "Compass group (not the party)", "Plank", "Asked", "Decision", "Result", "Published")
FILE_HEAD = (
    "Round",
    "Published",
    "Compass group (not the party)",
    "Plank",
    "Title",
    "Theme",
    "Version",
    "SHA-256 of title and text",
    "Kind",
    "Question",
    "Asked",
    "Outcome",
    "Decision",
    "Result, as far as it is shown",
    "Yes",
    "No",
    "Abstained",
    "Roll",
    "To be carried",
    "Quorum",
    "Address",
    "As of",
)


@dataclass(frozen=True)
class RegisterPage:
    """One page of the register, and what it is narrowed to."""

    asked: Asked
    head: Sequence[str]
    rows: Sequence[Sequence[str | Markup]]
    page: Page
    csv_url: str


def register_page(number: int) -> RegisterPage:
    """The page of this number of what the address asks for."""
    wish = asked()
    page = page_of_columns(queries.decisions(wish.wanted), number, counted_as=("decisions", wish.wanted))
    rows = [_row(count, ballot) for count, ballot in page.rows]
    return RegisterPage(wish, HEAD, rows, page, _csv_url(wish))


def register_csv(site_url: str, now: datetime, most: int = MOST_ROWS) -> str:
    """All of what the address asks for as a file; raises `RuleBroken` where that is too much for one."""
    return csv_files.published(*register_table(site_url, now, most))


def register_table(site_url: str, now: datetime, most: int = MOST_ROWS) -> tuple[Sequence[str], list[list[str]]]:
    """The head and the rows of that file."""
    found = queries.first_of(queries.decisions(asked().wanted), most + 1)
    if len(found) > most:
        raise RuleBroken(f"There are more than {most:,} decisions, too many for one file. Narrow them to a year.")
    made = f"{now:%Y-%m-%d %H:%M} UTC"
    return FILE_HEAD, [[*_line(count, ballot, site_url), made] for count, ballot in found]


def _csv_url(wish: Asked) -> str:
    narrowed = f"?{urlencode(wish.values)}" if wish.values else ""
    return url_for("results.decisions_csv") + narrowed


def _row(count: Count, ballot: Ballot) -> list[str | Markup]:
    of_round = ballot.round
    plank = LINK.format(url_for("platform.plank", ref=of_round.plank.ref), f"{of_round.plank.name}")
    return [
        LINK.format(url_for("ballots.show", number=of_round.number), of_round.name),
        group_named(ballot.group).full_title,
        Markup("<span>{}: {}, version {}</span>").format(plank, of_round.version.title, of_round.version.name),
        asked_in_words(count, ballot),
        decision_in_words(count, ballot),
        ballot.shown[count.question].sentence,
        # A narrow column must not break a date.
        day(of_round.published_at).replace(" ", "\u00a0"),
    ]


def _line(count: Count, ballot: Ballot, site_url: str) -> list[str]:
    of_round, shown = ballot.round, ballot.shown[count.question]
    figures = (
        ["", "", ""] if shown.exact is None else [str(shown.exact.yes), str(shown.exact.no), str(shown.exact.abstain)]
    )
    return [
        of_round.name,
        "" if of_round.published_at is None else f"{of_round.published_at:%Y-%m-%d}",
        group_named(ballot.group).full_title,
        of_round.plank.name,
        of_round.version.title,
        of_round.plank.theme.name,
        of_round.version.name,
        of_round.version.sha256,
        KINDS[of_round.kind],
        count.question,
        asked_in_words(count, ballot),
        shown.outcome_word,
        decision_in_words(count, ballot),
        _plain(shown.sentence),
        *figures,
        str(ballot.roll_size),
        _plain(round_wording.threshold(ballot.rules)),
        _plain(round_wording.quorum(ballot.rules)),
        urljoin(f"{site_url}/", url_for("ballots.show", number=of_round.number)),
    ]


def _plain(words: str) -> str:
    """Without the spaces at which no line breaks: in a file they are in the way of whoever searches it."""
    return words.replace("\u00a0", " ")


def asked_in_words(count: Count, ballot: Ballot) -> str:
    """What one question of a ballot asked."""
    of_round = ballot.round
    if of_round.kind is RoundKind.AMENDMENTS:
        return f"Whether to adopt amendment {of_round.plank.name}-{count.question}"
    again = " (once more, for want of a quorum)" if of_round.is_rerun else ""
    parts = {vote.question: vote.unit_id for vote in ballot.separate_votes} if count.question != TEXT_QUESTION else {}
    if count.question in parts:
        return f"Whether to back {clauses_named(of_round.version, [parts[count.question]])}, by itself{again}"
    asks = advising.asked if ballot.advises else wording.asked
    return asks(service.form_of(ballot), group_named(ballot.group), of_round) + again


def decision_in_words(count: Count, ballot: Ballot) -> str:
    """In a word: a withdrawal that is carried is no backing, and advice is no decision."""
    if count.question != TEXT_QUESTION:
        return ballot.shown[count.question].outcome_word
    return in_a_word(ballot, count.outcome)
