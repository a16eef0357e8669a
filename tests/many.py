"""Many planks at once, written straight into the tables: to count queries and compare levels, not for journeys."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from app import clock
from app.extensions import db
from app.models import Ballot, Count, Plank, Round, Stance, Theme, Version
from app.web.markup import rendered
from app.web.transactions import transaction
from policies.ballots import Outcome, RoundKind, RoundStage
from policies.endorsements import FormKind, StanceKind
from policies.groups import GROUP_KEYS
from policies.planks import Cause, Stage
from policies.standing_orders import QuorumMode
from policies.text.canonical import digest
from policies.text.units import read_units

TEXT = "Every home must be warm.\n\n- Work begins with the coldest homes."
Stances = Mapping[str, StanceKind]
BACKED_BY_ALL: Stances = dict.fromkeys(GROUP_KEYS, StanceKind.ENDORSED)


def planks(count: int, stances: Sequence[Stances] = (), *, agreed: bool = False, first: int = 1) -> list[int]:
    """Open planks numbered from `first`; the n-th has the n-th stances on its first version. Returns their ids."""
    with transaction():
        theme = db.session.query(Theme).filter_by(slug="housing").one_or_none() or Theme(slug="housing", name="Housing")
        made = [_plank(theme, first + position) for position in range(count)]
        db.session.add_all(made)
        db.session.flush()
        versions = [_version(plank, 1) for plank in made]
        db.session.add_all(versions)
        db.session.flush()
        for plank, version in zip(made, versions, strict=True):
            plank.working_version_id = version.id
            plank.agreed_version_id = version.id if agreed else None
            plank.stage, plank.draft_title, plank.draft_text = Stage.OPEN, None, None
        db.session.flush()
        if stances:
            db.session.add_all(_stances(made, versions, stances))
        return [plank.id for plank in made]


def newer_versions(plank_ids: Sequence[int], text: str = TEXT, stances: Stances = BACKED_BY_ALL) -> None:
    """Give each of these planks a second version to work on, on which the groups have decided this."""
    with transaction():
        made = [db.session.get_one(Plank, plank_id) for plank_id in plank_ids]
        versions = [_version(plank, 2, text) for plank in made]
        db.session.add_all(versions)
        db.session.flush()
        for plank, version in zip(made, versions, strict=True):
            plank.working_version_id = version.id
        db.session.add_all(_stances(made, versions, [stances] * len(made)))


def rounds(plank_ids: Sequence[int], outcome: Outcome = Outcome.CARRIED) -> None:
    """Give each of these planks a published round on its working text, in which every group decided the same."""
    with transaction():
        first = db.session.query(Round).count() + 1
        for place, plank_id in enumerate(plank_ids):
            plank, now = db.session.get_one(Plank, plank_id), clock.now()
            of_round = Round(
                number=first + place,
                plank=plank,
                version_id=plank.working_version_id,
                kind=RoundKind.ENDORSEMENT,
                groups=list(GROUP_KEYS),
                stage=RoundStage.PUBLISHED,
                prepared_at=now,
                opens_at=now,
                closes_at=now + timedelta(seconds=1),
                published_at=now,
            )
            of_round.ballots = [_ballot(group, outcome) for group in GROUP_KEYS]
            db.session.add(of_round)


def _ballot(group: str, outcome: Outcome) -> Ballot:
    return Ballot(
        group=group,
        form=FormKind.ENDORSE,
        orders_version=1,
        quorum_mode=QuorumMode.APPROVAL,
        quorum="1/10",
        threshold="1/2",
        threshold_is_strict=True,
        minority="1/4",
        roll_size=20,
        counts=[Count(question="text", yes=7, no=0, abstain=0, outcome=outcome)],
    )


def _plank(theme: Theme, number: int) -> Plank:
    return Plank(
        theme=theme,
        number=number,
        stage=Stage.DRAFT,
        draft_title="",
        draft_text="",
        created_at=clock.now(),
        opened_at=clock.now(),
    )


def _version(plank: Plank, number: int, text: str = TEXT) -> Version:
    title = f"Warm homes, plank {plank.number}" + ("" if number == 1 else " anew")
    units = read_units(text)
    return Version(
        plank_id=plank.id,
        number=number,
        title=title,
        text=text,
        sha256=digest(title, text),
        units=units,
        rendered=rendered(units),
        engine=1,
        cause=Cause.IMPORTED,
        created_at=clock.now(),
    )


def _stances(planks: Sequence[Plank], versions: Sequence[Version], stances: Sequence[Stances]) -> list[Stance]:
    number = db.session.query(Round).count() + 1
    of_round = Round(
        number=number,
        plank=planks[0],
        version=versions[0],
        kind=RoundKind.ENDORSEMENT,
        groups=list(GROUP_KEYS),
        stage=RoundStage.CANCELLED,
        prepared_at=clock.now(),
    )
    db.session.add(of_round)
    db.session.flush()
    return [
        Stance(
            plank_id=plank.id,
            group=group,
            version_id=version.id,
            kind=kind,
            statement="We say so." if kind is StanceKind.RESERVATION else "",
            round_id=of_round.id,
            decided_at=clock.now(),
        )
        for plank, version, held in zip(planks, versions, stances, strict=False)
        for group, kind in held.items()
    ]
