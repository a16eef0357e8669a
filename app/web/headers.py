"""The headers of every answer: nothing from elsewhere, nothing inline, nothing kept of a signed-in page."""

from flask import Flask, Request, Response
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from flask_login import current_user
from itsdangerous import URLSafeTimedSerializer

from app.config import Settings
from app.web import public_api

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)


class CookieOfPages(SecureCookieSessionInterface):
    """The session's cookie, left out of what is public: a file of the look is the same whoever asks."""

    def __init__(self) -> None:
        """Nothing was signed yet."""
        self._signers: dict[str, URLSafeTimedSerializer | None] = {}

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """What signs and reads the cookie with the secret of the settings, made once, not each time."""
        secret = str(app.secret_key)
        if secret not in self._signers:
            self._signers[secret] = super().get_signing_serializer(app)
        return self._signers[secret]

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """What the cookie holds; for the public API it is not even read, so that everybody there is a visitor."""
        return SecureCookieSession() if public_api.is_asked(request.path) else super().open_session(app, request)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Set the cookie where the session changed, and say that the answer depends on it."""
        if not response.cache_control.public and not public_api.is_asked():
            super().save_session(app, session, response)


def init_app(app: Flask) -> None:
    """Set the headers on every answer."""
    settings: Settings = app.config["SETTINGS"]
    app.session_interface = CookieOfPages()

    @app.after_request
    def set_headers(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        if settings.is_https:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
        if "Cache-Control" not in response.headers:
            # Whose session it is lies in the database, which may be what is gone.
            response.headers["Cache-Control"] = "no-store" if response.status_code >= 500 else _caching()
            if not public_api.is_asked():
                response.vary.add("Cookie")
        return response


def _caching() -> str:
    return "no-store" if current_user.is_authenticated else "private, no-cache"
