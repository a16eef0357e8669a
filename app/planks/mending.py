"""Mending the punctuation of a text: version n.1, for which the backing of version n counts."""

from app.audit import service as audit
from app.models import Plank, Version
from app.planks.conditions import fulfil
from app.planks.service import agree
from app.planks.writing import add_version
from policies.permissions import Actor
from policies.planks import Cause, require_text_fits
from policies.text.canonical import word_count
from policies.text.units import Document


def mend(plank: Plank, base: Version, document: Document, *, by: Actor | None) -> Version:
    """Write version n.1 of the working or the agreed text: the same words with mended punctuation. The plank is locked.

    What pointed to `base` points to it: the stances stay on `base`, and count for the new version too.
    """
    require_text_fits(document.title, word_count(document.text), len(document.text))
    version = add_version(plank, (base.number, base.minor + 1), document, base, cause=Cause.EDITORIAL, by=by)
    is_working = plank.working_version_id == base.id
    if is_working:
        plank.working_version = version
    pointers = {"working": is_working, "agreed": plank.agreed_version_id == base.id}
    details = {"cause": Cause.EDITORIAL, "sha256": version.sha256, "mends": base.id, **pointers}
    audit.record("version written", version, by=by, plank=plank.id, **details)
    if pointers["agreed"]:
        agree(plank, version)
    if is_working:
        fulfil(plank, version)
    return version
