"""What somebody finds is what that person may read at this moment, whatever the index still holds."""

import pytest
from flask import Flask

from app.amendments import service as amendments
from app.extensions import db
from app.models import Version
from app.moderation.texts import text_of
from app.planks import service as planks
from app.search.finding import Filters
from app.web.transactions import transaction
from policies.endorsements import StanceKind
from policies.groups import GROUP_KEYS
from policies.moderation import Kind as Reported
from policies.moderation import Verdict
from policies.permissions import VISITOR, Actor
from policies.searching import Kind
from tests import builders, many, moderated
from tests.searched import drained, found, offered, proposed


def completed(app: Flask, words: str) -> list[str]:
    """The titles a visitor is offered while typing."""
    answer = app.test_client().get("/search/suggestions", query_string={"q": words})
    return [one["title"] for one in answer.get_json()]


def test_drafts_are_found_by_nobody_and_what_waits_for_seconders_by_members_alone(app: Flask) -> None:
    mover = builders.member("green")
    builders.draft(mover, title="Zebra crossings")
    waiting = builders.submitted(mover, title="Giraffe crossings")
    checked = builders.seconded(mover, title="Tapir crossings")
    plank_id = builders.open_plank(title="Warm homes")
    amendment_id = builders.submitted_amendment(plank_id, mover, "national fund", "okapi fund")
    drained()
    member = builders.member("labour")
    assert {words: found(words, member) for words in ("zebra", "giraffe", "tapir", "okapi")} == {
        "zebra": [],
        "giraffe": [f"plank:{waiting}"],
        "tapir": [f"plank:{checked}"],
        "okapi": [f"amendment:{amendment_id}"],
    }
    for words in ("zebra", "giraffe", "tapir", "okapi"):
        assert found(words) == []
    # Neither completed nor offered as a correction.
    assert completed(app, "gir") == completed(app, "zeb") == []
    assert (offered("giraffee"), offered("okapii"), offered("zebraa", member)) == ("", "", "")
    assert (offered("giraffee", member), offered("okapii", member)) == ("giraffe", "okapi")


def hide(plank_id: int) -> None:
    """Clerks of two groups hide the working text of a plank."""
    version_id = builders.plank(plank_id).working_version_id
    moderated.reported_text(Reported.VERSION, Version, version_id)
    with transaction():
        subject = text_of(Reported.VERSION, db.session.get_one(Version, version_id)).subject
    moderated.decided(subject, Verdict.HIDE, "labour", "green")


def test_hidden_words_find_nothing_even_before_the_index_has_been_told(app: Flask) -> None:
    plank_id = builders.open_plank(title="Zebra crossings", text="A zebra crosses with a giraffe.")
    drained()
    hide(plank_id)
    assert proposed("giraffe") == [f"plank:{plank_id}"]
    assert (found("giraffe"), found("zebra -giraffe"), completed(app, "zeb"), offered("giraffee")) == ([], [], [], "")
    drained()
    assert (proposed("giraffe"), found("giraffe"), found("P1")) == ([], [], [f"plank:{plank_id}"])


def test_an_amendment_withdrawn_a_moment_ago_is_found_no_more(app: Flask) -> None:
    mover = builders.member("lib_dem")
    plank_id = builders.open_plank(builders.member("labour"))
    amendment_id = builders.open_amendment(plank_id, mover, "national fund", "zebra fund")
    drained()
    assert found("zebra") == [f"amendment:{amendment_id}"]
    with transaction():
        amendments.withdraw(builders.amendment(amendment_id), by=mover)
    assert proposed("zebra") == [f"amendment:{amendment_id}"]
    assert found("zebra") == []


def test_a_text_that_has_changed_is_found_only_by_what_it_says_now(app: Flask) -> None:
    [plank_id] = many.planks(1)
    drained()
    with transaction():
        planks.write_version(builders.plank(plank_id), "Cold homes", "Zebras.", cause=many.Cause.EDITORIAL, by=None)
    assert (found("coldest"), found("warm")) == ([], [])
    drained()
    assert (found("coldest"), found("zebras")) == (["version:1"], [f"plank:{plank_id}"])


def test_what_has_every_word_hides_what_has_some_and_where_nothing_has_all_some_will_do(app: Flask) -> None:
    first = builders.open_plank(title="Warm homes")
    second = builders.open_plank(title="Warm zebras", text="Zebras are warm.")
    drained()
    assert found("warm zebras") == [f"plank:{second}"]
    assert set(found("insulated zebras")) == {f"plank:{first}", f"plank:{second}"}


def test_a_spelling_is_offered_where_it_finds_something(app: Flask) -> None:
    builders.open_plank()
    drained()
    assert offered("insualted homes") == "insulated homes"
    assert offered("insulatd hoems") == "insulated homes"
    assert offered("insulated zyxwvut") == offered("insulate homes") == offered("xylophone") == ""


@pytest.mark.parametrize(
    ("filters", "numbers"),
    [
        (Filters(), {1, 2, 3}),
        (Filters(level="agreed"), {1}),
        (Filters(group="green"), {1, 2}),
        (Filters(level="being_drafted", group="green"), {2}),
        (Filters(Kind.PLANK), {1, 2, 3}),
        (Filters(Kind.VERSION), set()),
        (Filters(Kind.VERSION, level="agreed"), set()),
        (Filters(theme="housing"), {1, 2, 3}),
        (Filters(theme="transport"), set()),
    ],
    ids=str,
)
def test_levels_and_backing_are_those_of_this_moment(app: Flask, filters: Filters, numbers: set[int]) -> None:
    many.planks(3)
    drained()
    backed = dict.fromkeys(GROUP_KEYS, StanceKind.ENDORSED)
    stances = [backed, {"green": StanceKind.RESERVATION}, {"green": StanceKind.DECLINED}]
    plank_ids = many.planks(3, stances, agreed=False, first=4)
    drained()
    shown = {f"plank:{plank_id}": number for number, plank_id in enumerate(plank_ids, start=1)}
    assert {shown[key] for key in found("coldest", VISITOR, filters) if key in shown} == numbers


def test_a_lapsed_member_finds_what_a_visitor_does(app: Flask) -> None:
    mover = builders.member("green")
    builders.submitted(mover, title="Giraffe crossings")
    drained()
    assert found("giraffe", Actor(person_id=mover.person_id)) == []
