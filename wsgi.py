"""The entry point: what a server or the `flask` command imports."""

import gc
import sys

# What is made at the start stays to the end, so that looking for rubbish in it, now and later, finds none.
gc.disable()

from app import create_app  # noqa: E402
from app.config import UnsafeSettings  # noqa: E402
from policies.errors import RuleBroken  # noqa: E402

try:
    app = create_app()
except (UnsafeSettings, RuleBroken) as fault:
    # The exit code of `flask check` for what is not fit for real people.
    sys.stderr.write(f"{fault}\n")
    sys.exit(2)
finally:
    gc.freeze()
    gc.enable()
