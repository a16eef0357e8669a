"""Consensus wording: offered to a mover, seen by the two of them alone, accepted, refused, taken back or lapsed."""

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Event, Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.extensions import db
from app.models import Amendment, AmendmentSecond, AuditRow, Notice, Offer, Person
from app.offers import queries
from app.offers import service as offers
from app.web.transactions import transaction
from policies.amendments import AmendmentStage
from policies.ballots import RoundKind
from policies.groups import GROUP_KEYS
from policies.notices import OBJECTED_TO, NoticeKind
from policies.offers import OfferStage
from policies.permissions import Actor, Permission, may
from policies.planks import Cause
from tests import builders
from tests.app.at_once import all_at_once
from tests.app.reading import counted, main_of, press


@dataclass
class Case:
    """A Liberal Democrat's open amendment, and a Green's offer to it."""

    plank_id: int
    amendment_id: int
    mover: Actor
    offerer: Actor
    offer_id: int

    @property
    def offer(self) -> str:
        """The address of the offer."""
        with transaction():
            return f"/offers/{builders.offer(self.offer_id).key}"

    @property
    def amendment(self) -> str:
        """The address of the amendment."""
        with transaction():
            return f"/amendments/{builders.amendment(self.amendment_id).ref}"

    @property
    def stages(self) -> tuple[OfferStage, AmendmentStage]:
        """Where both stand."""
        with transaction():
            return builders.offer(self.offer_id).stage, builders.amendment(self.amendment_id).stage


@pytest.fixture
def case(app: Flask) -> Case:
    """The case of the worked example: "2030" is to become "2035", and "2032" is offered."""
    app.config["WTF_CSRF_ENABLED"] = False
    plank_id, mover, offerer = builders.open_plank(), builders.member("lib_dem"), builders.member("green")
    amendment_id = builders.open_amendment(plank_id, mover, "2030", "2035")
    return Case(plank_id, amendment_id, mover, offerer, builders.offered(amendment_id, offerer, "2035", "2032"))


def browser(app: Flask, actor: Actor | None) -> FlaskClient:
    """A browser in which somebody is signed in."""
    client = app.test_client()
    if actor is not None:
        builders.sign_in(client, actor)
    return client


def told(kind: NoticeKind) -> list[int]:
    """Who was told."""
    with transaction():
        return [one.person_id for one in db.session.query(Notice).filter_by(kind=kind).order_by(Notice.id)]


def test_the_worked_case_two_clicks_accept_the_offer_and_after_72_hours_it_is_version_2(app: Flask, case: Case) -> None:
    assert told(NoticeKind.OFFER_AWAITS) == [case.mover.person_id]
    by = browser(app, case.mover)
    assert "Another wording is offered for your amendment to “Warm homes for all”." in by.get("/notices").text
    assert f'href="{case.offer}"' in by.get("/to-do").text
    page = main_of(by.get(case.amendment))
    assert f'href="{case.offer}/accept"' in page
    assert "Offered by a member of the Compass Green group" in page
    confirm = main_of(by.get(f"{case.offer}/accept"))
    assert "If you accept it, it becomes your amendment" in confirm
    assert "It opens at once, since the offer seconds it, and any member can object for 72 hours." in confirm
    builders.pass_time(hours=71)
    made = by.post(f"{case.offer}/accept").location
    assert by.post(f"{case.offer}/accept").location == made == "/amendments/P1-A2"
    assert case.stages == (OfferStage.ACCEPTED, AmendmentStage.SUPERSEDED)
    assert told(NoticeKind.OFFER_ANSWERED) == [case.offerer.person_id]
    public = main_of(app.test_client().get(made))
    assert "Consensus wording: a member of the Compass Green group offered these words" in public
    assert 'href="/amendments/P1-A1"' in public
    assert f'href="{made}"' in main_of(app.test_client().get(case.amendment))
    builders.pass_time(hours=71)
    assert _text(case) == "v1 2030"
    builders.pass_time(hours=1, minutes=1)
    assert _text(case) == "v2 2032"
    with transaction():
        version = builders.plank(case.plank_id).working_version
        assert version is not None
        assert version.cause is Cause.CONSENSUS
        seconds = db.session.query(AmendmentSecond).filter_by(revision_id=builders.amendment(2).revision_id).all()
        assert [second.person_id for second in seconds] == [case.offerer.person_id]
    history = app.test_client().get("/planks/1?view=history").text
    assert (
        "moved by a member of the Compass Liberal Democrat group, a consensus wording, adopted by agreement" in history
    )


def _text(case: Case) -> str:
    with transaction():
        version = builders.plank(case.plank_id).working_version
        assert version is not None
        year = next(year for year in ("2030", "2032", "2033", "2035") if year in version.text)
        return f"v{version.name} {year}"


def test_only_the_two_of_them_know_of_an_offer_and_neither_learns_a_name(app: Flask, case: Case) -> None:
    readers: Sequence[Actor | None] = (
        None,
        builders.member("lib_dem"),
        builders.clerk("green"),
        builders.clerk("labour"),
    )
    for reader in readers:
        client = browser(app, reader)
        assert client.get(case.offer).status_code == 404
        for address in (case.amendment, "/planks/1?view=amendments", "/planks/1?view=history", "/whats-new"):
            assert "2032" not in client.get(address).text
    for reader in (case.mover, case.offerer):
        page = main_of(browser(app, reader).get(case.offer))
        assert "Demonstration person" not in page
        for words in ("The text now", "The amendment", "Offered", "We could both live with it."):
            assert words in page
    with transaction():
        offer = builders.offer(case.offer_id)
        for person in db.session.query(Person):
            sees = db.session.query(Offer).join(Offer.amendment).filter(queries.shown_to(person.actor)).count() == 1
            assert sees is may(person.actor, Permission.OFFER_READ, offer.facts_for(person.actor))


def test_refused_with_a_reason_the_amendment_goes_on_and_only_the_offerer_reads_why(app: Flask, case: Case) -> None:
    by = browser(app, case.mover)
    answer = by.post(f"{case.offer}/refuse", data={"reason": "w" * 1001})
    assert answer.status_code == 422
    assert "w" * 1001 in answer.text
    assert by.post(f"{case.offer}/refuse", data={"reason": "It is too soon."}).status_code == 303
    assert case.stages == (OfferStage.REFUSED, AmendmentStage.OPEN)
    assert "It is too soon." in browser(app, case.offerer).get(case.offer).text
    assert by.post(f"{case.offer}/accept").status_code == 409
    assert "It is too soon." not in browser(app, builders.member("labour")).get(case.amendment).text
    builders.pass_time(hours=72, minutes=1)
    assert _text(case) == "v2 2035"


def test_of_the_same_group_accepted_words_need_a_second_and_objections_stay_with_the_old_ones(
    app: Flask, case: Case
) -> None:
    mate = builders.member("lib_dem")
    offer_id = builders.offered(case.amendment_id, mate, "2035", "2033")
    builders.objected(case.amendment_id)
    with transaction():
        made = offers.accept(builders.offer(offer_id), by=case.mover).id
    with transaction():
        new = builders.amendment(made)
        assert (new.stage, new.is_consensus, new.number) == (AmendmentStage.SUBMITTED, True, None)
        address = f"/amendments/{new.ref}"
        (notice,) = db.session.query(Notice).filter_by(word=OBJECTED_TO)
        objector = db.session.get_one(Person, notice.person_id).actor
    shown = browser(app, objector).get("/notices").text
    assert "that you objected to has other words now" in shown
    assert f'href="{address}"' in shown
    assert app.test_client().get(address).status_code == 404
    assert address not in app.test_client().get(case.amendment).text
    labour = browser(app, builders.member("labour"))
    assert "It is too late." not in labour.get(address).text
    press(labour, address, "second")
    builders.pass_time(hours=72, minutes=1)
    assert _text(case) == "v2 2033"
    assert case.stages == (OfferStage.LAPSED, AmendmentStage.SUPERSEDED)


def test_an_offer_by_one_who_has_left_the_group_seconds_nothing(case: Case) -> None:
    with transaction():
        person = db.session.get_one(Person, case.offerer.person_id)
        assert person.membership is not None
        builders.people.leave(person.membership, by=case.offerer)
    with transaction():
        assert offers.accept(builders.offer(case.offer_id), by=case.mover).stage is AmendmentStage.SUBMITTED


def test_it_lapses_when_the_text_moves_and_says_so(app: Flask, case: Case) -> None:
    other = builders.open_amendment(case.plank_id, builders.member("labour"), "coldest", "oldest")
    with transaction():
        builders.amendments.adopt(builders.plank(case.plank_id), [builders.amendment(other)])
        builders.amendments.end(
            builders.amendment(other),
            builders.amendments.AmendmentStep.AGREE,
            "amendment adopted by agreement",
            by=None,
        )
    by = browser(app, case.mover)
    assert by.post(f"{case.offer}/accept").status_code == 409
    with transaction():
        assert queries.without_ground(builders.clock.now()) == [case.offer_id]
        assert queries.awaiting_answer_of(case.mover) == []
    for _ in range(2):
        assert "The text has moved since this was offered." in main_of(browser(app, case.offerer).get(case.offer))
        builders.pass_time(minutes=1)
    assert case.stages[0] is OfferStage.LAPSED
    assert told(NoticeKind.OFFER_ANSWERED) == [case.offerer.person_id]


def test_it_is_written_previewed_changed_and_taken_back_on_its_pages(app: Flask, case: Case) -> None:
    labour = browser(app, builders.member("labour"))
    where, with_words = f"{case.amendment}/offers/new", "Every home must be insulated by {} at the latest."
    assert "2035" in main_of(labour.get(where))
    sent = {"title": "Warm homes for all", "text": with_words.format(2034), "reason": "", "seen": "1"}
    answer = labour.post(where, data=sent)
    assert answer.status_code == 422
    assert "2034 at the latest" in answer.text
    sent["reason"] = "It is nearer."
    outdated = labour.post(where, data={**sent, "seen": "7"})
    assert outdated.status_code == 422
    assert "The amendment has changed since you began" in outdated.text
    preview = labour.post(where, data=sent)
    assert (preview.status_code, "nothing is offered yet" in preview.text) == (200, True)
    with transaction():
        assert db.session.query(Offer).count() == 1
    assert "2034 at the latest" in main_of(labour.post(where, data={**sent, "step": "change"}))
    made = labour.post(f"{case.amendment}/offers", data=sent).location
    assert labour.post(f"{case.amendment}/offers", data=sent).location == made
    assert labour.get(where).status_code == 409
    assert labour.post(f"{made}/take-back").status_code == labour.post(f"{made}/take-back").status_code == 303
    same = labour.post(where, data={**sent, "text": builders.TEXT.replace("2030", "2035")})
    assert (same.status_code, "This is the amendment as it stands." in same.text) == (422, True)
    builders.sign_in(labour, case.mover)
    with counted() as statements:
        assert labour.get(case.amendment).status_code == 200
    assert len(statements) <= 20, "\n".join(statements)


@pytest.mark.both
def test_accepted_many_times_at_once_it_is_accepted_once(app: Flask, case: Case) -> None:
    def accept() -> None:
        with app.app_context(), transaction():
            offers.accept(builders.offer(case.offer_id), by=case.mover)

    all_at_once([accept] * 8)
    with transaction():
        assert db.session.query(Amendment).count() == 2
        acts = [row.act for row in db.session.query(AuditRow)]
    assert acts.count("wording accepted") == acts.count("amendment superseded by consensus wording") == 1


@pytest.mark.both
def test_taken_back_while_it_is_accepted_one_of_the_two_happens(app: Flask, case: Case) -> None:
    clients = [(browser(app, case.mover), "accept"), (browser(app, case.offerer), "take-back")]
    statuses: list[int] = []
    address = case.offer
    all_at_once(
        [lambda one=one, verb=verb: statuses.append(one.post(f"{address}/{verb}").status_code) for one, verb in clients]
    )
    assert sorted(statuses) == [303, 409]
    ends = {(OfferStage.ACCEPTED, AmendmentStage.SUPERSEDED), (OfferStage.TAKEN_BACK, AmendmentStage.OPEN)}
    assert case.stages in ends


@pytest.mark.both
def test_a_round_that_opens_waits_for_an_answer_under_way_and_asks_about_the_words_accepted(
    app: Flask, case: Case
) -> None:
    builders.objected(case.amendment_id)
    for group in GROUP_KEYS:
        builders.member(group)
    round_id = builders.prepared_round(case.plank_id, RoundKind.AMENDMENTS)
    for group in GROUP_KEYS:
        builders.agree(round_id, builders.clerk(group), builders.Form())
    builders.move_clock(days=3, minutes=1)
    is_given, may_commit = Event(), Event()

    def accept_slowly() -> None:
        with app.app_context(), transaction():
            offers.accept(builders.offer(case.offer_id), by=case.mover)
            is_given.set()
            may_commit.wait(timeout=30)

    def tick() -> None:
        with app.app_context():
            builders.tick()

    accepting, opening = Thread(target=accept_slowly), Thread(target=tick)
    accepting.start()
    assert is_given.wait(timeout=30)
    opening.start()
    opening.join(timeout=0.5)
    assert opening.is_alive()
    may_commit.set()
    accepting.join(timeout=30)
    opening.join(timeout=30)
    with transaction():
        of_round = builders.a_round(round_id)
        assert [question.revision.amendment.name for question in of_round.questions] == ["P1-A2"]
    assert case.stages == (OfferStage.ACCEPTED, AmendmentStage.SUPERSEDED)
