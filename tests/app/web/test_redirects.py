"""`next` takes a path on this site and nothing else."""

import pytest

from app.web.redirects import local_path


@pytest.mark.parametrize("asked", ["/to-do", "/planks/12?text=working", "/search?q=warm+homes", "/planks/12#u-1"])
def test_a_path_on_this_site_is_taken(asked: str) -> None:
    assert local_path(asked, "/") == asked


@pytest.mark.parametrize(
    "asked",
    [
        None,
        "",
        "to-do",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "\\\\elsewhere.example",
        "/%2Felsewhere.example",
        "/%5Celsewhere.example",
        "/\t/elsewhere.example",
        "/%09/elsewhere.example",
        "https://elsewhere.example/",
        "javascript:alert(1)",
        "/\nSet-Cookie: a=b",
        "/" + "x" * 600,
    ],
)
def test_anything_else_leads_home(asked: str | None) -> None:
    assert local_path(asked, "/home") == "/home"
