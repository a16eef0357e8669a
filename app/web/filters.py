"""How templates write dates, numbers and names."""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

from flask import Flask
from markupsafe import Markup, escape

from policies.groups import GROUPS, all_in_words, group_named, number_in_words
from policies.text.render import plain

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

AMENDMENT_NUMBER = re.compile(r"\bP[1-9][0-9]*-A[1-9][0-9]*\b")


def day(moment: date | None) -> str:
    """3 May 2026."""
    return "" if moment is None else f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def minute(moment: datetime | None) -> str:
    """3 May 2026, 14:05 UTC."""
    return "" if moment is None else f"{day(moment)}, {moment:%H:%M} UTC"


def span(length: timedelta) -> str:
    """7 days; 72 hours; 1 day."""
    if length.seconds or length.days == 0:
        hours = round(length.total_seconds() / 3600)
        return f"{hours} hour" + ("" if hours == 1 else "s")
    return f"{length.days} day" + ("" if length.days == 1 else "s")


def summary(text: str, characters: int = 160) -> str:
    """The first words of a text, cut between words."""
    words = " ".join(plain(text).split())
    if len(words) <= characters:
        return words
    return words[:characters].rsplit(" ", 1)[0] + " …"


@lru_cache(maxsize=1024)
def kept_summary(text: str, characters: int) -> str:
    """The same of words that are public: lists and heads of pages say them again and again."""
    return summary(text, characters)


def unbroken(words: str) -> Markup:
    """Words in which the number of an amendment never breaks at its hyphen. What is copied or found is the same."""
    if isinstance(words, Markup):
        return words
    return Markup(AMENDMENT_NUMBER.sub(r'<span class="unbroken">\g<0></span>', str(escape(words))))


def init_app(app: Flask) -> None:
    """Make the filters known to templates."""
    app.jinja_env.filters.update(day=day, minute=minute, span=span, summary=summary, group=group_named)
    app.jinja_env.filters.update(unbroken=unbroken)
    # How many groups there are stands in their list alone; templates say "three", "all three", and which they are.
    *first, last = [group.leaning for group in GROUPS]
    leanings = f"{', '.join(first)} and {last}"
    app.jinja_env.globals.update(number_of_groups=number_in_words(), all_groups=all_in_words(), leanings=leanings)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
