"""The entry point: what a server or the `flask` command imports."""

import sys

from app import create_app
from app.config import UnsafeSettings
from policies.errors import RuleBroken

try:
    app = create_app()
except (UnsafeSettings, RuleBroken) as fault:
    # The exit code of `flask check` for what is not fit for real people.
    sys.stderr.write(f"{fault}\n")
    sys.exit(2)
