"""Until when something withdrawn can be taken over, and the button for those who can."""

from dataclasses import dataclass

from flask import url_for

from app import clock
from app.amendments.sections import Section
from app.models import Amendment, Plank, Withdrawal
from app.takeovers import queries
from app.web.filters import minute
from policies.permissions import Actor, Permission, may

WAITS = "One of its seconders can take it over until {until}. Then it goes on where it was."
NEEDS_SECONDER = " If no member of a group other than yours has seconded it besides you, it seeks a seconder again."


@dataclass(frozen=True)
class Takeover:
    """What a page says of a thing that was withdrawn; `url` takes it over and is empty for those who cannot."""

    words: str
    url: str
    hint: str = ""


def takeover_of_plank(plank: Plank, actor: Actor) -> Takeover | None:
    """Nothing where it is not withdrawn or nobody can take it over any more."""
    withdrawal = queries.of_plank(plank)
    if withdrawal is None or clock.now() >= withdrawal.until:
        return None
    seen = queries.visible_plank(actor, plank.ref)
    can = may(actor, Permission.PLANK_TAKE_OVER, seen.facts_for(actor))
    return _shown(withdrawal, url_for("takeovers.plank", ref=plank.ref) if can else "")


def section_of_amendment(amendment: Amendment, actor: Actor) -> Section:
    """The same of an amendment, as a section of its page."""
    withdrawal = queries.of_amendment(amendment)
    shown = None
    if withdrawal is not None and clock.now() < withdrawal.until and amendment.plank.ended_at is None:
        seen = queries.visible_amendment(actor, amendment.ref)
        can = may(actor, Permission.AMENDMENT_TAKE_OVER, seen.facts_for(actor))
        url = url_for("takeovers.amendment", ref=amendment.ref) if can else ""
        shown = _shown(withdrawal, url, NEEDS_SECONDER if can else "")
    return Section("takeovers/_of_amendment.html", shown)


def _shown(withdrawal: Withdrawal, url: str, hint: str = "") -> Takeover:
    return Takeover(WAITS.format(until=minute(withdrawal.until)), url, hint.strip())
