"""`python -m policies.text`: see docs/text-engine.md."""

import sys

from policies.text.cli import main

sys.exit(main(sys.argv[1:], sys.stdout, sys.stderr))
