"""Where all public planks stand is worked out once and kept: lists say what they would say without."""

import tracemalloc
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import clock
from app.config import Settings
from app.extensions import about_to_read, db
from app.models import PublicMark, Stance, Suspension, Theme
from app.platform import public_planks
from app.platform.public_planks import NEWEST, ORDERS, Narrowed, PublicPlanks
from app.web.kept_answers import EXTENSION, KeptAnswers
from app.web.transactions import transaction
from policies.agreement import LevelKey
from policies.endorsements import Backing, StanceKind
from policies.groups import GROUP_KEYS
from policies.overlap import Standing, parts
from tests import builders, many
from tests.app.reading import counted, main_of
from tests.conftest import as_made, dispose
from tests.conftest import made as application

pytestmark = pytest.mark.both
LISTS = ("/", "/planks", "/planks?level=agreed&sort=-title", "/platform", "/themes", "/themes/housing", "/overlap")
TABLES = ("/where-we-stand", "/where-we-stand.csv", "/where-we-differ", "/whats-new", "/groups", "/groups/green")


@pytest.fixture
def kept(app: Flask) -> Iterator[KeptAnswers]:
    """What the service keeps, two planks being there: one agreed, one backed by one group."""
    many.planks(2, [many.BACKED_BY_ALL, {"green": StanceKind.ENDORSED}])
    app.extensions[EXTENSION] = found = KeptAnswers()
    with about_to_read():
        yield found
        db.session.remove()
    app.extensions.pop(EXTENSION, None)


@pytest.fixture
def other_worker(settings: Settings, applications: dict[str, Flask]) -> Iterator[Flask]:
    """The same service once more on the same database, with a memory and connections of its own."""
    chosen = settings.model_copy(update={"kept_pages": "on"})
    key = chosen.model_dump_json()
    if key not in applications:
        applications[key] = application(chosen)
    with as_made(applications[key], chosen) as app:
        yield app
    dispose(app)


def levels() -> dict[str, int]:
    """How many planks have each level, by what the service uses now."""
    return public_planks.now().counts_by_level()


def paused(*, begins: timedelta, ends: timedelta) -> None:
    """The Green group pauses its backing of the first plank, from then until then."""
    first, second = builders.clerk("green"), builders.clerk("green")
    with transaction():
        stance = db.session.scalars(db.select(Stance).where(Stance.group == "green").order_by(Stance.id)).first()
        assert stance is not None
        now = clock.now()
        row = Suspension(stance_id=stance.id, days=1, reason="A bill may change this.", asked_at=now + begins)
        row.asked_by_id, row.confirmed_by_id = first.person_id or 0, second.person_id
        row.starts_at, row.until = now + begins, now + ends
        db.session.add(row)


@pytest.mark.usefixtures("kept")
def test_a_stance_published_by_one_worker_counts_and_is_found_at_once_in_another(other_worker: Flask) -> None:
    browser = other_worker.test_client()
    for kind in [StanceKind.DECLINED, StanceKind.ENDORSED] * 3:
        with transaction():
            db.session.execute(db.update(Stance).where(Stance.group == "green").values(kind=kind))
        agreed = kind is StanceKind.ENDORSED
        assert f"<h1>{'One plank' if agreed else 'No planks'} agreed" in browser.get("/").text
        listed = browser.get("/planks?level=agreed").text
        assert f">Agreed ({agreed:d})<" in listed
        assert listed.count('<article class="card">') == agreed
        assert f"It backs {'2 planks' if agreed else 'no plank yet'}." in browser.get("/groups/green").text
        assert levels().get("agreed", 0) == agreed


@pytest.mark.usefixtures("kept")
def test_a_pause_begins_and_ends_by_time_alone() -> None:
    paused(begins=timedelta(seconds=20), ends=timedelta(seconds=40))
    mark = db.session.scalars(db.select(PublicMark.mark)).one()
    looked = [at(seconds) for seconds in (0, 10, 20, 30, 40)]
    assert [one.counts_by_level().get("paused", 0) for one in looked] == [0, 0, 1, 1, 0]
    assert looked[0] is looked[1]
    assert looked[2] is looked[3]
    assert db.session.scalars(db.select(PublicMark.mark)).one() == mark


def at(seconds: int) -> PublicPlanks:
    """What is used so many seconds later, nothing having changed."""
    ahead = db.session.scalars(clock.read_with_another_question()).one()
    db.session.remove()
    clock.told(ahead + seconds)
    return public_planks.now()


@pytest.mark.usefixtures("kept")
def test_a_clock_that_moves_takes_it_along() -> None:
    paused(begins=timedelta(), ends=timedelta(days=1))
    assert levels()["paused"] == 1
    builders.move_clock(days=2)
    assert levels() == {"agreed": 1, "being_drafted": 1}


@pytest.mark.usefixtures("kept")
def test_no_list_asks_anew_where_all_stand_and_each_is_as_if_it_did(app: Flask, client: FlaskClient) -> None:
    member = app.test_client()
    builders.sign_in(member, builders.member("labour"))
    for address in ("/", "/groups/green"):
        assert client.get(address).status_code == 200
    with counted() as statements:
        shown = {address: client.get(address) for address in (*LISTS, *TABLES)}
        for address in LISTS:
            assert member.get(address).status_code == 200
    assert not [
        statement for statement in statements if "dense_rank" in statement or "PARTITION BY stances" in statement
    ]
    del app.extensions[EXTENSION]
    for address in LISTS:
        assert main_of(client.get(address)) == main_of(shown[address]), address


def test_five_thousand_planks_take_little_room_however_they_are_asked_for() -> None:
    said = (
        ["agreed", 7, False, True, *["backed"] * 3, 0, 0, 0],
        ["being_drafted", 1, False, False, *["declined"] * 3, 8, 8, 8],
    )
    rows = [(n + 70_000, n, n % 8, n + 5_000, n % 8, n % 3_000, *said[n % 2]) for n in range(5_000)]
    tracemalloc.start()
    public = PublicPlanks(rows)
    asked = [Narrowed(backings={key: backing}) for key in GROUP_KEYS for backing in Backing]
    asked += [Narrowed(part=part) for part in parts()] + [Narrowed(level=key.value) for key in LevelKey]
    asked += [Narrowed(Theme(id=number), standing=standing) for number in range(8) for standing in Standing]
    found = [public.ids(narrowed) for narrowed in asked]
    found += [public.ids(order=order) for order in (*ORDERS, *(f"-{order}" for order in ORDERS), NEWEST)]
    found.clear()
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size < 2_000_000
    assert list(public.ids(order="-number")[:2]) == [74_999, 74_998]
