"""What people do with amendments. Each function is one thing a person can do."""

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, func, select

from app import clock, drawer
from app.amendments import queries, retabling
from app.amendments.parts import drafted_document
from app.amendments.rebasing import rebase, remember, written
from app.amendments.seen import require_seen_draft, require_seen_words
from app.amendments.waiting import keep_for_takeover
from app.audit import service as audit
from app.extensions import db
from app.models import Amendment, AmendmentSecond, Objection, Plank, Revision, Settlement, Version, locked, new_key
from app.notices import audiences
from app.notices import service as notices
from app.notices.service import About
from app.planks import service as planks
from app.visibility import service as visibility
from policies import amendments as rules
from policies import planks as plank_rules
from policies.amendments import LIVE_STAGES, AmendmentStage, AmendmentStep
from policies.drafts import require_reason_fits
from policies.errors import RuleBroken
from policies.notices import NoticeKind
from policies.permissions import Actor
from policies.planks import Cause, Stage
from policies.takeovers import amendment_waits_until
from policies.text.adoption import adopted_in_turn
from policies.text.canonical import word_count
from policies.text.outcome import Conflict
from policies.text.settling import Settled
from policies.text.units import Document
from policies.visibility import Role


def begin(
    plank: Plank,
    title: str,
    text: str,
    reason: str,
    parts: Mapping[str, str] | None,
    *,
    by: Actor,
    base: Version | None = None,
    key: str | None = None,
    unasked: bool = False,
) -> Amendment:
    """Keep the first draft of an amendment. Nobody but its mover sees it.

    `base` is the version its mover had before their eyes, which may no longer be the working one; without it, it is.
    `key` is that of the page it is written on: whatever is sent from there again goes into the same draft.
    `unasked` words, kept while they are written, begin no other draft once those of that page were submitted.
    """
    locked(plank)
    require_amendable(plank)
    if unasked and key and queries.is_submitted(by, key):
        raise RuleBroken("What you wrote on this page has been submitted. Its own page says where it stands.")
    begun = queries.draft_with_key(by, plank, key) if key else None
    if begun is not None:
        redraft(begun, title, text, reason, parts, by=by, base=base)
        return begun
    amendment = Amendment(
        key=key if key and not queries.is_taken(key) else new_key(),
        plank=plank,
        mover_id=by.person_id,
        group=by.group or "",
        draft_base_id=base.id if base else plank.working_version_id,
        draft_title=title,
        draft_text=text,
        draft_reason=reason,
        draft_parts=None if parts is None else dict(parts),
        created_at=clock.now(),
    )
    db.session.add(amendment)
    audit.record("amendment begun", amendment, by=by, plank=plank.id)
    return amendment


def require_amendable(plank: Plank) -> None:
    """Refuse amendments to a plank that is not open: raises `RuleBroken`."""
    if plank.stage is not Stage.OPEN:
        raise RuleBroken(f"A plank that is {plank.stage.words} takes no amendments. Its page says where it stands.")
    drawer.require_shown(plank.working_version)


def redraft(
    amendment: Amendment,
    title: str,
    text: str,
    reason: str,
    parts: Mapping[str, str] | None = None,
    *,
    by: Actor,
    base: Version | None = None,
) -> None:
    """Keep the newest words, of a draft or of an amendment that is being brought up to date with a moved text.

    `base` is the version its mover had before their eyes; from now on the words are an amendment of that version.
    """
    locked(amendment.plank)
    locked(amendment)
    require_editable(amendment)
    if base is not None and base.id != amendment.draft_base_id:
        amendment.draft_base_id = base.id
    if base is None and (amendment.draft_base_id is None or amendment.stage is not AmendmentStage.DRAFT):
        amendment.draft_base_id = amendment.plank.working_version_id
    amendment.draft_title, amendment.draft_text, amendment.draft_reason = title, text, reason
    amendment.draft_parts = None if parts is None else dict(parts)
    audit.record("amendment redrafted", amendment, by=by)


def settle(
    amendment: Amendment,
    title: str,
    text: str,
    reason: str,
    settled: Sequence[tuple[Conflict, Settled]],
    *,
    by: Actor,
    base: Version,
) -> None:
    """Keep as a draft the words that a mover settled on, and remember how each place was settled."""
    redraft(amendment, title, text, reason, by=by, base=base)
    for conflict, answer in settled:
        remember(amendment, conflict, answer, by=by)


def require_editable(amendment: Amendment) -> None:
    """Refuse to change words that stand: raises `RuleBroken` unless it is a draft or the text has moved under it."""
    if amendment.stage is AmendmentStage.DRAFT:
        return
    rules.next_stage(amendment.stage, AmendmentStep.RESUBMIT)
    if not amendment.needs_rebase:
        raise RuleBroken("This amendment has been submitted, so its words stand. Withdraw it and begin another one.")


def require_draft(amendment: Amendment) -> None:
    """Refuse to keep words while they are written, but of a draft: raises `RuleBroken`."""
    if amendment.stage is not AmendmentStage.DRAFT:
        raise RuleBroken("This amendment has been submitted, so nothing is kept of it until you save it.")


def require_drafted(amendment: Amendment) -> None:
    """Refuse to show a draft that is not there: raises `RuleBroken`."""
    if amendment.draft_base_id is None:
        raise RuleBroken("This amendment has been submitted already. Its page says where it stands.")


def discard(amendment: Amendment, *, by: Actor) -> None:
    """Throw a draft away, words and all."""
    locked(amendment)
    if amendment.stage is not AmendmentStage.DRAFT:
        raise RuleBroken("This amendment has been submitted. Withdraw it instead.")
    audit.record("draft discarded", amendment, by=by)
    db.session.execute(delete(Settlement).where(Settlement.amendment_id == amendment.id))
    db.session.delete(amendment)
    db.session.flush()


def submit(amendment: Amendment, *, by: Actor, seen: str | None = None) -> Revision:
    """Put the drafted words before the members, to be seconded by one of another group.

    Of an amendment that was submitted before, the words are a new revision: earlier seconds and objections were given
    for other words and no longer count. To submit twice is to submit once. `seen` marks the draft its mover has read.
    """
    locked(amendment.plank)
    locked(amendment)
    if amendment.stage in LIVE_STAGES and amendment.revision is not None and not amendment.draft_base_id:
        return amendment.revision
    step = AmendmentStep.SUBMIT if amendment.stage is AmendmentStage.DRAFT else AmendmentStep.RESUBMIT
    stage = rules.next_stage(amendment.stage, step)
    base = _require_current_base(amendment)
    require_seen_draft(amendment, seen)
    if step is AmendmentStep.RESUBMIT:
        # Nobody offered the words that its mover writes now.
        amendment.is_consensus = False
    revision = _write_revision(amendment, base)
    retabling.require_free(amendment, revision)
    amendment.draft_base_id = amendment.draft_title = amendment.draft_text = amendment.draft_reason = None
    amendment.draft_parts = None
    move(amendment, stage, "amendment submitted", by=by, revision=revision.id, base=base.id, sha256=revision.sha256)
    return revision


def second(amendment: Amendment, *, by: Actor, seen: str | None = None) -> None:
    """Second an amendment of another group, once; the first second opens it, later ones are recorded.

    `seen` marks the words that lay before the seconder's eyes.
    """
    locked(amendment.plank)
    locked(amendment)
    if queries.has_seconded(by, amendment):
        return
    _require_live(amendment, AmendmentStep.SECOND)
    _require_plank_goes_on(amendment)
    plank_rules.require_may_second(amendment.mover_id, by.person_id or 0)
    _require_not_moved(amendment)
    drawer.require_shown(amendment.revision)
    require_seen_words(amendment, seen)
    db.session.add(
        AmendmentSecond(
            revision_id=amendment.revision_id, person_id=by.person_id, group=by.group or "", seconded_at=clock.now()
        )
    )
    audit.record("amendment seconded", amendment, by=by)
    db.session.flush()
    if amendment.stage is not AmendmentStage.SUBMITTED or amendment.revision is None:
        return
    if rules.amendment_is_seconded(amendment.group, queries.seconds(amendment.revision)):
        _open(amendment)


def take_back_second(amendment: Amendment, *, by: Actor) -> None:
    """Undo a second that has not opened the amendment."""
    locked(amendment.plank)
    locked(amendment)
    given = queries.second_of(by, amendment)
    if given is None:
        return
    if amendment.stage is not AmendmentStage.SUBMITTED:
        raise RuleBroken("This amendment is open now, so a second cannot be taken back. You can object to it.")
    db.session.delete(given)
    visibility.forget(Role.AMENDMENT_SECOND, amendment.id, by.person_id)
    audit.record("second taken back", amendment, by=by)


def object_to(amendment: Amendment, reason: str, *, by: Actor, seen: str | None = None) -> None:
    """Say why an amendment should not be adopted without a round. `seen` marks the words the reason is about."""
    locked(amendment.plank)
    locked(amendment)
    require_objectionable(amendment)
    if queries.has_objected(by, amendment):
        return
    require_seen_words(amendment, seen)
    db.session.add(
        Objection(
            revision_id=amendment.revision_id,
            person_id=by.person_id,
            group=by.group or "",
            reason=reason,
            objected_at=clock.now(),
        )
    )
    audit.record("amendment objected to", amendment, by=by)


def require_objectionable(amendment: Amendment) -> None:
    """Refuse objections to what is not open: raises `RuleBroken`."""
    if amendment.stage is not AmendmentStage.OPEN:
        raise RuleBroken(f"One objects to an open amendment; this one is {amendment.stage.words}.")


def withdraw(amendment: Amendment, *, by: Actor) -> None:
    """Take the own amendment back, until its round opens. For a while one of its seconders can take it over."""
    locked(amendment.plank)
    locked(amendment)
    before, until = amendment.stage, amendment_waits_until(clock.now())
    end(amendment, AmendmentStep.WITHDRAW, "amendment withdrawn", by=by, until=until.isoformat())
    keep_for_takeover(amendment, before, until)


def adopt_if_agreed(amendment: Amendment) -> bool:
    """Adopt by agreement once 72 hours have passed without an objection; returns whether it was adopted."""
    locked(amendment.plank)
    locked(amendment)
    if amendment.stage is not AmendmentStage.OPEN or amendment.plank.stage is not Stage.OPEN:
        return False
    if amendment.opened_at is None or amendment.revision is None or drawer.is_hidden(amendment.revision):
        return False
    due = rules.agreed_without_a_round(
        amendment.opened_at,
        clock.now(),
        objections=len(queries.objections(amendment)),
        stances_on_base=queries.stances_on(amendment.revision.base_id),
        base_moved=amendment.needs_rebase,
        notice_runs=queries.opening_announced_on(amendment.plank) is not None,
    )
    if due:
        adopt(amendment.plank, [amendment])
        end(amendment, AmendmentStep.AGREE, "amendment adopted by agreement", by=None)
    return due


def adopt(plank: Plank, carried: Sequence[Amendment]) -> Version:
    """Write one new version for each amendment carried, in ascending order of number; each stands on the one before.

    One that says only what those before it say makes none. The other open amendments follow the text, or wait for their
    movers. Raises `RuleBroken` where the amendments do not fit into one text: `fitting` says so beforehand.
    """
    base = plank.working_version
    if base is None:
        raise RuleBroken("This plank has no text yet.")
    if any(one.revision is None or one.revision.base_id != base.id for one in carried):
        raise RuleBroken("The text has moved under this amendment, so it cannot be adopted as it stands.")
    texts = adopted_in_turn(base.document, [one.revision.document for one in carried if one.revision])
    if texts is None:
        raise RuleBroken("These amendments do not fit into one text. Choose between them, or put them to a vote.")
    version = base
    for amendment, text in zip(carried, texts, strict=True):
        if (text.title, text.text) != (version.title, version.text):
            version = _adopt_one(amendment, text)
    if version is not base:
        planks.tell_followers_of_text(plank, version)
        rebase(plank, base, {amendment.id for amendment in carried})
    return version


def _adopt_one(amendment: Amendment, text: Document) -> Version:
    by = Actor(amendment.mover_id, amendment.group)
    words, cause = (text.title, text.text), Cause.CONSENSUS if amendment.is_consensus else Cause.AMENDMENT
    return planks.write_version(amendment.plank, *words, cause=cause, by=by, amendment_id=amendment.id, document=text)


def votable_on(plank: Plank) -> list[Amendment]:
    """The open amendments written for the working text, in words that can be read: those a paper can ask about."""
    current = [amendment for amendment in queries.open_on(plank) if not amendment.needs_rebase]
    return [amendment for amendment in current if not drawer.is_hidden(amendment.revision)]


def end(amendment: Amendment, step: AmendmentStep, act: str, *, by: Actor | None, **details: object) -> None:
    """Take an amendment a step that decides it or takes it away."""
    amendment.ended_at = clock.now()
    move(amendment, rules.next_stage(amendment.stage, step), act, by=by, **details)
    if step is not AmendmentStep.WITHDRAW:
        _tell_mover(NoticeKind.AMENDMENT_DECIDED, amendment, amendment.stage)


def move(amendment: Amendment, stage: AmendmentStage, act: str, *, by: Actor | None, **details: object) -> None:
    """Put an amendment into its next stage, and say so in the record."""
    before, amendment.stage = amendment.stage, stage
    audit.record(act, amendment, by=by, before=before, after=stage, number=amendment.number, **details)


def _open(amendment: Amendment) -> None:
    stage = rules.next_stage(amendment.stage, AmendmentStep.SECOND)
    if amendment.number is None:
        last = db.session.scalar(select(func.max(Amendment.number)).where(Amendment.plank_id == amendment.plank_id))
        amendment.number = (last or 0) + 1
    amendment.opened_at = clock.now()
    move(amendment, stage, "amendment opened", by=None)
    _tell_mover(NoticeKind.AMENDMENT_SECONDED, amendment)


def _tell_mover(kind: NoticeKind, amendment: Amendment, word: str = "") -> None:
    notices.tell(kind, audiences.one(amendment.mover_id), About.amendment(amendment, word))


def _write_revision(amendment: Amendment, base: Version) -> Revision:
    document = drafted_document(amendment, base)
    title, text = document.title, document.text
    plank_rules.require_text_fits(title, word_count(text), len(text))
    rules.require_some_change((title, text) != (base.title, base.text))
    require_reason_fits(amendment.draft_reason or "")
    last = db.session.scalar(select(func.max(Revision.number)).where(Revision.amendment_id == amendment.id))
    revision = written(amendment, (last or 0) + 1, base, document, amendment.draft_reason or "")
    db.session.add(revision)
    db.session.flush()
    amendment.revision = revision
    db.session.flush()
    return revision


def _require_current_base(amendment: Amendment) -> Version:
    if amendment.plank.stage is not Stage.OPEN:
        raise RuleBroken(
            f"A plank that is {amendment.plank.stage.words} takes no amendments. Your draft is kept on your to-do list."
        )
    require_drafted(amendment)
    if amendment.draft_base_id != amendment.plank.working_version_id:
        raise RuleBroken(
            "The text has moved since you began. Open your draft again:"
            " it shows what your change makes of the text as it is now."
        )
    base = amendment.draft_base
    assert base is not None
    drawer.require_shown(base, amendment.revision)
    return base


def _require_live(amendment: Amendment, step: AmendmentStep) -> None:
    if amendment.stage is not AmendmentStage.OPEN:
        rules.next_stage(amendment.stage, step)


def _require_plank_goes_on(amendment: Amendment) -> None:
    stage = amendment.plank.stage
    if stage in plank_rules.ENDED_STAGES:
        raise RuleBroken(f"Its plank is {stage.words}, so this amendment is not seconded now.")


def _require_not_moved(amendment: Amendment) -> None:
    if amendment.needs_rebase:
        raise RuleBroken("The text has moved since these words were written. Its mover has to submit them anew first.")
