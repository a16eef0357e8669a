"""The parts pages are made of: each shows what it is given, as text."""

from pathlib import Path
from types import SimpleNamespace as Shown

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Form, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from app.web.filters import unbroken

TEMPLATES = Path(__file__).resolve().parents[3] / "app" / "templates"
EVIL = """<script>alert(1)</script>"'&"""
ESCAPED = "&lt;script&gt;alert(1)&lt;/script&gt;"

GROUP = Shown(key="green", letter="G", name=EVIL, title=EVIL, disclaimer=EVIL, full_title=EVIL)
CELL = Shown(group=GROUP, glyph="✓", word=EVIL, kind="endorsed", note=EVIL)
LEVEL = Shown(key="agreed", label=EVIL)
CARD = Shown(
    note=EVIL,
    url="/p/1",
    number=EVIL,
    title=EVIL,
    theme=EVIL,
    theme_url="/t",
    level=LEVEL,
    cells=[CELL],
    sentence=EVIL,
    summary=EVIL,
)
ROW = Shown(
    number=EVIL,
    title=EVIL,
    url="/p/1",
    theme=EVIL,
    theme_url="/t",
    level=LEVEL,
    version=EVIL,
    version_url="/v",
    newer=EVIL,
    newer_url="/n",
    cells=[CELL],
    mps=EVIL,
    mps_url="/m",
)
ORDER = Shown(key=EVIL, name=EVIL, runs=EVIL, url="/s", is_current=True, aria_sort="none", group=None)
LOOKED = Shown(strong=True, emphasis=True, link=f"https://example.org/{EVIL}")
RUN = Shown(text=EVIL, look=LOOKED, relooked=True)
PARTS = [Shown(op=op, runs=[RUN]) for op in ("equal", "delete", "insert")]
CHANGED = Shown(change="changed", kind="list_item", level=2, clause=EVIL, parts=PARTS, note=EVIL, point=EVIL)
BAR = Shown(yes=60, no=30.5, abstain=9.5, threshold_percent=50, quorum_percent=120)
BALLOT = Shown(group=GROUP, outcome_word=EVIL, sentence=EVIL, bar=BAR)
STEP = Shown(when=EVIL, what=EVIL, detail=EVIL, url="/s")
PAGE = Shown(number=2, last=3, previous_url="/1", next_url="/3")


class Question(Form):
    """A form whose every word is hostile."""

    title = StringField(EVIL, validators=[InputRequired(EVIL)])
    text = TextAreaField(EVIL, validators=[InputRequired(EVIL)])
    theme = SelectField(EVIL, choices=[SelectChoice("a", EVIL)], validators=[InputRequired(EVIL)])
    vote = RadioField(
        EVIL, choices=[SelectChoice("yes", EVIL), SelectChoice("no", "No")], validators=[InputRequired(EVIL)]
    )
    read = BooleanField(EVIL, validators=[InputRequired(EVIL)])


def refused_form() -> Question:
    form = Question(MultiDict())
    form.validate()
    return form


def rendered(component: str, call: str, **values: object) -> str:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters.update(unbroken=unbroken)
    environment.globals.update(csrf_token=lambda: "token", get_flashed_messages=lambda **_: [("success", EVIL)])
    macro = call.split("(")[0]
    page = f'{{% from "components/{component}.html" import {macro} %}}{{{{ {call} }}}}'
    return environment.from_string(page).render(evil=EVIL, **values)


CALLS = [
    ("strip", "strip([cell], evil)"),
    ("strip", "strip_compact([cell], evil)"),
    ("strip", "strip_in_table(cell)"),
    ("matrix", "matrix(evil, [cell.group], [row], orders)"),
    ("tag", "tag(level)"),
    ("tag", "state_tag(evil)"),
    ("card", "plank_card(card)"),
    ("redline", "redline([changed])"),
    ("redline", "side_by_side([changed], evil, evil)"),
    ("field", "field(form.title, evil)"),
    ("field", "field(form.text, evil, advised_words=250)"),
    ("field", "field(form.theme, evil)"),
    ("field", "radios(form.vote, evil)"),
    ("field", "checkbox(form.read, evil)"),
    ("error_summary", "error_summary(form)"),
    ("button", "button(evil, name=evil, value=evil)"),
    ("button", "link_button(evil, evil)"),
    ("button", "post_button(evil, evil, fields={'a': evil})"),
    ("table", "table(evil, [evil, evil], [[evil, evil]])"),
    ("tabs", "tabs([('a', evil, evil)], 'a')"),
    ("notice", "notice(evil, 'warning')"),
    ("notice", "flashes()"),
    ("steps", "steps([step])"),
    ("facts", "facts([(evil, evil)])"),
    ("trail", "trail([(evil, evil), (evil, None)])"),
    ("result", "result(ballot)"),
]


@pytest.mark.parametrize(("component", "call"), CALLS)
def test_a_part_shows_hostile_words_as_text(component: str, call: str) -> None:
    html = rendered(
        component,
        call,
        cell=CELL,
        level=LEVEL,
        card=CARD,
        row=ROW,
        orders=dict.fromkeys(("agreement", "number", "title", "theme", GROUP.key), ORDER),
        changed=CHANGED,
        ballot=BALLOT,
        step=STEP,
        form=refused_form(),
    )
    assert "<script" not in html
    assert ESCAPED in html


def test_a_strip_says_letter_sign_and_word_for_each_group_and_that_groups_are_not_parties() -> None:
    cells = [
        Shown(group=Shown(key=key, letter=letter, name=letter, title="", disclaimer="not a party"), **rest)
        for key, letter, rest in (
            ("labour", "L", {"glyph": "✓", "word": "Backs it", "kind": "endorsed", "note": ""}),
            ("lib_dem", "LD", {"glyph": "–", "word": "No decision", "kind": "no_quorum", "note": ""}),
        )
    ]
    html = rendered("strip", "strip(cells, 'Labour backs it.')", cells=cells)
    assert html.index(">L</span>") < html.index(">LD</span>")
    for word in ("✓", "Backs it", "–", "No decision", "Labour backs it.", "not parties"):
        assert word in html


def test_a_redline_marks_changes_by_sign_and_by_words_and_never_names_them_by_attribute() -> None:
    html = rendered("redline", "redline([changed])", changed=CHANGED)
    assert "<ins>" in html
    assert "<del>" in html
    for words in ("inserted:", "end of insertion", "deleted:", "end of deletion", "+</span>", "−</span>"):
        assert words in html
    assert "aria-label" not in html


def test_a_redline_keeps_the_look_of_words_and_the_place_of_a_list_item() -> None:
    html = rendered("redline", "redline([changed])", changed=CHANGED)
    assert html.count('<a href="https://example.org/&lt;script&gt;') == 3
    assert f"<strong><em>{ESCAPED}" in html
    assert "redline-kind-list_item redline-level-2" in html
    assert f'<span class="redline-point">{ESCAPED}' in html


def test_side_by_side_shows_each_wording_without_the_words_of_the_other() -> None:
    unit = Shown(
        change="changed",
        kind="paragraph",
        level=0,
        clause="1",
        note="",
        point="",
        parts=[
            Shown(op=op, runs=[Shown(text=text, look=Shown(strong=False, emphasis=False, link=""), relooked=False)])
            for op, text in (("delete", "2030"), ("insert", "2032"))
        ],
    )
    before, after = rendered("redline", "side_by_side([unit])", unit=unit).split('<div class="sides-cell">')[1:]
    assert "2030" in before
    assert "2032" not in before
    assert "2032" in after
    assert "2030" not in after


def test_a_wrong_answer_is_tied_to_its_field_and_to_the_summary() -> None:
    form = refused_form()
    html = rendered("field", "field(form.title, 'Ten words.')", form=form)
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="title-hint title-error"' in html
    summary = rendered("error_summary", "error_summary(form)", form=form)
    assert 'href="#title"' in summary
    assert 'href="#vote-0"' in summary


def test_no_radio_is_chosen_for_the_reader() -> None:
    assert "checked" not in rendered("field", "radios(form.vote)", form=Question())


def test_a_document_keeps_markup_that_was_made_safe_and_links_each_unit() -> None:
    unit = Shown(
        kind="paragraph", unit_id="ab12", clause="3", level=0, html=Markup("<em>made safe</em>"), bracketed=True
    )
    html = rendered(
        "document",
        "document([unit], {'ab12': [('Amend', '/amend')]})",
        unit=unit,
    )
    assert 'id="u-ab12"' in html
    assert "<em>made safe</em>" in html
    assert "Not accepted by every group." in html
    assert 'href="/amend"' in html


def test_a_list_item_that_holds_only_a_list_shows_that_list() -> None:
    inner = Shown(kind="list_item", unit_id="b2", clause="1.1", html="deep", bracketed=False, children=[])
    outer = Shown(
        kind="list_item", unit_id=None, children=[Shown(kind="list", ordered=False, start=1, children=[inner])]
    )
    html = rendered("document", "document([node])", node=Shown(kind="list", ordered=True, start=4, children=[outer]))
    assert 'start="4"' in html
    assert 'id="u-b2"' in html
    assert "u-None" not in html


def test_a_quorum_that_was_missed_lies_past_the_end_of_the_bar() -> None:
    html = rendered("result", "result(ballot)", ballot=BALLOT)
    assert 'role="img"' in html
    assert '<rect class="result-frame" x="0" y="20" width="83.33%"' in html
    assert 'x1="100.0%" x2="100.0%"' in html


def test_a_list_of_one_page_has_no_paging() -> None:
    assert rendered("paging", "paging(page)", page=Shown(number=1, last=1, previous_url=None, next_url=None)) == ""
    assert 'href="/3"' in rendered("paging", "paging(page)", page=PAGE)


def test_no_template_carries_style_or_script_of_its_own() -> None:
    for path in TEMPLATES.rglob("*.html"):
        html = path.read_text("utf-8")
        assert " style=" not in html, path
        # A paper for PDF is one file: its style stands in it, and no browser shows it.
        assert "<style" not in html or path.stem == "paper", path
        assert "javascript:" not in html, path
        assert html.count("<script") == html.count("<script src="), path
