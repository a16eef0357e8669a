"""The web processes under granian: `python -m app.workers`, with granian's own options.

The service is loaded before its workers are told apart, so that what none of them changes lies in memory once. Nothing
is connected, open or running by then: each worker makes its own. For a new version all of it is started anew. Where one
worker is ended, as for want of memory, another takes its place: by itself granian would end the whole site.
"""

import importlib
import os

from app.late import late

granian = late("granian.cli")


def main() -> None:
    """Load the service, and have granian serve it."""
    importlib.import_module("wsgi")
    os.environ.setdefault("GRANIAN_RESPAWN_FAILED_WORKERS", "true")
    granian.entrypoint()


if __name__ == "__main__":
    main()
