"""Planks that ask much the same as one that is about to be proposed, so that nobody writes what is there already."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.extensions import db
from app.models import Plank
from app.platform.addresses import plank_url
from app.search import texts, work
from app.search.engine import IndexNotReady, TookTooLong, Within
from app.search.finding import Search
from app.search.words import stemmed
from policies.likeness import most_alike, words_of
from policies.permissions import Actor
from policies.searching import COMMON, MOST_SIMILAR, MOST_WORDS, Asked, Kind, whole_words

_PROPOSED = 30


@dataclass(frozen=True)
class Similar:
    """A plank to read first."""

    title: str
    url: str
    about: str


def beside(title: str, text: str, actor: Actor) -> Sequence[Similar]:
    """Up to three planks that `actor` may read and that are alike, the most alike first; none without an index."""
    asked = Asked(tuple((stemmed(word),) for word in _telling_words(title, text)))
    search = Search(work.engine(), actor)
    if not asked.wanted:
        return []
    try:
        hits = search.engine.find(asked, Within(search.audiences, Kind.PLANK), _PROPOSED, every=False)
    except (IndexNotReady, TookTooLong):
        return []
    ids = [entry.row_id for entry in search.standing(hits, asked, every=False)]
    planks = {plank.id: plank for plank in db.session.scalars(texts.planks(ids)).unique()}
    words = {plank_id: words_of(plank.title, _text_of(plank)) for plank_id, plank in planks.items()}
    alike = most_alike(words_of(title, text), words)[:MOST_SIMILAR]
    return [_similar(planks[plank_id]) for plank_id in alike]


def _telling_words(title: str, text: str) -> list[str]:
    """The words of the title, then the longest of the text: as many as a query has."""
    titled = [word for word in dict.fromkeys(whole_words(title)) if word not in COMMON]
    others = sorted(set(whole_words(text)) - set(titled) - COMMON, key=lambda word: (-len(word), word))
    return [*titled, *others][:MOST_WORDS]


def _text_of(plank: Plank) -> str:
    shown = next(iter(texts.texts_of(plank)), None)
    return shown.text if shown else ""


def _similar(plank: Plank) -> Similar:
    about = f"{plank.name}, {plank.theme.name}" if plank.name else f"{plank.theme.name}, not open yet"
    return Similar(plank.title, plank_url(plank), about)
