"""The ways to sort a list of planks: each with its address, which one is in use, and how that runs."""

from collections.abc import Callable
from dataclasses import dataclass

from app.platform.narrowing import Asked
from app.platform.public_planks import ORDERS
from policies.groups import GROUPS, Group

OF_A_GROUP = ("backs it first", "backs it last")
ORDER_WORDS = {
    "agreement": ("Agreement", "most agreed first", "least agreed first"),
    "number": ("Number", "lowest first", "highest first"),
    "title": ("Title", "A to Z", "Z to A"),
    "theme": ("Theme", "A to Z", "Z to A"),
    **{group.key: (group.name, *OF_A_GROUP) for group in GROUPS},
}
# These run from the most to the least: the levels, and how far a group backs the words.
FALLING = {"agreement", *(group.key for group in GROUPS)}


@dataclass(frozen=True)
class Order:
    """A way to sort: its name, how it runs when followed, whether it is the one in use and how that runs."""

    key: str
    name: str
    runs: str
    url: str
    is_current: bool
    aria_sort: str
    """What the column's head says of itself: none, ascending or descending."""
    group: Group | None = None
    """Whose decision it sorts by, if by one."""


def orders(asked: Asked, address: Callable[[str], str]) -> dict[str, Order]:
    """Every way to sort what is asked for; `address` says where a list in that order is. The usual one is ""."""
    return {key: _order(key, asked, address) for key in ORDERS}


def order_asked(order: str) -> str:
    """The order as an address has it: the usual one is left out."""
    return "" if order == ORDERS[0] else order


def _order(key: str, asked: Asked, address: Callable[[str], str]) -> Order:
    """Following the order in use turns it round."""
    name, forward, backward = ORDER_WORDS[key]
    is_current, turns = asked.order.removeprefix("-") == key, asked.order == key
    names = ("descending", "ascending") if key in FALLING else ("ascending", "descending")
    return Order(
        key=key,
        name=name,
        runs=forward if turns or not is_current else backward,
        url=address(order_asked(f"-{key}" if turns else key)),
        is_current=is_current,
        aria_sort=names[0 if turns else 1] if is_current else "none",
        group=next((group for group in GROUPS if group.key == key), None),
    )
