"""Use at my conference: a plank as a motion, or a change to it as an amendment, as text to copy or to download."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, current_app, redirect, request, url_for
from werkzeug import Response as BaseResponse

from app.config import Settings
from app.models import Amendment, Plank, Version
from app.planks import queries as planks
from app.platform.queries import VersionOfPlank
from app.web.addresses import whole_url
from app.web.imprint import imprint
from policies.errors import NotThere
from policies.groups import group_named
from policies.motions import STYLES, Style, amendment, counted_words, motion, motion_text, style_named


@dataclass(frozen=True)
class Source:
    """What is taken to a conference: a version, or the change from one text to another, with where it stands."""

    plank: Plank
    name: str
    """What is taken, in words: "P12, version 3"."""
    written: Callable[[Style], str]
    counted: Callable[[Style], int]
    """How many words it has in a style; none are counted of an amendment, which has no limit."""
    sha256: str
    url: str
    reason: str
    is_motion: bool
    endpoint: str
    values: Mapping[str, str]


@dataclass(frozen=True)
class ConferencePage:
    """The styles to choose from and, once one is chosen, the text in that style."""

    source: Source
    styles: Sequence[tuple[str, str, bool]]
    style: Style | None
    text: str
    length: str
    is_too_long: bool
    has_gaps: bool
    download_url: str


def conference_page(source: Source) -> ConferencePage:
    """The page, in the style the address asks for; raises `NotThere` for an unknown one."""
    style = _asked_style()
    text = _with_foot(source, style) if style else ""
    limit = _limit(style) if style and source.is_motion else 0
    words = source.counted(style) if style else 0
    return ConferencePage(
        source=source,
        styles=[(one.name, _url(source, one), one is style) for one in STYLES],
        style=style,
        text=text,
        length=_length(words, limit),
        is_too_long=bool(limit) and words > limit,
        has_gaps="[Yours to write: " in text,
        download_url=_url(source, style, "_file") if style else "",
    )


def conference_file(source: Source) -> Response:
    """The same text as a file of a name that is safe everywhere."""
    style = _asked_style()
    if style is None:
        raise NotThere("Choose a style first: Labour, Liberal Democrat or Green.")
    response = Response(_with_foot(source, style), content_type="text/plain; charset=utf-8")
    name = "-".join([*source.values.values(), "motion" if source.is_motion else "amendment", style.key])
    response.headers["Content-Disposition"] = f'attachment; filename="plank-{name}.txt"'
    return response


def led_on(endpoint: str, **values: Any) -> BaseResponse:
    """From an old address to the one of now, with the same style and the same earlier version."""
    asked: dict[str, Any] = {name: request.args[name] for name in ("from", "style") if name in request.args}
    return redirect(url_for(endpoint, **values, **asked), 301)


def of_version(found: VersionOfPlank) -> Source:
    """A version as a motion or, where the address says from which version, the difference as an amendment."""
    plank, version = found.plank, found.version
    earlier = request.args.get("from")
    if earlier is not None:
        return _difference(plank, planks.version(plank, _version_name(earlier)), version)
    return Source(
        plank=plank,
        name=f"{plank.name or 'The plank'}, version {version.name}",
        written=lambda style: motion_text(version.title, motion(version.units, style), style),
        counted=lambda style: counted_words(motion(version.units, style)),
        sha256=version.sha256,
        url=whole_url("platform.version", ref=plank.ref, name=version.name),
        reason=plank.reason,
        is_motion=True,
        endpoint="platform.motion",
        values={"ref": plank.ref, "name": version.name},
    )


def of_amendment(found: Amendment) -> Source:
    """A submitted amendment in the words of a conference; raises `NotThere` for a draft."""
    revision = found.revision
    if revision is None:
        raise NotThere("This amendment has not been submitted, so there are no words to take to a conference yet.")
    return Source(
        plank=found.plank,
        name=found.name or f"An amendment to {found.plank.name}, version {revision.base.name}",
        written=lambda style: _changes(
            revision.base.title, amendment(revision.base.document, revision.document, style)
        ),
        counted=lambda style: 0,
        sha256=revision.sha256,
        url=whole_url("amendments.show", ref=found.ref),
        reason=revision.reason,
        is_motion=False,
        endpoint="platform.amendment_motion",
        values={"ref": found.ref},
    )


def _difference(plank: Plank, old: Version, new: Version) -> Source:
    return Source(
        plank=plank,
        name=f"{plank.name or 'The plank'}, from version {old.name} to version {new.name}",
        written=lambda style: _changes(old.title, amendment(old.document, new.document, style)),
        counted=lambda style: 0,
        sha256=new.sha256,
        url=whole_url("platform.version", ref=plank.ref, name=new.name),
        reason="",
        is_motion=False,
        endpoint="platform.motion",
        values={"ref": plank.ref, "name": new.name, "from": old.name},
    )


def _changes(title: str, told: Sequence[str]) -> str:
    return "\n\n".join([f"Amendment to: {title}", *(told or ["It makes no change."])]) + "\n"


def _with_foot(source: Source, style: Style) -> str:
    """The text, and under it what is no part of it: where it came from, and whose it is not."""
    group = group_named(style.key)
    foot = (
        f"Not part of the {'motion' if source.is_motion else 'amendment'}: taken from {source.name}, {source.url}",
        f"SHA-256 of these words there: {source.sha256}",
        f"The text is Compass material, not the party's: the {group.title} is {group.disclaimer}. What a Compass group"
        " decided stands on that version alone and does not travel with these words: no group is shown as backing"
        " words it did not back.",
    )
    return "\n".join([source.written(style), "--", *foot, *filter(None, [imprint()])]) + "\n"


def _length(words: int, limit: int) -> str:
    if not limit:
        return f"{words} words." if words else ""
    over = words - limit
    if over > 0:
        return f"{words} words, {over} more than the {limit} allowed here. Shorten it before you hand it in."
    return f"{words} words of the {limit} allowed here."


def _limit(style: Style) -> int:
    """Of the styles only Labour's has a limit that is set here."""
    settings: Settings = current_app.config["SETTINGS"]
    return settings.motion_words_labour if style.key == "labour" else 0


def _asked_style() -> Style | None:
    key = request.args.get("style")
    return None if key is None else style_named(key)


def _version_name(name: str) -> str:
    parts = name.split(".")
    if not 1 <= len(parts) <= 2 or not all(part.isascii() and part.isdigit() and len(part) < 7 for part in parts):
        raise NotThere("This plank has no such version. Its page lists the versions it has.")
    return name


def _url(source: Source, style: Style, suffix: str = "") -> str:
    values: dict[str, Any] = {**source.values, "style": style.key}
    return url_for(source.endpoint + suffix, **values)
