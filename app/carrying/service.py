"""Asking for a file that takes a while, and forgetting it again. What is in such files is public, so all share them."""

from sqlalchemy.exc import IntegrityError

from app import clock, jobs
from app.carrying import queries
from app.carrying.meeting import require_paper
from app.extensions import db
from app.models import MadeFile, Plank, locked
from app.papers.exports import Form
from app.web.transactions import after_commit
from policies import carrying as rules
from policies.carrying import Carried, FileStage

MAKE_FILES = "make_files"


def ask(kind: Carried, ref: str, form: Form) -> MadeFile:
    """The file of today's state: the one that is there, or one that the worker makes soon.

    Nothing is noted of who asked, and no row of the record is written: nothing of the platform changes.
    """
    state = queries.state_of(kind, ref)
    found = queries.made_of(kind, ref, form, state)
    if found is not None and found.stage is not FileStage.FAILED:
        return found
    rules.require_room(queries.unfinished())
    file = _again(found) if found is not None else _new(kind, ref, form, state)
    after_commit(ask_the_worker)
    return file


def ask_meeting(plank: Plank, form: Form) -> MadeFile:
    """The same of a plank's meeting paper; raises `RuleBroken` where the plank has none."""
    require_paper(plank)
    return ask(Carried.MEETING, plank.ref, form)


def ask_the_worker() -> None:
    """Have the worker make what waits."""
    jobs.ask_for(MAKE_FILES)


def forget(file: MadeFile) -> None:
    """Delete a file that was kept long enough."""
    locked(file)
    db.session.delete(file)


def give_up(file: MadeFile) -> None:
    """Its maker is gone: it waits again, or has failed where it ended several makers."""
    locked(file)
    if file.stage is FileStage.MAKING and rules.is_given_up(file.claimed_at, clock.now()):
        file.stage, file.claimed_at = rules.stage_when_given_up(file.tries), None


def _new(kind: Carried, ref: str, form: Form, state: str) -> MadeFile:
    file = MadeFile(kind=kind, ref=ref, form=form, state=state, asked_at=clock.now())
    try:
        with db.session.begin_nested():
            db.session.add(file)
    except IntegrityError:
        # Somebody asked for the same at the same moment.
        same = queries.made_of(kind, ref, form, state)
        if same is None:
            raise
        return same
    return file


def _again(file: MadeFile) -> MadeFile:
    locked(file)
    if file.stage is FileStage.FAILED:
        file.stage, file.tries, file.done, file.asked_at = FileStage.WAITING, 0, 0, clock.now()
    return file
