"""Reading the register of MPs from a file: all of it, or every fault with its line and what to do."""

import csv
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from policies.mps import COLUMNS, Entry, entry_of, faults_of

LARGEST_FILE = 4 * 1024 * 1024
MOST_FAULTS = 50


@dataclass(frozen=True)
class Fault:
    """Something wrong with a file: which file, which line, and what to do about it."""

    path: str
    line: int
    sentence: str

    def __str__(self) -> str:
        """As compilers write it, so that editors can jump there."""
        return f"{self.path}:{self.line}: {self.sentence}"


class RegisterRefused(Exception):
    """Nothing was imported; `faults` says why, line by line."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Keep the faults, and say them, the first fifty of them."""
        shown = [str(fault) for fault in faults[:MOST_FAULTS]]
        more = len(faults) - len(shown)
        super().__init__("\n".join([*shown, *([f"And {more} more."] if more else [])]))
        self.faults = faults


@dataclass(frozen=True)
class Register:
    """A register that was read whole, and the hash of its bytes."""

    entries: tuple[Entry, ...]
    sha256: str


@dataclass(frozen=True)
class Line:
    """One row of the file, and the line it begins on."""

    number: int
    entry: Entry


def read(path: Path) -> Register:
    """The register in a CSV file in UTF-8, with or without a byte-order mark; raises `RegisterRefused`."""
    name = str(path).encode("utf-8", "replace").decode()
    content = _content(path, name)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise RegisterRefused([Fault(name, line, "Save the file as UTF-8: this line holds other bytes.")]) from None
    lines, faults = _lines(name, text)
    faults += [Fault(name, line.number, sentence) for line in lines for sentence in faults_of(line.entry)]
    faults += list(_doubles(name, lines))
    if not lines and not faults:
        faults = [Fault(name, 1, "No row follows the names of the columns. Name the file that holds the register.")]
    if faults:
        raise RegisterRefused(sorted(faults, key=lambda fault: fault.line))
    return Register(tuple(line.entry for line in lines), hashlib.sha256(content).hexdigest())


def _content(path: Path, name: str) -> bytes:
    try:
        if path.is_dir():
            raise RegisterRefused([Fault(name, 1, "This is a folder. Name the CSV file that holds the register.")])
        if path.stat().st_size > LARGEST_FILE:
            most = LARGEST_FILE // 1024**2
            raise RegisterRefused([Fault(name, 1, f"This file has more than {most} MB, so it is no register of MPs.")])
        return path.read_bytes()
    except OSError as error:
        raise RegisterRefused([Fault(name, 1, f"This file cannot be read: {error.strerror}.")]) from None


def _lines(name: str, text: str) -> tuple[list[Line], list[Fault]]:
    """Every row that has the shape of the head, and what is wrong with the shape."""
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    lines: list[Line] = []
    faults: list[Fault] = []
    try:
        head = [column.strip() for column in next(reader, [])]
        wrong = _faults_of_head(head)
        if wrong:
            return [], [Fault(name, 1, sentence) for sentence in wrong]
        begins = reader.line_num + 1
        for cells in reader:
            if len(cells) == len(head):
                lines.append(Line(begins, entry_of(dict(zip(head, cells, strict=True)))))
            elif cells:
                faults.append(Fault(name, begins, _odd_length(len(cells), len(head))))
            begins = reader.line_num + 1
    except csv.Error as error:
        faults.append(Fault(name, reader.line_num, f"This line is not CSV ({error}). Mend its commas and quotes."))
    return lines, faults


def _odd_length(cells: int, columns: int) -> str:
    return f"This row has {cells} cells and the head has {columns}. Put cells that hold a comma in double quotes."


def _faults_of_head(head: Sequence[str]) -> list[str]:
    missing = [column for column in COLUMNS if column not in head]
    if missing:
        return [
            f"The first line does not name the column{'s' if len(missing) > 1 else ''} {', '.join(missing)}."
            f" A register of MPs is comma-separated and has at least {', '.join(COLUMNS)}."
        ]
    return [f"The column {column} is there twice. Keep one." for column in COLUMNS if head.count(column) > 1]


def _doubles(name: str, lines: Sequence[Line]) -> Iterator[Fault]:
    """The same person twice, or two persons with one seat."""
    first: dict[tuple[str, str], int] = {}
    for line in lines:
        for column, value in (("person_id", line.entry.register_id), ("gss", line.entry.gss)):
            earlier = first.setdefault((column, value), line.number) if value else line.number
            if earlier != line.number:
                yield Fault(name, line.number, f"Line {earlier} has the same {column}. Keep one of the two.")
