#!/bin/sh
# Resolves requirements*.in for Python 3.11 to 3.13 into pinned files with hashes, with uv in a folder of its own.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$1" -m venv "$folder"
"$folder/bin/pip" install --quiet uv
for name in requirements requirements-dev; do
  "$folder/bin/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-header "$name.in" -o "$name.txt"
done
