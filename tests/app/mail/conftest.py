"""A mail server of the tests' own, on loopback, that notes what it was given."""

import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.message import Message
from email.parser import BytesParser

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from flask import Flask

from app import create_app
from app.config import Settings
from tests.conftest import dispose


@dataclass
class MailServer:
    """What a mail server answers, and what it has taken."""

    taken: list[Message] = field(default_factory=list)
    answer: str = "250 OK"
    meanwhile: Callable[[], None] = lambda: None
    """What happens once a mail is taken, before the answer."""

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Take a mail, or refuse it."""
        if self.answer.startswith("250"):
            self.taken.append(BytesParser().parsebytes(envelope.content or b""))
            self.meanwhile()
        return self.answer

    @property
    def subjects(self) -> list[str]:
        """The subjects of the mails taken."""
        return [str(mail["Subject"]) for mail in self.taken]


def free_port() -> int:
    """A port on loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def mail_server() -> Iterator[tuple[MailServer, int]]:
    """The server, and its port."""
    noted = MailServer()
    controller = Controller(noted, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield noted, controller.port
    controller.stop()


@pytest.fixture
def live_settings(settings: Settings, mail_server: tuple[MailServer, int]) -> Settings:
    """Settings of a service that is no demonstration, whose mail goes to the tests' own server."""
    server = {"mail_server": "127.0.0.1", "mail_port": mail_server[1], "mail_security": "none"}
    return settings.model_copy(update={**server, "mail_from": "Platform <platform@example.org>"})


@pytest.fixture
def live(live_settings: Settings) -> Iterator[Flask]:
    """The service with these settings, with a context pushed."""
    app = create_app(live_settings)
    app.config["TESTING"] = True
    with app.app_context():
        yield app
    dispose(app)
