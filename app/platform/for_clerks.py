"""What a plank's page offers to clerks beside a text: to mend its punctuation, and to pause the own group's backing."""

from collections.abc import Mapping

from flask import url_for

from app import drawer
from app.models import Plank, Stance, Version
from policies.endorsements import COUNTING
from policies.permissions import Actor, Permission, may
from policies.planks import Stage


def clerks_links(plank: Plank, version: Version, held: Mapping[str, Stance], actor: Actor) -> list[tuple[str, str]]:
    """The links, none for others than clerks. The pages behind them check it all again."""
    facts, ref, name = plank.facts_for(actor), plank.ref, version.name
    found = []
    if (
        plank.stage is Stage.OPEN
        and may(actor, Permission.EDITORIAL_MEND, facts)
        and not drawer.is_hidden_version(version)
    ):
        found.append(("Mend the punctuation of this text", url_for("editorial.write", ref=ref, name=name)))
    stance = held.get(actor.group or "")
    if stance is not None and stance.kind in COUNTING and may(actor, Permission.STANCE_PAUSE, facts):
        found.append(("Pause your group’s backing of this text", url_for("suspensions.show", ref=ref, name=name)))
    return found
