"""What may stand in an address: public numbers without leading zeros, and the random keys of things without one."""

from flask import Flask
from werkzeug.routing import BaseConverter

_KEY = r"[a-z][a-z0-9]{11}"


class PlankRef(BaseConverter):
    """12, or a key."""

    regex = rf"(?:[1-9][0-9]{{0,5}}|{_KEY})"


class PlankName(BaseConverter):
    """P12, as pages call it, or p12; the route receives "12"."""

    regex = r"[Pp][1-9][0-9]{0,5}"

    def to_python(self, value: str) -> str:
        """The public number."""
        return value[1:]

    def to_url(self, value: str) -> str:
        """The name of a number."""
        return f"P{value}"


class AmendmentRef(BaseConverter):
    """P12-A3, or a key."""

    regex = rf"(?:P[1-9][0-9]{{0,5}}-A[1-9][0-9]{{0,5}}|{_KEY})"


class ArgumentKey(BaseConverter):
    """The key of an argument or of a report: neither has a number."""

    regex = _KEY


class Number(BaseConverter):
    """A whole number from 1, with no leading zero and at most six digits."""

    regex = r"[1-9][0-9]{0,5}"

    def to_python(self, value: str) -> int:
        """The number."""
        return int(value)


class VersionName(BaseConverter):
    """3, or 3.1 after an editorial change."""

    regex = r"[1-9][0-9]{0,5}(?:\.[1-9][0-9]{0,3})?"


def init_app(app: Flask) -> None:
    """Make the converters known to routes."""
    app.url_map.converters.update(
        plank_ref=PlankRef,
        plank_name=PlankName,
        amendment_ref=AmendmentRef,
        argument_key=ArgumentKey,
        number=Number,
        version_name=VersionName,
    )
