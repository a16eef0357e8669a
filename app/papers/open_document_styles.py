"""How an OpenDocument paper looks: its paragraphs, its words, its lists."""

from collections.abc import Iterator, Mapping, Sequence

_INK, _SOFT = "#0c4a57", "#535a5c"
LISTS: Mapping[bool, str] = {False: "Points", True: "Numbers"}
_SIGNS = "•◦▪"
_LEVELS = 10
# From where a line is set back: a reader of OpenDocument counts its stops from there.
_STOPS = ("-0.9cm", "0cm")
_LOOKS = {"b": 'fo:font-weight="bold"', "i": 'fo:font-style="italic"', "m": 'style:text-position="super 65%"'}
_SPACES = (
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
)


def styles(is_large: bool) -> Iterator[str]:
    """The styles of paragraphs and of words. A printed line fits beside its number: the large face is a narrow one."""
    size = 13 if is_large else 11
    face = "'Times New Roman', 'Liberation Serif', serif" if is_large else "Georgia, serif"
    for style in _of_paragraphs(size):
        yield style.replace("FACE", face)
    yield from _of_words(size)


def _of_paragraphs(size: int) -> Iterator[str]:
    yield _paragraph("Body", size)
    yield _paragraph("Entry", size, around='fo:margin-bottom="0.1cm"')
    yield _paragraph("Turned", size, around='style:writing-mode="rl-tb" fo:text-align="right"')
    yield _paragraph("Quote", size, around='fo:margin-left="0.7cm"', look='fo:font-style="italic"')
    yield _paragraph("Small", size - 1)
    yield _paragraph("Beside", size - 1)
    yield _paragraph("Fact", size - 2, around='fo:margin-bottom="0.05cm" fo:keep-with-next="always"')
    yield _paragraph("Foot", size - 2, look=f'fo:color="{_SOFT}"')
    yield _paragraph("Kicker", size - 1, look=f'fo:color="{_INK}" fo:font-weight="bold"')
    hanging = 'fo:margin-left="2.2cm" fo:text-indent="-2.2cm"'
    yield _paragraph("Line", size, around=f'{hanging} fo:margin-bottom="0cm"', tabs=_STOPS)
    yield _paragraph("LastLine", size, around=hanging, tabs=_STOPS)
    yield _heading("FreshHeading", size + 6, 'fo:break-before="page"')
    for level, more in enumerate((12, 6, 4, 2, 1, 0), start=1):
        yield _heading(f"Heading{level}", size + more)


def list_styles() -> Iterator[str]:
    """Lists with points, and lists with numbers."""
    for is_ordered, name in LISTS.items():
        levels = "".join(_level(level, is_ordered) for level in range(1, _LEVELS + 1))
        yield f'<text:list-style {_SPACES} style:name="{name}">{levels}</text:list-style>'


def _of_words(size: int) -> Iterator[str]:
    for look in ("b", "i", "bi", "m", "bm", "im", "bim"):
        yield _words(f"L{look}", " ".join(_LOOKS[letter] for letter in look))
    yield _words("Inserted", f'fo:color="{_INK}" style:text-underline-style="solid"')
    yield _words("Deleted", 'fo:color="#86195f" style:text-line-through-style="solid"')
    yield _words("Clause", f'fo:color="{_INK}" fo:font-size="{size - 2}pt" fo:font-style="normal"')
    yield _words("Number", f'fo:color="{_SOFT}" fo:font-size="{size - 3}pt" fo:font-style="normal"')


def _paragraph(name: str, size: int, *, around: str = "", look: str = "", tabs: Sequence[str] = ()) -> str:
    stops = "".join(f'<style:tab-stop style:position="{tab}"/>' for tab in tabs)
    stops = f"<style:tab-stops>{stops}</style:tab-stops>" if stops else ""
    room = "" if "fo:margin-bottom" in around else 'fo:margin-bottom="0.25cm"'
    return (
        f'<style:style {_SPACES} style:name="{name}" style:family="paragraph">'
        f'<style:paragraph-properties {room} fo:line-height="135%" {around}>{stops}</style:paragraph-properties>'
        f'<style:text-properties fo:font-family="FACE" fo:font-size="{size}pt" {look}/></style:style>'
    )


def _heading(name: str, size: int, around: str = "") -> str:
    kept = f'fo:keep-with-next="always" fo:margin-top="0.4cm" fo:margin-bottom="0.2cm" {around}'
    return (
        f'<style:style {_SPACES} style:name="{name}" style:family="paragraph"><style:paragraph-properties {kept}/>'
        f'<style:text-properties fo:font-family="FACE" fo:font-size="{size}pt" fo:color="{_INK}"'
        ' fo:font-weight="bold"/></style:style>'
    )


def _words(name: str, look: str) -> str:
    return (
        f'<style:style {_SPACES} style:name="{name}" style:family="text"><style:text-properties {look}/></style:style>'
    )


def _level(level: int, is_ordered: bool) -> str:
    sign = f'text:bullet-char="{_SIGNS[(level - 1) % len(_SIGNS)]}"'
    kind = "number" if is_ordered else "bullet"
    form = 'style:num-format="1" style:num-suffix="."' if is_ordered else sign
    place = (
        '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
        f'<style:list-level-label-alignment text:label-followed-by="listtab" fo:text-indent="-0.6cm"'
        f' fo:margin-left="{0.7 * level:.1f}cm" text:list-tab-stop-position="{0.7 * level:.1f}cm"/>'
        "</style:list-level-properties>"
    )
    return f'<text:list-level-style-{kind} text:level="{level}" {form}>{place}</text:list-level-style-{kind}>'
