"""What the pages of interest show: what one can agree to, what somebody agreed to, and the clerks' list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.interest import queries
from app.models import MailedLink, Supporter
from app.web.filters import day
from app.web.paging import Page, page_of
from policies.errors import NotThere
from policies.interest import ConsentPurpose, Wording, wording


@dataclass(frozen=True)
class Choice:
    """One thing to agree to: its words, and since when somebody has."""

    purpose: str
    words: Wording
    since: str

    @property
    def is_on(self) -> bool:
        """Whether it is agreed to."""
        return bool(self.since)


@dataclass(frozen=True)
class ListedSupporter:
    """Somebody on the clerks' list."""

    email: str
    name: str
    wants: str


@dataclass(frozen=True)
class SupportersPage:
    """A page of that list."""

    supporters: Sequence[ListedSupporter]
    listed: Page


def meanings() -> dict[str, str]:
    """What each purpose means, in a sentence."""
    return {purpose.value: wording(purpose).meaning for purpose in ConsentPurpose}


def ticked(link: MailedLink) -> list[Wording]:
    """What the button behind a link confirms."""
    return [wording(purpose, number) for purpose, number in queries.asked_with(link).ticked.items()]


def choices(supporter: Supporter) -> list[Choice]:
    """Everything there is to agree to. What was agreed to stands in the words of that time."""
    return [_choice(supporter, purpose) for purpose in ConsentPurpose]


def supporters_page(number: int) -> SupportersPage:
    """Everybody who confirmed, newest first; three queries."""
    listed = page_of(queries.confirmed(), number)
    return SupportersPage([ListedSupporter(one.email, one.name, _wants(one)) for one in listed.rows], listed)


def purposes_named(word: str) -> tuple[ConsentPurpose, ...]:
    """The purposes that a word in an address stands for; raises `NotThere` for any other word."""
    if word == "all":
        return tuple(ConsentPurpose)
    if word not in list(ConsentPurpose):
        raise NotThere("There is nothing of that name to unsubscribe from. Use the whole link in the letter.")
    return (ConsentPurpose(word),)


def labels(purposes: Iterable[ConsentPurpose]) -> list[str]:
    """What stood beside their boxes."""
    return [wording(purpose).label for purpose in purposes]


def _choice(supporter: Supporter, purpose: ConsentPurpose) -> Choice:
    held = supporter.consent(purpose)
    if held is None:
        return Choice(purpose.value, wording(purpose), "")
    return Choice(purpose.value, wording(purpose, held.words), day(held.given_at))


def _wants(supporter: Supporter) -> str:
    return "; ".join(
        f"{wording(one.purpose, one.words).label}, since {day(one.given_at)}" for one in supporter.consents
    )
