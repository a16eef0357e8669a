"""A shelf of kept pages holds so many bytes."""

import os

from app.web.keeping import Kept, Shelf, made, weight


def page(size: int) -> Kept:
    """Bytes that do not pack."""
    return made("m", 0.0, [("Content-Type", "image/png")], os.urandom(size))


def test_a_shelf_holds_so_much_and_gives_up_what_was_unread_for_longest() -> None:
    shelf = Shelf(3 * weight(page(1000)))
    for name in "abc":
        shelf.put((name,), page(1000))
    assert shelf.get(("a",)) is not None
    shelf.put(("d",), page(1000))
    assert [shelf.get((name,)) is not None for name in "abcd"] == [True, False, True, True]
    shelf.put(("e",), page(10 * 1000))
    assert shelf.get(("e",)) is None
    assert shelf.weight == 0
