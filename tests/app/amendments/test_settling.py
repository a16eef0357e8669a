"""Where two amendments make a part another kind of text, or order the parts differently, one question settles it."""

import pytest
from flask.testing import FlaskClient

from app.extensions import db
from app.models import Settlement
from app.web.transactions import transaction
from tests import builders
from tests.app.amendments.test_rebasing import address, choice_in, sent_form
from tests.app.reading import main_of


def test_what_does_not_fit_together_is_written_whole(client: FlaskClient, plank_id: int) -> None:
    mover = builders.member("lib_dem")
    first, second = builders.TEXT.split("\n\n")[:2]
    builders.open_amendment(plank_id, builders.member("labour"), f"{first}\n\n{second}\n\n", "")
    amendment_id = builders.submitted_amendment(plank_id, mover, f"{second}", f"New between.\n\n{second}")
    builders.pass_time(hours=72, minutes=1)
    builders.sign_in(client, mover)
    page = main_of(client.get(address(amendment_id)))
    assert "the two do not fit together" in page
    written = sent_form(page)
    assert "New between." in written["text"]
    answer = client.post(f"{address(amendment_id)}/rebase", data=written)
    assert "Adds a paragraph: “New between.”" in main_of(client.get(answer.location))


HOMES, FUND, POINTS = builders.TEXT.strip().split("\n\n")


@pytest.mark.parametrize(
    ("adopted", "own", "shown", "change"),
    [
        (
            [f"# {HOMES}", FUND, POINTS],
            [f"- {HOMES}", FUND, POINTS],
            ("What should this be?", "Heading of level 1</span>", "Mine, a list item: “Every home that"),
            "was a heading.",
        ),
        (
            [FUND, HOMES, POINTS],
            [HOMES, POINTS, FUND],
            ("In which order should they stand?", "Clause 2: The government will", "My order"),
            "moved from clause 1",
        ),
    ],
    ids=["two kinds of text", "two orders"],
)
def test_a_kind_or_an_order_in_dispute_is_settled_in_its_place(
    client: FlaskClient, plank_id: int, adopted: list[str], own: list[str], shown: tuple[str, ...], change: str
) -> None:
    mover, whole = builders.member("lib_dem"), builders.TEXT.strip()
    builders.open_amendment(plank_id, builders.member("labour"), whole, "\n\n".join(adopted))
    amendment_id = builders.submitted_amendment(plank_id, mover, whole, "\n\n".join(own))
    builders.pass_time(hours=72, minutes=1)
    builders.sign_in(client, mover)
    where = f"{address(amendment_id)}/rebase"
    page = main_of(client.get(where))
    assert all(words in page for words in shown)
    assert "Other words for this place" not in page
    unanswered = client.post(where, data=sent_form(page))
    assert (unanswered.status_code, "Choose one of the answers." in unanswered.text) == (422, True)
    preview = client.post(where, data={**sent_form(page), choice_in(page): "mine"}).location
    assert change in main_of(client.get(preview))
    with transaction():
        assert builders.amendment(amendment_id).draft_text == "\n\n".join(own)
        assert db.session.query(Settlement).count() > 0
