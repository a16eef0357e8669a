"""Asking at the door for a passkey, or for a fresh proof of who asks. The time is the machine's, as for sessions."""

from datetime import UTC, datetime

from flask_login import current_user

from app import clock
from policies.passkeys import NEEDS, Need, is_exempt, require_met
from policies.permissions import Permission


def require_proof(permission: Permission) -> None:
    """Raise `NeedsProof` where a permission takes one that this session has not shown lately."""
    need = NEEDS.get(permission)
    if need is not None:
        require_shown(need)


def require_shown(need: Need) -> None:
    """The same for a need, wherever one arises: `require_shown(Need.FRESH)` before what cannot be undone."""
    if not is_excused():
        require_met(need, current_user.proofs, datetime.now(UTC))


def require_fresh() -> None:
    """Raise `NeedsProof` unless the person showed within ten minutes who they are, by a mailed link or a passkey."""
    require_shown(Need.FRESH)


def is_excused() -> bool:
    """Whether this is one of the made-up people of a demonstration, who have nothing to prove."""
    return is_exempt(clock.is_demonstration(), current_user.is_demonstration)
