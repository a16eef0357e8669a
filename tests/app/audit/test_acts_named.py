"""Every act that the code can record is named in the table of acts, and every act named there is recorded somewhere."""

import ast
from collections.abc import Iterator

from policies.acts import ACTS
from policies.rulings import AppealStage
from tests.conftest import ROOT

RECORDING = {"record", "record_each"}
# What records for others takes the act as one of its own arguments, under this name.
GIVEN = "act"
# The one that puts an act together names what it puts in here.
MADE_UP = {f"appeal {one}" for one in AppealStage}


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Every call in the application, with the name of what is called."""
    for path in sorted((ROOT / "app").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield getattr(node.func, "attr", getattr(node.func, "id", "")), node


def passed_on() -> dict[str, int]:
    """The functions that record an act given to them, each with the place of that argument."""
    found = {}
    for path in sorted((ROOT / "app").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and GIVEN in (names := [one.arg for one in node.args.args]):
                found[node.name] = names.index(GIVEN)
    return found


def literal_acts() -> set[str]:
    """The acts that are written out where something is recorded, or where a function that records is called."""
    places = passed_on() | dict.fromkeys(RECORDING, 0)
    given = [node.args[places[name]] for name, node in calls() if name in places and len(node.args) > places[name]]
    words = [part for one in given for part in ast.walk(one) if isinstance(part, ast.Constant)]
    return {one.value for one in words if isinstance(one.value, str) and " " in one.value.strip()}


def test_every_act_that_is_written_out_is_named_in_the_table() -> None:
    acts = literal_acts()
    assert len(acts) > 80
    assert acts - ACTS.keys() == set()


def test_every_act_in_the_table_is_recorded_somewhere() -> None:
    written = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "app").rglob("*.py"))
    assert {act for act in ACTS if f'"{act}"' not in written} <= MADE_UP
