"""Writes docs/rules.md; where a rule is tested nowhere it writes nothing and names the rule."""

import sys
from pathlib import Path

from bin.rules.document import Document, Untested
from bin.rules.rulebook import Rulebook

ROOT = Path(__file__).parent.parent.parent

if __name__ == "__main__":
    try:
        rules = Document(Rulebook("policies", ROOT / "policies"), ROOT / "tests", ROOT / "docs").written()
    except Untested as missing:
        sys.exit(str(missing))
    (ROOT / "docs" / "rules.md").write_text(rules, encoding="utf-8")
