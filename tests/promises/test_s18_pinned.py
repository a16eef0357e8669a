"""S18: every package is pinned with its hash, is installed with it or not at all, and is audited before a commit."""

import re

import pytest

from tests.conftest import ROOT

A_PIN = re.compile(r"^[a-z0-9][a-z0-9._-]*(\[[a-z0-9,_-]+\])?==\S+", re.IGNORECASE)


def requirements(name: str) -> list[str]:
    """Each requirement of a file with all its hashes, on one line."""
    text = (ROOT / name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.strip() and not line.strip().startswith("#")]
    return [" ".join(one.split()) for one in "\n".join(lines).replace("\\\n", " ").splitlines()]


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_package_is_one_exact_version_with_its_hash(name: str) -> None:
    found = requirements(name)
    assert len(found) > 20
    assert [line for line in found if not A_PIN.match(line)] == []
    assert [line for line in found if not re.search(r"--hash=sha256:[0-9a-f]{64}", line)] == []
    assert not re.search(r"://|--index-url|--extra-index-url|git\+", " ".join(found))


@pytest.mark.parametrize("name", ["requirements.in", "requirements-dev.in"])
def test_what_is_asked_for_is_what_is_pinned(name: str) -> None:
    asked = {re.split(r"[\[=<>~; ]", line)[0].lower().replace("_", "-") for line in requirements(name)}
    pinned = {
        re.split(r"[\[=]", line)[0].lower().replace("_", "-") for line in requirements(name.replace(".in", ".txt"))
    }
    assert {one for one in asked if not one.startswith("-")} <= pinned


def test_nothing_is_installed_without_its_hash_and_an_audit_runs_before_a_commit() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    installs = [line for line in makefile.splitlines() if "pip install" in line]
    assert len(installs) == 2
    assert all("--require-hashes" in line for line in installs)
    sure = makefile.split("\nsure:")[1].split("\n\n")[0]
    assert "pip-audit --strict" in sure
    assert "--require-hashes" in sure
