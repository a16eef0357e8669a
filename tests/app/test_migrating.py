"""`flask db` is the library's own, found when it is asked for."""

import pytest
from flask import Flask


@pytest.mark.parametrize(("folder", "is_found"), [("migrations", True), ("no-such-folder", False)])
def test_the_commands_of_migrations_take_their_options(app: Flask, folder: str, is_found: bool) -> None:
    ended = app.test_cli_runner().invoke(args=["db", "--directory", folder, "heads"])
    assert (ended.exit_code == 0) is is_found


def test_the_commands_of_migrations_say_what_there_is(app: Flask) -> None:
    assert "upgrade" in app.test_cli_runner().invoke(args=["db", "--help"]).output
