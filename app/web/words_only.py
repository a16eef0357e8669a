"""What a request may bring: words. Two forms ask for a file; one sent anywhere else is left out."""

from io import BytesIO
from typing import IO

from flask import Flask, Request
from werkzeug.datastructures import FileStorage, ImmutableMultiDict

# Where clerks may send a file: a list of addresses.
TAKES_A_FILE = frozenset({"joining.invite_list", "joining.address_list"})
# The one field that is a file there.
FIELD = "file"


class WordsOnly(Request):
    """A request without files: the answer to a field of a form is what somebody typed, and nothing else."""

    @property
    def files(self) -> ImmutableMultiDict[str, FileStorage]:
        """None: a form that is given files takes one for the answer to the field of its name."""
        if self.endpoint not in TAKES_A_FILE:
            return ImmutableMultiDict()
        return ImmutableMultiDict((name, one) for name, one in super().files.items(multi=True) if name == FIELD)

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        # In memory, where the limit on a request's length bounds it: nothing of it reaches the disk.
        return BytesIO()


def init_app(app: Flask) -> None:
    """Have the application read requests this way."""
    app.request_class = WordsOnly
