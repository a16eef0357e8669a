"""The platform as one paper: every public plank in the words the public reads, the most agreed first."""

from collections.abc import Sequence
from datetime import datetime

from app.carrying.foot import foot
from app.carrying.meeting import Progress
from app.carrying.planks import plank_section
from app.carrying.queries import planks_in_reading_order
from app.endorsements import queries as endorsements
from app.models import Plank, Version
from app.papers.paper import Paper, Section
from app.platform import queries
from app.web.addresses import whole_url
from app.web.site import NAME
from policies.agreement import LevelKey
from policies.carrying import require_fits


def platform_paper(made: datetime, progress: Progress) -> Paper:
    """The whole platform; raises `RuleBroken` where that is too much for one file."""
    counts = queries.counts_by_level()
    require_fits(sum(counts.values()))
    planks = planks_in_reading_order()
    agreed = counts.get(LevelKey.AGREED, 0)
    return Paper(
        name=f"platform-{made:%Y-%m-%d}",
        title=f"The {NAME[0].lower()}{NAME[1:].lower()}",
        made=made,
        kicker="Every public plank, in the words the public reads",
        said=[f"All Compass groups back {agreed} of these {len(planks)} planks in exactly these words."],
        facts=[("Address", whole_url("platform.home"))],
        sections=_sections(planks, progress),
        foot=foot(made, whole_url("platform.home")),
        has_contents=True,
    )


def _sections(planks: Sequence[Plank], progress: Progress) -> list[Section]:
    shown: list[tuple[Plank, Version]] = [(plank, version) for plank in planks if (version := plank.shown_version)]
    stances = endorsements.on_versions([version.id for _, version in shown])
    sections = []
    for place, (plank, version) in enumerate(shown, start=1):
        sections.append(plank_section(plank, version, stances.get(version.id, {})))
        progress(place, len(shown))
    return sections
