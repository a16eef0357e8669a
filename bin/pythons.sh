#!/bin/sh
# Runs the suite on SQLite, without the journeys, on each Python the service may run on, each in an environment of its
# own. PYTHONS="python3.12 /opt/python3.13/bin/python3" names which; without it, those of the three that are here.
set -u
make=${MAKE:-make}
named=${PYTHONS:-}
passed= failed= absent=

version_of() { "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null; }

try() {
  $make --no-print-directory VENV=".venv-$2" PYTHON="$1" setup-dev test-once
}

for python in ${named:-python3.11 python3.12 python3.13}; do
  # Asked rather than looked for: a name can be on the path and start nothing.
  if ! version=$(version_of "$python"); then
    absent="$absent $python"
    continue
  fi
  echo "Python $version ($python):"
  if try "$python" "$version"; then passed="$passed $version"; else failed="$failed $version"; fi
done

[ -z "$passed" ] || echo "The suite passes on Python$passed."
[ -z "$absent" ] || echo "Not found, so not tried:$absent."
[ -z "$failed" ] || echo "The suite fails on Python$failed; see above." >&2
if [ -n "$named" ] && [ -n "$absent" ]; then
  echo "Install what was named and not found, or leave it out of PYTHONS." >&2
  exit 1
fi
[ -n "$passed" ] && [ -z "$failed" ]
