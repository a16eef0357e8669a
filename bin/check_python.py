"""Says in one line when this Python is too old or too new for the pinned packages."""

import sys

if not (3, 11) <= sys.version_info[:2] <= (3, 13):
    sys.exit(
        f"This is Python {sys.version_info.major}.{sys.version_info.minor}; the service needs 3.11, 3.12 or 3.13."
        " Name one, for example: make run PYTHON=python3.12"
    )
