"""What groups decided over the versions of a plank, as a picture with its words."""

import re
from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient

from app.models import Stance
from app.results.timeline import timeline
from policies.endorsements import StanceKind
from policies.groups import GROUPS
from tests import many
from tests.app.reading import main_of

FIRST = {"labour": StanceKind.ENDORSED, "lib_dem": StanceKind.RESERVATION}
SECOND = {"labour": StanceKind.DECLINED, "green": StanceKind.NO_QUORUM}


def test_each_group_has_a_lane_and_each_version_a_step_the_newest_first(app: Flask, client: FlaskClient) -> None:
    ids = many.planks(1, [FIRST])
    many.newer_versions(ids, stances=SECOND)
    page = main_of(client.get("/planks/1?view=backing"))
    (picture,) = re.findall(r"<svg class=\"timeline-picture\".*?</svg>", page, re.DOTALL)
    assert re.findall(r">(Version \d)<", picture) == ["Version 2", "Version 1"]
    assert picture.count("timeline-lane") == len(GROUPS)
    # Labour and Lib Dem back version 1; nobody backs version 2.
    assert (picture.count("timeline-mark"), picture.count("timeline-backs")) == (4, 2)
    assert "Compass Labour group: version 1: backs it; version 2: did not back it." in picture
    assert "Compass Green group: version 2: no decision." in picture
    assert "style=" not in picture
    for group in GROUPS:
        assert f"{group.letter}: {group.full_title}." in page


def test_a_plank_without_a_decision_has_no_picture(app: Flask, client: FlaskClient) -> None:
    many.planks(1)
    assert "timeline" not in main_of(client.get("/planks/1?view=backing"))


@dataclass(frozen=True)
class Line:
    """A version as the picture reads one."""

    version_id: int
    name: str


def test_of_many_versions_the_newest_twelve_are_drawn() -> None:
    versions = [Line(number, str(number)) for number in range(1, 15)]
    picture = timeline(versions, {14: {"green": Stance(kind=StanceKind.ENDORSED)}})
    assert picture is not None
    assert [step.name for step in picture.steps] == [str(number) for number in range(14, 2, -1)]
    assert picture.left_out == 2
