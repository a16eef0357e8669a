"""Libraries that few requests need, loaded when the first one does: who never needs them waits for none of them.

A served page starts sooner and a worker weighs less. An import at the top of a file stays the rule; this is for what
takes long to load and is used in few places.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Any


class Late:
    """Stands for something that is made when it is first used."""

    def __init__(self, make: Callable[[], Any]) -> None:
        """`make` is asked at each use, so that it has to remember what it made."""
        self._make = make

    def __getattr__(self, name: str) -> Any:
        """A part of it, made now if it was not."""
        if name.startswith("__"):
            # What Python itself asks of anything, to copy it or to show it, makes nothing.
            raise AttributeError(name)
        return getattr(self._make(), name)


def late(module: str) -> Any:
    """A module that is loaded when a part of it is first used. Threads that want it at once wait for one another."""
    return Late(lambda: import_module(module))
