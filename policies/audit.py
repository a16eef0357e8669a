"""The audit chain: each batch of audit rows is sealed over the batch before, so that no row can be changed unseen."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

FIRST_SEAL = "0" * 64


def row_digest(row: Mapping[str, Any]) -> str:
    """sha256 of one row in canonical JSON (sorted keys, no spaces, UTF-8)."""
    canonical = json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def seal(previous: str, digests: Iterable[str]) -> str:
    """The seal of a batch: sha256 over the previous seal and the digests of its rows, in order."""
    return hashlib.sha256("\n".join([previous, *digests]).encode()).hexdigest()
