"""One plank as one file: what may stand in it, what is wrong with it and where, and how one is written."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from app.models import Plank, Version
from app.models.base import KEY_LENGTH
from app.planks import front_matter
from app.planks.front_matter import Entry, Unreadable
from policies import planks as rules
from policies.errors import RuleBroken
from policies.planks import LICENCE_CHARACTERS, ORIGIN_CHARACTERS, REASON_CHARACTERS, THEME_CHARACTERS
from policies.text.canonical import digest, normalise, normalise_title, word_count

KNOWN_KEYS = ("title", "theme", "reason", "source", "licence", "id", "version", "sha256")
_FORMS = {
    "id": (rf"[a-z][a-z0-9]{{{KEY_LENGTH - 1}}}", "an id as the export writes it"),
    "version": (r"[1-9][0-9]{0,5}(\.[1-9][0-9]{0,3})?", 'a version such as "3" or "3.1"'),
    "sha256": (r"[0-9a-f]{64}", "64 characters of 0-9 and a-f"),
}
_APOSTROPHES = re.compile("['’‘ʼ`´]")
SLUG_CHARACTERS = 100


@dataclass(frozen=True)
class Fault:
    """Something wrong with a file: which file, which line, and what to do about it."""

    path: str
    line: int
    sentence: str

    def __str__(self) -> str:
        """As compilers write it, so that editors can jump there."""
        return f"{self.path}:{self.line}: {self.sentence}"


@dataclass(frozen=True)
class PlankFile:
    """A file that was read. `key` is the plank's public id, where the file has one."""

    path: str
    title: str
    theme: str
    reason: str
    text: str
    origin: str
    licence: str
    key: str | None
    key_line: int
    body_line: int

    @property
    def sha256(self) -> str:
        """The hash a version of these words has."""
        return digest(self.title, self.text)

    @property
    def theme_slug(self) -> str:
        """The theme as an address has it."""
        return slug(self.theme)


def read(path: str, content: bytes) -> tuple[PlankFile | None, list[Fault]]:
    """What a file says, as far as it can be read, and everything that is wrong with it."""
    try:
        parts = front_matter.split(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return None, [Fault(path, line, "Save the file as UTF-8: this line holds other bytes.")]
    except Unreadable as error:
        return None, [Fault(path, error.line, str(error))]
    text = normalise(parts.body)
    body_faults = _refusals(rules.require_body_fits, word_count(text), len(text))
    faults = [Fault(path, parts.body_line, sentence) for sentence in body_faults]
    try:
        entries, wrong_lines = front_matter.entries(parts.head)
    except Unreadable as error:
        return None, [Fault(path, error.line, str(error)), *faults]
    found = PlankFile(
        path=path,
        title=normalise_title(_value(entries, "title")),
        theme=normalise_title(_value(entries, "theme")),
        reason=normalise(_value(entries, "reason")),
        text=text,
        origin=normalise_title(_value(entries, "source")),
        licence=normalise_title(_value(entries, "licence")),
        key=_value(entries, "id") or None,
        key_line=_line(entries, "id"),
        body_line=parts.body_line,
    )
    wrong = [*wrong_lines, *_faults_of_keys(entries), *_faults_of_values(found, entries)]
    return found, sorted([*(Fault(path, *one) for one in wrong), *faults], key=lambda fault: fault.line)


def written(plank: Plank, version: Version) -> bytes:
    """The file of one version; reading it back gives the same words and hash."""
    values = {"title": version.title, "theme": plank.theme.name}
    if plank.reason:
        values["reason"] = plank.reason
    if plank.origin:
        values["source"] = plank.origin
    if plank.licence:
        values["licence"] = plank.licence
    values |= {"id": plank.key, "version": version.name, "sha256": version.sha256}
    return f"{front_matter.written(values)}\n{version.text}\n".encode()


def slug(words: str) -> str:
    """Words as an address or a file's name has them: lower case, a-z and 0-9, hyphens between."""
    folded = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", words).casefold())
    plain = folded.encode("ascii", "ignore").decode()
    return re.sub("[^a-z0-9]+", "-", plain)[:SLUG_CHARACTERS].strip("-")


def _faults_of_keys(entries: Mapping[str, Entry]) -> Iterable[tuple[int, str]]:
    for key, entry in entries.items():
        if key not in KNOWN_KEYS:
            known = ", ".join(KNOWN_KEYS)
            yield (
                entry.line,
                (f"Take {key} out: front matter never sets a state, stance or date. The keys it may have are {known}."),
            )


def _faults_of_values(found: PlankFile, entries: Mapping[str, Entry]) -> Iterable[tuple[int, str]]:
    for sentence in _refusals(rules.require_title_fits, found.title):
        yield _line(entries, "title"), sentence
    for sentence in _refusals(_require_theme_fits, found.theme):
        yield _line(entries, "theme"), sentence
    yield from _faults_of_lengths(found, entries)
    for key, (form, words) in _FORMS.items():
        if key in entries and not re.fullmatch(form, entries[key].value):
            yield _line(entries, key), f"Write {key} as {words}, or take the line out."
    hashed = _value(entries, "sha256")
    if re.fullmatch(_FORMS["sha256"][0], hashed) and hashed != found.sha256:
        yield (
            _line(entries, "sha256"),
            "The title and text are not those this hash was made of. Restore them, or, for a new plank,"
            " take id, version and sha256 out.",
        )


def _faults_of_lengths(found: PlankFile, entries: Mapping[str, Entry]) -> Iterable[tuple[int, str]]:
    for key, words, most in (
        ("reason", found.reason, REASON_CHARACTERS),
        ("source", found.origin, ORIGIN_CHARACTERS),
        ("licence", found.licence, LICENCE_CHARACTERS),
    ):
        if len(words) > most:
            yield _line(entries, key), f"Shorten the {key} to {most:,} characters."


def _require_theme_fits(theme: str) -> None:
    if not theme:
        raise RuleBroken("Name the plank's theme.")
    if len(theme) > THEME_CHARACTERS or len(slug(theme)) > THEME_CHARACTERS:
        raise RuleBroken(f"Shorten the theme to {THEME_CHARACTERS} characters.")
    if not slug(theme):
        raise RuleBroken("Name the theme with some letters from a to z, so that it can have an address.")


def _refusals(require: Callable[..., None], *values: object) -> list[str]:
    try:
        require(*values)
    except RuleBroken as refusal:
        return [str(refusal)]
    return []


def _value(entries: Mapping[str, Entry], key: str) -> str:
    return entries[key].value if key in entries else ""


def _line(entries: Mapping[str, Entry], key: str) -> int:
    return entries[key].line if key in entries else 1
