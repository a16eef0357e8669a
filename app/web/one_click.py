"""The one exemption from the token of forms: a mail program ends a mailing with one request of its own (RFC 8058).

It has no session and no form. What authorises it is the key in the address, which nobody can guess and which opens
nothing else.
"""

from collections.abc import Callable
from typing import Any

from app.extensions import csrf


def ends_a_mailing(view: Callable[..., Any]) -> Callable[..., Any]:
    """Let this view be posted to without a form's token: it takes a key of its own, and only unsubscribes."""
    csrf.exempt(view)
    view.ends_a_mailing = True  # type: ignore[attr-defined]
    return view
