"""Moments as an iCalendar file (RFC 5545): times in UTC, lines folded at 75 octets, names that never change."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

MEDIA_TYPE = "text/calendar"
MAKER = "-//Common Platform//Closing dates//EN"
LONGEST_LINE = 75
# A calendar must hold something, also while nothing is dated: the one clock all its times are told by.
CLOCK = (
    "BEGIN:VTIMEZONE",
    "TZID:Etc/UTC",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0000",
    "TZNAME:UTC",
    "END:STANDARD",
    "END:VTIMEZONE",
)
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f]")


@dataclass(frozen=True)
class Moment:
    """One dated thing: `sequence` counts how often what is said of it has changed, the last time at `changed`."""

    uid: str
    at: datetime
    changed: datetime
    sequence: int
    what: str
    detail: str
    url: str
    is_cancelled: bool = False


@dataclass(frozen=True)
class Calendar:
    """Moments under one title; `url` is where this file is."""

    title: str
    about: str
    url: str
    moments: Sequence[Moment]

    @property
    def changed(self) -> datetime | None:
        """When anything in it last changed."""
        return max((moment.changed for moment in self.moments), default=None)


def written(calendar: Calendar) -> bytes:
    """The whole file."""
    return "".join(f"{part}\r\n" for line in _lines(calendar) for part in folded(line)).encode()


def _lines(calendar: Calendar) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{MAKER}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH")
    for name, words in (("NAME", calendar.title), ("DESCRIPTION", calendar.about)):
        yield f"{name}:{escaped(words)}"
    # What calendars understood before there was RFC 7986.
    yield f"X-WR-CALNAME:{escaped(calendar.title)}"
    yield f"X-WR-CALDESC:{escaped(calendar.about)}"
    yield f"SOURCE;VALUE=URI:{calendar.url}"
    yield from ("REFRESH-INTERVAL;VALUE=DURATION:PT6H", "X-PUBLISHED-TTL:PT6H")
    yield from CLOCK
    for moment in calendar.moments:
        yield from _event(moment)
    yield "END:VCALENDAR"


def _event(moment: Moment) -> Iterable[str]:
    return (
        "BEGIN:VEVENT",
        f"UID:{moment.uid}",
        f"DTSTAMP:{in_utc(moment.changed)}",
        f"LAST-MODIFIED:{in_utc(moment.changed)}",
        f"SEQUENCE:{moment.sequence}",
        f"DTSTART:{in_utc(moment.at)}",
        f"SUMMARY:{escaped(moment.what)}",
        f"DESCRIPTION:{escaped(moment.detail)}",
        f"URL:{moment.url}",
        f"STATUS:{'CANCELLED' if moment.is_cancelled else 'CONFIRMED'}",
        "TRANSP:TRANSPARENT",
        "CLASS:PUBLIC",
        "END:VEVENT",
    )


def in_utc(moment: datetime) -> str:
    """20260503T140500Z."""
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def escaped(words: str) -> str:
    """Words as the value of a line: what would end it, or part it, is written otherwise."""
    plain = words.replace("\r\n", "\n").replace("\r", "\n")
    for sign, instead in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        plain = plain.replace(sign, instead)
    return _CONTROL.sub("", plain)


def folded(line: str) -> list[str]:
    """The line in parts of at most 75 octets, no character broken; all but the first begin with a space."""
    parts, left = [], line
    while len(left.encode()) > LONGEST_LINE:
        part = left.encode()[:LONGEST_LINE].decode(errors="ignore")
        parts.append(part)
        left = f" {left[len(part) :]}"
    return [*parts, left]
