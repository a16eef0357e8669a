"""Texts for the property tests: any script, any Markdown, and planks with amendments as members would write them."""

import random

from hypothesis import strategies as st

from policies.text.units import Document, read_units, replace_unit

SIGNS = st.sampled_from(
    [
        *"aAeéßıİñ1290 \n\t.,;:!?'’\"“”()[]{}<>|\\/&%£€$#*_~`^+=@-–—",
        *["ﬁ", "Ω", "я", "ш", "ק", "שׁ", "ع", "ﷺ", "क", "्", "ष", "ি", "ไ", "ก็", "한", "국", "日", "本", "ᄀ"],
        *["e\u0301", "\u0301", "\u200d", "\u200c", "\ufe0f", "\u200f", "\u202e", "\u2066", "\u2028", "\x85", "\xa0"],
        *["👩‍👩‍👧", "🇬🇧", "🏴\U000e0067\U000e0062\U000e007f", "👍🏽", "😀", "\r", "\r\n", "\v", "\0", "\x1b", "\ufeff"],
        *[
            "\n\n",
            "\n- ",
            "\n  - ",
            "\n1. ",
            "\n> ",
            "\n# ",
            "\n[^a]: ",
            "[^a]",
            "**",
            "](http://a.b)",
            "\n    ",
            "---",
        ],
    ]
)

ANY_TEXT = st.one_of(st.lists(SIGNS, max_size=40).map("".join), st.text(max_size=60))
"""Whatever can be typed or pasted."""

LONELY = st.lists(st.one_of(SIGNS, st.sampled_from(["\ud800", "\udfff"])), max_size=20).map("".join)
"""The same with lone surrogates, which only a broken client sends."""

_VOCABULARY = [
    *["rents", "must", "not", "rise", "above", "the", "land", "value", "tax", "pays", "for", "trains", "homes"],
    *["schools", "fair", "votes", "2030", "5%", "more"],
]


def words(least: int = 2, most: int = 9) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(_VOCABULARY), min_size=least, max_size=most).map(" ".join)


_CHANCE = random.Random(1832)
_LINES = [" ".join(_CHANCE.choices(_VOCABULARY, k=length)) for length in range(2, 10) for _ in range(60)]
# A line is drawn whole, of hundreds made beforehand: to draw each of its words took most of the time of these tests.
LINES = st.sampled_from(_LINES)


_OTHER_SCRIPTS = [
    "الأرض للجميع وليست للبيع",
    "הקרקע שייכת לכולם ולא למכירה",
    "земля принадлежит всем",
    "भूमि सबकी है बेचने के लिए नहीं",
    "土地は みんなの ものです",
    "ที่ดิน เป็นของ ทุกคน",
    "x\u0323 marks caf\u00e9 q\u0323uality for 👩‍👩‍👧 and 👍🏽 in 🇬🇧 now",
    "a *fair* vote and a **fair share** for [all of us](http://a.b)",
    "1,000 homes, 2.5 % more; not one fewer – “never”",
]
_ANY_LINE = st.one_of(LINES, LINES, LINES, st.sampled_from(_OTHER_SCRIPTS))


@st.composite
def blocks(draw: st.DrawFn) -> str:
    """One block: a heading, a paragraph, a list, a quote or a footnote."""
    kind = draw(st.sampled_from(["heading", "paragraph", "paragraph", "bullets", "numbers", "quote", "footnote"]))
    lines = draw(st.lists(_ANY_LINE, min_size=1, max_size=4))
    match kind:
        case "heading":
            return "#" * draw(st.integers(1, 3)) + " " + lines[0]
        case "bullets":
            indents = [""] + [draw(st.sampled_from(["", "", "  "])) for _ in lines[1:]]
            return "\n".join(f"{indent}- {line}" for indent, line in zip(indents, lines, strict=True))
        case "numbers":
            return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, start=1))
        case "quote":
            return "\n>\n".join(f"> {line}" for line in lines[:2])
        case "footnote":
            return f"[^{draw(st.sampled_from('abc'))}]: {lines[0]}"
        case _:
            return "\n".join(lines[:2])


PLANK_TEXTS = st.lists(blocks(), max_size=7).map("\n\n".join)
"""Texts as planks are written."""


@st.composite
def amended(draw: st.DrawFn, base: Document, focus: int | None = None) -> Document:
    """The base with one or two edits: a unit reworded, split or deleted, a block inserted, lines removed or moved.

    With `focus` they are at that block or beside it, so that several amendments of one base come close to one another.
    """
    text = base.text
    for _ in range(draw(st.integers(1, 2))):
        text = draw(_edited(text, base, focus))
    title = base.title.split(" ")
    if draw(st.integers(0, 9)) == 0:
        title[draw(st.integers(0, len(title) - 1))] = draw(words(0, 2))
    return Document.read(" ".join(title), text, base.units)


@st.composite
def rivals(draw: st.DrawFn, sides: int = 2) -> list[Document]:
    """A base and amendments of it, of which half the time all change the same part."""
    base = Document.read("A title of six words here", draw(PLANK_TEXTS))
    focus = draw(st.sampled_from([None, None, 0, 1, 2, 3]))
    return [base, *(draw(amended(base, focus)) for _ in range(sides))]


_OF_BLOCKS = ["move", "split", "join", "retag", "emphasise", "rewrap"]
_MANNERS = ["reword", "reword", "reword", "insert", "delete line", "permute", "indent", *_OF_BLOCKS]


def _near(focus: int | None, length: int) -> st.SearchStrategy[int]:
    """An index below the length, at the focus or one after it where there is a focus."""
    return (
        st.integers(0, length - 1) if focus is None else st.integers(focus, focus + 1).map(lambda place: place % length)
    )


@st.composite
def _edited(draw: st.DrawFn, text: str, base: Document, focus: int | None) -> str:
    units = read_units(text, base.units)
    lines = text.split("\n")
    manner = draw(st.sampled_from(_MANNERS))
    if manner == "reword" and units:
        unit = units[draw(_near(focus, len(units)))]
        parts = unit.markdown.split(" ")
        parts[draw(st.integers(0, len(parts) - 1))] = draw(st.sampled_from(["never", "all of", "", "- point"]))
        reworded = " ".join(parts)
        new = st.sampled_from(
            [reworded, reworded, reworded + "\n\n" + draw(words()), "", "- one\n- two", draw(words())]
        )
        return replace_unit(text, units, unit.unit_id, draw(new))
    place = draw(_near(focus, len(lines)))
    if manner == "insert":
        lines[place:place] = draw(st.sampled_from([["", draw(blocks()), ""], [draw(blocks())]]))
    elif manner == "delete line":
        del lines[place : place + draw(st.integers(1, 3))]
    elif manner in _OF_BLOCKS:
        return draw(_rearranged(text, manner, focus))
    elif manner == "permute":
        return "\n\n".join(draw(st.permutations(text.split("\n\n"))))
    else:
        lines[place] = draw(st.sampled_from(["  ", "> ", "- "])) + lines[place].strip()
    return "\n".join(lines)


@st.composite
def _rearranged(draw: st.DrawFn, text: str, manner: str, focus: int | None) -> str:
    """A block moved, split at a space, joined with the next, made another kind of block, emphasised or rewrapped."""
    parts = text.split("\n\n")
    place = draw(_near(focus, len(parts)))
    part = parts.pop(place)
    words_in = part.split(" ")
    cut = draw(st.integers(0, len(words_in) - 1))
    before, after = " ".join(words_in[:cut]), " ".join(words_in[cut:])
    if manner == "move":
        parts.insert(draw(st.integers(0, len(parts))), part)
    elif manner == "split":
        parts[place:place] = [before, after]
    elif manner == "join":
        parts[place : place + 1] = [" ".join([part, *parts[place : place + 1]])]
    elif manner == "retag":
        parts.insert(place, draw(st.sampled_from(["# ", "- ", "1. ", "> "])) + part.lstrip("#->1. "))
    elif manner == "rewrap":
        parts.insert(place, f"{before}\n{after}")
    else:
        words_in[cut] = f"**{words_in[cut]}**"
        parts.insert(place, " ".join(words_in))
    return "\n\n".join(parts)
