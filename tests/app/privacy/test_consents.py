"""Saving one form changes no consent of another: each is given and taken back by itself."""

from collections.abc import Callable

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.extensions import Base, db
from app.models import Argument, NameChoice, NoticeChoice, Supporter
from app.web.transactions import transaction
from policies.interest import ConsentPurpose
from policies.notices import Channel, NoticeKind, kinds_for
from tests.app.privacy.conftest import ADDRESS, Member, browser

CONSENTS = ("consents", "notice_choices", "follows")
Form = Callable[[FlaskClient, Member], object]


def consents() -> dict[str, object]:
    """All that people agreed to or chose, form by form."""
    with transaction():
        found: dict[str, object] = {}
        for name in CONSENTS:
            found[name] = db.session.execute(select(Base.metadata.tables[name])).all()
        found["people"] = db.session.execute(select(Base.metadata.tables["people"])).all()
        found["names"] = db.session.execute(select(NameChoice.id, NameChoice.choice)).all()
        return found


def key() -> str:
    """The key to the choices of whoever registered interest with her address."""
    with transaction():
        return db.session.scalars(select(Supporter.key).where(Supporter.email == ADDRESS)).one()


def argument_key(zadie: Member) -> str:
    """The address of her named argument."""
    with transaction():
        return db.session.get_one(Argument, zadie.argument).key


def no_mail(client: FlaskClient, _zadie: Member) -> object:
    """Choose to be told of everything on the site alone."""
    chosen = {kind.value: Channel.SITE.value for kind in kinds_for(is_clerk=False)}
    return client.post("/notices/settings", data=chosen)


def wish(client: FlaskClient, purpose: str, word: str) -> object:
    """Agree to one thing, or end it."""
    return client.post(f"/interest/choices/{key()}", data={"purpose": purpose, "wish": word})


FORMS: dict[str, tuple[Form, set[str]]] = {
    "the name": (lambda client, _: client.post("/account/name", data={"name": "Zadie Q"}), {"people"}),
    "how to be told": (no_mail, {"notice_choices"}),
    "following a plank": (lambda client, _: client.post("/planks/2/follow"), {"follows"}),
    "one click in a letter": (lambda client, _: client.post(f"/interest/unsubscribe/{key()}/news"), {"consents"}),
    "one consent given anew": (lambda client, _: wish(client, "news", "yes"), {"consents"}),
    "one consent taken back": (lambda client, _: wish(client, "news", "no"), {"consents"}),
    "a name taken back": (
        lambda client, zadie: client.post(f"/account/visibility/argument/{argument_key(zadie)}/take-back"),
        {"names"},
    ),
    "an archive": (lambda client, _: client.post("/account/data"), set()),
    "other sessions": (lambda client, _: client.post("/account/sessions/end-others"), set()),
}


def test_saving_one_form_changes_no_consent_of_another(app: Flask, zadie: Member) -> None:
    with transaction():
        row = {"person_id": zadie.actor.person_id, "kind": NoticeKind.RESULT, "channel": Channel.OFF}
        db.session.merge(NoticeChoice(**row))
    client = browser(app, zadie.actor)
    before = consents()
    for name, (save, its_own) in FORMS.items():
        answer = save(client, zadie)
        assert getattr(answer, "status_code", 0) in {200, 303}, name
        now = consents()
        changed = {part for part in now if now[part] != before[part]}
        assert changed == its_own, f"{name} changed {changed}"
        before = now
    with transaction():
        left = db.session.scalars(select(Supporter).where(Supporter.email == ADDRESS)).one()
        assert [consent.purpose for consent in left.consents] == [ConsentPurpose.CONTACT]
