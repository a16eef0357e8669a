"""The web processes under granian: `python -m bin.workers`, with granian's own options.

The service is loaded before its workers are told apart, so that what none of them changes lies in memory once. Nothing
is connected, open or running by then: each worker makes its own. For a new version all of it is started anew. Where one
worker is ended, as for want of memory, another takes its place: by itself granian would end the whole site.
"""

import importlib
import os


def main() -> None:
    """Load the service, before anything else of it is, as its entry point wants; and have granian serve it."""
    importlib.import_module("wsgi")
    os.environ.setdefault("GRANIAN_RESPAWN_FAILED_WORKERS", "true")
    importlib.import_module("granian.cli").entrypoint()


if __name__ == "__main__":
    main()
