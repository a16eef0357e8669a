"""Every change tracked: accepted the text is exactly the new one, refused exactly the old one."""

from hypothesis import given, settings

from policies.text.diff import Op
from policies.text.dressed import Dress, signs_of
from policies.text.tracked import Stretch, TrackedUnit, tracked, tracked_title, tracked_words
from policies.text.units import Document, Unit, read_units
from tests.policies.text.strategies import rivals

BOTH = "Homes are warm.\n\nRents are fair.\n\nTrains are public."


def side(units: tuple[TrackedUnit, ...], without: Op) -> list[tuple[object, ...]]:
    """What is left where everything of one kind is taken out: each unit's shape and its words sign by sign."""
    return [
        (*shape(one.unit), [(sign, stretch.dress) for stretch in kept(one, without) for sign in stretch.text])
        for one in units
        if one.op is not without
    ]


def kept(one: TrackedUnit, without: Op) -> list[Stretch]:
    """The stretches of a unit that are left."""
    return [stretch for stretch in one.stretches if stretch.op is not without]


def shape(unit: Unit) -> tuple[object, ...]:
    """What a unit is, apart from its words."""
    return unit.kind, unit.level, unit.ordered, len(unit.path), unit.label


def read(units: tuple[Unit, ...]) -> list[tuple[object, ...]]:
    """The units of a text in the same form."""
    return [(*shape(unit), signs_of(unit.markdown)) for unit in units]


@settings(max_examples=80)
@given(rivals(1))
def test_accepted_it_is_the_new_text_and_refused_the_old_one(texts: list[Document]) -> None:
    old, new = texts
    both = tracked(old.units, new.units)
    assert side(both, Op.DELETE) == read(new.units)
    assert side(both, Op.INSERT) == read(old.units)


def test_what_moved_goes_at_its_old_place_and_comes_at_its_new_one() -> None:
    moved = "Trains are public.\n\nHomes are warm.\n\nRents are fair."
    both = tracked(read_units(BOTH), read_units(moved, read_units(BOTH)))
    assert [(one.op, one.unit.markdown) for one in both if one.is_changed] == [
        (Op.INSERT, "Trains are public."),
        (Op.DELETE, "Trains are public."),
    ]


def test_what_became_another_kind_of_unit_goes_and_comes() -> None:
    both = tracked(read_units("Homes are warm."), read_units("> Homes are warm."))
    assert [one.op for one in both] == [Op.DELETE, Op.INSERT]


def test_words_that_only_look_otherwise_go_and_come() -> None:
    plain, strong = Dress(), Dress(strong=True)
    assert tracked_words("a fair vote", "a **fair** vote") == (
        Stretch(Op.EQUAL, "a ", plain),
        Stretch(Op.DELETE, "fair", plain),
        Stretch(Op.INSERT, "fair", strong),
        Stretch(Op.EQUAL, " vote", plain),
    )


def test_a_link_that_leads_elsewhere_is_a_change() -> None:
    words = tracked_words("[us](http://a.b)", "[us](http://c.d)")
    assert [(one.op, one.dress.link) for one in words] == [(Op.DELETE, "http://a.b"), (Op.INSERT, "http://c.d")]


def test_a_title_is_words_and_no_markdown() -> None:
    assert tracked_title("*All* homes", "*All* trains") == (
        Stretch(Op.EQUAL, "*All* ", Dress()),
        Stretch(Op.DELETE, "homes", Dress()),
        Stretch(Op.INSERT, "trains", Dress()),
    )
