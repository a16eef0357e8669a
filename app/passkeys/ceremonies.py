"""The two ceremonies of a passkey, as the standard has them: what a browser is asked, and whether its answer is true.

The one place that knows the library. User verification is always required: a passkey is its owner's, not the machine's.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import current_app

from app.config import Settings
from app.late import late
from app.models import Passkey
from policies.errors import RuleBroken
from policies.passkeys import CHALLENGE_LIVES

ANSWER_CHARACTERS = 20_000
NOT_TRUE = "That passkey could not be checked, so nothing was changed. Try again, or choose another way."
UNKNOWN = "That passkey is not known here: it may have been removed. Try another one, or choose another way."
_PATIENCE = int(CHALLENGE_LIVES.total_seconds() * 1000)
# Few people show a passkey, and the library with what it brings takes a tenth of the time to start.
webauthn, encoding, structs = late("webauthn"), late("webauthn.helpers"), late("webauthn.helpers.structs")


@dataclass(frozen=True)
class Answer:
    """What a browser sent back: which credential, which challenge it says it signed, and all of it."""

    credential: str
    challenge: str
    handle: str
    whole: dict[str, object]


@dataclass(frozen=True)
class NewCredential:
    """A credential whose registration is true."""

    credential: str
    public_key: str
    sign_count: int


def site_host() -> str:
    """The host of the site's address, which passkeys are made for."""
    return urlsplit(_settings().site_url).hostname or ""


def drawn() -> str:
    """What nobody can guess, for a challenge or a handle, as the standard writes it."""
    written: str = encoding.bytes_to_base64url(encoding.generate_challenge())
    return written


def to_register(challenge: str, handle: str, name: str, known: Sequence[Passkey]) -> str:
    """What the browser is asked when a passkey is made, as JSON."""
    options = webauthn.generate_registration_options(
        rp_id=site_host(),
        rp_name="Common Platform",
        user_id=encoding.base64url_to_bytes(handle),
        user_name=name,
        challenge=encoding.base64url_to_bytes(challenge),
        timeout=_PATIENCE,
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.REQUIRED,
            user_verification=structs.UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=_described(known),
    )
    written: str = webauthn.options_to_json(options)
    return written


def to_show(challenge: str, known: Sequence[Passkey] = ()) -> str:
    """What the browser is asked when a passkey is shown: any of those known, or, signed out, whichever it has."""
    options = webauthn.generate_authentication_options(
        rp_id=site_host(),
        challenge=encoding.base64url_to_bytes(challenge),
        timeout=_PATIENCE,
        allow_credentials=_described(known),
        user_verification=structs.UserVerificationRequirement.REQUIRED,
    )
    written: str = webauthn.options_to_json(options)
    return written


def read(sent: str) -> Answer:
    """A browser's answer; raises `RuleBroken` for anything else."""
    try:
        if len(sent) > ANSWER_CHARACTERS:
            raise ValueError("too long")
        whole = json.loads(sent)
        response = whole["response"]
        signed = json.loads(encoding.base64url_to_bytes(response["clientDataJSON"]))
        return Answer(str(whole["id"]), str(signed["challenge"]), str(response.get("userHandle") or ""), whole)
    # Whatever a browser or somebody with a tool may send: none of it is a fault of ours.
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise RuleBroken(NOT_TRUE) from None


def registered(answer: Answer) -> NewCredential:
    """The new credential, if the answer to `to_register` is true. Its challenge has to be looked up before."""
    try:
        made = webauthn.verify_registration_response(
            credential=answer.whole,
            expected_challenge=encoding.base64url_to_bytes(answer.challenge),
            expected_rp_id=site_host(),
            expected_origin=_settings().site_origin,
            require_user_verification=True,
        )
    except Exception:
        raise RuleBroken(NOT_TRUE) from None
    return NewCredential(
        encoding.bytes_to_base64url(made.credential_id),
        encoding.bytes_to_base64url(made.credential_public_key),
        made.sign_count,
    )


def count_shown(answer: Answer, passkey: Passkey) -> int:
    """The new count of signatures, if the answer to `to_show` is true; one that does not grow is of a copied key."""
    try:
        shown = webauthn.verify_authentication_response(
            credential=answer.whole,
            expected_challenge=encoding.base64url_to_bytes(answer.challenge),
            expected_rp_id=site_host(),
            expected_origin=_settings().site_origin,
            credential_public_key=encoding.base64url_to_bytes(passkey.public_key),
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    except Exception:
        raise RuleBroken(NOT_TRUE) from None
    count: int = shown.new_sign_count
    return count


def _described(known: Sequence[Passkey]) -> list[Any]:
    return [structs.PublicKeyCredentialDescriptor(id=encoding.base64url_to_bytes(one.credential)) for one in known]


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings
