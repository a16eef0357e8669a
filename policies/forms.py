"""The question a clerk puts to the own group: what a condition and a separate vote must say to be one."""

from datetime import date, timedelta

from policies.endorsements import COUNTING, Condition, Form, FormKind, StanceKind
from policies.errors import RuleBroken
from policies.planks import require_text_fits
from policies.rounds import earliest_condition_day
from policies.separate_votes import MOST_SEPARATE
from policies.text.canonical import word_count

# A promise on another text does not hang over a plank for ever.
LONGEST_CONDITION = timedelta(days=366)


def require_sound_condition(form: Form, *, sha256: str, current: StanceKind | None, last_vote: date) -> None:
    """Backing on a condition names one other text and a day; `sha256` is that of the text voted on."""
    if (form.kind is FormKind.CONDITIONAL) != (form.condition is not None):
        raise RuleBroken("Name the other text and the day, and only for backing on a condition.")
    if form.condition is None:
        return
    require_condition_in_time(form.condition.by_date, last_vote)
    require_another_text(form.condition, sha256)
    if current in COUNTING:
        raise RuleBroken("Your group backs this version, and a yes to another text would end that. Ask another way.")


def require_another_text(condition: Condition, sha256: str) -> None:
    """The other text is one that a plank could have, and not the one voted on."""
    require_text_fits(condition.title, word_count(condition.text), len(condition.text))
    if condition.sha256 == sha256:
        raise RuleBroken("That is the very text voted on. Choose another text, or ask whether your group backs it.")


def require_condition_in_time(by_date: date, last_vote: date) -> None:
    """The day lies after the last day on which the group can vote on it, and within a year of that."""
    first = earliest_condition_day(last_vote)
    if not first <= by_date <= first + LONGEST_CONDITION:
        named = f"{first.day} {first:%B %Y}"
        raise RuleBroken(
            f"Choose a day from {named} on, and within a year of it: until then your group may still be voting,"
            " if its ballot is extended, or held once more for want of a quorum."
        )


def require_sound_separate_votes(form: Form, *, unit_ids: set[str]) -> None:
    """Units are voted on apart with the plain question alone, and never all of them."""
    if not form.separate:
        return
    if form.kind is not FormKind.ENDORSE:
        raise RuleBroken("Units are voted on by themselves only with the plain question. Choose one or the other.")
    if not set(form.separate) <= unit_ids:
        raise RuleBroken("One of the units named is not in this version. Choose among the units shown.")
    if set(form.separate) == unit_ids:
        raise RuleBroken("Every unit would be voted on by itself, so the whole could be nothing. Leave at least one.")
    if len(form.separate) > MOST_SEPARATE:
        raise RuleBroken(f"Choose at most {MOST_SEPARATE} units to be voted on by themselves.")
