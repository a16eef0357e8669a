"""One side makes words bold, a link or plain again, the other rewords them."""

import pytest

from policies.text.emphasis import weave_marked

TOWN = "Rents must fall in every town."


def both(base: str, ours: str, theirs: str) -> str | None:
    """What comes of it, the same with the sides exchanged."""
    one, other = weave_marked(base, ours, theirs), weave_marked(base, theirs, ours)
    assert one.text == other.text
    assert len(one.clashes) == len(other.clashes)
    return one.text


@pytest.mark.parametrize(
    ("ours", "theirs", "text"),
    [
        ("Rents must fall in **every town**.", "Rents must fall in every city.", "Rents must fall in **every city**."),
        ("**Rents must fall in every town.**", "Rents must drop in every town.", "**Rents must drop in every town.**"),
        ("**Rents must fall in every town.**", "Rents must fall in town.", "**Rents must fall in town.**"),
        ("*Rents must fall* in every town.", "Rents must *never* fall in every town.", None),
        (
            "*Rents must fall* in every town.",
            "Rents must now fall in every town.",
            "*Rents must now fall* in every town.",
        ),
        ("Rents *must* fall in every town.", "Rents could fall in every town.", "Rents *could* fall in every town."),
        (
            "[Rents must](http://a.b) fall in every town.",
            "Rents shall fall in every town.",
            "[Rents shall](http://a.b) fall in every town.",
        ),
        ("Rents [must](http://a.b) fall in every town.", "Rents shall fall in every town.", None),
        ("Rents must fall in every **town**.", "Rents must fall.", None),
        ("Rents must fall in every **town**.", "Rents must fall in cities.", None),
        ("Rents must fall in every **town**.", "Rents must fall in every new town.", None),
        ("Rents *must fall* in every town.", "Rents **must** fall in every town.", None),
        (
            "**Rents must fall in every town.**",
            "**Rents must fall in every city.**",
            "**Rents must fall in every city.**",
        ),
        (
            "**Rents** must fall in every town.",
            "Rents must fall in every *town*.",
            "**Rents** must fall in every *town*.",
        ),
        ("**Rents must fall in every town.**", "Rents must fall in *some* town.", None),
        ("Rents must fall *in every city.*", "Rents must drop in every *city.*", None),
        (
            "Rents must fall in\n**every town**.",
            "Rents must fall in every city.",
            "Rents must fall in\n**every city**.",
        ),
        ("Rents must fall in **every city**.", "Rents must drop in every city.", None),
        (
            "**Rents must fall** in every city.",
            "Rents must drop in every city.",
            "**Rents must drop** in every city.",
        ),
        ("Rents must *fall* in every **city**.", "Rents must drop in every city.", None),
        ("**Rents** must fall in every town.", "Ren\\*ts must fall in every town.", None),
    ],
)
def test_both_are_done_where_it_is_plain_which_words_are_meant(ours: str, theirs: str, text: str | None) -> None:
    assert both(TOWN, ours, theirs) == text


def test_marks_taken_away_stay_away_from_what_is_reworded() -> None:
    assert both(f"Now **{TOWN}** So", f"Now {TOWN} So", f"Now **{TOWN}** So".replace("fall", "drop")) == (
        f"Now {TOWN} So".replace("fall", "drop")
    )


def test_words_that_clash_are_named_alone_where_marks_change_besides() -> None:
    woven = weave_marked(TOWN, "**Rents must fall in every town.**", TOWN)
    assert woven.text == "**Rents must fall in every town.**"
    (clash,) = weave_marked(
        f"{TOWN} So be it.", f"**{TOWN}** So be that.", f"{TOWN} So be those.".replace("fall", "*drop*")
    ).clashes
    assert (clash.base, clash.ours, clash.theirs) == ("it", "that", "those")


def test_words_that_would_come_in_another_order_for_the_marks_are_left_to_a_person() -> None:
    assert weave_marked("not not", "not not *,*", "*. not . . x. *,*").text is None
