#!/bin/sh
# Both databases at once: alone, neither fills two processors. What PostgreSQL's tests say is shown after SQLite's.
set -u
said=$(mktemp)
"$MAKE" --no-print-directory test-postgresql > "$said" 2>&1 &
other=$!
trap 'kill "$other" 2>/dev/null; rm -f "$said"' EXIT
"$MAKE" --no-print-directory test-pages
on_sqlite=$?
wait "$other"
on_postgresql=$?
cat "$said"
[ "$on_sqlite" -eq 0 ] && [ "$on_postgresql" -eq 0 ]
