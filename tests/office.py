"""What a test reads of an answer that is an office file: the words of all its parts, so that nothing hides in one."""

import io
import zipfile
from typing import Any

from werkzeug.test import TestResponse


def reading_files(response_wrapper: type[TestResponse]) -> type[TestResponse]:
    """The same kind of answer, whose text is that of its parts where it is an archive."""

    class Answer(response_wrapper):  # type: ignore[valid-type, misc]
        """An answer to a test's browser."""

        @property
        def text(self) -> Any:
            """The words of a page, or of an office file."""
            if "openxmlformats" not in self.content_type and "opendocument" not in self.content_type:
                return super().text
            with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
                return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())

    return Answer
