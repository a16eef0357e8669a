"""What the tests of rulings share."""

from collections.abc import Iterable

import pytest
from flask import Flask

from app.extensions import db
from app.models import RegisteredRuling
from app.rulings import service as rulings
from app.web.transactions import transaction
from policies.permissions import Actor
from tests import builders


@pytest.fixture(autouse=True)
def _no_tokens(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def mover(app: Flask) -> Actor:
    """A member of the Green group who proposes the plank."""
    return builders.member("green")


def rule(
    plank_id: int, verdict: str, groups: Iterable[str] = ("labour", "green"), reason: str = "Two subjects."
) -> str:
    """Have a new clerk of each of these groups say the same; returns the key of the newest ruling, if there is one."""
    for by in [builders.clerk(key) for key in groups]:
        with transaction():
            rulings.rule(builders.plank(plank_id), verdict, reason, by=by)
    return newest_key()


def refer(plank_id: int, *groups: str, reason: str = "Say who pays.") -> None:
    """Have a new clerk of each of these groups refer a plank back."""
    for by in [builders.clerk(key) for key in groups]:
        with transaction():
            rulings.refer(builders.plank(plank_id), reason, by=by)


def rule_out(amendment_id: int, *groups: str) -> str:
    """Have a new clerk of each of these groups rule an amendment out; returns the key of the newest ruling."""
    for by in [builders.clerk(key) for key in groups]:
        with transaction():
            rulings.rule_out_amendment(builders.amendment(amendment_id), "It is another subject.", by=by)
    return newest_key()


def newest_key() -> str:
    """What addresses the newest ruling."""
    with transaction():
        ruling = db.session.query(RegisteredRuling).order_by(RegisteredRuling.id.desc()).first()
        return ruling.key if ruling else ""
