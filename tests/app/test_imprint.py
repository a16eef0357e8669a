"""Who is responsible in law stands on everything that leaves the site, once it is set."""

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.planks.exporting import export_to
from app.web.transactions import transaction
from tests import builders, editions

IMPRINT = "Published by <A. Nobody>, 1 Example Street"
TEMPLATES = Path(__file__).parents[2] / "app" / "templates"
PAGES = sorted(path for path in TEMPLATES.glob("*/*.html") if not path.name.startswith("_"))
# Parts of pages, and pages that stand on their own; a paper has it among the sentences at its end.
NO_PAGES = {"components", "layouts", "papers"}
# Lists for a program, one line a receipt, a choice or an address; the pages they are of bear the imprint.
# What is signed cannot say more tomorrow than today: the page and the file of an edition bear it.
BARE_LISTS = {
    "ballots.receipts_list",
    "ballots.choices_list",
    "editions.manifest",
    "editions.signature",
    "editions.script",
    "sharing.robots_file",
    "sharing.sitemap_whole",
    "sharing.sitemap_part",
    "search.suggest",
}


@pytest.fixture
def app(app: Flask) -> Flask:
    """The service with an imprint."""
    app.config["SETTINGS"] = app.config["SETTINGS"].model_copy(update={"imprint": IMPRINT})
    app.config["WTF_CSRF_ENABLED"] = False
    return app


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_page_has_the_foot_in_which_it_stands_or_prints_it_itself(path: Path) -> None:
    if path.parent.name in NO_PAGES:
        pytest.skip("Part of a page.")
    source = path.read_text(encoding="utf-8")
    assert re.match(r'({#.*?#}\s*)?{% extends "\w+/\w+\.html" %}', source, re.DOTALL) or re.search(
        r"{{ (site\.)?imprint }}", source
    )


def test_it_stands_on_every_page_and_file_that_a_visitor_reaches(app: Flask, client: FlaskClient) -> None:
    builders.decided(builders.open_plank())
    editions.published(editions.clerks())
    written, bare = (IMPRINT, IMPRINT.replace("<", "&lt;").replace(">", "&gt;")), []
    reached = set()
    for rule in app.url_map.iter_rules():
        if rule.arguments - {"ref", "number", "name"} or "GET" not in (rule.methods or ()):
            continue
        address = str(rule).replace("<plank_ref:ref>", "1").replace("<number:number>", "1")
        address = address.replace("<version_name:name>", "1")
        answer = client.get(f"{address}{'?style=green' if 'motion' in address else ''}")
        if answer.status_code >= 300 or rule.endpoint in BARE_LISTS:
            continue
        reached.add(rule.endpoint)
        # A calendar's lines are folded, and a comma in them is marked.
        said = answer.text.replace("\r\n ", "").replace("\\,", ",")
        if not any(words in said for words in written):
            bare.append(address)
    assert bare == []
    files = {"platform.where_we_stand_csv", "results.decisions_csv", "results.file", "feeds.site_atom"}
    files |= {"feeds.plank_dates", "editions.show", "editions.file", "editions.markdown"}
    assert files | {"platform.home", "platform.plank", "platform.motion_file", "ballots.show"} <= reached


def test_pages_of_refusals_and_faults_bear_it_too(app: Flask, client: FlaskClient) -> None:
    for answer in (client.get("/nowhere"), client.get("/to-do"), client.get("/planks?level=x")):
        assert answer.status_code >= 400
        assert "1 Example Street" in answer.text
    for name in ("500", "503"):
        page = app.jinja_env.get_template(f"errors/{name}.html").render(imprint=IMPRINT)
        assert "Published by &lt;A. Nobody&gt;, 1 Example Street" in page


def test_it_lies_beside_exported_texts_and_never_in_them(app: Flask, tmp_path: Path) -> None:
    builders.open_plank()
    with transaction():
        assert export_to(tmp_path) == 1
    assert (tmp_path / "IMPRINT.txt").read_text() == f"{IMPRINT}\n"
    assert all("Example Street" not in file.read_text() for file in tmp_path.glob("*/*.md"))
