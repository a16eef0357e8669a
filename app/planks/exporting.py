"""Writing the platform as a folder of files, in the form that is read back: one file a plank."""

import os
from pathlib import Path, PurePosixPath

from app import drawer
from app.planks import plank_files, queries
from app.planks.importing import SUFFIX
from app.web.imprint import imprint

# Who is responsible for the texts in law stands beside them: their own words and hashes are not touched.
IMPRINT = "IMPRINT.txt"


class ExportRefused(Exception):
    """Nothing was written; the message says what stands in the way."""


def export_to(folder: Path) -> int:
    """Write the shown version of every public plank to THEME/TITLE.md in `folder`, if it can be read; returns how many.

    A file of an earlier export is replaced. No other file is touched and no link followed; raises `ExportRefused`.
    """
    files = _files()
    obstacles = [obstacle for path, (key, _) in files.items() if (obstacle := _obstacle(folder, path, key))]
    if obstacles:
        raise ExportRefused("\n".join(dict.fromkeys(obstacles)))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, (_, content) in files.items():
            _write(folder / path, content)
        if publisher := imprint():
            _write(folder / IMPRINT, f"{publisher}\n".encode())
    except OSError as error:
        raise ExportRefused(f"{error.filename}: this could not be written: {error.strerror}.") from None
    return len(files)


def _files() -> dict[PurePosixPath, tuple[str, bytes]]:
    """What to write, by path: the plank's key and the bytes.

    A file is named after the title its plank began with, so that it keeps its name through amendments. Ended planks
    keep their names too, though their texts are not written.
    """
    names: dict[PurePosixPath, str] = {}
    for row in queries.first_titles():
        theme, title = PurePosixPath(row.theme_slug), plank_files.slug(row.title) or "plank"
        candidates = (title, f"{title}-p{row.number}", f"{title}-{row.key}")
        names[next(path for name in candidates if (path := theme / f"{name}{SUFFIX}") not in names)] = row.key
    paths = {key: path for path, key in names.items()}
    return {
        paths[plank.key]: (plank.key, plank_files.written(plank, version))
        for plank in queries.all_public()
        if (version := plank.shown_version) and not drawer.is_hidden(version)
    }


def _obstacle(folder: Path, path: PurePosixPath, key: str) -> str:
    """Why a file cannot be written here, or nothing."""
    theme, target = folder / path.parent, folder / path
    for part, is_right in ((theme, theme.is_dir()), (target, target.is_file())):
        if part.is_symlink():
            return f"{part}: this is a link, and links are not followed. Take it out or export to another folder."
        if part.exists() and not is_right:
            return f"{part}: something else has this name. Take it out or export to another folder."
    if target.exists() and not _is_export_of(target, key):
        return f"{target}: this file is no export of the same plank. Take it out or export to another folder."
    return ""


def _is_export_of(target: Path, key: str) -> bool:
    found, _ = plank_files.read(target.name, target.read_bytes())
    return found is not None and found.key == key


def _write(target: Path, content: bytes) -> None:
    """Write beside the target and move into place, so that no reader and no crash sees half a file."""
    target.parent.mkdir(exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "wb") as file:
        file.write(content)
    part.replace(target)
