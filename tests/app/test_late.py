"""What few requests need is loaded when one needs it, so that a worker starts sooner and weighs less."""

import subprocess
import sys

import pytest

from app.config import ROOT
from app.late import late

# Passkeys, mail and jobs, migrations, pictures and papers, the index in a folder, the other database, keys.
SELDOM = (
    "webauthn",
    "email_validator",
    "huey",
    "redis",
    "alembic",
    "flask_migrate",
    "resvg_py",
    "weasyprint",
    "docx",
    "odfdo",
    "xlsxwriter",
    "whoosh.index",
    "psycopg",
    "cryptography",
)


def test_nothing_that_few_requests_need_is_loaded_at_the_start() -> None:
    asked = f"import sys, app; print(*(name for name in {SELDOM} if name in sys.modules))"
    found = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, check=True, capture_output=True, text=True)
    assert found.stdout.split() == []


def test_a_late_module_is_the_module_itself_once_used() -> None:
    assert late("json").JSONDecodeError is __import__("json").JSONDecodeError


def test_a_late_module_that_is_not_there_says_so_when_it_is_used() -> None:
    missing = late("no_such_module")
    with pytest.raises(ModuleNotFoundError, match="no_such_module"):
        _ = missing.anything
