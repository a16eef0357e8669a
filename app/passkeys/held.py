"""A request that waits until its sender has shown a passkey: a page to come back to, or a form to send once more.

A form is kept in the page itself and nowhere else, so that nothing typed is lost and nothing of it is stored.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Flask, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.passkeys import queries
from app.web.actor import current_person
from app.web.redirects import local_path
from app.web.transactions import READS
from policies.errors import NotUnderstood
from policies.passkeys import ASKED, Need, NeedsProof

KEPT = "kept-"
NOT_KEPT = frozenset({"csrf_token"})


@dataclass(frozen=True)
class Held:
    """Where somebody was going, and what they had written; `fields` is None where they had only asked for a page."""

    to: str
    fields: Sequence[tuple[str, str]] | None = None

    @property
    def kept(self) -> Sequence[tuple[str, str]]:
        """The fields under the names by which they travel through the page that asks for a proof."""
        return [(KEPT + name, words) for name, words in self.fields or ()]


@dataclass(frozen=True)
class ProofPage:
    """What the page shows that asks for a proof."""

    need: Need
    why: str
    held: Held
    has_passkeys: bool
    address: str
    fault: str = ""


def init_app(app: Flask) -> None:
    """Have every request that lacks a proof led to the page that asks for it."""
    app.register_error_handler(NeedsProof, _ask)


def _ask(refusal: NeedsProof) -> ResponseReturnValue:
    if request.method in READS:
        path = request.full_path.rstrip("?")
        return redirect(url_for("passkeys.prove", need=refusal.need.value, next=path), 303)
    written = [(name, words) for name, words in request.form.items(multi=True) if name not in NOT_KEPT]
    return proof_page(refusal.need, Held(request.full_path.rstrip("?"), written), 403)


def proof_page(need: Need, held: Held, status: int = 200, fault: str = "") -> ResponseReturnValue:
    """The page that asks for a proof."""
    page = ProofPage(
        need,
        ASKED[need],
        held,
        has_passkeys=bool(queries.of_person(current_person().id)),
        address=current_person().email or "",
        fault=fault,
    )
    return render_template("passkeys/prove.html", page=page, errors=[fault] if fault else []), status


def asked_need() -> Need:
    """What the address or the form says is needed; raises `NotUnderstood` for a word that is none of ours."""
    try:
        return Need(request.values.get("need", Need.FRESH.value))
    except ValueError:
        raise NotUnderstood("There is no such proof. Go back to the page you came from.") from None


def asked_held() -> Held:
    """What waits, from the address or from the page that asks for a proof."""
    account = url_for("people.account")
    if "to" not in request.form:
        return Held(local_path(request.values.get("next"), account))
    kept = [(name, words) for name, words in request.form.items(multi=True) if name.startswith(KEPT)]
    return Held(local_path(request.form["to"], account), [(name.removeprefix(KEPT), words) for name, words in kept])


def go_on(held: Held) -> ResponseReturnValue:
    """On to the page that was asked for, or to a button that sends what was written."""
    if held.fields is None:
        return redirect(held.to, 303)
    return render_template("passkeys/go_on.html", held=held)
