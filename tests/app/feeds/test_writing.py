"""Words meant to become more than words stay words in every format, and no line is too long for a calendar."""

import json
from datetime import UTC, datetime
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from app.feeds import atom, icalendar, json_feed
from app.feeds.entries import Entry, Feed, lasting
from app.feeds.icalendar import Calendar, Moment
from tests.app.feeds.reading import ATOM
from tests.app.payloads import PAYLOADS

AT = datetime(2026, 5, 3, 14, 5, tzinfo=UTC)


def test_every_payload_is_words_in_a_feed() -> None:
    entries = [Entry(f"plank/{place}", AT, AT, words, words, "/planks/1") for place, words in enumerate(PAYLOADS)]
    feed = Feed("whats-new", PAYLOADS[0], PAYLOADS[1], "/x.atom", "/", entries, "https://platform.example")
    told = ElementTree.fromstring(atom.written(feed))
    assert {element.tag for element in told.find(f"{ATOM}entry") or ()} == {
        f"{ATOM}{tag}" for tag in ("id", "title", "updated", "published", "link", "summary")
    }
    said = [entry.findtext(f"{ATOM}title") for entry in told.iter(f"{ATOM}entry")]
    # XML has no zero byte and no bell, and one kind of line end.
    assert said == [words.replace("\x00", "").replace("\x07", "").replace("\r\n", "\n") for words in PAYLOADS]
    assert [one["content_text"] for one in json.loads(json_feed.written(feed))["items"]] == list(PAYLOADS)


def test_every_payload_is_one_value_in_a_calendar() -> None:
    moments = [Moment(f"round-{place}@x", AT, AT, 0, words, words, "u") for place, words in enumerate(PAYLOADS)]
    written = icalendar.written(Calendar(PAYLOADS[0], PAYLOADS[1], "u", moments)).decode()
    lines = written.replace("\r\n ", "").split("\r\n")
    assert written.count("BEGIN:VEVENT\r\n") == written.count("END:VEVENT\r\n") == len(PAYLOADS)
    assert [line for line in lines if line.startswith("Set-Cookie")] == []
    assert "SUMMARY:first\\nSet-Cookie: stolen=1\\n\\nsecond" in lines
    assert "SUMMARY:' OR '1'='1'\\; DROP TABLE planks\\; --" in lines
    assert not {"\x00", "\x07", "\n"} & set("".join(lines))


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_a_folded_line_is_short_and_unfolds_to_itself(line: str) -> None:
    parts = icalendar.folded(line)
    assert all(len(part.encode()) <= 75 for part in parts)
    assert "\r\n".join(parts).replace("\r\n ", "") == line


def test_times_are_told_in_utc_whatever_zone_they_come_in() -> None:
    assert icalendar.in_utc(datetime.fromisoformat("2026-05-03T15:05:00+01:00")) == "20260503T140500Z"


def test_a_lasting_name_is_no_other_sites() -> None:
    assert lasting("https://platform.example", "plank/1/opened") == "tag:platform.example,2026:plank/1/opened"
    sites = ("https://platform.example", "https://platform.example/pilot", "http://localhost:5000", "http://localhost")
    assert len({lasting(site, "plank/1/opened") for site in sites}) == len(sites)
