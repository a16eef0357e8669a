"""What stands around the service: the commands of `make`, the check of Python's version, and deleting the data."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

PRETENDING = """
import collections, runpy, sys
sys.version_info = collections.namedtuple("V", "major minor micro releaselevel serial")({major}, {minor}, 0, "final", 0)
runpy.run_path("bin/check_python.py")
"""


def check_python(major: int, minor: int) -> subprocess.CompletedProcess[str]:
    """Run the check as if this Python were another one."""
    program = PRETENDING.format(major=major, minor=minor)
    return subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    """A folder with an installation's data, a blank in its name, and what is nobody's to delete."""
    folder = tmp_path / "my instance"
    (folder / "search").mkdir(parents=True)
    for name in ("platform.db", "platform.db-wal", "platform.db-shm", "search/MAIN.toc", "secret-key", "notes.txt"):
        (folder / name).write_text("x")
    return folder


def reset(folder: Path, answer: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run bin/reset.sh on a folder, and type this answer."""
    script = shutil.copy(ROOT / "bin" / "reset.sh", folder.parent)
    return subprocess.run(
        ["sh", script, str(folder)],
        input=answer,
        capture_output=True,
        text=True,
        env={"PATH": "/usr/bin:/bin", **environment},
    )


def names_in(folder: Path) -> set[str]:
    """What lies in a folder."""
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("minor", [11, 12, 13])
def test_the_pythons_the_packages_are_pinned_for_pass_without_a_word(minor: int) -> None:
    answer = check_python(3, minor)
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "", "")


@pytest.mark.parametrize(("major", "minor"), [(3, 10), (3, 14), (4, 0)])
def test_any_other_python_is_told_which_to_name(major: int, minor: int) -> None:
    answer = check_python(major, minor)
    assert answer.returncode == 1
    assert f"This is Python {major}.{minor}; the service needs 3.11, 3.12 or 3.13." in answer.stderr
    assert "make run PYTHON=python3.12" in answer.stderr


def test_reset_says_what_it_deletes_and_deletes_that_alone(instance: Path) -> None:
    answer = reset(instance, "yes\n")
    assert answer.returncode == 0
    for name in ("platform.db", "platform.db-wal", "platform.db-shm", "search"):
        assert f"  {instance}/{name}\n" in answer.stdout
    assert "Delete these? Type yes:" in answer.stdout
    assert names_in(instance) == {"secret-key", "notes.txt"}


def test_reset_does_not_ask_where_yes_is_given_beforehand(instance: Path) -> None:
    answer = reset(instance, "", YES="1")
    assert answer.returncode == 0
    assert "Delete these?" not in answer.stdout
    assert names_in(instance) == {"secret-key", "notes.txt"}


@pytest.mark.parametrize("typed", ["no\n", "y\n", "YES\n", "\n", ""])
def test_any_other_answer_deletes_nothing(instance: Path, typed: str) -> None:
    before = names_in(instance)
    answer = reset(instance, typed)
    assert answer.returncode == 1
    assert answer.stdout.endswith("Nothing was deleted.\n")
    assert names_in(instance) == before


def test_reset_of_nothing_says_so(instance: Path) -> None:
    reset(instance, "yes\n")
    answer = reset(instance, "yes\n")
    assert (answer.returncode, answer.stdout) == (0, f"There is nothing to delete in {instance}.\n")


def on_pythons(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run bin/pythons.sh where 3.11 passes, 3.12 fails, and 3.13 has a name that starts nothing."""
    for name, says in {
        "python3.11": "echo 3.11",
        "python3.12": "echo 3.12",
        "python3.13": "exit 127",
        "make": 'case "$*" in *VENV=.venv-3.11*setup-dev*) ;; *) exit 2 ;; esac',
    }.items():
        (folder / name).write_text(f"#!/bin/sh\n{says}\n")
        (folder / name).chmod(0o755)
    path = {"PATH": f"{folder}:/usr/bin:/bin"}
    return subprocess.run(
        ["/bin/sh", "bin/pythons.sh"], cwd=ROOT, capture_output=True, text=True, env={**path, **environment}
    )


@pytest.mark.parametrize(
    ("named", "code", "says"),
    [
        ("python3.11", 0, ["The suite passes on Python 3.11."]),
        (
            "python3.11 python3.12",
            1,
            ["The suite passes on Python 3.11.", "The suite fails on Python 3.12; see above."],
        ),
        ("", 1, ["Not found, so not tried: python3.13.", "The suite fails on Python 3.12; see above."]),
        ("python3.11 python3.13", 1, ["Install what was named and not found, or leave it out of PYTHONS."]),
        ("python3.13", 1, ["Not found, so not tried: python3.13."]),
    ],
)
def test_each_python_that_was_named_or_found_has_to_pass(
    tmp_path: Path, named: str, code: int, says: list[str]
) -> None:
    answer = on_pythons(tmp_path, PYTHONS=named)
    assert answer.returncode == code
    assert set(says) <= {*answer.stdout.splitlines(), *answer.stderr.splitlines()}


@pytest.mark.skipif(shutil.which("make") is None, reason="There is no make here.")
def test_make_lists_what_there_is_and_runs_on_the_port_asked_for() -> None:
    listed = make()
    for target in ("setup", "run", "reset", "test", "test-pythons", "sure", "rules"):
        assert f"  make {target} " in listed
    assert make("--dry-run", "run", "PORT=5450").rstrip().endswith("flask serve --demonstration --port 5450")


def make(*arguments: str) -> str:
    """What `make` says, though it may be make that runs the tests."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    command = ["make", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout
