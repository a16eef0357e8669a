"""What the page shows on which an argument is written or changed."""

from dataclasses import dataclass

from app.arguments.presenters import place_url, place_words
from app.arguments.queries import Place
from app.models import Argument
from policies.arguments import Side


@dataclass(frozen=True)
class WritingPage:
    """The page on which an argument is written or changed."""

    heading: str
    about: str
    back_url: str
    is_new: bool
    earlier: str


def writing_page(place: Place, own: Argument | None, earlier_words: str) -> WritingPage:
    """Writing an argument about a thing, or changing it."""
    stands = own is not None and own.withdrawn_at is None
    way = "for" if place.side is Side.FOR else "against"
    return WritingPage(
        heading=f"{'Change your argument' if stands else 'Argue'} {way}",
        about=place_words(place),
        back_url=place_url(place),
        is_new=not stands,
        earlier="" if stands else earlier_words,
    )
