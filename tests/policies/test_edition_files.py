"""The manifest of an edition and its signature: written one way alone; whatever is altered is named."""

import json
import runpy
import subprocess
import sys
from contextlib import redirect_stdout
from copy import deepcopy
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.ed25519 import BASE, ORDER, is_signed
from policies.edition_changes import Backed, Change, Changed, Entry, Gone
from policies.edition_check import Checked, check, conclusion, key_in, read
from policies.edition_manifest import (
    FORMAT,
    Head,
    canonical,
    changes_of,
    contents,
    fingerprint,
    hash_of,
    manifest,
    number_of,
    planks_of,
    read_contents,
)
from policies.endorsements import StanceKind
from policies.errors import RuleBroken
from policies.text.canonical import digest

SCRIPT = Path(__file__).parents[2] / "docs" / "verify_edition.py"
CHECKING_IT = runpy.run_path(str(SCRIPT))["main"]
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()
DAY = date(2026, 5, 1)
TEXT = "Warm – by 2030.\n\nNot later."
ENTRY = Entry(
    12,
    "2.1",
    digest("Homes", TEXT),
    (
        Backed("labour", StanceKind.ENDORSED, "2", DAY),
        Backed("lib_dem", StanceKind.ENDORSED, "2", DAY),
        Backed("green", StanceKind.RESERVATION, "2", DAY, hash_of("But sooner.")),
    ),
)
CHANGED = [Changed(3, Change.REMOVED, "1", why=Gone.ARCHIVED), Changed(12, Change.ADDED, after="2.1")]


def edition(number: int = 1, before: dict[str, Any] | None = None) -> dict[str, Any]:
    """The file of a signed edition."""
    link = None if before is None else (before["manifest"]["edition"], hash_of(canonical(before["manifest"])))
    head = Head(number, datetime(2026, 5, 3, 9, 30, tzinfo=UTC), link, fingerprint(PUBLIC))
    signed = manifest(head, [ENTRY], CHANGED)
    words = {"title": "Homes", "text": TEXT, "reservations": {"green": "But sooner."}}
    return {
        "format": FORMAT,
        "manifest": json.loads(signed),
        "signature": {"key": PUBLIC.hex(), "signature": KEY.sign(signed.encode()).hex()},
        "words": {"P12": words},
    }


FIRST = edition()
SECOND = edition(2, FIRST)


def test_what_is_written_is_read_back_and_stands_in_one_form() -> None:
    assert read_contents(contents([ENTRY])) == (ENTRY,)
    signed = canonical(SECOND["manifest"])
    assert planks_of(signed) == (ENTRY,)
    assert changes_of(signed) == CHANGED
    assert number_of("P12") == 12
    assert signed.startswith('{"about":"Groups here are Compass groups, not parties.')
    assert canonical({"b": 1, "a": ["é"]}) == '{"a":["é"],"b":1}'
    made_up = manifest(Head(1, datetime(2026, 5, 3), None, "k", is_demonstration=True), [], [])
    assert "made up" in json.loads(made_up)["about"]
    with pytest.raises(RuleBroken, match="whole numbers only"):
        canonical({"a": [{"b": (1, 0.5)}]})


@settings(max_examples=40)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_the_canonical_form_of_what_was_read_is_what_was_written(facts: Any) -> None:
    assert canonical(json.loads(canonical(facts))) == canonical(facts)


def test_a_sound_edition_has_no_fault_and_the_script_says_the_same(tmp_path: Path) -> None:
    assert check(read(json.dumps(FIRST))) == Checked(
        1, hash_of(canonical(FIRST["manifest"])), fingerprint(PUBLIC), (), ()
    )
    checked = check(SECOND, FIRST, fingerprint(PUBLIC))
    assert checked.faults == ()
    assert conclusion([checked]) == "Nothing differs in edition 2."
    assert by_script(tmp_path, SECOND, FIRST) == (0, [])
    alone = [sys.executable, "-I", str(SCRIPT), str(tmp_path / "0.json")]
    assert subprocess.run(alone, capture_output=True, text=True, timeout=30).stdout.endswith(":\nNothing differs.\n")


def _altered(path: tuple[str | int, ...], value: Any) -> dict[str, Any]:
    told: Any = deepcopy(SECOND)
    place = told
    for part in path[:-1]:
        place = place[part]
    place[path[-1]] = value
    return dict(told)


OTHER = Ed25519PrivateKey.generate().public_key().public_bytes_raw().hex()
SIGNED = SECOND["signature"]["signature"]
FLIPPED = "0" if SIGNED[5] != "0" else "1"
WORDS = SECOND["words"]["P12"]
TITLE_AND_MORE, LAST = "Homes\n\nWarm – by 2030.", "Not later."
# What is altered, where the check says so, and whether the script finds it too.
ALTERED = [
    (("manifest", "published"), "2026-05-03T09:30:01Z", "manifest: it is not what was signed"),
    (("manifest", "planks", 0, "version"), "3", "manifest: it is not what was signed"),
    (("signature", "signature"), SIGNED[:5] + FLIPPED + SIGNED[6:], "manifest: it is not what was signed"),
    (("signature", "key"), OTHER, "key: it is not the one that the manifest names"),
    (("words", "P12", "text"), "Warm – by 2031.", "P12: the text is not the one signed"),
    (("words", "P12", "title"), "Home", "P12: the text is not the one signed"),
    (("words", "P12", "text"), None, "P12: the text is not the one signed"),
    (("words", "P12"), {**WORDS, "title": "All homes", "text": None}, "P12: the text is not the one signed"),
    (("words", "P12"), {**WORDS, "title": TITLE_AND_MORE, "text": LAST}, "P12: the text is not the one signed"),
    (("words", "P12", "reservations", "green"), "But later.", "P12: the reservation of green is not the one signed"),
    (("words", "P12", "reservations"), {}, "P12: the reservations are not those signed"),
    (("manifest", "planks", 0, "stances", 0, "kind"), "declined", "P12: the stances are not those signed"),
    (("words", "P99"), {"title": "Mine", "text": "All.", "reservations": {}}, "P99: it is not in the manifest"),
    (("words",), {}, "P12: its words are missing"),
    (("manifest", "before", "sha256"), "0" * 64, "edition before: it is not the one that this edition names"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "fault"), ALTERED, ids=[one[2] for one in ALTERED])
def test_whatever_is_altered_is_named_with_its_place(
    path: tuple[str | int, ...], value: Any, fault: str, tmp_path: Path
) -> None:
    told = _altered(path, value)
    checked = check(told, FIRST)
    assert fault in checked.faults
    assert conclusion([checked]).startswith("Something differs.")
    place = {"P99": "the key or the planks", "key": "the key or the planks"}.get(
        fault.split(":")[0], fault.split(":")[0]
    )
    code, faults = by_script(tmp_path, told, FIRST)
    assert code == 1
    assert any(one.startswith(place if "missing" not in fault else "the key or the planks") for one in faults)


def by_script(folder: Path, *files: dict[str, Any]) -> tuple[int, list[str]]:
    """What the script says of these files: its exit code, and the faults."""
    for number, told in enumerate(files):
        (folder / f"{number}.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    said = StringIO()
    with redirect_stdout(said):
        code: int = CHECKING_IT(*(str(folder / f"{number}.json") for number in range(len(files))))
    return code, [line for line in said.getvalue().splitlines()[1:] if line != "Nothing differs."]


def test_hidden_words_are_withheld_and_the_rest_still_holds(tmp_path: Path) -> None:
    told = _altered(("words", "P12"), {"title": None, "text": None, "reservations": {"green": None}})
    checked = check(told, FIRST)
    assert checked.faults == ()
    assert checked.withheld == ("P12: the text", "P12: the reservation of green")
    assert by_script(tmp_path, told, FIRST) == (0, [])


def test_a_trusted_key_is_compared_and_a_fingerprint_is_read_as_people_write_it() -> None:
    assert check(FIRST, trusted="0" * 64).faults == ("key: it is not the one you trust",)
    assert key_in(f" {fingerprint(PUBLIC)[:32].upper()} {fingerprint(PUBLIC)[32:]}\n") == fingerprint(PUBLIC)
    for wrong in ("", "abc", "g" * 64):
        with pytest.raises(RuleBroken, match="64 signs"):
            key_in(wrong)


TWICE = json.dumps(FIRST).replace('"words": {', '"words": {"P12": {"title": "Homes", "text": "Cold."}, ')


def test_a_file_that_says_something_twice_is_refused_by_the_script_as_well(tmp_path: Path) -> None:
    (tmp_path / "twice.json").write_text(TWICE, encoding="utf-8")
    assert CHECKING_IT(str(tmp_path / "twice.json")) == 2


@pytest.mark.parametrize("written", [TWICE, "", "{", "[]", "{}", '{"format": "x", "manifest": {}}', "[" * 100_000])
def test_what_is_no_edition_is_refused(written: str) -> None:
    with pytest.raises(RuleBroken, match="not the file of an edition"):
        read(written)


@pytest.mark.parametrize(
    "path", [("words",), ("manifest", "planks"), ("manifest", "planks", 0, "stances"), ("words", "P12", "reservations")]
)
def test_a_file_that_is_not_whole_is_refused(path: tuple[str | int, ...]) -> None:
    with pytest.raises(RuleBroken, match="not whole"):
        check(_altered(path, 7), FIRST)


# RFC 8032, 7.1: the public key, the message and the signature of tests 1 to 3.
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("key", "message", "signature"), VECTORS)
def test_the_signatures_of_the_standard_hold_and_no_others(key: str, message: str, signature: str) -> None:
    told = (bytes.fromhex(key), bytes.fromhex(message), bytes.fromhex(signature))
    assert is_signed(*told)
    assert not is_signed(told[0], told[1] + b"!", told[2])
    # The same answer written a second way is no second signature, and half a key is none.
    again = int.from_bytes(told[2][32:], "little") + ORDER
    assert not is_signed(told[0], told[1], told[2][:32] + again.to_bytes(32, "little"))
    assert not is_signed(told[0][:31], told[1], told[2])
    assert not is_signed(told[0], told[1], told[2][:63])
    # No point has this y, and the second x of the one with x = 0 is none.
    for no_point in ((2).to_bytes(32, "little"), (1 | 1 << 255).to_bytes(32, "little"), b"\xff" * 32):
        assert not is_signed(no_point, told[1], told[2])
    assert not is_signed(told[0], told[1], b"\xff" * 32 + told[2][32:])
    assert BASE[1] * 5 % (2**255 - 19) == 4


@settings(max_examples=15)
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=80), st.integers(0, 511))
def test_a_signature_that_a_library_made_holds_and_with_a_flipped_bit_it_does_not(
    secret: bytes, message: bytes, bit: int
) -> None:
    key = Ed25519PrivateKey.from_private_bytes(secret)
    public, signature = key.public_key().public_bytes_raw(), key.sign(message)
    flipped = (int.from_bytes(signature, "big") ^ 1 << bit).to_bytes(64, "big")
    assert is_signed(public, message, signature)
    assert not is_signed(public, message, flipped)
