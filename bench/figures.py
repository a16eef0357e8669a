"""A line a figure: what was measured, beside a reference measured in the same run, and whether that is enough."""

import sys
from collections.abc import Sequence
from statistics import median


def say(name: str, figure: float, unit: str, ratio: float, target: float, *, at_most: bool = False) -> bool:
    """Print a figure; returns whether it meets its target: at least that, or at most."""
    is_met = ratio <= target if at_most else ratio >= target
    sign = "<=" if at_most else ">="
    line = f"bench: {name} {figure:.4g} {unit} ratio={ratio:.2f} target={sign}{target:g} {'ok' if is_met else 'short'}"
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
    return is_met


def note(words: str) -> None:
    """Say what is going on, apart from the figures."""
    sys.stderr.write(words + "\n")


def median_ratio(pairs: Sequence[tuple[float, float]]) -> float:
    """The median of the ratios of pairs: whatever else the machine does hits both of a pair."""
    return median(ours / max(reference, 1e-9) for ours, reference in pairs)
