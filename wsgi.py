"""The entry point: what a server or the `flask` command imports."""

import sys

from app import create_app
from app.config import UnsafeSettings

try:
    app = create_app()
except UnsafeSettings as fault:
    sys.exit(str(fault))
