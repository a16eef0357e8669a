"""Checking the file of an edition without the service: that nothing in it is other than what was signed, and where.

Words that clerks have hidden since are left out of the file; their hashes stay in what is signed, and that is said.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from policies.ed25519 import is_signed
from policies.edition_manifest import FORMAT, canonical, fingerprint, hash_of
from policies.errors import RuleBroken
from policies.text.canonical import digest


@dataclass(frozen=True)
class Checked:
    """What came of checking one file: which edition it says it is, each fault with its place, and what is withheld."""

    edition: int
    sha256: str
    key: str
    faults: tuple[str, ...]
    withheld: tuple[str, ...]


def read(written: str) -> dict[str, Any]:
    """The file of an edition; raises `RuleBroken` where it is none."""
    try:
        told = json.loads(written, object_pairs_hook=_once)
        manifest = told["manifest"]
        is_one = told["format"] == manifest["format"] == FORMAT and isinstance(manifest["edition"], int)
        bytes.fromhex(told["signature"]["key"] + told["signature"]["signature"])
    except (ValueError, TypeError, KeyError, RecursionError):
        is_one = False
    if not is_one:
        raise RuleBroken("This is not the file of an edition. Take edition.json from the page of the edition.")
    return dict(told)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """What has a name twice says one thing to whoever reads it first and another to whoever checks it."""
    if len(dict(pairs)) < len(pairs):
        raise ValueError("A name stands in it twice.")
    return dict(pairs)


def check(told: Mapping[str, Any], before: Mapping[str, Any] | None = None, trusted: str = "") -> Checked:
    """Check a file that `read` has read, against the edition before where that is given, and a key that is trusted."""
    try:
        manifest = told["manifest"]
        signed = canonical(manifest)
        faults = [*_signature(told, signed, trusted), *_planks(told), *_chain(manifest, before)]
        return Checked(manifest["edition"], hash_of(signed), manifest["key"], tuple(faults), _withheld(told))
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as fault:
        raise RuleBroken(f"The file of this edition is not whole ({fault}). Take it anew from its page.") from None


def _signature(told: Mapping[str, Any], signed: str, trusted: str) -> Iterator[str]:
    key, signature = bytes.fromhex(told["signature"]["key"]), bytes.fromhex(told["signature"]["signature"])
    if fingerprint(key) != told["manifest"]["key"]:
        yield "key: it is not the one that the manifest names"
    if trusted and fingerprint(key) != trusted:
        yield "key: it is not the one you trust"
    if not is_signed(key, signed.encode(), signature):
        yield "manifest: it is not what was signed"


def _planks(told: Mapping[str, Any]) -> Iterator[str]:
    words = told["words"]
    listed = {plank["plank"] for plank in told["manifest"]["planks"]}
    yield from (f"{name}: it is not in the manifest" for name in words if name not in listed)
    for plank in told["manifest"]["planks"]:
        name, said = plank["plank"], words.get(plank["plank"])
        if hash_of(canonical(plank["stances"])) != plank["stances_sha256"]:
            yield f"{name}: the stances are not those signed"
        if said is None:
            yield f"{name}: its words are missing"
            continue
        if not _is_signed(said["title"], said["text"], plank["sha256"]):
            yield f"{name}: the text is not the one signed"
        yield from _reservations(plank, said["reservations"])


def _is_signed(title: str | None, text: str | None, signed: str) -> bool:
    """Withheld both, or both as signed. A title is one line: else a paragraph of the text could stand as the title."""
    if title is None or text is None:
        return title is text
    return len(title.splitlines()) == 1 and digest(title, text) == signed


def _reservations(plank: Mapping[str, Any], said: Mapping[str, str | None]) -> Iterator[str]:
    signed = {one["group"]: one["statement_sha256"] for one in plank["stances"] if one["statement_sha256"]}
    if signed.keys() != said.keys():
        yield f"{plank['plank']}: the reservations are not those signed"
    for group, words in said.items():
        if words is not None and group in signed and hash_of(words) != signed[group]:
            yield f"{plank['plank']}: the reservation of {group} is not the one signed"


def _chain(manifest: Mapping[str, Any], before: Mapping[str, Any] | None) -> Iterator[str]:
    if before is None:
        return
    link = {"edition": before["manifest"]["edition"], "sha256": hash_of(canonical(before["manifest"]))}
    if manifest["before"] != link:
        yield "edition before: it is not the one that this edition names"


def _withheld(told: Mapping[str, Any]) -> tuple[str, ...]:
    words: Mapping[str, Mapping[str, Any]] = told["words"]
    texts = [f"{name}: the text" for name, said in words.items() if said["text"] is None]
    return tuple(
        texts
        + [
            f"{name}: the reservation of {group}"
            for name, said in words.items()
            for group, statement in said["reservations"].items()
            if statement is None
        ]
    )


def key_in(words: str) -> str:
    """A fingerprint as somebody wrote it down; raises `RuleBroken` where it is none."""
    plain = "".join(words.split()).lower()
    if len(plain) != 2 * hashlib.sha256().digest_size or not set(plain) <= set("0123456789abcdef"):
        raise RuleBroken("A fingerprint of a key has 64 signs, 0 to 9 and a to f. Copy it from the page of the key.")
    return plain


def conclusion(checked: Sequence[Checked]) -> str:
    """What can be said of all files together."""
    numbers = " and ".join(str(one.edition) for one in checked)
    if any(one.faults for one in checked):
        return "Something differs. Do not rely on these files: take them anew from the page of the edition."
    return f"Nothing differs in edition {numbers}."
