"""Makes the two small fonts of the pages from the packages that PDFs and share cards are set in: `python -m bin.fonts`.

Only the letters of English and Welsh, the signs the pages use, and kerning are kept. The licence lets a part be passed
on under another name, and so it is; it lies beside the fonts.
"""

from pathlib import Path
from shutil import copyfile

import font_source_sans_pro
from fontTools import subset
from fontTools.ttLib import TTFont

SOURCE = Path(font_source_sans_pro.__file__).parent / "files"
FONTS = Path(__file__).resolve().parent.parent / "app" / "static" / "fonts"
NAME = "Common Sans"
# By the weight that pages ask for.
FACES = {"400": "SourceSansPro-Regular.ttf", "600": "SourceSansPro-Semibold.ttf"}
SIGNS = "ŴŵŶŷ\u2010\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026\u2032\u2190\u2191\u2192\u2193\u2212\u00d7"
LETTERS = {*range(0x20, 0x7F), *range(0xA0, 0x100), *map(ord, SIGNS)}


def main() -> None:
    """Write each face anew, with the licence."""
    FONTS.mkdir(exist_ok=True)
    copyfile(SOURCE / "LICENSE.txt", FONTS / "LICENSE.txt")
    for weight, face in FACES.items():
        _part_of(SOURCE / face).save(FONTS / f"common-sans-{weight}.woff2")


def _part_of(path: Path) -> TTFont:
    font = TTFont(path, recalcTimestamp=False)
    options = subset.Options(layout_features=["kern"], hinting=False, name_IDs=[1, 2, 4, 6, 13, 14])
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=LETTERS)
    subsetter.subset(font)
    for record in font["name"].names:
        if record.nameID in {1, 4, 6}:
            record.string = NAME.replace(" ", "") if record.nameID == 6 else NAME
    font.flavor = "woff2"
    return font


if __name__ == "__main__":
    main()
