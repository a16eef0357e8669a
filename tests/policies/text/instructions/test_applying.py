"""An amendment in words changes exactly the one place it names, or is refused with the places it could mean."""

import time
from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from policies.errors import RuleBroken
from policies.text.canonical import normalise
from policies.text.instructions import apply_instruction
from tests.policies.text.strategies import ANY_TEXT, PLANK_TEXTS

MOTION = "That the Parliament notes the land tax, regrets the delay and calls for the land to be shared."
PLANK = """# Land

We will raise the land tax. Nobody loses a home.

We want three things:

- fair votes
- more trains
- warm homes

Members' rights don't end here; that is "a promise"."""


@pytest.mark.parametrize(
    ("instruction", "outcome"),
    [
        ("leave out 'notes' and insert 'welcomes'", MOTION.replace("notes", "welcomes")),
        ("Leave out the word “notes” and insert the word “welcomes”.", MOTION.replace("notes", "welcomes")),
        ("LEAVE OUT «notes», INSERT «welcomes»", MOTION.replace("notes", "welcomes")),
        ('In line 1, delete "notes"; insert "welcomes"', MOTION.replace("notes", "welcomes")),
        ("replace 'notes' with 'welcomes'", MOTION.replace("notes", "welcomes")),
        ("substitute 'welcomes' for 'notes'", MOTION.replace("notes", "welcomes")),
        ("for 'notes' substitute 'welcomes'", MOTION.replace("notes", "welcomes")),
        ("change 'notes' to 'welcomes'", MOTION.replace("notes", "welcomes")),
        ("delete „notes“ and insert „welcomes“", MOTION.replace("notes", "welcomes")),
        ("strike out 'land tax' and replace it with 'levy'", MOTION.replace("land tax", "levy")),
        ("omit ', regrets the delay'", MOTION.replace(", regrets the delay", "")),
        ("delete 'the delay and'", MOTION.replace("the delay and ", "")),
        ("delete 'That'", MOTION.removeprefix("That ")),
        ("after 'land tax' insert ', which is fair'", MOTION.replace("tax", "tax, which is fair")),
        ("after 'land tax,' insert ', and'", MOTION.replace("tax,", "tax, and")),
        ("leave out 'delay' and insert 'delay,' in its place", MOTION.replace("delay", "delay,")),
        ("after 'shared' insert 'by all.'", MOTION.replace("shared.", "shared by all.")),
        ("after second 'land' insert 'and sea'", MOTION.replace("the land to", "the land and sea to")),
        ("after the 2nd occurrence of 'land', insert 'and sea'", MOTION.replace("the land to", "the land and sea to")),
        ("after 'land' (second time) insert 'and sea'", MOTION.replace("the land to", "the land and sea to")),
        ("after 'land' where it last occurs insert 'and sea'", MOTION.replace("the land to", "the land and sea to")),
        ("before 'delay' insert 'long'", MOTION.replace("delay", "long delay")),
        ("insert '(long)' before 'delay'", MOTION.replace("delay", "(long) delay")),
        ("insert 'long' between 'the' and 'delay' in line 1", None),
        ("insert 'very long' between 'regrets the' and 'delay'", MOTION.replace("delay", "very long delay")),
        ("leave out from 'notes' to end and insert 'agrees.'", "That the Parliament agrees."),
        ("leave out 'regrets' to the end and insert 'agrees.'", "That the Parliament notes the land tax, agrees."),
        ("leave out all after 'Parliament' and insert 'agrees.'", "That the Parliament agrees."),
        ("leave out from ', regrets' to end", "That the Parliament notes the land tax."),
        ("leave out from 'regrets' to 'delay' and insert 'is glad'", MOTION.replace("regrets the delay", "is glad")),
        ("leave out from 'regrets' to before 'calls'", MOTION.replace("regrets the delay and ", "")),
        ("leave out from after 'tax,' to 'delay and'", MOTION.replace("regrets the delay and ", "")),
        ("leave out from the beginning to 'Parliament' and insert 'It'", MOTION.replace("That the Parliament", "It")),
        ("insert at end '; agrees'", MOTION.replace("shared.", "shared; agrees.")),
        ("at end insert 'and agrees that “this is so.”'", MOTION.replace(".", " and agrees that “this is so.”")),
        ("At the end of the motion, add: “It agrees.”", MOTION + " It agrees."),
        ("at end add: It agrees.", MOTION + " It agrees."),
        ("insert at beginning 'Today:'", f"Today: {MOTION}"),
        ("delete 'land' wherever it occurs", MOTION.replace("land ", "")),
        ("replace both 'land' with 'sea'", MOTION.replace("land", "sea")),
        ("replace every 'land' in line 1 with 'sea'", None),
        ("leave out all and insert 'Nothing.'", "Nothing."),
        ("Make no change.", MOTION),
        ("insert at end\n“; and agrees.”", MOTION.replace("shared.", "shared; and agrees.")),
        ("Insert, after 'delay', the words 'of years'.", MOTION.replace("delay", "delay of years")),
        ("leave out all from 'notes' to the end of the Question and add 'agrees.'", "That the Parliament agrees."),
        (
            "(a) delete 'notes' and insert 'welcomes'; and (b) after 'delay' insert ',' .",
            MOTION.replace("notes", "welcomes").replace("delay", "delay,"),
        ),
        (
            "1. In line 1, delete 'land tax' and after 'calls' insert 'again'\n2. In line 2 delete 'to be'",
            MOTION.replace("land tax", "")
            .replace("the ,", "the,")
            .replace("calls", "calls again")
            .replace("to be ", ""),
        ),
        (
            "delete 'notes' and insert 'says “insert 'x' and delete 'y'” and notes'",
            MOTION.replace("notes", "says “insert 'x' and delete 'y'” and notes"),
        ),
        ("delete 'notes' and insert 'says \"insert all\" and'", MOTION.replace("notes", 'says "insert all" and')),
        ('delete "notes" and insert "the "so-called" notes"', MOTION.replace("notes", 'the "so-called" notes')),
        (
            "delete 'notes' and insert 'doesn't note members' rights,'",
            MOTION.replace("notes", "doesn't note members' rights,"),
        ),
        ("delete 'notes' and insert '.*(?:\\1) 😀 שלום'", MOTION.replace("notes", ".*(?:\\1) 😀 שלום")),
    ],
)
def test_an_instruction_is_applied_to_a_motion(instruction: str, outcome: str | None) -> None:
    if outcome is None:
        with pytest.raises(RuleBroken):
            apply_instruction(MOTION, instruction)
    else:
        assert apply_instruction(MOTION, instruction) == outcome


@pytest.mark.parametrize(
    ("instruction", "old", "new"),
    [
        ("delete paragraph 1", "We will raise the land tax. Nobody loses a home.\n\n", ""),
        ("delete the first paragraph", "We will raise the land tax. Nobody loses a home.\n\n", ""),
        ("leave out 'more trains'", "- more trains\n", ""),
        ("delete the second bullet point", "- more trains\n", ""),
        ("delete clauses 2.2 to 2.3", "\n- more trains\n- warm homes", ""),
        ("delete paragraph 3", "\n\nMembers' rights don't end here; that is \"a promise\".", ""),
        (
            "in paragraph 1 replace 'raise' by 'double', and delete 'a'",
            "raise the land tax. Nobody loses a",
            "double the land tax. Nobody loses",
        ),
        ("In paragraph 1: (a) delete 'land'; (b) delete 'raise'", "raise the land tax", "the tax"),
        ("in clause 2.1, at end insert ', soon'", "votes", "votes, soon"),
        ("in paragraph 1, at beginning insert 'Then'", "We will", "Then We will"),
        ("insert 'Then' at start of paragraph 1", "We will", "Then We will"),
        ("at end of paragraph 1 insert 'Never.'", "a home.", "a home. Never."),
        ("replace clause 2.2 with 'fewer cars'", "more trains", "fewer cars"),
        ("replace lines 1 to 1 with 'Soil'", "# Land", "# Soil"),
        ("leave out from 'Nobody' to end of paragraph 1", " Nobody loses a home.", ""),
        ("in paragraph 1 leave out from 'Nobody' to end", " Nobody loses a home.", ""),
        ("leave out from ' tax' to end of paragraph 1 and insert ', now.'", " tax. Nobody loses a home.", ", now."),
        ("after paragraph 1 insert new paragraph: We like it.", "home.\n", "home.\n\nWe like it.\n"),
        ("after the first paragraph insert 'We like it.'", "home.\n", "home.\n\nWe like it.\n"),
        ("insert a new paragraph before paragraph 2: 'We like it.'", "We want", "We like it.\n\nWe want"),
        ("after clause 2.2 insert 'buses'", "more trains", "more trains\n- buses"),
        ("insert new bullet after bullet 3: buses", "warm homes", "warm homes\n- buses"),
        ("before clause 2.1 insert new item 'buses'", "- fair votes", "- buses\n- fair votes"),
        ("after 'warm homes' insert '- buses\n- trams'", "warm homes", "warm homes\n- buses\n- trams"),
        ("after clause 2.3 insert new paragraph 'So there.'", "warm homes", "warm homes\n\nSo there."),
        ("at end insert new paragraph 'So there.'", '"a promise".', '"a promise".\n\nSo there.'),
        ("at beginning insert new paragraph 'Now:'", "# Land", "Now:\n\n# Land"),
        ("leave out 'Members’ rights don’t' and insert 'Rights do'", "Members' rights don't", "Rights do"),
        ("leave out “that is ‘a promise’” and insert 'so'", None, None),
        ("leave out 'that is “a promise”' and insert 'so'", 'that is "a promise"', "so"),
        ("in line 1, delete 'Land' and insert 'Soil'", "# Land", "# Soil"),
        ("delete 'fair\u00a0votes' and insert 'equal votes'", "fair votes", "equal votes"),
    ],
)
def test_an_instruction_is_applied_to_a_plank(instruction: str, old: str | None, new: str | None) -> None:
    if old is None or new is None:
        with pytest.raises(RuleBroken):
            apply_instruction(PLANK, instruction)
    else:
        assert PLANK.count(old) == 1
        assert apply_instruction(PLANK, instruction) == PLANK.replace(old, new)


@pytest.mark.parametrize(
    ("base", "instruction", "outcome"),
    [
        ("", "insert at end 'New.'", "New."),
        ("", "insert at beginning 'New.'", "New."),
        ("one\ntwo\nthree", "delete lines 2 to 3", "one"),
        ("one\ntwo\nthree", "in line 2 insert at end 'more'", "one\ntwo more\nthree"),
        ("one\ntwo\nthree", "after line 1 insert 'more'", "one\nmore\ntwo\nthree"),
        ("one\ntwo\nthree", "before line 3 insert 'more'", "one\ntwo\nmore\nthree"),
        ("a tall\nstory told", "delete 'tall story'", "a told"),
        ("> a tall\n> story told", "delete 'tall story' and insert 'tale'", "> a tale told"),
        ("> quoted", "after paragraph 1 insert 'New.'", "> quoted\n\nNew."),
        ("# Title\nText", "after 'Title' insert new paragraph 'New.'", "# Title\n\nNew.\n\nText"),
        ("1. one\n2. two", "delete paragraph 2", "1. one"),
        ("1. one\n2. two", "after item 2 insert 'three'", "1. one\n2. two\n3. three"),
        ("- one\n- two\n\nEnd", "replace clause 1.1 with '- uno\n- due'", "- uno\n- due\n- two\n\nEnd"),
        ("**must** not", "after 'must' insert 'never'", "**must never** not"),
        ("must **not**", "before 'not' insert 'really'", "must **really not**"),
        ("must **not** go", "before '**not' insert 'really'", "must really **not** go"),
        ("(see 4)", "before 'see' insert 'please'", "(please see 4)"),
        ("tax (5)", "after '5' insert '%'", "tax (5%)"),
        ("community land", "after 'community' insert '-owned'", "community-owned land"),
        ("community land", "after 'community' insert '- as it is -'", None),
        ("community land", "after 'community' insert '– as it is –'", "community – as it is – land"),
        ("profit", "before 'profit' insert 'non-'", "non-profit"),
        ("日本語文", "after '日本' insert '国'", "日本国語文"),
        ("日本語。", "delete '本語'", "日。"),
        ("ก็ดี", "delete 'ก'", None),
        ("👩‍👩‍👧 and 😀", "delete '😀'", "👩‍👩‍👧 and"),
        ("All is well", "insert at end '; so'", "All is well; so"),
        ("Is it?", "insert at end ', or'", None),
        ("He said “no.”", "insert at end ', or'", None),
        ("It is so. We agree.", "leave out from 'We' to end", "It is so."),
        ("It is so, we agree.", "leave out from 'we' to end", None),
        ("It is so, we agree", "leave out from 'we' to end", "It is so,"),
        ("a, b, c", "delete 'b'", "a, c"),
        ("a ; b", "delete 'a'", "; b"),
        ("a b", "delete 'a b'", ""),
        ("-", "before line 1 insert 'x'", None),
        ("Scotland's land", "delete 'land'", "Scotland's"),
        ("a b a", "leave out from 'b' to second 'a'", None),
        ("a b a c a", "leave out from 'b' to second 'a'", None),
        ("a b", "leave out from 'a' to end of text and insert 'c'", "c"),
        ("a, b", "after 'a,' insert ','", None),
        ("a\n\n- b\n- c\n\nd\n\ne", "delete paragraph 2", "a\n\n- b\n- c\n\ne"),
        ("- a\n- b\n\nc\n\nd", "delete paragraph 2", None),
        ("- a\n- b\n\nc\n\nd", "delete second paragraph", None),
        ("- a\n- b\n\nc\n\nd", "delete the last paragraph", "- a\n- b\n\nc"),
        ("a b\na", "delete 'a' in line 2", "a b"),
        ("a b\na", "Delete 'b'.\n\n; After first 'a' insert 'c'.", "a c\na"),
        ("The **big** tax", "delete 'big'", "The tax"),
        ("The **big old** tax", "delete 'big'", "The **old** tax"),
        ("The **big old** tax", "delete 'old'", "The **big** tax"),
        ("The **big old** tax", "leave out from 'old' to 'tax'", "The **big**"),
        ("See [the big](http://a.b) tax", "replace 'See the' with 'Read a'", "Read a [big](http://a.b) tax"),
        ("See [the big](http://a.b) tax", "replace 'big tax' with 'levy'", "See [the](http://a.b) levy"),
        ("See [the big](http://a.b) tax", "replace 'see the big tax' with 'x'", None),
        (
            "See [the big](http://a.b) tax",
            "replace 'the big tax' with 'the huge tax'",
            "See [the huge](http://a.b) tax",
        ),
        ("Say **a *c d* e** now.", "replace 'd e now' with 'x'", "Say **a *c*** x."),
        ("Say **a** and **b** now", "delete 'a and b'", "Say now"),
        ("[a b](u) and [c d](v)", "delete 'b and c'", "[a](u) [d](v)"),
        ("(a b) c", "leave out 'a'", "(b) c"),
        ("a (b) c", "leave out 'b'", None),
        ('say "no"', "leave out 'no'", None),
        ("A's tax", "delete 'A'", None),
        ("Scotland's tax for Scotland", "delete 'Scotland'", None),
        ("Scotland's tax for Scotland", "replace every 'Scotland' with 'Wales'", None),
        ("a b a", "replace both 'a' in line 9 with 'c'", None),
        ("a b", "replace both 'a' with 'c'", None),
        ("a b", "delete every ''", None),
        ("ẞ İ a", "delete 'x'", None),
        ("> one\n>\n> two", "delete line 1", "> two"),
        ("Text\n\n[^a]: Note", "insert at end 'more'", None),
        ("- one", "insert at end 'More.'", None),
        ("- one\n- two", "after clause 1.1 insert new paragraph 'x'", None),
        ("- one\n  - two", "delete clause 1.1", None),
        ("- one\n  - two", "after clause 1.1 insert 'x'", None),
        ("- one", "after clause 1.1 insert 'x\ny'", None),
        ("# One two\n\nthree four", "leave out from 'two' to 'three'", None),
        ("# One two\n\nthree four", "leave out from 'two' to 'three' and insert 'x'", None),
        ("# One two\n\nthree four", "insert at beginning 'x'", None),
        ("one two", "after line 1 insert 'x'", None),
        ("one two", "after 'one' insert new paragraph 'x'", None),
        ("one two", "leave out 'one' and insert '# uno'", None),
        ("one\n\n- two", "after 'one' insert '\n\n> a'", "one\n\n> a\n\n- two"),
        ("a &amp; b", "in line 1 delete 'b'", "a &amp;"),
        ("&copy; b", "in line 1 delete 'b'", "&copy;"),
        ("[](http://a.b)\n\nb c", "in line 1 delete 'c'", None),
        ("[](http://a.b)\n\nb c", "delete 'c'", "[](http://a.b)\n\nb"),
        ("1. a\n(1) x y\n(2) z\n2. b", "in point 1 leave out from 'x' to end", None),
        ("one\n\n    two", "after 'one' insert '\n\n- a'", None),
    ],
)
def test_spaces_and_marks_stand_right(base: str, instruction: str, outcome: str | None) -> None:
    if outcome is None:
        with pytest.raises(RuleBroken):
            apply_instruction(base, instruction)
    else:
        assert apply_instruction(base, instruction) == outcome


@pytest.mark.parametrize(
    ("instruction", "refusal"),
    [
        ("", "is empty"),
        ("(a)", "asks for nothing"),
        ("make it fairer", "not understood: “make it fairer”"),
        ("delete 'raise' and tell everybody", "not understood: “tell everybody”"),
        ("move paragraph 1 after paragraph 1", "within itself"),
        ("page 3, line 1, delete line 1", "no pages"),
        ("in line 1", "not understood"),
        ("insert ''x' after 'raise'", "not closed"),
        ("delete 'raise", "not closed"),
        ("delete ''", "quoting nothing"),
        ("after 'raise' insert ' '", "nothing in the quotation"),
        ("delete 'levy'", "does not occur"),
        ("delete 'We'", "occurs 2 times"),
        ("delete 'WARM'", r"does not occur.*Did you mean line 6 \(“… votes - more trains - warm homes"),
        ("in line 1 delete 'warm'", "Did you mean line 6"),
        ("delete 'a'", r"occurs 2 times: line 2 .* line 7"),
        ("delete third 'a'", "does not occur so often"),
        ("delete 0th 'a'", "does not occur so often"),
        ("delete 'loses' and delete 'loses a home'", "about the same words"),
        ("after 'a home' insert 'x'; after 'a home' insert 'y'", "about the same words"),
        ("in line 99 delete 'a'", "no line 99; the text has 7"),
        ("in lines 3 to 2 delete 'a'", "no run of lines"),
        ("in line 1.2 delete 'a'", "no run of lines"),
        ("delete line 3", "counted as typed and as printed"),
        ("in line 3 insert at end 'x'", "counted as typed and as printed"),
        ("delete paragraph 9", "no paragraph 9"),
        ("delete the last clause", None),
        ("delete the tenth bullet", "no bullet 10"),
        ("delete clauses 2.2 to 2.1", "stands before"),
        ("in paragraph 1 delete all", "or about the whole text"),
        ("leave out from 'Nobody' in paragraph 1 to end", "“to end of paragraph 1” or “to end of text”"),
        ("leave out from 'home' to 'raise'", "does not occur"),
        ("leave out from after 'raise' to before 'the land'", "ends before it begins"),
        ("leave out from 'home' to second 'a'", "can be counted from the beginning|does not occur so often"),
        ("insert 'x' between 'raise' and 'home'", "not next to each other"),
        ("after paragraph 2 insert 'x'", "goes on with clause 2.1"),
        ("delete 'raise' " + "; delete 'raise' " * 301, "at most 300 parts"),
        ("delete lines " + "1, " * 301, "not understood|same words"),
        ("x" * 500_000, "at most 400,000 characters"),
    ],
)
def test_what_is_unclear_is_refused_with_what_was_unclear(instruction: str, refusal: str | None) -> None:
    if refusal is None:
        assert apply_instruction(PLANK, instruction)
        return
    with pytest.raises(RuleBroken, match=refusal):
        apply_instruction(PLANK, instruction)


def test_lines_stored_with_the_text_are_the_only_ones_that_count() -> None:
    base = "one two three four"
    assert apply_instruction(base, "delete line 2", lines=[(0, 8), (8, 18)]) == "one two"
    with pytest.raises(RuleBroken, match="no line 2"):
        apply_instruction(base, "delete line 2", lines=[(0, 18), (18, 18)])
    with pytest.raises(RuleBroken, match="nothing to leave out"):
        apply_instruction(base, "delete line 2", lines=[(0, 3), (3, 4), (4, 18)])


@pytest.mark.parametrize(
    ("base", "instruction"),
    [
        ("(a) x\n\ny\n\n" * 20, "delete (a)"),
        ("x\n\n- a\n- b\n\n" * 14, "delete the second bullet"),
    ],
)
def test_what_can_mean_a_great_many_places_is_refused_with_the_first_of_them(base: str, instruction: str) -> None:
    with pytest.raises(RuleBroken, match=r"can mean line .*, and \d+ more. Say in which section or paragraph"):
        apply_instruction(base, instruction)


def test_a_long_line_is_numbered_as_it_is_printed() -> None:
    base = "word " * 20 + "end here"
    assert apply_instruction(base, "in line 2 delete 'end'") == "word " * 20 + "here"


WORDS = (
    "in line lines 3 to 5 and paragraph 2 second last bullet sentence of (a) 2(b) 1. ii) section headed under "
    "'a' “b” «c» ' \" “ … ... . ; : — delete insert add replace with move swap change after before between end all "
    "every throughout new renumber accordingly so that it reads Reason: leave out from onwards for substitute page"
)
SAID = st.lists(st.sampled_from([*WORDS.split(), "\n"]), max_size=12).map(" ".join)


@given(st.one_of(ANY_TEXT, PLANK_TEXTS), SAID)
def test_whatever_is_made_of_the_words_of_instructions_is_applied_or_refused(base: str, instruction: str) -> None:
    with suppress(RuleBroken):
        assert normalise(result := apply_instruction(base, instruction)) == result


@example("*", "*")
@given(ANY_TEXT, ANY_TEXT)
def test_any_instruction_is_applied_or_refused_and_never_fails(base: str, instruction: str) -> None:
    for said in (instruction, f"after 'a' insert '{instruction}'", f"delete “{instruction}”"):
        with suppress(RuleBroken):
            assert normalise(result := apply_instruction(base, said)) == result


@pytest.mark.parametrize(
    "piece",
    [
        "'",
        '"',
        "“",
        "a' ",
        "\n",
        "in line 1 ",
        "delete 'a' and ",
        "((",
        "first ",
        "1, ",
        "(a) ",
        "line 1 of ",
        "add: a\n",
    ],
)
def test_reading_takes_time_in_step_with_the_length(piece: str) -> None:
    started = time.process_time()
    with suppress(RuleBroken):
        apply_instruction("a b " * 1000, piece * (100_000 // len(piece)) + "x")
    assert time.process_time() - started < 5
