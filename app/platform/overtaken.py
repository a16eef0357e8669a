"""What a version says first when it is not the text of today: which one is, or that its plank has ended, and why."""

from markupsafe import Markup

from app.composites.presenters import composites_of
from app.models import Plank, Version
from app.planks.presenters import state_of
from app.platform.addresses import compare_url, plank_url
from policies.permissions import VISITOR
from policies.planks import ENDED_STAGES, Stage

NOT_CURRENT = Markup(
    'These words are not the current text. Read <a href="{}">version {}, the {}</a>,'
    ' or <a href="{}">what changed since these words</a>.'
)


def overtaken(plank: Plank, version: Version, name_of_agreed: str) -> Markup | str:
    """The words for the notice above a version; nothing where it is a text of today.

    One query, of what went into a composite alone.
    """
    if plank.stage in ENDED_STAGES:
        return ended(plank)
    current = plank.shown_version
    if current is None or version.id in (plank.agreed_version_id, plank.working_version_id):
        return ""
    called = name_of_agreed if current.id == plank.agreed_version_id else "working text"
    return NOT_CURRENT.format(plank_url(plank), current.name, called, compare_url(plank, version.name, current.name))


def ended(plank: Plank) -> Markup | str:
    """Why a plank has ended, and where its words went."""
    where_to = composites_of(plank, VISITOR).ended if plank.stage is Stage.COMPOSITED else None
    return where_to or state_of(plank)
