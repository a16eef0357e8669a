"""Reading planks from a folder of files: all of them, or none where one cannot be taken."""

import os
import stat
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.planks import plank_files, queries, service
from app.planks.plank_files import Fault, PlankFile
from app.planks.queries import KnownPlank

SUFFIX = ".md"
LARGEST_FILE = 256 * 1024
LONGEST_PATH = 200


class ImportRefused(Exception):
    """Nothing was imported; `faults` says why, file by file."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Keep the faults, and say them all."""
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


@dataclass(frozen=True)
class Imported:
    """How many planks came in, and how many were here already."""

    new: int
    known: int


def import_folder(folder: Path) -> Imported:
    """Take in every plank in and below `folder`, in the order of the files' names; raises `ImportRefused`.

    A plank that is here already is left as it is. The caller's transaction makes it all or nothing.
    """
    files, faults = _read_all(folder)
    known = _known(files)
    faults += _faults_of_doubles(files)
    faults += [fault for one in files for fault in _faults_of_known(one, known.get(one.path))]
    if faults:
        raise ImportRefused(sorted(faults, key=lambda fault: (fault.path, fault.line)))
    new = [one for one in files if one.path not in known]
    for one in new:
        service.import_plank(
            service.theme_named(one.theme, one.theme_slug),
            one.title,
            one.text,
            one.reason,
            source=one.path,
            key=one.key,
            origin=one.origin,
            licence=one.licence,
        )
    return Imported(len(new), len(files) - len(new))


def _read_all(folder: Path) -> tuple[list[PlankFile], list[Fault]]:
    """Everything that could be read, and every fault."""
    if not folder.is_dir():
        raise ImportRefused([Fault(_printable(str(folder)), 1, "This is no folder. Name the folder that holds them.")])
    files: list[PlankFile] = []
    faults: list[Fault] = []
    for path in sorted(_paths(folder)):
        name = _printable(unicodedata.normalize("NFC", path.relative_to(folder).as_posix()))
        content = _content(path, name)
        if isinstance(content, Fault):
            faults.append(content)
            continue
        read, wrong = plank_files.read(name, content)
        files += [read] if read else []
        faults += wrong
    if not files and not faults:
        raise ImportRefused([Fault(_printable(str(folder)), 1, f"No file here ends in {SUFFIX}, so none was read.")])
    return files, faults


def _paths(folder: Path) -> Iterator[Path]:
    """Every plank's file and every link, except below folders whose names begin with a dot."""
    for where, folders, names in os.walk(folder):
        here = Path(where)
        yield from (here / name for name in folders if (here / name).is_symlink())
        yield from (here / name for name in names if name.lower().endswith(SUFFIX))
        folders[:] = sorted(name for name in folders if not name.startswith("."))


def _content(path: Path, name: str) -> bytes | Fault:
    """The bytes of an ordinary file of ordinary size; a link could lead anywhere, so none is followed."""
    if len(name) > LONGEST_PATH or "\ufffd" in name:
        return Fault(name, 1, f"Give the file a name in UTF-8 of at most {LONGEST_PATH} characters, folders included.")
    try:
        found = path.lstat()
        if stat.S_ISLNK(found.st_mode):
            return Fault(name, 1, "This is a link, and links are not followed. Put the file itself here.")
        if not stat.S_ISREG(found.st_mode):
            return Fault(name, 1, "This is no ordinary file. Take it out of the folder.")
        if found.st_size > LARGEST_FILE:
            return Fault(name, 1, f"This file has more than {LARGEST_FILE // 1024} kB. Shorten it.")
        return path.read_bytes()
    except OSError as error:
        return Fault(name, 1, f"This file cannot be read: {error.strerror}.")


def _known(files: Sequence[PlankFile]) -> dict[str, KnownPlank]:
    """The planks that are here already, by the path of the file that names them.

    A file with an id names that plank. Else the path does, or, where the folder was moved, the very same words.
    """
    here = queries.known_planks()
    by_key = {plank.key: plank for plank in here}
    by_source = {plank.source: plank for plank in here if plank.source}
    by_hash = {sha256: plank for plank in here if plank.source for sha256 in plank.hashes}
    known: dict[str, KnownPlank] = {}
    for one in files:
        found = by_key.get(one.key or "") or by_source.get(one.path)
        found = found or (None if one.key else by_hash.get(one.sha256))
        if found:
            known[one.path] = found
    return known


def _faults_of_known(one: PlankFile, plank: KnownPlank | None) -> Iterable[Fault]:
    if plank is None or one.sha256 in plank.hashes:
        return
    if plank.key == one.key:
        yield Fault(one.path, one.key_line, f"{plank.name} has other words now. Amend it on the site.")
    else:
        yield Fault(
            one.path,
            one.body_line,
            f"{plank.name} came from a file of this name and has other words now. Amend it on the site;"
            " if this is another plank, give the file another name.",
        )


def _faults_of_doubles(files: Sequence[PlankFile]) -> Iterable[Fault]:
    """The same id, path or words twice in one import; equal words under two ids are two planks."""
    first: dict[tuple[str, str], PlankFile] = {}
    for one in files:
        for what, value in (("path", one.path), ("id", one.key or ""), ("words", "" if one.key else one.sha256)):
            earlier = first.setdefault((what, value), one) if value else one
            if earlier is not one:
                line = one.key_line if what == "id" else one.body_line
                yield Fault(one.path, line, f"{earlier.path} has the same {what}. Keep one of the two.")


def _printable(path: str) -> str:
    """A path without bytes that are no text, so that it can be stored and shown."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
