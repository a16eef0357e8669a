"""Writes docs/promises.md; where a promise is proven nowhere, and not known to be so, it writes nothing."""

import sys
from pathlib import Path

from bin.promises.document import Document, Unproven
from bin.promises.registry import NOT_YET, PROMISES

ROOT = Path(__file__).parent.parent.parent

if __name__ == "__main__":
    try:
        page = Document(ROOT, PROMISES, NOT_YET).written()
    except Unproven as missing:
        sys.exit(str(missing))
    (ROOT / "docs" / "promises.md").write_text(page, encoding="utf-8")
