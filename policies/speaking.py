"""Who speaks for a group: any of its clerks, but in one matter nobody for two groups."""

from collections.abc import Mapping

from policies.errors import RuleBroken


def require_own_voice(said: Mapping[str, int], group: str | None, person: int | None) -> None:
    """What needs clerks of several groups needs as many persons, also where a clerk has moved from one to another.

    `said` names, by group key, the person who has spoken for each group in the matter.
    """
    if any(speaker == person for key, speaker in said.items() if key != group):
        raise RuleBroken(
            "You have spoken on this for another group, and nobody speaks for two. Ask another clerk of your group."
        )
