"""How the words an MP took a position on stand to other words of the plank, and saying so."""

from app.models import Version
from policies.positions import Bearing, Words, bearing


def bearing_of(taken_on: Version, shown: Version | None) -> Bearing:
    """How a position on `taken_on` bears on `shown`."""
    return Bearing.SAME if shown is None else bearing(_words(taken_on), _words(shown))


def noted(found: Bearing, name: str) -> str:
    """What stands beside a position whose words are not those shown; `name` is the version shown."""
    return {
        Bearing.SAME: "",
        Bearing.EDITORIAL: f"Version {name} differs from it in punctuation only",
        Bearing.STALE: f"Made before the text was changed; not a position on version {name}",
        Bearing.NEWER: f"A newer text than version {name}; not a position on that",
    }[found]


def _words(version: Version) -> Words:
    return Words((version.number, version.minor), version.title, version.text)
