"""Too much, too fast: the one place where the rulebook's amounts are applied to requests, before anything else is done.

What is counted is kept in Redis where REDIS_URL names one, so that all workers count together, else in each worker's
memory. The store never holds an address or a person's number: only hashes under a key of the day, which nobody can
compare with yesterday's.
"""

import hashlib
import hmac
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from ipaddress import IPv6Address, ip_address, ip_network

from flask import Flask, Response, current_app, g, request
from flask_limiter import ApplicationLimit, Limiter
from werkzeug.middleware.proxy_fix import ProxyFix

from app.config import Settings
from app.web.actor import current_actor
from app.web.transactions import READS
from policies.limits import (
    BESIDE_THE_CEILING,
    LIMITS,
    Amounts,
    Kind,
    Whose,
    counted_as,
    is_wrong_guess,
    kind_of,
    rates_of,
    whose,
)
from policies.permissions import Permission

# Where the permission alone does not say what a request counts as.
BY_ENDPOINT: dict[str, Kind] = {
    "search.results": Kind.SEARCH,
    "search.suggest": Kind.SUGGEST,
    **dict.fromkeys(
        (
            "api.everything_public",
            "api.openapi",
            "ballots.choices_list",
            "carrying.amendment",
            "editions.file",
            "editions.manifest",
            "editions.signature",
            "carrying.ask_meeting",
            "carrying.ask_platform",
            "carrying.comparison",
            "carrying.decisions_workbook",
            "carrying.download",
            "carrying.planks_csv",
            "carrying.planks_workbook",
            "carrying.standing_workbook",
            "carrying.version",
            "ballots.receipts_list",
            "interest.download",
            "platform.amendment_motion_file",
            "platform.motion_file",
            "platform.where_we_stand_csv",
            "results.decisions_csv",
            "results.file",
            "rulings.listed_csv",
            "sharing.group_card",
            "sharing.plank_card",
            "sharing.robots_file",
            "sharing.site_card",
            "sharing.sitemap_part",
            "sharing.sitemap_whole",
            "sharing.theme_card",
            "sharing.version_card",
        ),
        Kind.EXPORT,
    ),
    **dict.fromkeys(("people.ask_for_link", "passkeys.ask_for_link"), Kind.LETTER),
    # A question to somebody who applied goes out by mail.
    "joining.ask": Kind.TEXT,
    "privacy.archive": Kind.EXPORT,
    **dict.fromkeys(
        (
            "amendments.keep",
            "amendments.keep_first",
            "amendments.redline",
            "composites.keep_first",
            "planks.keep",
            "planks.keep_first",
        ),
        Kind.EDITING,
    ),
    "ballots.check_receipt": Kind.RECEIPT,
}
NAMES_OF_KEYS = frozenset({"secret", "key"})
# How long a request waits for Redis before it counts in memory, in seconds.
PATIENCE = 1
NETWORK_OF_ONE_HOUSE = 64


def init_app(app: Flask, amounts: Mapping[Kind, Amounts] = LIMITS) -> None:
    """Count every request but those for the files of the look; do so after the transaction began."""
    settings: Settings = app.config["SETTINGS"]
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=0, x_host=0)  # type: ignore[method-assign]
    if settings.limits == "off":
        return
    app.before_request(note_who_asks)
    limiter = Limiter(
        partial(_hashed, settings.secret_key, Whose.ADDRESS),
        application_limits=[
            _limit(settings, _own_kind, amounts),
            _limit(settings, _ceiling, amounts),
            _limit(settings, _guessing, amounts, deduct_when=_guessed_wrong),
        ],
        storage_uri=settings.redis_url or "memory://",
        storage_options=_patience(settings),
        strategy="fixed-window",
        in_memory_fallback_enabled=bool(settings.redis_url),
        # A store that breaks between two steps must not break what was asked for.
        swallow_errors=True,
        # An address that leads nowhere counts as well.
        request_identifier=lambda: request.endpoint or "nowhere",
    )
    limiter.init_app(app)
    app.extensions["limits"] = limiter


def note_who_asks() -> None:
    """Find out who asks before anything is counted, so that a database that is gone is not taken for a lost store."""
    if is_counted():
        g.asks_signed_in = current_actor().is_signed_in


def is_counted() -> bool:
    """Whether a request counts: all but those for the files of the look, which no permission guards."""
    return request.endpoint is None or _permission() is not None


def is_about_a_ballot() -> bool:
    """Whether this request is about a ballot paper."""
    return _own_kind() in BESIDE_THE_CEILING


def counts_as_reading() -> bool:
    """Whether this request is a look at a page and nothing else: no search, no file, no key that one could guess."""
    return _own_kind() is Kind.READ and _guessing() is None


def counts_as_letter() -> bool:
    """Whether this request has a letter sent to an address that anybody can write."""
    return _own_kind() is Kind.LETTER


def seconds_to_wait() -> int:
    """After how many seconds there is room again, at least one."""
    limiter: Limiter = current_app.extensions["limits"]
    found = limiter.current_limit
    return max(1, int(found.reset_at - time.time()) + 1) if found else 60


def wait_in_words(seconds: int) -> str:
    """What to do until then, in a sentence."""
    if seconds <= 90:
        return "Wait a minute, then try again."
    minutes = -(-seconds // 60)
    return f"Try again in {minutes} minutes." if minutes <= 90 else f"Try again in {-(-minutes // 60)} hours."


def _patience(settings: Settings) -> dict[str, str | int]:
    return {"socket_connect_timeout": PATIENCE, "socket_timeout": PATIENCE} if settings.redis_url else {}


def _limit(
    settings: Settings,
    counted: Callable[[], Kind | None],
    amounts: Mapping[Kind, Amounts],
    *,
    deduct_when: Callable[[Response], bool] | None = None,
) -> ApplicationLimit:
    """One of the things a request counts as, looked up anew for each request."""

    def rates() -> str:
        kind = counted() if is_counted() else None
        found = rates_of(kind, is_signed_in=g.asks_signed_in, limits=amounts) if kind else ()
        return ";".join(f"{rate.times} per {int(rate.within.total_seconds())} second" for rate in found)

    def subject() -> str:
        kind = counted() or Kind.READ
        return _hashed(settings.secret_key, whose(kind, is_signed_in=g.asks_signed_in))

    def scope(_endpoint: str) -> str:
        return str(counted() or Kind.READ)

    return ApplicationLimit(limit_provider=rates, key_function=subject, scope=scope, deduct_when=deduct_when)


def _permission() -> Permission | None:
    view = None if request.endpoint is None else current_app.view_functions.get(request.endpoint)
    permission: Permission | None = getattr(view, "permission", None)
    return permission


def _own_kind() -> Kind:
    """What this request counts as by itself."""
    named = BY_ENDPOINT.get(request.endpoint or "")
    return named or kind_of(_permission(), is_change=request.method not in READS)


def _ceiling() -> Kind | None:
    """The ceiling, where this request counts on it and not on it alone."""
    kind = _own_kind()
    return next((other for other in counted_as(kind, is_signed_in=g.asks_signed_in) if other is not kind), None)


def _guessing() -> Kind | None:
    """Wrong guesses, where this request may be one."""
    return Kind.GUESS if NAMES_OF_KEYS & set(request.view_args or ()) else None


def _guessed_wrong(response: Response) -> bool:
    names_a_key = bool(NAMES_OF_KEYS & set(request.view_args or ()))
    return is_wrong_guess(_permission(), names_a_key=names_a_key, status=response.status_code)


def network_of(address: str) -> str:
    """What counts as one address: IPv4 whole, IPv6 by the network of one house, since its owner has all of it."""
    try:
        found = ip_address(address)
    except ValueError:
        return "unknown"
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ip_network((int(found), NETWORK_OF_ONE_HOUSE), strict=False).network_address)


def _hashed(secret: str, by: Whose) -> str:
    """Who asks, as the store knows it: good for a day, and worthless without the service's secret."""
    name = str(current_actor().person_id) if by is Whose.ACCOUNT else network_of(request.remote_addr or "")
    today = datetime.now(UTC).date().isoformat()
    key = hashlib.sha256(f"limits {today} {secret}".encode()).digest()
    return hmac.new(key, f"{by} {name}".encode(), hashlib.sha256).hexdigest()[:32]
