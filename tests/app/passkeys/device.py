"""What a browser does with a passkey: asks the service, has the device answer, and sends the form."""

from datetime import timedelta

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.extensions import db
from app.models import SignIn
from app.web.transactions import transaction
from tests.authenticator import Authenticator

ADDRESS = "jo@example.org"


def add(client: FlaskClient, device: Authenticator, name: str = "My phone") -> TestResponse:
    """Add the device's passkey to the account."""
    options = client.post("/account/passkeys/options").get_json()
    return client.post("/account/passkeys/new", data={"name": name, "credential": device.make(options)})


def sign_in(client: FlaskClient, device: Authenticator, **fields: str) -> TestResponse:
    """Sign in by passkey."""
    options = client.post("/sign-in/passkey/options").get_json()
    return client.post("/sign-in/passkey", data={"credential": device.show(options), **fields})


def show(client: FlaskClient, device: Authenticator, **fields: str) -> TestResponse:
    """Show a passkey in a session."""
    options = client.post("/prove/options").get_json()
    return client.post("/prove", data={"need": "passkey", "credential": device.show(options), **fields})


def wait(**span: float) -> None:
    """Let time pass by the machine's clock, for everybody's sessions: they began so much earlier."""
    with transaction():
        for one in db.session.query(SignIn):
            one.passkey_at = one.passkey_at and one.passkey_at - timedelta(**span)
            one.fresh_at = one.fresh_at and one.fresh_at - timedelta(**span)


def is_signed_in(client: FlaskClient) -> bool:
    """Whether a browser reaches its account."""
    return client.get("/account").status_code == 200
