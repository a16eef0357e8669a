"""Templates are compiled once, and what comes of it is kept beside them, as Python keeps its modules.

Where nothing can be written beside them they are compiled at each start. A template that changed is compiled anew.
Jinja works out `{{ "words" | filter }}` while it compiles: our own filters are for what a page brings, as a test says.
"""

import sys
from collections.abc import MutableMapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from flask import Flask
from flask.templating import Environment
from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket


class Templates(Environment):
    """Templates that share what all of them know, instead of each a copy on top of it.

    None has anything of its own there, and Jinja compares the two at every import of every page.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What a template knows besides what it is given."""
        return self.globals if d is None else super().make_globals(d)


class Compiled(FileSystemBytecodeCache):
    """The compiled templates in a folder, those of each version of Python by themselves."""

    def __init__(self, folder: Path) -> None:
        """Have a folder for them, if it can be made."""
        super().__init__(str(folder), f"%s.{sys.implementation.cache_tag}.jinja")
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                folder.mkdir(exist_ok=True)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template's compiled form, if Python may keep such and the folder can be written."""
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                super().dump_bytecode(bucket)


def init_app(app: Flask) -> None:
    """Have the application's templates kept."""
    app.jinja_env.bytecode_cache = Compiled(Path(app.root_path) / "templates" / "__pycache__")
