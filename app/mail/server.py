"""Talking to the mail server through Flask-Mailman, with its certificate checked."""

import smtplib
import ssl

from flask import current_app
from flask_mailman import EmailMessage
from flask_mailman.backends.smtp import EmailBackend


class NotReached(Exception):
    """The mail server could not be reached, so the mail did not go out."""


class VerifyingSMTP(smtplib.SMTP):
    """SMTP whose STARTTLS checks the server's certificate; the library's own does not."""

    def starttls(self, *_unused: object, context: ssl.SSLContext | None = None) -> tuple[int, bytes]:
        """Begin encryption, to the server named and nobody else."""
        return super().starttls(context=context or ssl.create_default_context())


class Backend(EmailBackend):
    """Flask-Mailman's SMTP, checking certificates."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """What speaks to the server."""
        return smtplib.SMTP_SSL if self.use_ssl else VerifyingSMTP


def connection() -> EmailBackend:
    """A connection that is not open yet."""
    return current_app.extensions["mailman"].get_connection(backend=Backend)


def hand_over(message: EmailMessage) -> None:
    """Give one message to the server. Raises `NotReached` before a word of it was said, else what smtplib raises."""
    server: EmailBackend = message.connection
    try:
        server.open()
    except (OSError, smtplib.SMTPException) as fault:
        raise NotReached(f"The mail server could not be reached ({type(fault).__name__}).") from fault
    try:
        message.send()
    finally:
        _close(server)


def _close(server: EmailBackend) -> None:
    """What goes wrong after a mail was taken changes nothing about it."""
    try:
        server.close()
    except (OSError, smtplib.SMTPException):
        server.connection = None
