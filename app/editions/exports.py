"""An edition to carry away: the file that can be checked, Markdown, and the page that becomes a PDF."""

import json

from flask import render_template

from app import clock
from app.config import ROOT
from app.editions.document import WORDS_HIDDEN, EditionDocument, EditionText
from app.models import Edition
from app.web.addresses import whole_url
from app.web.filters import day
from app.web.imprint import imprint
from policies.edition_manifest import ABOUT, FORMAT, MADE_UP
from policies.groups import GROUPS

SCRIPT = ROOT / "docs" / "verify_edition.py"


def about() -> str:
    """That groups are not parties, that a demonstration is made up, and who is responsible in law."""
    return f"{_what_it_is()} {imprint()}".strip()


def address_of(edition: Edition) -> str:
    """The permalink, with the address of the site."""
    return whole_url("editions.show", number=edition.id)


def cite(edition: Edition) -> str:
    """One line that names an edition, and tells it from every other."""
    groups = ", ".join(group.full_title for group in GROUPS)
    return (
        f"Common Platform of the {groups}, edition {edition.id}, {day(edition.published_at)}."
        f" {address_of(edition)} (SHA-256 of its manifest: {edition.sha256})"
    )


def file_of(document: EditionDocument) -> str:
    """The file of an edition: the manifest, the words it speaks of, and the signature."""
    edition = document.edition
    told = {
        "format": FORMAT,
        "about": about(),
        "address": address_of(edition),
        "manifest": json.loads(edition.manifest),
        "signature": json.loads(signature_of(edition)),
        "words": {plank.name: _words(plank) for plank in document.planks},
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def signature_of(edition: Edition) -> str:
    """The signature by itself, over the bytes of the manifest."""
    told = {
        "algorithm": "Ed25519",
        "key": edition.public_key,
        "fingerprint": edition.fingerprint,
        "sha256": edition.sha256,
        "signature": edition.signature,
    }
    return json.dumps(told, indent=1) + "\n"


def script() -> str:
    """The script that checks an edition and needs nothing but Python."""
    return SCRIPT.read_text(encoding="utf-8")


def markdown_of(document: EditionDocument) -> str:
    """All of it as Markdown; the words of each plank stand as they were signed."""
    edition = document.edition
    head = [f"# Common Platform, edition {edition.id}", f"{day(edition.published_at)}. {about()}", cite(edition)]
    planks = [part for plank in document.planks for part in _markdown(plank)]
    return "\n\n".join([*head, *planks]) + "\n"


def paper_of(document: EditionDocument) -> str:
    """The page that becomes a PDF, whole in itself."""
    edition = document.edition
    values = {"document": document, "edition": edition, "cite": cite(edition), "about": _what_it_is()}
    return render_template("editions/paper.html", **values, imprint=imprint(), words_hidden=WORDS_HIDDEN)


def _what_it_is() -> str:
    return f"{ABOUT} {MADE_UP}" if clock.is_demonstration() else ABOUT


def _words(plank: EditionText) -> dict[str, object]:
    said = {one.group.key: one.words for one in plank.reservations}
    note = {"note": WORDS_HIDDEN} if plank.withheld else {}
    return {"title": plank.title, "text": plank.text, "reservations": said, **note}


def _markdown(plank: EditionText) -> list[str]:
    stances = "\n".join(f"- {cell.group.full_title}: {cell.word}. {cell.note}." for cell in plank.cells)
    said = [
        "\n".join(f"> {line}" for line in f"{one.group.full_title}: {one.words or WORDS_HIDDEN}".splitlines())
        for one in plank.reservations
    ]
    head = f"## {plank.name}: {plank.heading}"
    facts = f"Version {plank.entry.version}, SHA-256 `{plank.entry.sha256}`"
    return [head, facts, stances, *said, plank.text or plank.instead]
