"""Which letters can be ended with one click: all that nobody asked for and that can come again."""

from policies.letters import LETTERS, LetterKind, wants_a_way_out


def test_what_comes_again_and_again_can_be_ended_with_one_click():
    assert {name for name in LETTERS if wants_a_way_out(name)} == {"needs_you", "news"}
    assert {LETTERS[name] for name in ("needs_you", "news")} == {LetterKind.NOTICE}
    assert not wants_a_way_out("a letter nobody has declared")


def test_what_somebody_asked_for_and_what_became_of_it_is_said_once():
    assert LETTERS["sign_in"] is LETTERS["interest"] is LetterKind.ASKED_FOR
    assert LETTERS["approved"] is LETTERS["refused"] is LetterKind.SERVICE


def test_the_service_itself_sends_no_news():
    """Clerks write news to those who agreed, from a list that names nobody else."""
    assert LetterKind.NEWS not in LETTERS.values()
