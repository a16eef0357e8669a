"""Each fault that other systems were measured to have, and that this one must not have."""

from itertools import permutations

import pytest

from policies.text.graph import conflict_graph, rival_pairs
from policies.text.merge import Merge, Verdict, merge
from policies.text.units import Document


def merged(was: str, one: str, other: str) -> Merge:
    base = Document.read("Title", was)
    return merge(base, Document.read("Title", one, base.units), Document.read("Title", other, base.units))


def test_no_sentence_is_written_that_nobody_proposed() -> None:
    outcome = merged("We will raise fuel duty", "We will not raise fuel duty", "We will never raise fuel duty")
    assert outcome.verdict is Verdict.CONFLICT
    assert outcome.text is None
    (conflict,) = outcome.conflicts
    assert (conflict.base, conflict.ours, conflict.theirs) == ("will raise", "will not raise", "will never raise")
    assert (conflict.context, conflict.line) == ("We will raise fuel duty", 1)


def test_the_same_word_inserted_twice_is_there_once() -> None:
    outcome = merged("Lower the voting age", "Lower the national voting age", "Lower the national voting age")
    assert (outcome.verdict, outcome.text) == (Verdict.REDUNDANT, "Lower the national voting age")
    partly = merged("Lower the voting age", "Lower the national voting age", "Lower the national voting age now")
    assert (partly.verdict, partly.text) == (Verdict.REDUNDANT, "Lower the national voting age now")


def test_two_words_beside_each_other_are_not_mixed() -> None:
    outcome = merged("We want fair voting now", "We want fair representation now", "We want proportional voting now")
    assert [(each.base, each.ours, each.theirs) for each in outcome.conflicts] == [
        ("fair voting", "fair representation", "proportional voting")
    ]


def test_a_list_stays_one_list_and_no_number_comes_twice() -> None:
    base = "We will:\n\n1. cap the rents\n2. build new homes\n3. plant more trees"
    inserted = "We will:\n\n1. cap the rents\n2. pay the nurses\n3. build new homes\n4. plant more trees"
    edited = base.replace("more trees", "many more trees")
    assert merged(base, inserted, edited).text == inserted.replace("more trees", "many more trees")
    both = merged(base, inserted, base.replace("3. plant", "3. open the libraries\n4. plant"))
    numbers = [line[0] for line in (both.text or "").split("\n")[2:]]
    assert (both.verdict, numbers) == (Verdict.UNTOUCHED, ["1", "2", "3", "4", "5"])


def test_an_edit_follows_its_paragraph_where_it_is_moved() -> None:
    first, second, third = "Rents must fall fast.", "Trains must be clean.", "Votes must count twice."
    base = "\n\n".join([first, second, third])
    outcome = merged(base, "\n\n".join([third, first, second]), base.replace("twice", "once"))
    assert outcome.text == "\n\n".join(["Votes must count once.", first, second])
    assert outcome.verdict is Verdict.NEAR


def test_a_paragraph_added_at_the_top_shifts_no_edit_to_another_paragraph() -> None:
    base = "Rents must fall.\n\nTrains must be clean."
    outcome = merged(base, f"A wholly new beginning.\n\n{base}", base.replace("clean", "cheap"))
    assert outcome.text == "A wholly new beginning.\n\nRents must fall.\n\nTrains must be cheap."
    assert outcome.verdict is Verdict.UNTOUCHED


def test_two_words_far_apart_on_one_line_are_no_collision() -> None:
    outcome = merged("Rents must fall in all towns", "Rents will fall in all towns", "Rents must fall in all cities")
    assert (outcome.verdict, outcome.text) == (Verdict.NEAR, "Rents will fall in all cities")
    assert outcome.notes == ("Clause 1: modal words changed: “must”, “will”.",)


def test_three_amendments_to_one_word_are_one_choice_in_every_order() -> None:
    base = Document.read("Title", "Rents must fall in all towns")
    texts = [base.text.replace("fall", word) for word in ("rise", "sink", "stay")]
    for order in permutations(texts):
        graph = conflict_graph(base, [Document.read("Title", text, base.units) for text in order])
        assert (graph.choices, graph.free) == (((0, 1, 2),), ())


def test_a_text_touched_everywhere_is_compared_word_by_word() -> None:
    paragraphs = [" ".join(f"w{number}x{place}" for place in range(60)) for number in range(20)]
    kept = [text.replace("x30", "y30") for number, text in enumerate(paragraphs) if number % 3]
    edited = [text.replace("x5 ", "z5 ") for text in paragraphs if text not in paragraphs[::3]]
    others = [text if number % 3 == 0 else edited.pop(0) for number, text in enumerate(paragraphs)]
    outcome = merged("\n\n".join(paragraphs), "\n\n".join(kept), "\n\n".join(others))
    assert outcome.text == "\n\n".join(text.replace("x5 ", "z5 ") for text in kept)


def test_a_number_is_not_changed_unseen_in_a_sentence_that_was_turned_round() -> None:
    base = "We will raise the land tax by 5 % next year"
    outcome = merged(base, base.replace("raise", "cut"), base.replace("5", "10"))
    assert outcome.verdict is Verdict.NEAR
    assert outcome.notes == ("Clause 1: numbers changed: “5”, “10”; words of direction changed: “raise”, “cut”.",)


def test_a_not_is_never_deleted_from_another_sentence() -> None:
    gone, stays = "We will not sell the forests of this land.", "We will not close the schools of any town."
    base = f"{gone} {stays}"
    outcome = merged(base, stays, base.replace("will not sell", "will sell"))
    assert outcome.verdict is Verdict.CONFLICT
    apart = merged(f"{gone}\n\n{stays}", stays, f"{gone}\n\n{stays}".replace("will not sell", "will sell"))
    assert [(each.ours, each.theirs) for each in apart.conflicts] == [("", gone.replace("will not", "will"))]


WRAPPED = "We will build homes near\nstations in all towns,\nand pay for them fairly."


def test_lines_wrapped_differently_are_no_conflict_and_the_words_win() -> None:
    again = "We will build homes near stations\nin all towns, and pay\nfor them fairly."
    outcome = merged(WRAPPED, again, WRAPPED.replace("near\nstations", "by\nrailways"))
    assert (outcome.verdict, outcome.text) == (Verdict.NEAR, again.replace("near stations", "by railways"))
    both = merged(WRAPPED, WRAPPED.replace("\n", " "), WRAPPED.replace("homes near\n", "homes\nnear "))
    assert both.text == "We will build homes\nnear stations in all towns, and pay for them fairly."
    same = merged(WRAPPED, again, again.replace("fairly", "well"))
    assert (same.verdict, same.text) == (Verdict.REDUNDANT, again.replace("fairly", "well"))
    spaced = merged("one two three", "one  two three", "one four three")
    assert spaced.text == "one  four three"


def test_a_paragraph_split_beside_a_reworded_word_keeps_both() -> None:
    base = "Rents must fall in every town of this land. Trains must be clean and run on time."
    split = base.replace(". T", ".\n\nT")
    assert merged(base, split, base.replace("land.", "country.")).text == split.replace("land.", "country.")
    assert merged(split, base, split.replace("Trains", "Buses")).text == base.replace("Trains", "Buses")
    assert merged(base, split, base.replace(". T", ". So be it. T")).verdict is Verdict.CONFLICT
    assert merged(base, split, base.replace("land. Trains", "country")).verdict is Verdict.CONFLICT


def test_a_paragraph_that_one_makes_a_quotation_and_the_other_splits_or_joins_is_left_to_a_person() -> None:
    # Who quotes a paragraph has said nothing about one that is made of it, nor of one that it is made part of.
    split, joined = ("pays 5%\nand more", "pays\n\n5%\nand more"), ("pays 5%\n\nand more", "pays 5% and more")
    reworded, rejoined = ("pays 5%\nand more", "pays\n\n5%"), ("pays 5%\n\nand more", "pays 6% and more")
    for base, regrouped in (split, joined, reworded, rejoined):
        for mark in ("> ", "- ", "# "):
            ours, theirs = mark + base, regrouped
            assert {merged(base, ours, theirs).verdict, merged(base, theirs, ours).verdict} == {Verdict.CONFLICT}
    assert merged("pays 5%", "> pays 5%", "pays 5% more\n\nSo be it.").text == "> pays 5% more\n\nSo be it."


def test_over_two_amendments_in_turn_a_quotation_is_what_it_is_over_both_at_once() -> None:
    base = Document.read("Title", "more 5%\n2030 rise")
    texts = ("more 5%", "more\n\n5%\n2030 rise", "> more 5%\n2030 rise")
    first, second, mine = (Document.read("Title", text, base.units) for text in texts)
    both, mine_first = merge(base, first, second).document, merge(base, first, mine).document
    assert both
    assert mine_first
    assert merge(first, both, mine_first).verdict is merge(base, both, mine).verdict is Verdict.CONFLICT


def test_both_may_join_one_paragraph_one_with_what_is_before_and_one_with_what_is_after() -> None:
    for base in ("a b c d.\n\ne f g h.\n\ni j k l.", "pays 5%\n\npays 5%\n\npays 5%"):
        ours, theirs = base.replace("\n\n", " ", 1), " ".join(base.rsplit("\n\n", 1))
        for one, other in ((ours, theirs), (theirs, ours)):
            assert merged(base, one, other).text == base.replace("\n\n", " ")


SAID = ["Rents must fall in towns.", "Trains run.", "Votes must count the same in every part.", "Trees must grow."]


def lines_of(*breaks: int, said: list[str] = SAID) -> str:
    """The sentences, with a new paragraph before those named."""
    return said[0] + "".join(("\n\n" if place in breaks else " ") + said[place] for place in range(1, len(said)))


def test_a_paragraph_split_in_many_by_one_and_in_some_by_the_other_has_no_sentence_twice() -> None:
    for ours, theirs, both in (((1, 2, 3), (2,), (1, 2, 3)), ((2, 3), (1, 2), (1, 2, 3)), ((3,), (1, 2), (1, 2, 3))):
        for one, other in ((ours, theirs), (theirs, ours)):
            assert merged(lines_of(), lines_of(*one), lines_of(*other)).text == lines_of(*both)
    edited = [*SAID[:2], SAID[2].replace("same", "most"), SAID[3]]
    outcome = merged(lines_of(), lines_of(1, 2, 3), lines_of(1, 3, said=edited))
    assert (outcome.verdict, outcome.text) == (Verdict.NEAR, lines_of(1, 2, 3, said=edited))


def test_paragraphs_that_one_joins_all_and_the_other_in_part_are_joined_all() -> None:
    for ours, theirs, both in (((), (2,), ()), ((1,), (3,), ()), ((2,), (1, 3), ())):
        for one, other in ((ours, theirs), (theirs, ours)):
            assert merged(lines_of(1, 2, 3), lines_of(*one), lines_of(*other)).text == lines_of(*both)
    reworded = [SAID[0].replace("towns", "cities"), *SAID[1:]]
    assert merged(lines_of(1, 2, 3), lines_of(), lines_of(said=reworded)).text == lines_of(said=reworded)


def test_two_signs_of_a_chinese_sentence_are_merged_unless_they_stand_together() -> None:
    base = "我们支持公平的选举制度"
    assert merged(base, base.replace("公平", "比例"), base.replace("制度", "办法")).text == "我们支持比例的选举办法"
    assert merged(base, base.replace("支持", "不支持"), base.replace("支持", "反对")).verdict is Verdict.CONFLICT
    assert merged(base, base.replace("公平", "公正"), base.replace("的选", "之选")).verdict is Verdict.CONFLICT


def test_emoji_marks_and_writing_from_right_to_left_are_merged_whole() -> None:
    base = "vote 👩‍👩‍👧 for cafe\u0301 land 👍🏽 now הקרקע שייכת לכולם"
    ours, theirs = base.replace("👩‍👩‍👧", "👨‍👨‍👦"), base.replace("👍🏽", "👍🏿").replace("לכולם", "לנו")
    assert merged(base, ours, theirs).text == "vote 👨‍👨‍👦 for café land 👍🏿 now הקרקע שייכת לנו"


def test_what_both_add_is_there_once_where_one_of_them_goes_on_by_whole_sentences() -> None:
    said, more, other = "Rents must fall.", "This is fair.", "It is also green."
    cases = [
        (said, f"{said} {more}", f"{said} {more} {other}"),
        (said, f"{more} {said}", f"{other} {more} {said}"),
        (said, f"{said}\n\n{more}", f"{said}\n\n{more} {other}"),
        (f"- {said}", f"- {said}\n- {more}", f"- {said}\n- {more} {other}"),
    ]
    for base, short, long in cases:
        for one, another in ((short, long), (long, short)):
            outcome = merged(base, one, another)
            assert (outcome.verdict, outcome.text) == (Verdict.REDUNDANT, long)
    for base, ours, theirs in [
        ("We will raise it.", "We will not raise it.", "We will not ever raise it."),
        (said, f"{said} {more}", f"{said} {more} {other}".replace("fall", "fall now")),
        (said, f"{said} {more} {other}", f"{said} {other} {more}"),
    ]:
        assert merged(base, ours, theirs).text in {None, theirs}
    assert merged("We will raise it.", "We will not raise it.", "We will not ever raise it.").text is None


def test_a_sentence_that_each_side_adds_at_another_place_is_left_to_a_person() -> None:
    added = "The Treasury pays for all of this."
    base = "\n\n".join(["Rents must fall.", "Trains must be clean.", "Votes must count."])
    first, last = base.replace("fall.", f"fall. {added}"), f"{base}\n\n{added}"
    for ours, theirs in ((first, last), (last, first)):
        (conflict,) = merged(base, ours, theirs).conflicts
        assert (conflict.base, conflict.ours.strip("."), conflict.theirs.strip(".")) == ("", added[:-1], added[:-1])
    assert merged(base, last, last.replace("fall", "sink")).text == last.replace("fall", "sink")
    short = "So be it."
    assert merged(base, first.replace(added, short), last.replace(added, short)).verdict is Verdict.UNTOUCHED
    was = Document.read("Title", base)
    known = [Document.read("Title", text, was.units) for text in (first, last, last.replace("count", "matter"))]
    assert conflict_graph(was, known).choices == ((0, 1, 2),)
    assert rival_pairs(was, known) == {(0, 1), (0, 2)}


def test_a_sentence_that_one_side_moves_and_the_other_deletes_is_left_to_a_person() -> None:
    kept, sentence, last = "Rents must fall in every town.", "Trains run on time every day.", "Votes must count twice."
    base = f"{kept} {sentence}\n\n{last}"
    moved, deleted = f"{kept}\n\n{last} {sentence}", f"{kept}\n\n{last}"
    for ours, theirs in ((moved, deleted), (deleted, moved)):
        assert merged(base, ours, theirs).verdict is Verdict.CONFLICT
    assert merged(base, moved, moved).text == moved
    was = Document.read("Title", base)
    known = [Document.read("Title", text, was.units) for text in (moved, deleted, base.replace("count", "matter"))]
    assert rival_pairs(was, known) == {(0, 1)}


def test_a_sentence_that_one_side_puts_after_the_next_and_the_other_deletes_is_left_to_a_person() -> None:
    first, second, third = "Rents must fall in every town.", "Trains run on time every day.", "Votes must count twice."
    base = f"{first} {second} {third}"
    turned, joined = f"{second} {first} {third}", f"{second} {third} {first}"
    for ours, deleted in ((turned, f"{second} {third}"), (joined, f"{second} {third}")):
        for one, other in ((ours, deleted), (deleted, ours)):
            assert merged(base, one, other).verdict is Verdict.CONFLICT
    assert merged(base, turned, base.replace("twice", "once")).text == turned.replace("twice", "once")
    assert merged(f"{first}\n\n{second}", f"{second} {first}", second).verdict is Verdict.CONFLICT
    was = Document.read("Title", base)
    known = [Document.read("Title", text, was.units) for text in (turned, f"{second} {third}", f"{base} So be it.")]
    assert rival_pairs(was, known) == {(0, 1)}
    assert conflict_graph(was, known).choices == ((0, 1),)


@pytest.mark.parametrize(
    ("base", "moved", "deleted"),
    [
        ("We want fair free votes.", "We want free fair votes.", "We want free votes."),
        ("We want safe and warm homes.", "We want warm and safe homes.", "We want warm homes."),
        (
            "By 2030 rents must fall in every town.",
            "Rents must fall in every town by 2030.",
            "Rents must fall in every town.",
        ),
        (
            "We will not sell or give away land.",
            "We will sell or not give away land.",
            "We will sell or give away land.",
        ),
        ("We **all** want fair free votes.", "We **all** want free fair votes.", "We **all** want free votes."),
        ("Come in and stay here.", "Come in here and stay.", "Come in and stay."),
    ],
)
def test_words_that_one_side_moves_within_a_sentence_and_the_other_deletes_are_left_to_a_person(
    base: str, moved: str, deleted: str
) -> None:
    for one, other in ((moved, deleted), (deleted, moved)):
        assert merged(base, one, other).verdict is Verdict.CONFLICT
    was = Document.read("Title", base)
    known = [Document.read("Title", text, was.units) for text in (moved, deleted, f"{base}\n\nSo be it.")]
    assert rival_pairs(was, known) == {(0, 1)}
    assert conflict_graph(was, known).choices == ((0, 1),)


def test_words_that_both_move_are_there_once_or_left_to_a_person() -> None:
    base = "Rents must fall fast in every town of the land."
    last, middle = "Rents must fall in every town of the land fast.", "Rents must fall in every town fast of the land."
    assert merged(base, last, middle).verdict is Verdict.CONFLICT
    assert merged(base, last, last.replace("Rents", "Fares")).text == last.replace("Rents", "Fares")
    copied = "Rents must fall fast in every town of the land fast."
    assert merged(base, last, copied).verdict is Verdict.CONFLICT


def test_small_words_that_stand_elsewhere_too_are_no_moved_words() -> None:
    base = "Rents must fall and the trains of the north must run on time every day."
    ours = "Rents must fall and must run on time every day in the south."
    assert merged(base, ours, base.replace("the trains of the north ", "")).text == ours
