"""Line numbers at a fixed measure."""

from policies.text.lines import measure, printed_lines
from policies.text.units import read_units
from policies.text.words import signs


def test_lines_are_numbered_through_and_broken_between_words() -> None:
    units = read_units(f"# A heading\n\n{'word ' * 20}end\n\n- {'point ' * 13}end\n\n{'x' * 100} y")
    lines = printed_lines(units)
    assert [line.number for line in lines] == [1, 2, 3, 4, 5, 6, 7]
    assert [len(line.text) for line in lines[:3]] == [9, 79, 23]
    assert lines[3].text == " ".join(["point"] * 12)
    assert [line.text for line in lines[5:]] == ["x" * 100, "y"]
    assert lines[2].unit_id == units[1].unit_id


def test_a_line_is_shorter_in_headings_and_deeper_in_lists_to_a_limit() -> None:
    text = "# a\n\nb\n\n- c\n  - d\n\n" + "> " * 12 + "e\n\n[^f]: f"
    assert [measure(unit) for unit in read_units(text)] == [60, 80, 76, 72, 40, 76]


def test_what_a_reader_takes_for_one_sign_counts_one() -> None:
    assert signs("abc") == 3
    assert signs("e\u0301🇬🇧👩‍👩‍👧👍🏽क्") == 5
    line, *rest = printed_lines(read_units("e\u0323" * 80 + " x"))
    assert (signs(line.text), [each.text for each in rest]) == (80, ["x"])
