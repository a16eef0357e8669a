"""Which places of its base an amendment touches."""

from policies.text.touch import Touch, touched
from policies.text.units import Document

LIST = "We will:\n\n- cap rents\n- build homes\n- plant trees\n- pay nurses\n\nThat is all."
PROSE = "Rents must fall.\n\nTrains must be clean.\n\nVotes must count.\n\nSchools must be free.[^a]\n\n[^a]: A report"


def document(text: str) -> Document:
    return Document.read("Title", text)


def amend(base: Document, *changes: tuple[str, str], title: str | None = None) -> Document:
    """An amendment that replaces passages of the base's text."""
    text = base.text
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return Document.read(base.title if title is None else title, text, base.units)


def id_of(base: Document, markdown: str) -> str:
    return next(unit.unit_id for unit in base.units if unit.markdown == markdown)


def test_a_touch_names_the_units_and_gaps_of_the_base() -> None:
    plank = document(LIST)
    cap, build, plant, nurses = (
        id_of(plank, text) for text in ("cap rents", "build homes", "plant trees", "pay nurses")
    )
    changed = amend(plank, ("cap", "freeze"), ("- plant trees\n", ""), ("nurses\n", "nurses\n- more\n"), title="New")
    that = id_of(plank, "That is all.")
    assert touched(plank, changed) == Touch(
        title=True, edited=frozenset({cap}), deleted=frozenset({plant}), gaps=frozenset({(nurses, that)})
    )
    numbered = amend(plank, ("- build", "1. build"))
    assert touched(plank, numbered).retagged == {build}
    assert touched(plank, numbered).units == {build}
    assert touched(plank, plank) == Touch()


def test_the_ends_of_a_text_are_gaps_too() -> None:
    plank = document("one two three")
    (unit,) = plank.units
    assert touched(plank, amend(plank, ("one", "new words\n\none"))).gaps == {(None, unit.unit_id)}
    assert touched(plank, amend(plank, ("three", "three\n\nnew words"))).gaps == {(unit.unit_id, None)}
    empty = document("")
    assert touched(empty, Document.read("Title", "words")).gaps == {(None, None)}


def test_a_move_touches_all_it_passes() -> None:
    plank = document(PROSE)
    moved = amend(plank, ("Rents must fall.\n\n", ""), ("count.", "count.\n\nRents must fall."))
    assert touched(plank, moved).moved >= {unit.unit_id for unit in plank.units[:3]}
    assert touched(plank, moved).deleted == frozenset()
