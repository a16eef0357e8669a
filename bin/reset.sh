#!/bin/sh
# Deletes the data of this folder's installation, after saying what and asking. YES=1 answers yes.
set -eu
folder=$1
found=$(ls -d "$folder"/platform.db* "$folder"/search 2>/dev/null || true)
if [ -z "$found" ]; then
  echo "There is nothing to delete in $folder."
  exit 0
fi
echo "This deletes, for good:"
echo "$found" | sed 's/^/  /'
echo "If the site is running, end it first (Ctrl-C)."
if [ "${YES:-}" != 1 ]; then
  printf 'Delete these? Type yes: '
  read -r answer || answer=no
  if [ "$answer" != yes ]; then
    echo "Nothing was deleted."
    exit 1
  fi
fi
echo "$found" | while read -r one; do rm -rf -- "$one"; done
echo "Deleted. The next make run starts afresh."
