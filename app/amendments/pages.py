"""What the pages of one amendment show: writing it, previewing it, reading it."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request, url_for

from app import drawer
from app.amendments import queries, wording
from app.amendments.editing import Sheet, has_moved
from app.amendments.forms import AmendmentForm
from app.amendments.parts import edited_units
from app.amendments.presenters import Comparison, became_in_words, compared, drafted, wordings
from app.amendments.seen import mark_of_draft, mark_of_words
from app.amendments.ways import OtherWays, ways_to_begin, ways_to_go_on
from app.models import Amendment, AmendmentSecond, Objection, Plank, Revision, Version
from app.visibility.names import mover_of_amendment, names_on, seconder_of_amendment
from app.visibility.presenters import choose_url_for
from app.web.filters import day
from app.web.forms import Fault, faults_of
from app.web.redlines import Reading, reading
from policies.amendments import LIVE_STAGES, AmendmentStage
from policies.permissions import Actor, Permission, may
from policies.planks import TEXT_WORDS, Stage
from policies.text.canonical import word_count
from policies.text.line_places import line_places
from policies.text.lines import printed_lines
from policies.text.redline import Change, Hunk, RedlineUnit, around, redline, title_redline
from policies.text.units import Document
from policies.visibility import Role

AT_TITLE = "title"
"""What a page asks the changes of, where they are those of the title."""


@dataclass(frozen=True)
class WritingPage:
    """The page on which an amendment is written."""

    heading: str
    plank_title: str
    plank_url: str
    action: str
    keep_url: str
    """Where the words are sent to be kept while they are written; empty where nothing is kept unasked."""
    redline_url: str
    others: OtherWays
    """The other ways to write it."""
    earlier_url: str | None = None
    """A draft of this plank that the mover has begun before."""


@dataclass(frozen=True)
class InWordsPage:
    """The page on which an amendment is given in words; `lines` are those of the text, numbered."""

    plank_title: str
    plank_url: str
    action: str
    lines: Sequence[tuple[int, str]]
    earlier_url: str | None
    """A draft of this plank that the mover has begun before."""


@dataclass(frozen=True)
class LiveRedline:
    """What the words being written change, and how many the whole text would have; of the title, that alone."""

    title: Sequence[Hunk]
    units: Sequence[RedlineUnit]
    words: int
    most_words: int
    text_length: int


@dataclass(frozen=True)
class PreviewPage:
    """A drafted amendment as others will read it."""

    ref: str
    plank_title: str
    plank_url: str
    base: str
    comparison: Comparison
    reading: Reading
    reason: str
    has_moved: bool
    closed: str
    """Why it cannot be submitted just now, if the plank takes no amendments."""
    faults: Sequence[Fault]
    is_renewal: bool
    seen: str
    """Marks the words shown: those and no others are submitted from here."""


@dataclass(frozen=True)
class OfferedActions:
    """What is both permitted and possible on an amendment at this moment. The service checks it all again."""

    second: bool = False
    take_back_second: bool = False
    object: bool = False
    withdraw: bool = False
    renew: bool = False
    finish_renewal: bool = False


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere."""

    text: str
    url: str


@dataclass(frozen=True)
class AmendmentPage:
    """One amendment as its reader may see it.

    `base` is the version it changes, `became` the one it became part of, `round` the one that decides it.
    `objections` are who objected and why. `carried` says where the text moved elsewhere since the mover wrote.
    """

    ref: str
    name: str
    plank_title: str
    plank_url: str
    state: str
    next: str
    moved_by: str
    is_own: bool
    reason: str
    comparison: Comparison
    reading: Reading
    base: Link
    became: Link | None
    round: Link | None
    opened: str
    seconded_by: Sequence[str]
    names_urls: Sequence[tuple[str, str]]
    """For who stands behind it: where to say who is told the own name."""
    objections: Sequence[tuple[str, str]]
    offered: OfferedActions
    carried: str
    seen: str
    """Marks the words shown: a second or an objection given from here is for those and no others."""


def begin_page(plank: Plank, sheet: Sheet, actor: Actor) -> WritingPage:
    """Writing a new amendment."""
    return WritingPage(
        heading=sheet.heading,
        plank_title=sheet.base.title,
        plank_url=plank_url(plank),
        action=request.full_path.rstrip("?"),
        keep_url=_with_query("amendments.keep_first", plank.ref),
        redline_url=url_for("amendments.redline", ref=plank.ref),
        others=ways_to_begin(plank, sheet),
        earlier_url=_earlier_url(plank, actor),
    )


def edit_page(amendment: Amendment, sheet: Sheet, *, whole: bool = False) -> WritingPage:
    """Writing on, or bringing an amendment up to date with a text that has moved."""
    whole_asked = "yes" if whole else None
    return WritingPage(
        heading="Bring your amendment up to date" if has_moved(amendment) else sheet.heading,
        plank_title=sheet.base.title,
        plank_url=plank_url(amendment.plank),
        action=url_for("amendments.edit", ref=amendment.ref, whole=whole_asked),
        keep_url="" if has_moved(amendment) else url_for("amendments.keep", ref=amendment.ref, whole=whole_asked),
        redline_url="" if has_moved(amendment) else url_for("amendments.redline", ref=amendment.plank.ref),
        others=ways_to_go_on(amendment, sheet, whole=whole),
    )


def preview_page(amendment: Amendment, unready: AmendmentForm | None) -> PreviewPage:
    """A drafted amendment beside the text it was written for. `unready` says what keeps it from being submitted."""
    base, plank = amendment.draft_base, amendment.plank
    return PreviewPage(
        ref=amendment.ref,
        plank_title=base.title if base else plank.title,
        plank_url=plank_url(plank),
        base=base.name if base else "",
        comparison=compared(*drafted(amendment)),
        reading=reading(url_for("amendments.preview", ref=amendment.ref)),
        reason=amendment.draft_reason or "",
        has_moved=has_moved(amendment),
        closed="" if plank.stage is Stage.OPEN else plank.stage.words,
        faults=faults_of(unready) if unready else [],
        is_renewal=amendment.stage is not AmendmentStage.DRAFT,
        seen=mark_of_draft(amendment),
    )


def in_words_page(plank: Plank, base: Version, actor: Actor) -> InWordsPage:
    """Giving an amendment in words, with the lines as they are counted."""
    places = line_places(base.text, base.units)
    return InWordsPage(
        plank_title=base.title,
        plank_url=plank_url(plank),
        action=url_for("amendments.begin_in_words", ref=plank.ref),
        lines=[(line.number, line.text) for line in printed_lines(base.units)] if places else [],
        earlier_url=_earlier_url(plank, actor),
    )


def live_redline(form: AmendmentForm, at: str) -> LiveRedline:
    """What a form changes: in one part of the text, or everywhere; and how long the text is then."""
    base, (title, text) = form.sheet.base, form.whole
    if at == AT_TITLE:
        return LiveRedline(title_redline(base.title, title) if title != base.title else (), [], 0, 0, 0)
    document = Document.read(title, text, base.units, edited=edited_units(form.changed or {}))
    entries = redline(base.units, document.units)
    near = around(entries, base.units, at) if at else entries
    shown = near if at else [entry for entry in near if entry.change is not Change.SAME]
    is_changed = any(entry.change is not Change.SAME for entry in shown)
    return LiveRedline((), shown if is_changed else [], word_count(text), TEXT_WORDS, len(text))


def show_page(amendment: Amendment, actor: Actor) -> AmendmentPage:
    """A submitted amendment; at most ten queries."""
    revision = amendment.revision
    assert revision is not None
    seconds, objections = queries.seconded_by(amendment), queries.objections(amendment)
    is_decided = amendment.stage is AmendmentStage.OPEN and queries.stances_on(revision.base_id) > 0
    given = [one for one, _ in seconds], [one for one, _ in objections]
    offered = _offered(amendment, actor, *given, is_decided)
    stands = [seconder_of_amendment(amendment, one) for one in given[0]]
    names = names_on([mover_of_amendment(amendment), *stands], actor)
    made = queries.version_made_by(amendment) if amendment.stage is AmendmentStage.CARRIED else None
    opens = queries.opening_announced_on(amendment.plank) if amendment.stage is AmendmentStage.OPEN else None
    return AmendmentPage(
        ref=amendment.ref,
        name=f"Amendment {amendment.name}".strip(),
        plank_title=amendment.plank.title,
        plank_url=plank_url(amendment.plank),
        state=wording.state(amendment),
        next=wording.what_next(
            amendment,
            is_objected=bool(objections),
            is_decided=is_decided,
            became=became_in_words(amendment.plank, made),
            round_opens=opens,
        ),
        moved_by=names.who(mover_of_amendment(amendment)),
        is_own=actor.person_id == amendment.mover_id,
        reason=revision.reason,
        comparison=compared(*wordings(amendment)),
        reading=reading(url_for("amendments.show", ref=amendment.ref)),
        base=_version_link(amendment.plank, revision.base),
        became=_version_link(amendment.plank, made) if made else None,
        round=_round(amendment),
        opened="" if amendment.stage is AmendmentStage.SUBMITTED else day(amendment.opened_at),
        seconded_by=[
            _given(names.who(stand), version, revision) for stand, (_, version) in zip(stands, seconds, strict=True)
        ],
        names_urls=_names_urls(amendment, given[0], actor),
        objections=[(_given(wording.who(one.group), version, revision), one.reason) for one, version in objections],
        offered=offered,
        carried=_carried(revision),
        seen=mark_of_words(amendment),
    )


def _earlier_url(plank: Plank, actor: Actor) -> str | None:
    earlier = queries.draft_of(actor, plank)
    return url_for("amendments.preview", ref=earlier.ref) if earlier else None


def plank_url(plank: Plank) -> str:
    """The page of a plank."""
    return url_for("platform.plank", ref=plank.ref)


def _with_query(endpoint: str, ref: str) -> str:
    """The address of an endpoint with the same questions as this page's own."""
    return f"{url_for(endpoint, ref=ref)}?{request.query_string.decode('ascii', 'replace')}".rstrip("?")


def _offered(
    amendment: Amendment,
    actor: Actor,
    seconds: Sequence[AmendmentSecond],
    objections: Sequence[Objection],
    is_decided: bool,
) -> OfferedActions:
    facts = amendment.facts_for(actor)
    is_live, moved = amendment.stage in LIVE_STAGES, amendment.needs_rebase
    is_read = not (is_live and actor.is_member and drawer.is_hidden(amendment.revision))
    wants_second = amendment.stage is AmendmentStage.SUBMITTED and not moved and is_read
    has_seconded = any(second.person_id == actor.person_id for second in seconds)
    is_heard = any(objection.person_id == actor.person_id for objection in objections)
    plank_is_open = amendment.plank.stage is Stage.OPEN
    can_be_agreed = amendment.stage is AmendmentStage.OPEN and plank_is_open and is_read and not (moved or is_decided)
    may_renew = moved and plank_is_open and is_read and may(actor, Permission.AMENDMENT_DRAFT, facts)
    may_object = may(actor, Permission.AMENDMENT_OBJECT, facts) and actor.person_id != amendment.mover_id
    return OfferedActions(
        second=wants_second and not has_seconded and may(actor, Permission.AMENDMENT_SECOND, facts),
        take_back_second=wants_second and has_seconded,
        object=can_be_agreed and may_object and not is_heard,
        withdraw=is_live and may(actor, Permission.AMENDMENT_WITHDRAW, facts),
        renew=may_renew and has_moved(amendment),
        finish_renewal=may_renew and not has_moved(amendment),
    )


def _names_urls(amendment: Amendment, seconds: Sequence[AmendmentSecond], actor: Actor) -> list[tuple[str, str]]:
    found = []
    if actor.is_signed_in and actor.person_id == amendment.mover_id:
        found.append(("Who sees my name on it", choose_url_for(Role.AMENDMENT, amendment)))
    if any(second.person_id == actor.person_id for second in seconds):
        found.append(("Who sees my name on my second", choose_url_for(Role.AMENDMENT_SECOND, amendment)))
    return found


def _given(who: str, version: str, revision: Revision) -> str:
    """Who gave a second or an objection, and for which version where the text has moved elsewhere since."""
    is_older = revision.carried_from_id is not None and version != revision.base.name
    return who + (f", as written for version {version}" if is_older else "")


def _carried(revision: Revision) -> str:
    if revision.carried_from is None:
        return ""
    versions = revision.carried_from.base.name, revision.base.name
    return "As written for version {}; carried over unchanged to version {}".format(*versions)


def _version_link(plank: Plank, version: Version) -> Link:
    address = url_for("platform.version", ref=plank.ref, name=version.name)
    return Link(f"version {version.name}", address)


def _round(amendment: Amendment) -> Link | None:
    if amendment.stage in LIVE_STAGES:
        return None
    number = queries.round_of(amendment)
    return Link(f"R{number}", url_for("ballots.show", number=number)) if number else None
