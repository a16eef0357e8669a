"""The one form in which a title and a text are stored, hashed and counted."""

import hashlib
import re
import unicodedata

from policies.text.parser import block_tokens
from policies.text.render import plain

# Pasted texts carry other signs for the end of a line; dropping them would join two words into one.
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# Controls, half characters, byte-order marks, and the signs that make a text read in another order than it has.
_REMOVED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\u202a-\u202e\u2066-\u2069]")


def normalise(text: str) -> str:
    """The canonical form of a text: NFC, LF, no trailing spaces, no blank lines at either end, nothing invisible.

    A tab becomes a space. Control characters, lone surrogates, byte-order marks and the controls that override or
    isolate the direction of writing are removed. Normalising twice changes nothing more.
    """
    without_controls = _REMOVED.sub("", _LINE_ENDS.sub("\n", text).replace("\t", " "))
    composed = unicodedata.normalize("NFC", without_controls)
    return "\n".join(line.rstrip() for line in composed.split("\n")).strip("\n")


def normalise_title(title: str) -> str:
    """The canonical form of a title: the same as of a text, on one line, each run of white space one space."""
    return " ".join(normalise(title).split())


def digest(title: str, text: str) -> str:
    """The sha256 of a version, in hexadecimal: over title, blank line, text and a line end, in UTF-8.

    It hashes exactly what it is given, so that a stored version verifies whatever later releases normalise differently;
    normalise before storing.
    """
    return hashlib.sha256(f"{title}\n\n{text}\n".encode()).hexdigest()


def word_count(text: str) -> int:
    """How many words a reader counts: headings and footnotes included; marks, footnote marks and link targets not."""
    paragraphs = (plain(token.content) for token in block_tokens(text) if token.type == "inline")
    return sum(any(sign.isalnum() for sign in word) for paragraph in paragraphs for word in paragraph.split())
