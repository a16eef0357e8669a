#!/bin/sh
# Makes sure there is a Chromium for the journeys: the system's, else Playwright's, else, as root, Debian's package.
set -eu
python=$1

has_system() { command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1; }
has_playwrights() {
  "$python" - <<'PY'
import pathlib, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as p:
    sys.exit(0 if pathlib.Path(p.chromium.executable_path).is_file() else 1)
PY
}

if has_system || has_playwrights; then exit 0; fi
echo "There is no Chromium yet; asking Playwright for one."
if timeout 300 "$python" -m playwright install chromium >/dev/null 2>&1 && has_playwrights; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Playwright could not fetch one; installing Debian's package."
  apt-get update -qq >/dev/null
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null
  if has_system; then exit 0; fi
fi
echo "The journeys need Chromium. Install it (on Debian: sudo apt-get update && sudo apt-get install chromium) and run this again." >&2
exit 1
