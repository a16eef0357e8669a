"""`python -m policies.text`: see docs/text-engine.md."""

import sys
from io import TextIOWrapper
from typing import cast

from policies.text.cli import main

# What comes out is UTF-8 as what goes in is, whatever the terminal's language.
for stream in (sys.stdout, sys.stderr):
    cast(TextIOWrapper, stream).reconfigure(encoding="utf-8", errors="backslashreplace")

sys.exit(main(sys.argv[1:], sys.stdout, sys.stderr))
