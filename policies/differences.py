"""Where the groups differ on one version: what a group said that is not plain backing. Silence is no difference."""

from collections.abc import Mapping, Sequence

from policies.endorsements import COUNTING, StanceKind
from policies.groups import GROUP_KEYS

# Each of these says something of the words. No position and no quorum say nothing, so they are no differences.
DIFFERING = frozenset({StanceKind.RESERVATION, StanceKind.OPT_OUT, StanceKind.DECLINED, StanceKind.WITHDRAWN})
DECIDED = frozenset(StanceKind) - {StanceKind.NO_QUORUM}
# What is a difference only once every group has decided: by then the words are known not to be backed by all.
DIFFERING_AT_THE_END = DECIDED - COUNTING - DIFFERING


def differences(stances: Mapping[str, StanceKind], groups: Sequence[str] = GROUP_KEYS) -> dict[str, StanceKind]:
    """The groups that differ on a version and how, in the order of the groups; empty where nobody does."""
    all_decided = all(stances.get(group) in DECIDED for group in groups)
    differing = DIFFERING | DIFFERING_AT_THE_END if all_decided else DIFFERING
    return {group: stances[group] for group in groups if stances.get(group) in differing}
