"""A log of visits for `gunicorn --logger-class`: with cut addresses, and without ballot pages, keys, queries or names.

gunicorn --access-logfile access.log --logger-class app.access_log.QuietLogger wsgi:app
"""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

from gunicorn.glogging import Logger

from policies.access_logs import cut_address, may_be_logged

# Time, cut address, method, page, status, bytes and duration. No query, no page before, no browser.
FORMAT = '%(t)s %(h)s "%(m)s %(U)s" %(s)s %(B)s %(M)sms'


class QuietLogger(Logger):
    """Gunicorn's logger, which writes of a visit what `policies.access_logs` lets it."""

    def __init__(self, cfg: Any) -> None:
        """Whatever format the server was given, the own one holds."""
        cfg.set("access_log_format", FORMAT)
        super().__init__(cfg)

    def access(self, resp: Any, req: Any, environ: dict[str, Any], request_time: timedelta) -> None:
        """Log a visit, unless it is one of those that never are."""
        if may_be_logged(environ.get("PATH_INFO", "")):
            super().access(resp, req, _cut(environ), request_time)


def _cut(environ: dict[str, Any]) -> dict[str, Any]:
    """No line of a log can be forged by what stands in a path."""
    address, path = environ.get("REMOTE_ADDR", ""), environ.get("PATH_INFO", "")
    return {**environ, "REMOTE_ADDR": cut_address(address), "PATH_INFO": quote(path, encoding="latin-1")}
