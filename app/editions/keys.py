"""The key that signs editions: a file that the operator makes once, and that nobody but the service reads."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from flask import current_app

from app import clock
from app.config import Settings
from app.late import late
from policies.errors import RuleBroken

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

# Editions are signed and looked at seldom.
ed25519 = late("cryptography.hazmat.primitives.asymmetric.ed25519")
serialization = late("cryptography.hazmat.primitives.serialization")
FOR_ITS_OWNER = 0o600
UNREADABLE = (
    "The key that signs editions cannot be read, so nothing is published, and nothing is lost. Ask whoever runs the"
    " service to look at EDITIONS_KEY_FILE; then answer again."
)


class KeyThere(Exception):
    """There is a file at the place where a key was to be written; it stays as it is."""


def place() -> Path | None:
    """Where the key lies: the setting's file; in a demonstration without that setting, a file beside its jobs."""
    settings: Settings = current_app.config["SETTINGS"]
    return _of_demonstration() if settings.editions_key_file is None else settings.editions_key_file


def _of_demonstration() -> Path | None:
    settings: Settings = current_app.config["SETTINGS"]
    return settings.jobs_file.parent / "demonstration-editions.pem" if clock.is_demonstration() else None


def make(file: Path) -> bytes:
    """Write a new private key, readable by its owner alone; returns the public key. Raises `KeyThere`, `OSError`."""
    key: Ed25519PrivateKey = ed25519.Ed25519PrivateKey.generate()
    written = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        # Made with its rights, so that at no moment anybody else can read it, and never over another.
        opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, FOR_ITS_OWNER)
    except FileExistsError:
        raise KeyThere(f"{file} is there already, and a key is never written over.") from None
    with os.fdopen(opened, "wb") as kept:
        kept.write(written)
    return key.public_key().public_bytes_raw()


def signing_key() -> "Ed25519PrivateKey | None":
    """The key, if there is one; a demonstration makes its own. Raises `RuleBroken` where it cannot be read."""
    file = place()
    if file is None:
        return None
    if not file.exists():
        if file != _of_demonstration():
            return None
        make(file)
    try:
        key: Ed25519PrivateKey | object = serialization.load_pem_private_key(file.read_bytes(), password=None)
    except (OSError, ValueError, TypeError):
        raise RuleBroken(UNREADABLE) from None
    if not isinstance(key, ed25519.Ed25519PrivateKey):
        raise RuleBroken(UNREADABLE)
    return key


def public_key() -> bytes | None:
    """The public half of the key of now; nothing where there is no key that could sign. Makes none."""
    file = place()
    if file is None or not file.exists():
        return None
    try:
        key = signing_key()
    except RuleBroken:
        return None
    return None if key is None else key.public_key().public_bytes_raw()


def can_sign() -> bool:
    """Whether an edition could be published now: a demonstration makes its key when it is first wanted."""
    file = place()
    return public_key() is not None or (file is not None and file == _of_demonstration() and not file.exists())
