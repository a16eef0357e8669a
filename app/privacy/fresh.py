"""Whether whoever asks has just proved who they are: asked before all their data are taken away, or erased.

A session that lies open on another's machine is not enough for either. Until there are other proofs, signing in anew is
the proof.
"""

from datetime import UTC, datetime

from flask_login import current_user

from app.privacy import queries
from policies.privacy import is_fresh


def has_just_proven() -> bool:
    """By the machine's time, as sessions are."""
    return is_fresh(queries.proven_at(current_user.session_key), datetime.now(UTC))
