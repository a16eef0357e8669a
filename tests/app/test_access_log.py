"""The log of visits, written by gunicorn's own logger: cut addresses, no keys, no ballots, no forged lines."""

import re
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from gunicorn.config import Config

from app.access_log import QuietLogger


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A log in which somebody's visits to several pages were written."""
    config = Config()
    config.set("accesslog", str(tmp_path / "access.log"))
    config.set("access_log_format", '%(h)s "%(r)s" "%(f)s" "%(a)s"')
    logger = QuietLogger(config)
    answer = SimpleNamespace(status="200 OK", sent=512, headers=[])
    for path in ("/planks/12", "/rounds/7/vote", "/sign-in/link/abc", "/planks/x\n1.2.3.4 forged"):
        environ = {
            "REMOTE_ADDR": "192.0.2.57",
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "RAW_URI": f"{path}?q=secret",
            "QUERY_STRING": "q=secret",
            "HTTP_REFERER": "http://localhost/sign-in/link/abc",
            "HTTP_USER_AGENT": "A browser",
            "SERVER_PROTOCOL": "HTTP/1.1",
        }
        logger.access(answer, [], environ, timedelta(milliseconds=7))
    for handler in logger.access_log.handlers:
        handler.close()
    return tmp_path / "access.log"


def test_a_line_holds_a_time_a_cut_address_and_a_page_alone(log: Path) -> None:
    lines = log.read_text(encoding="utf-8").splitlines()
    assert re.fullmatch(r'\[.+\] 192\.0\.2\.0 "GET /planks/12" 200 512 7ms', lines[0])
    assert len(lines) == 2
    assert '"GET /planks/x%0A1.2.3.4%20forged"' in lines[1]
