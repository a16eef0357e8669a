"""What one side writes under a heading or into a list that the other removes, moves or marks differently."""

import pytest

from policies.text.merge import Merge, Verdict, merge
from policies.text.units import Document

SECTIONS = "# Rents\n\nRents must fall fast.\n\n# Trains\n\nTrains must be clean."
TURNED = "# Trains\n\nTrains must be clean.\n\n# Rents\n\nRents must fall fast."
GROUPS = "- Homes\n  - cap the rents\n- Health\n  - hire more nurses\n  - pay the dentists"
BULLETS = "- cap the rents\n- plant more trees\n- open the parks"
STARS = BULLETS.replace("- ", "* ")
NUMBERS = "1. cap the rents\n2. plant more trees\n3. open the parks"


def merged(was: str, one: str, other: str) -> Merge:
    base = Document.read("T", was)
    return merge(base, Document.read("T", one, base.units), Document.read("T", other, base.units))


@pytest.mark.parametrize(
    ("base", "ours", "theirs"),
    [
        (SECTIONS, "# Rents\n\nRents must fall fast.", f"{SECTIONS}\n\nAnd run at night."),
        (SECTIONS, "# Rents\n\nRents must fall fast.", SECTIONS.replace("Trains\n", "Trains\n\nAnd run at night.\n")),
        (SECTIONS, TURNED, SECTIONS.replace("fast.", "fast.\n\nAnd so must bills.")),
        (GROUPS, "- Homes\n  - cap the rents", f"{GROUPS}\n  - open a ward"),
        (GROUPS, "- Homes\n  - cap the rents", GROUPS.replace("nurses\n", "nurses\n  - open a ward\n")),
        (NUMBERS, BULLETS, f"{NUMBERS}\n4. hire nurses\n   - and doctors"),
    ],
)
def test_nothing_new_slips_under_another_heading_or_into_another_list(base: str, ours: str, theirs: str) -> None:
    for one, other in ((ours, theirs), (theirs, ours)):
        outcome = merged(base, one, other)
        assert (outcome.verdict, outcome.text) == (Verdict.CONFLICT, None)
        assert all(conflict.ours or conflict.theirs for conflict in outcome.conflicts)


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "text"),
    [
        (
            SECTIONS,
            f"{SECTIONS}\n\n# Parks\n\nParks are open.",
            f"{SECTIONS}\n\nAnd run at night.",
            f"{SECTIONS}\n\nAnd run at night.\n\n# Parks\n\nParks are open.",
        ),
        (
            f"{SECTIONS}[^a]\n\n[^a]: A report.",
            f"{SECTIONS}[^a]\n\n[^a]: A long report.",
            f"{SECTIONS}[^a]\n\nMore.[^b]\n\n[^a]: A report.\n\n[^b]: A book.",
            f"{SECTIONS}[^a]\n\nMore.[^b]\n\n[^a]: A long report.\n\n[^b]: A book.",
        ),
        (
            "- Homes\n  - cap the rents",
            "- Homes\n  - cap the rents\n- Health\n  - hire nurses",
            "- Homes\n  - cap the rents\n  - build more",
            "- Homes\n  - cap the rents\n  - build more\n- Health\n  - hire nurses",
        ),
        (
            SECTIONS,
            SECTIONS.replace("# Trains\n\n", ""),
            f"{SECTIONS}\n\nAnd run at night.",
            SECTIONS.replace("# Trains\n\n", "") + "\n\nAnd run at night.",
        ),
    ],
)
def test_what_is_new_stays_under_what_it_was_written_under(base: str, ours: str, theirs: str, text: str) -> None:
    assert merged(base, ours, theirs).text == text
    assert merged(base, theirs, ours).text == text


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "text"),
    [
        (BULLETS, NUMBERS, f"{BULLETS}\n- hire\n  nurses", f"{NUMBERS}\n4. hire\n   nurses"),
        (NUMBERS, BULLETS, NUMBERS.replace("2.", "2. hire nurses\n3."), BULLETS.replace("- p", "- hire nurses\n- p")),
        (BULLETS, STARS, f"- hire nurses\n{BULLETS}", f"* hire nurses\n{STARS}"),
        (
            BULLETS,
            NUMBERS,
            f"{BULLETS}\n\nParks are open.\n\n- at night",
            f"{NUMBERS}\n\nParks are open.\n\n- at night",
        ),
        (
            BULLETS,
            f"Cap the rents.\n\n{STARS[16:]}",
            f"- hire nurses\n{BULLETS}",
            f"- hire nurses\n\nCap the rents.\n\n{STARS[16:]}",
        ),
        (
            NUMBERS,
            f"Cap the rents.\n\n{BULLETS[16:]}",
            NUMBERS.replace("2.", "2. hire nurses\n3."),
            f"Cap the rents.\n- hire nurses\n{BULLETS[16:]}",
        ),
    ],
)
def test_a_new_item_is_marked_as_its_list_now_is(base: str, ours: str, theirs: str, text: str) -> None:
    assert merged(base, ours, theirs).text == merged(base, theirs, ours).text == text


def test_a_new_item_just_where_its_list_becomes_two_is_left_to_a_person() -> None:
    two = BULLETS.replace("- plant", "\n1. plant").replace("- open", "2. open")
    assert merged(BULLETS, two, BULLETS.replace("- plant", "- hire nurses\n- plant")).verdict is Verdict.CONFLICT
    assert merged(BULLETS, two, f"{BULLETS}\n- hire nurses").text == f"{two}\n3. hire nurses"


@pytest.mark.parametrize(
    ("paragraph", "point", "both"),
    [
        (f"So be it.\n\n{NUMBERS}", f"0. hire nurses\n{NUMBERS}", f"So be it.\n\n0. hire nurses\n{NUMBERS}"),
        (f"{NUMBERS}\n\nSo be it.", f"{NUMBERS}\n4. hire nurses", f"{NUMBERS}\n4. hire nurses\n\nSo be it."),
        (f"{NUMBERS}\n\nSo be it.", f"{NUMBERS}\n   - on streets", f"{NUMBERS}\n   - on streets\n\nSo be it."),
        (f"{NUMBERS}\n\nSo be it.", f"{NUMBERS}\n\n- hire nurses", None),
    ],
)
def test_what_is_added_before_or_after_a_list_does_not_cut_off_a_new_item_of_it(
    paragraph: str, point: str, both: str | None
) -> None:
    for ours, theirs in ((paragraph, point), (point, paragraph)):
        assert merged(NUMBERS, ours, theirs).text == (both or f"{ours}\n\n{theirs[len(NUMBERS) + 2 :]}")


def test_what_one_side_replaces_and_the_other_deletes_is_left_to_a_person() -> None:
    base = "Rents must fall fast.\n\nTrains must be clean.\n\nVotes must count."
    replaced = base.replace("Trains must be clean", "Quite another thing stands here")
    (conflict,) = merged(base, base.replace("Trains must be clean.\n\n", ""), replaced).conflicts
    words = (conflict.base, conflict.ours, conflict.theirs)
    assert words == ("Trains must be clean.", "", "Quite another thing stands here.")
    more = f"{replaced[:-18]}\n\nAnd more.\n\nVotes must count."
    assert merged(base, replaced, more).text == more


def test_what_is_written_between_two_passages_that_the_other_side_deletes_is_left_to_a_person() -> None:
    base = "Rents must fall fast.\n\nTrains must be clean.\n\nVotes must count.\n\nParks are open."
    new = base.replace("clean.", "clean.\n\nQuite another thing.\n\nAnd more of it.")
    (conflict,) = merged(base, "Rents must fall fast.\n\nParks are open.", new).conflicts
    assert (conflict.base, conflict.ours, conflict.line) == ("Trains must be clean.\n\nVotes must count.", "", 2)
    assert conflict.theirs == "Trains must be clean.\n\nQuite another thing.\n\nAnd more of it.\n\nVotes must count."


@pytest.mark.parametrize("base", ["", SECTIONS])
def test_what_is_written_under_no_new_heading_stays_above_those_of_the_other(base: str) -> None:
    before = f"{base}\n\n" if base else ""
    ours, theirs = f"{before}Alpha.\n\n# Parks\n\nOpen.", f"{before}Omega.\n\n# Tax\n\nFair."
    outcome = merged(base, ours, theirs)
    assert (outcome.verdict, outcome.text) == (
        Verdict.NEAR,
        f"{before}Alpha.\n\nOmega.\n\n# Tax\n\nFair.\n\n# Parks\n\nOpen.",
    )


def test_two_beginnings_of_an_empty_text_that_cannot_be_put_together_are_shown_whole() -> None:
    # Two spaces more, and the list item would be one of the other's code.
    (conflict,) = merged("", "* Alpha.", "    Omega.\n\n## Trains").conflicts
    assert (conflict.unit, conflict.ours, conflict.theirs) == ("text", "* Alpha.", "    Omega.\n\n## Trains")


def test_of_two_beginnings_of_which_one_would_stand_under_the_other_both_are_shown_whole() -> None:
    ours, theirs = "## Rents\n\n# Homes", "## Trains\n\n# Towns"
    (conflict,) = merged("", ours, theirs).conflicts
    assert (conflict.unit, conflict.ours, conflict.theirs) == ("text", ours, theirs)


def test_an_address_on_the_web_is_never_half_of_one_and_half_of_another() -> None:
    base = "Read https://example.org/on/rents now"
    outcome = merged(base, base.replace("org", "net"), base.replace("rents", "homes"))
    assert outcome.verdict is Verdict.CONFLICT
    assert merged(base, base.replace("org", "net"), base.replace("now", "then")).text == (
        "Read https://example.net/on/rents then"
    )
