"""The same bytes for the same content: office files are archives, which note when each part was put in."""

import io
import zipfile

# The earliest day an archive can name. It says nothing, and the same of every part.
_NO_DAY = (1980, 1, 1, 0, 0, 0)


def without_moments(archive: bytes) -> bytes:
    """The same archive, its parts in their order, without a word of when it was made."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(made, "w") as target:
        for part in source.infolist():
            entry = zipfile.ZipInfo(part.filename, _NO_DAY)
            # OpenDocument wants its first part, the media type, as it is.
            entry.compress_type = zipfile.ZIP_STORED if part.filename == "mimetype" else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            target.writestr(entry, source.read(part))
    return made.getvalue()
