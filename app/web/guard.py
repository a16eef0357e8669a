"""`@guarded` puts a permission on a route: the one place where permissions are checked, and proofs asked for."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from app import clock
from app.web.actor import current_actor
from app.web.proving import require_proof
from policies.permissions import Permission, ServiceFacts, require


def guarded(
    permission: Permission, load: Callable[..., Any] | None = None
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Load what the URL names, within what the actor may see (else 404), then check `permission` (else 403).

    Where `policies.passkeys` says that it takes a passkey or a fresh proof, that is asked for then.

    `load(actor, **url values)` returns a thing with `facts_for(actor)` or raises `NotThere`; the view receives that
    thing. Without `load` the view receives the URL's values, and the facts are those of the service itself.
    """

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def guarded_view(**url_values: Any) -> Any:
            actor = current_actor()
            if load is None:
                require(actor, permission, ServiceFacts(is_demonstration=clock.is_demonstration()))
                require_proof(permission)
                return view(**url_values)
            subject = load(actor, **url_values)
            require(actor, permission, subject.facts_for(actor))
            require_proof(permission)
            return view(subject)

        guarded_view.permission = permission  # type: ignore[attr-defined]
        guarded_view.load = load  # type: ignore[attr-defined]
        return guarded_view

    return decorate
