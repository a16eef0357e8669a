"""Adopting several amendments of one base, one after the other."""

from collections.abc import Sequence

from policies.text.merge import merge
from policies.text.units import Document

__all__ = ["adopted_in_turn"]


def adopted_in_turn(base: Document, amended: Sequence[Document]) -> tuple[Document, ...] | None:
    """The text after each amendment was put into what was adopted before; None where one does not fit into it.

    That every two of them fit together does not promise that all do.
    """
    texts: list[Document] = []
    now = base
    for document in amended:
        merged = merge(base, now, document).document
        if merged is None:
            return None
        now = merged
        texts.append(now)
    return tuple(texts)
