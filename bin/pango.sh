#!/bin/sh
# Makes sure there is Pango, with which PDFs are laid out. Without it the service runs, and says that it makes no PDFs.
set -eu
python=$1

can_make_pdfs() { "$python" -c "import weasyprint" >/dev/null 2>&1; }

if can_make_pdfs; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "There is no Pango yet; installing Debian's package."
  apt-get update -qq >/dev/null
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 >/dev/null
fi
can_make_pdfs || echo "PDFs are not tried: install Pango (on Debian: sudo apt-get install libpangoft2-1.0-0 libharfbuzz-subset0)."
