"""The worker's part: each file that waits is claimed, made and put away, each in its own step, and says how far it is.

A worker that dies leaves a file "being made"; after a while somebody else begins it anew.
"""

import logging
from collections.abc import Callable

from flask import Flask, current_app
from sqlalchemy import update

from app import clock
from app.carrying import queries, service
from app.carrying.meeting import Progress, meeting_paper
from app.carrying.whole import platform_paper
from app.extensions import db
from app.models import MadeFile, locked
from app.papers.exports import Form, file_name, written
from app.papers.paper import Paper
from app.web.addresses import site_url
from app.web.transactions import transaction
from policies.carrying import Carried, FileStage
from policies.errors import NotThere

log = logging.getLogger(__name__)

# So many parts are made between one word of how far it is and the next.
STEP = 5


def make_due() -> int:
    """Make every file that waits, one after the other; returns how many were made."""
    with transaction():
        for silent in queries.given_up(clock.now()):
            service.give_up(db.session.get_one(MadeFile, silent))
    made = 0
    while (file_id := _claimed()) is not None:
        made += _make(file_id)
    return made


def _claimed() -> int | None:
    """The file that has waited longest, claimed; nothing where none waits."""
    while True:
        with transaction():
            file_id = queries.next_waiting()
            if file_id is None or _claim(file_id):
                return file_id


def _claim(file_id: int) -> bool:
    claimed = (
        update(MadeFile)
        .where(MadeFile.id == file_id, MadeFile.stage == FileStage.WAITING)
        .values(stage=FileStage.MAKING, claimed_at=clock.now(), tries=MadeFile.tries + 1, done=0)
    )
    return db.session.execute(claimed).rowcount == 1  # type: ignore[attr-defined]


def _make(file_id: int) -> bool:
    try:
        name, content = _made(file_id)
    except Exception:
        log.exception("A file could not be made.")
        _note(file_id, lambda file: _fail(file))
        return False
    _note(file_id, lambda file: _keep(file, name, content))
    return True


def _made(file_id: int) -> tuple[str, bytes]:
    """The file's name and bytes. It is made as a visitor would see it, and only of the state that was asked for."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    # In a context of its own, whose session ends with it: what is written next must not begin as a reader.
    with app.app_context(), app.test_request_context(base_url=site_url()):
        file = db.session.get_one(MadeFile, file_id)
        kind, ref, form, state = file.kind, file.ref, Form(file.form), file.state
        paper = _paper(kind, ref, _telling(app, file_id))
        db.session.remove()
        if queries.state_of(kind, ref) != state:
            raise NotThere("The platform has changed since this file was asked for.")
        return file_name(paper, form), written(paper, form)


def _paper(kind: Carried, ref: str, progress: Progress) -> Paper:
    if kind is Carried.PLATFORM:
        return platform_paper(clock.now(), progress)
    plank = queries.public_plank(ref)
    if plank is None:
        raise NotThere("There is no such plank.")
    return meeting_paper(plank, clock.now(), progress)


def _telling(app: Flask, file_id: int) -> Progress:
    """Says how far a file is, apart from the transaction in which it is read."""

    def tell(done: int, total: int) -> None:
        if done % STEP and done != total:
            return
        with app.app_context(), transaction():
            far = update(MadeFile).where(MadeFile.id == file_id, MadeFile.stage == FileStage.MAKING)
            db.session.execute(far.values(done=done, total=total, claimed_at=clock.now()))

    return tell


def _note(file_id: int, change: Callable[[MadeFile], None]) -> None:
    """Note what came of it, unless somebody else has begun the file anew by now."""
    with transaction():
        file = db.session.get(MadeFile, file_id)
        if file is None:
            return
        locked(file)
        if file.stage is FileStage.MAKING:
            change(file)


def _keep(file: MadeFile, name: str, content: bytes) -> None:
    file.stage, file.claimed_at, file.name, file.content = FileStage.READY, None, name, content


def _fail(file: MadeFile) -> None:
    file.stage, file.claimed_at = FileStage.FAILED, None
