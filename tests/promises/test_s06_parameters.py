"""S6: odd addresses are not there, odd questions and forms are refused in words, and unknown filters are refused."""

import re
from typing import Any

import pytest
from werkzeug.exceptions import HTTPException
from wtforms import BooleanField, Form

from tests.app.dump import everything
from tests.app.parameters import Opening, every_field, openings
from tests.promises.conftest import Tried

ODD_REFS = ("0", "01", "-1", "1.0", "1e0", "[1]", "²", "9" * 40, "%00", "null", "true", "١")
ODD_ANSWERS = ("", "-1", "9" * 40, "\x00")
LOOK = {"static", "assets.stylesheet", "assets.script", "assets.font"}
# Questions by which a list is narrowed or sorted: one that is unknown, or asks for what there is not, is refused.
NARROWING = {"level", "theme", "sort", "green", "group", "outcome", "kind", "year", "verdict", "appeal", "decision"}
# Whoever declares what is theirs to say, does so with any word; and it gives no right.
DECLARATIONS = {"declared"}
SHAPES_OF_NO = ("", "0", "no", "off", "false", "False", "FALSE", "null", "None", "[]", "{}", "-", " ", "\x00")


def test_an_address_of_odd_shape_is_not_there(tried: Tried) -> None:
    with tried.app.app_context():
        before = everything()
    known = tried.app.url_map.bind("localhost")
    # An old address of a picture, and so any, leads to the picture there is.
    leads_on = {one.endpoint for one in tried.app.url_map.iter_rules() if "digest" in one.arguments}
    for rule in (
        one for one in tried.app.url_map.iter_rules() if one.arguments and one.endpoint not in LOOK | leads_on
    ):
        for ref in ODD_REFS:
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                address = re.sub(r"<[^>]+>", ref, rule.rule)
                try:
                    known.match(address, method)
                except HTTPException:
                    continue
                answer = tried.browser("clerk").open(address, method=method, data={} if method == "POST" else None)
                assert answer.status_code == 404, f"{method} {address}"
    with tried.app.app_context():
        assert everything() == before


def test_an_odd_question_is_answered_refused_or_not_there(tried: Tried, asking: list[Opening]) -> None:
    assert len({name for one in asking for name in one.names}) > 20
    for one in asking:
        browser = tried.browser(one.role)
        for name in one.names:
            for query in (*([(name, odd)] for odd in ODD_ANSWERS), [(name, "1"), (name, "x"), (f"{name}[a]", "1")]):
                status = browser.get(one.address, query_string=query).status_code
                assert status in {200, 301, 302, 303, 400, 404, 409}, f"{one.address} {query}: {status}"


def test_an_unknown_filter_or_order_is_refused(tried: Tried, asking: list[Opening]) -> None:
    lists = [one for one in asking if one.names & NARROWING]
    assert {one.rule.endpoint for one in lists} >= {"platform.all_planks", "results.decisions", "rulings.listed"}
    taken = []
    for one in lists:
        browser = tried.browser(one.role)
        if browser.get(one.address, query_string={"elsewhere": "1"}).status_code != 400:
            taken.append(f"{one.address}?elsewhere")
        for name in one.names & NARROWING:
            if browser.get(one.address, query_string={name: "elsewhere"}).status_code not in {400, 404}:
                taken.append(f"{one.address}?{name}")
    assert taken == []


def test_forms_of_odd_shape_are_answered_without_a_fault(put_back: Tried) -> None:
    names = sorted({*(name for name, _field in every_field()), "reading", "spoken", "words", "then", "step", "at"})
    part = b'--x\r\nContent-Disposition: form-data; name="%s"; filename="x"\r\n\r\nx\r\n'
    upload = b"".join(part % name.encode() for name in names) + b"--x--\r\n"
    bodies: tuple[dict[str, Any], ...] = (
        {"json": {"title": ["x"], "verdict": {"a": 1}}},
        {"data": {name: ["9" * 300, "y", "1"] for name in names} | {f"{name}[]": "x" for name in names}},
        {"data": upload, "content_type": "multipart/form-data; boundary=x"},
        {"data": b"\xff\x00&=&%", "content_type": "application/x-www-form-urlencoded"},
    )
    for one in openings(put_back, "POST"):
        for body in bodies:
            answer = put_back.browser(one.role).post(one.address, **body)
            assert answer.status_code < 500, f"{one.address} {body}"


@pytest.mark.parametrize("shape", SHAPES_OF_NO)
def test_no_shape_of_no_ticks_a_box(shape: str) -> None:
    boxes = [(name, field) for name, field in every_field() if issubclass(field.field_class, BooleanField)]
    assert {"contact", "news", "shows_name"} <= {name for name, _field in boxes}
    for name, field in boxes:
        if name in DECLARATIONS:
            continue
        box = field.bind(Form(), name)
        for sent in ([shape], [shape, "y"], ["y", "y"], ["yes", "yes"]):
            box.process_formdata(sent)
            assert not box.data, f"{name}={sent}"
