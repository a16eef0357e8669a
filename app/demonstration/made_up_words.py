"""The words of made-up planks: plainly made up, long enough to weigh what real ones weigh, and each its own."""

from random import Random

THEMES = {
    "housing": "Housing",
    "transport": "Transport",
    "climate-and-energy": "Climate and energy",
    "work-and-pay": "Work and pay",
    "education": "Education",
    "democracy": "Democracy",
    "local-government": "Local government",
    "nature-and-food": "Nature and food",
}
_WHO = ("Every council", "The government", "Each water company", "Every school", "Each landlord", "Every operator")
_WHAT = ("mends", "publishes", "pays for", "opens", "measures", "looks after")
_WHICH = ("shelters", "footpaths", "ledgers", "kitchens", "boilers", "timetables", "hedges", "libraries", "river banks")
_WHERE = ("in its area", "in every ward", "beside each station", "along the coast", "in each new street")
_WHEN = ("by 2030", "within two years", "before each winter", "every spring", "from the first year")
_HOW = ("from a fund of its own", "with a plan that anybody can read", "at no charge", "with those who live there")
_KINDS = (_WHO, _WHAT, _WHICH, _WHERE, _WHEN, _HOW)
PARAGRAPHS, SENTENCES, LISTED = 4, 3, 3


def title_of(number: int) -> str:
    """A title that nothing else has."""
    return f"Made-up plank {number}: {_WHICH[number % len(_WHICH)]} {_WHERE[number % len(_WHERE)]}"


def text_of(number: int, chance: Random) -> str:
    """A text of four paragraphs and a list, some 200 words."""
    paragraphs = [" ".join(_sentence(chance) for _ in range(SENTENCES)) for _ in range(PARAGRAPHS)]
    listed = "\n".join(f"- {_sentence(chance)}" for _ in range(LISTED))
    return "\n\n".join([f"This is made-up plank {number}.", *paragraphs, listed])


def _sentence(chance: Random) -> str:
    who, *rest = (chance.choice(kind) for kind in _KINDS)
    return f"{who} {' '.join(rest)}."
