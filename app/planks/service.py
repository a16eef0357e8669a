"""What people do to planks. Each function is one thing a person can do."""

from dataclasses import replace

from sqlalchemy.exc import IntegrityError

from app import clock
from app.audit import service as audit
from app.extensions import db
from app.models import CompositeOriginal, Plank, PlankSecond, Theme, Version, Withdrawal, locked, new_key
from app.notices import audiences
from app.notices import service as notices
from app.notices.service import About
from app.numbers import next_number
from app.planks import queries
from app.planks.composed import composed
from app.planks.conditions import fulfil
from app.planks.originals import forget, keep_what_is_left
from app.planks.writing import add_version
from app.visibility import service as visibility
from policies import planks as rules
from policies.agreement import becomes_agreed
from policies.composites import takes_effect
from policies.drafts import require_reason_fits
from policies.errors import RuleBroken
from policies.notices import NoticeKind
from policies.permissions import Actor
from policies.planks import Cause, Stage, Step
from policies.takeovers import plank_waits_until
from policies.text.canonical import normalise, normalise_title, word_count
from policies.text.units import Document
from policies.visibility import Role


def begin(theme: Theme, title: str, text: str, reason: str, *, by: Actor, key: str | None = None) -> Plank:
    """Keep a first draft. Nobody but its mover sees it.

    `key` is that of the page it is written on: whatever is sent from there again goes into the same draft.
    """
    begun = queries.own_with_key(by, key) if key else None
    if begun is not None and begun.stage is Stage.DRAFT:
        redraft(begun, theme, title, text, reason, by=by)
        return begun
    plank = Plank(
        key=key or new_key(),
        theme=theme,
        draft_title=title,
        draft_text=text,
        reason=reason,
        mover_id=by.person_id,
        group=by.group,
        created_at=clock.now(),
    )
    try:
        with db.session.begin_nested():
            db.session.add(plank)
    except IntegrityError:
        if key is None:
            raise
        # The same page was sent twice at once, or its draft has been submitted since: then this is another one.
        begun = queries.own_with_key(by, key)
        again = key if begun is not None and begun.stage is Stage.DRAFT else None
        return begin(theme, title, text, reason, by=by, key=again)
    audit.record("plank begun", plank, by=by)
    return plank


def keep_first(theme: Theme, title: str, text: str, reason: str, *, by: Actor, key: str | None) -> Plank:
    """The same for words kept unasked: once what was written on that page is submitted, they begin no other draft."""
    begun = queries.own_with_key(by, key) if key else None
    if begun is not None:
        require_draft(begun)
    return begin(theme, title, text, reason, by=by, key=key)


def redraft(plank: Plank, theme: Theme, title: str, text: str, reason: str, *, by: Actor) -> None:
    """Keep a draft's newest words."""
    locked(plank)
    require_draft(plank)
    plank.theme, plank.draft_title, plank.draft_text, plank.reason = theme, title, text, reason
    audit.record("plank redrafted", plank, by=by)


def discard(plank: Plank, *, by: Actor) -> None:
    """Throw a draft away, words and all."""
    locked(plank)
    require_draft(plank)
    audit.record("draft discarded", plank, by=by)
    forget(plank)
    db.session.delete(plank)
    db.session.flush()


def require_draft(plank: Plank) -> None:
    """Refuse what is done to drafts alone: raises `RuleBroken` once the plank was submitted."""
    if plank.stage is not Stage.DRAFT:
        raise RuleBroken(
            "This plank has been submitted, so its words no longer change here. Members can amend it once it is open."
        )


def submit(plank: Plank, *, by: Actor) -> Version:
    """Put a draft before the members of all groups, to be seconded. To submit twice is to submit once."""
    locked(plank)
    if plank.stage is Stage.SEEKING_SECONDERS and plank.working_version is not None:
        return plank.working_version
    stage = rules.next_stage(plank.stage, Step.SUBMIT)
    require_reason_fits(plank.reason)
    version = _first_version(plank, plank.draft_title or "", plank.draft_text or "", by=by)
    plank.draft_title = plank.draft_text = None
    plank.submitted_at = clock.now()
    move(plank, stage, "plank submitted", by=by, version=version.id)
    _tell_movers_of_originals(plank)
    return version


def import_plank(
    theme: Theme,
    title: str,
    text: str,
    reason: str,
    *,
    source: str,
    key: str | None,
    origin: str = "",
    licence: str = "",
) -> Plank:
    """Take in a plank from a file: it is open at once, and has no mover and no seconds.

    `source` is the file's path, by which it is known again; `key` the public id it had where it was exported;
    `origin` and `licence` say where its text was taken from.
    """
    plank = Plank(theme=theme, draft_title=title, draft_text=text, reason=reason, source=source, created_at=clock.now())
    plank.origin, plank.licence = origin, licence
    if key is not None:
        plank.key = key
    db.session.add(plank)
    db.session.flush()
    version = write_version(plank, title, text, cause=Cause.IMPORTED, by=None)
    give_number(plank)
    plank.draft_title = plank.draft_text = None
    move(plank, Stage.OPEN, "plank imported", by=None, version=version.id)
    return plank


def second(plank: Plank, *, by: Actor) -> None:
    """Second a plank, once; the second of the last group wanted sends it to the clerks."""
    locked(plank)
    if queries.has_seconded(by, plank):
        return
    if plank.stage is not Stage.SEEKING_SECONDERS:
        rules.next_stage(plank.stage, Step.SECOND)
    rules.require_may_second(plank.mover_id, _person(by))
    db.session.add(PlankSecond(plank_id=plank.id, person_id=_person(by), group=by.group or "", seconded_at=clock.now()))
    audit.record("plank seconded", plank, by=by)
    db.session.flush()
    if rules.plank_is_seconded(plank.group or "", queries.seconds(plank)):
        plank.checking_since = clock.now()
        move(plank, rules.next_stage(plank.stage, Step.SECOND), "plank fully seconded", by=None)


def take_back_second(plank: Plank, *, by: Actor) -> None:
    """Undo a second while seconders are still sought."""
    locked(plank)
    given = db.session.get(PlankSecond, (plank.id, by.person_id))
    if given is None:
        return
    if plank.stage is not Stage.SEEKING_SECONDERS:
        raise RuleBroken(
            "This plank has all its seconders and is with the clerks now, so a second cannot be taken back."
        )
    db.session.delete(given)
    visibility.forget(Role.PLANK_SECOND, plank.id, by.person_id)
    audit.record("second taken back", plank, by=by)


def withdraw(plank: Plank, *, by: Actor) -> None:
    """Take the own plank back, until its first round opens. For a while one of its seconders can take it over."""
    locked(plank)
    before, stage = plank.stage, rules.require_withdrawable(plank.stage, had_round=queries.had_round(plank))
    until = plank_waits_until(before, clock.now(), plank.submitted_at)
    end(plank, stage, "Its mover withdrew it.", "plank withdrawn", by=by, until=until.isoformat())
    db.session.add(Withdrawal(plank_id=plank.id, stage_before=before, withdrawn_at=clock.now(), until=until))
    seconders = audiences.seconders_of_plank(plank.id)
    notices.tell(NoticeKind.CAN_TAKE_OVER, seconders, About.plank(plank, f"{clock.now():%Y-%m-%d %H:%M}"))


def end_in_composite(original: CompositeOriginal, *, by: Actor | None) -> None:
    """End an original whose mover has accepted a composite that is open; both are locked. Else nothing happens."""
    plank, composite = original.plank, original.composite
    db.session.refresh(original, ["answer", "took_effect_at"])
    if takes_effect(original.answer, plank.stage, composite.stage, had_round=queries.had_round(plank)):
        original.took_effect_at = clock.now()
        reason = f"Part of composite {composite.name}: {composite.title}"
        stage = rules.next_stage(plank.stage, Step.COMPOSITE)
        end(plank, stage, reason, "plank composited", by=by, composite=composite.id)


def lapse(plank: Plank) -> None:
    """End a plank that found no seconders in its time."""
    locked(plank)
    if plank.stage is not Stage.SEEKING_SECONDERS or plank.submitted_at is None:
        return
    if rules.seconding_has_lapsed(plank.submitted_at, clock.now()):
        end(
            plank,
            rules.next_stage(plank.stage, Step.LAPSE),
            "It found no seconders in 60 days.",
            "plank lapsed",
            by=None,
        )


def write_version(
    plank: Plank,
    title: str,
    text: str,
    *,
    cause: Cause,
    by: Actor | None,
    amendment_id: int | None = None,
    document: Document | None = None,
) -> Version:
    """Add the next version and make it the working one. `document` brings units whose ids are already known."""
    title, text = normalise_title(title), normalise(text)
    rules.require_text_fits(title, word_count(text), len(text))
    parent = plank.working_version
    if document is None:
        document = Document.read(title, text, parent.units if parent else ())
    document = replace(document, title=title, text=text)
    place = (parent.number + 1 if parent else 1, 0)
    version = add_version(plank, place, document, parent, cause=cause, by=by, amendment_id=amendment_id)
    plank.working_version = version
    audit.record("version written", version, by=by, plank=plank.id, cause=cause, sha256=version.sha256)
    if becomes_agreed(fulfil(plank, version)):
        agree(plank, version)
    return version


def agree(plank: Plank, version: Version) -> None:
    """Let the public read `version` as agreed: every group backs it whole."""
    if plank.agreed_version_id != version.id:
        plank.agreed_version = version
        audit.record("agreed text moved", plank, by=None, agreed_version=version.id)


def tell_followers_of_text(plank: Plank, version: Version) -> None:
    """Tell those who follow a plank that its text has moved, and to which version."""
    notices.tell(NoticeKind.FOLLOWED_TEXT, audiences.followers(plank.id), About.plank(plank, version.name))


def give_number(plank: Plank) -> None:
    """Give the public number on reaching `open`, so that gaps betray no drafts."""
    if plank.number is None:
        plank.number, plank.opened_at = next_number("plank"), clock.now()


def move(plank: Plank, stage: Stage, act: str, *, by: Actor | None, **details: object) -> None:
    """Put a plank into its next stage, and say so in the record."""
    before, plank.stage = plank.stage, stage
    audit.record(act, plank, by=by, before=before, after=stage, number=plank.number, **details)


def tell_mover_of_ruling(plank: Plank) -> None:
    """Tell its mover what clerks made of a plank."""
    notices.tell(NoticeKind.PLANK_RULED, audiences.one(plank.mover_id), About.plank(plank, plank.stage))


def end(plank: Plank, stage: Stage, reason: str, act: str, *, by: Actor | None, **details: object) -> None:
    """Put a plank into one of its last stages, with the reason that its page shows."""
    plank.ended_at, plank.end_reason = clock.now(), reason
    move(plank, stage, act, by=by, **details)


def theme_named(name: str, slug: str) -> Theme:
    """The theme with this slug, made if it is new."""
    found = db.session.query(Theme).filter_by(slug=slug).one_or_none()
    if found is None:
        found = Theme(slug=slug, name=name)
        db.session.add(found)
        audit.record("theme added", found, by=None, slug=slug)
    return found


def _first_version(plank: Plank, title: str, text: str, *, by: Actor) -> Version:
    made_of = composed(plank)
    if made_of is None:
        return write_version(plank, title, text, cause=Cause.PROPOSED, by=by)
    document = made_of.read(title, text)
    keep_what_is_left(made_of, document.units)
    return write_version(plank, title, text, cause=Cause.COMPOSITE, by=by, document=document)


def _tell_movers_of_originals(composite: Plank) -> None:
    made_of = composed(composite)
    for part in made_of.originals if made_of else ():
        original = db.session.get_one(Plank, part.plank_id)
        if original.mover_id != composite.mover_id:
            about = About.offer(original, composite)
            notices.tell(NoticeKind.OFFER_AWAITS, audiences.one(original.mover_id), about)


def _person(by: Actor) -> int:
    if by.person_id is None:
        raise RuleBroken("Sign in as a member to do that.")
    return by.person_id
