"""Whoever names an address waits the same time for the answer, whatever the service knows of that address.

Less is done for a member who asks to join again than for somebody new. So such answers leave at even steps of time,
each longer than the work: both leave at the same one. The transaction is over by then, and nothing is held up but the
asker.
"""

import time

from flask import Flask, Response, current_app, g

from app.web.limits import counts_as_letter

STEP = 0.25


def init_app(app: Flask) -> None:
    """Have answers wait; made before the transactions, so that it comes after their commit."""

    @app.before_request
    def begin() -> None:
        g.began = time.monotonic()

    @app.after_request
    def wait(response: Response) -> Response:
        # Where nothing is limited, as in tests, nothing has to be hidden either.
        if "limits" in current_app.extensions and counts_as_letter():
            time.sleep(rest_of_step(time.monotonic() - g.began))
        return response


def rest_of_step(passed: float) -> float:
    """How long it is to the next step, in seconds."""
    return STEP - passed % STEP
