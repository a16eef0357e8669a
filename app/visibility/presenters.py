"""How others see one: thing by thing, as each audience reads it; and the pages on which a member chooses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from app.models import Amendment, Argument, Offer, Person, Plank
from app.visibility import names, queries
from app.visibility.names import Stand
from app.visibility.queries import OwnThing
from app.web.paging import Page, page_of_columns
from policies import visibility as rules
from policies.errors import NotUnderstood
from policies.permissions import Actor
from policies.visibility import REACH_WORDS, READERS, Choice, Reach, Role, ThingState, Viewer

THINGS_ON_A_PAGE = 20
# The readers as whom one can look, by the word in the address.
READERS_AS: dict[str, tuple[Viewer, str]] = {
    "clerks": (Viewer.OWN_CLERK, "your group’s clerks"),
    "own-group": (Viewer.OWN_GROUP, "your group"),
    "other-groups": (Viewer.OTHER_GROUP, "other groups"),
    "public": (Viewer.PUBLIC, "the public and MPs"),
}
ALL = "Your choices"
DID: dict[Role, str] = {
    Role.PLANK: "Moved by",
    Role.PLANK_SECOND: "Seconded by",
    Role.AMENDMENT: "Moved by",
    Role.AMENDMENT_SECOND: "Seconded by",
    Role.ARGUMENT: "Argued by",
    Role.OFFER: "Offered by",
}
NOT_READ = "They do not see this at all."
ONLY_THE_MOVER = "Of them only the amendment’s mover reads this."
HIDDEN = "Clerks have hidden this argument, so no name stands beside it."


@dataclass(frozen=True)
class ShownThing:
    """One thing on the list: what it is, what is said of the name, and where to change that."""

    title: str
    url: str
    line: str
    change_url: str
    take_back_url: str


@dataclass(frozen=True)
class Overview:
    """How others see one."""

    name: str
    group_words: str
    general: str
    tabs: Sequence[tuple[str, str, str]]
    current: str
    reader: str
    """As whom the list is read; empty where it shows one's own choices."""
    page: Page
    things: Sequence[ShownThing]


@dataclass(frozen=True)
class ChoicePage:
    """Choosing who is shown the name: of what, as it stands now, and where the answer goes."""

    title: str
    back_url: str
    now: str
    action: str
    is_general: bool


@dataclass(frozen=True)
class CheckPage:
    """Who would see the name, before they do."""

    title: str
    action: str
    who: str
    line: str
    later: str
    fields: Mapping[str, str]
    change_url: str


def overview(actor: Actor, person: Person, read_as: str, number: int) -> Overview:
    """The page as one's own choices, or as somebody else reads what one stands behind; raises `NotUnderstood`."""
    if read_as and read_as not in READERS_AS:
        raise NotUnderstood("There is nobody of that kind to look as. Choose one of the tabs.")
    page = page_of_columns(queries.own_things(actor), number, THINGS_ON_A_PAGE)
    groups = queries.groups_of(actor.person_id)
    found = [_shown(one, person, read_as, groups) for one in queries.with_choices(page.rows, actor)]
    return Overview(
        name=person.name,
        group_words="" if actor.group is None else rules.anonymous(actor.group),
        general=REACH_WORDS[queries.general_reach(actor.person_id)],
        tabs=_tabs(),
        current=read_as,
        reader=READERS_AS[read_as][1] if read_as else "",
        page=page,
        things=found,
    )


def _tabs() -> list[tuple[str, str, str]]:
    url = url_for("visibility.overview")
    looked_as = [(key, f"{words[:1].upper()}{words[1:]}", f"{url}?as={key}") for key, (_, words) in READERS_AS.items()]
    return [("", ALL, url), *looked_as]


def choice_page(own: OwnThing) -> ChoicePage:
    """Choosing for one thing."""
    return ChoicePage(
        title=title_of(own),
        back_url=thing_url(own),
        now=REACH_WORDS[rules.reach_of(own.choice, own.general)],
        action=choose_url(own),
        is_general=False,
    )


def general_page(actor: Actor) -> ChoicePage:
    """Choosing in general."""
    now = REACH_WORDS[queries.general_reach(actor.person_id)]
    return ChoicePage("", url_for("visibility.overview"), now, url_for("visibility.choose_general"), is_general=True)


def check_page(own: OwnThing, choice: Choice, person: Person) -> CheckPage:
    """The second step for one thing."""
    reach = rules.reach_of(choice, own.general)
    is_public = stand_of(own).state is ThingState.PUBLIC
    return CheckPage(
        title=title_of(own),
        action=choose_url(own),
        who=REACH_WORDS[reach],
        line=_named_line(own, person),
        later="" if is_public or own.role is Role.OFFER else "It is before the members alone now. " + LATER[reach],
        fields={"choice": choice.value, "said": reach.value},
        change_url=choose_url(own),
    )


LATER = {
    Reach.EVERYBODY: "Once it is open, everybody reads your name beside it.",
    Reach.ALL_GROUPS: "Once it is open to everybody, your name is still shown to members alone.",
    Reach.OWN_GROUP: "Once it is open to everybody, your name is still shown to your group alone.",
}


def general_check_page(actor: Actor, reach: Reach, person: Person) -> CheckPage:
    """The second step in general."""
    things = queries.counted_as_in_general(actor.person_id)
    later = f"You have chosen “as in general” for {things} thing{'' if things == 1 else 's'} so far."
    line = f"{person.name}, a member of your group"
    fields = {"choice": reach.value, "said": reach.value}
    url = url_for("visibility.choose_general")
    return CheckPage("", url, REACH_WORDS[reach], line, later, fields, url)


def stand_of(own: OwnThing) -> Stand:
    """The same as names are told."""
    thing = own.thing
    if isinstance(thing, Argument):
        return names.author_of_argument(thing)
    if isinstance(thing, Offer):
        return names.offerer_of(thing)
    state = names.state_of_plank(thing) if isinstance(thing, Plank) else names.state_of_amendment(thing)
    return Stand(own.role, thing.id, None, own.group, state)


def choose_url(own: OwnThing) -> str:
    """Where one chooses for this thing."""
    return url_for("visibility.choose", role=own.role.value, key=own.thing.key)


def choose_url_for(role: Role, thing: Plank | Amendment | Argument | Offer) -> str:
    """The same, for the page of the thing itself."""
    return url_for("visibility.choose", role=role.value, key=thing.key)


def title_of(own: OwnThing) -> str:
    """ "Your second of P12: Warm homes"."""
    thing = own.thing
    if isinstance(thing, Plank):
        what = "Your second of a plank" if own.role is Role.PLANK_SECOND else "Your plank"
        return f"{what}: {_plank_words(thing)}"
    if isinstance(thing, Amendment):
        what = "Your second of an amendment" if own.role is Role.AMENDMENT_SECOND else "Your amendment"
        return f"{what}: {_amendment_words(thing)}"
    if isinstance(thing, Offer):
        return f"The wording you offered for an amendment: {_amendment_words(thing.amendment)}"
    about = _amendment_words(thing.amendment) if thing.amendment else _plank_words(thing.plank)
    return f"Your argument {thing.side.value} {'an amendment' if thing.amendment else 'a plank'}: {about}"


def thing_url(own: OwnThing) -> str:
    """Where the thing is read."""
    thing = own.thing
    if isinstance(thing, Offer):
        return url_for("offers.show", key=thing.key)
    if isinstance(thing, Amendment):
        return url_for("amendments.show", ref=thing.ref)
    if isinstance(thing, Plank):
        return url_for("platform.plank", ref=thing.ref, view="history")
    if thing.amendment is not None:
        return url_for("amendments.show", ref=thing.amendment.ref, _anchor="arguments")
    return url_for("platform.plank", ref=thing.plank.ref, view="arguments")


def _shown(own: OwnThing, person: Person, read_as: str, groups: set[str]) -> ShownThing:
    reach = rules.reach_of(own.choice, own.general, is_of_group=own.group in groups)
    line = _as_read(own, person, reach, READERS_AS[read_as][0]) if read_as else _choice_in_words(own, reach)
    is_named = rules.is_wider(rules.UNCHOSEN, reach)
    take_back = url_for("visibility.take_back", role=own.role.value, key=own.thing.key)
    return ShownThing(title_of(own), thing_url(own), line, choose_url(own), take_back if is_named else "")


def _choice_in_words(own: OwnThing, reach: Reach) -> str:
    as_in_general = ", as you chose in general" if own.choice is Choice.AS_IN_GENERAL else ""
    return f"Your name is shown to {REACH_WORDS[reach]}{as_in_general}."


def _as_read(own: OwnThing, person: Person, reach: Reach, reader: Viewer) -> str:
    """The line as this reader has it, from the same function that every page asks."""
    stand = stand_of(own)
    if stand.state is ThingState.HIDDEN:
        return HIDDEN
    if reader not in READERS[stand.state]:
        return NOT_READ
    is_private = own.role is Role.OFFER and stand.state is ThingState.AMONG_MEMBERS
    if is_private and reader is Viewer.OWN_CLERK:
        return NOT_READ
    line = f"{DID[own.role]} {rules.told(person.name, own.group, reader, reach, stand.state)}"
    return f"{line}. {ONLY_THE_MOVER}" if is_private else line


def _named_line(own: OwnThing, person: Person) -> str:
    return f"{DID[own.role]} {person.name}, {rules.anonymous(own.group)}"


def _plank_words(plank: Plank) -> str:
    return f"{plank.name}: {plank.title}" if plank.name else plank.title


def _amendment_words(amendment: Amendment) -> str:
    return f"{amendment.name or 'not numbered yet'}, to “{amendment.plank.title}”"
