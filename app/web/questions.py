"""What an address may ask of a list: by names the list knows, each once. Anything else is refused."""

from flask import request

from policies.errors import NotUnderstood


def require_known(*names: str) -> None:
    """Refuse an address that asks for something else than these, or twice: raises `NotUnderstood`."""
    if set(request.args) - set(names) or any(len(request.args.getlist(name)) > 1 for name in names):
        raise NotUnderstood(f"The address asks for something this list does not have. It knows {', '.join(names)}.")
