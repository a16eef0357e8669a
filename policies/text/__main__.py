"""`python -m policies.text`: see docs/text-engine.md."""

import sys

from policies.text.cli import main

# Amendments in words are read and written by `policies.text.instructions`; it is the fourth argument once it is there.
sys.exit(main(sys.argv[1:], sys.stdout, sys.stderr))
