"""Pages of editions: the list, each edition in every form for ever, how it is checked, and what clerks do about one."""

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.editions import comparing, exports, papers, presenters, queries, service
from app.editions.document import document_of
from app.editions.forms import AnswerForm
from app.models import Edition, EditionProposal
from app.web.actor import current_actor
from app.web.forms import status_of
from app.web.guard import guarded
from app.web.paging import asked_page
from policies.permissions import Permission

pages = Blueprint("editions", __name__)

JSON = "application/json; charset=utf-8"


@pages.get("/editions")
@guarded(Permission.SITE_READ)
def listed() -> ResponseReturnValue:
    """All editions, the newest first."""
    page, editions = presenters.list_page(asked_page())
    return render_template("editions/listed.html", page=page, editions=editions)


@pages.get("/editions/key")
@guarded(Permission.SITE_READ)
def key() -> ResponseReturnValue:
    """The public keys that editions are signed with, and how to check one."""
    return render_template("editions/key.html", keys=presenters.known_keys())


@pages.get("/editions/verify_edition.py")
@guarded(Permission.SITE_READ)
def script() -> ResponseReturnValue:
    """The script that checks an edition without this service, to be read before it is run."""
    return Response(exports.script(), content_type="text/plain; charset=utf-8")


@pages.get("/editions/<number:number>")
@guarded(Permission.SITE_READ, load=queries.published)
def show(edition: Edition) -> ResponseReturnValue:
    """One edition as one document."""
    return render_template("editions/show.html", page=presenters.edition_page(edition))


@pages.get("/editions/<number:number>/changes")
@guarded(Permission.SITE_READ, load=queries.published)
def changes(edition: Edition) -> ResponseReturnValue:
    """What changed since the edition before."""
    return render_template("editions/compare.html", page=comparing.changes_page(edition))


@pages.get("/editions/<number:number>/compare")
@guarded(Permission.SITE_READ, load=queries.published)
def compare(edition: Edition) -> ResponseReturnValue:
    """An edition beside another one, or beside today."""
    return render_template("editions/compare.html", page=comparing.compare_page(edition))


@pages.get("/editions/<number:number>/manifest.json")
@guarded(Permission.SITE_READ, load=queries.published)
def manifest(edition: Edition) -> ResponseReturnValue:
    """What was signed, byte for byte."""
    return Response(edition.manifest, content_type=JSON)


@pages.get("/editions/<number:number>/signature.json")
@guarded(Permission.SITE_READ, load=queries.published)
def signature(edition: Edition) -> ResponseReturnValue:
    """The signature, apart from what it signs."""
    return Response(exports.signature_of(edition), content_type=JSON)


@pages.get("/editions/<number:number>/edition.json")
@guarded(Permission.SITE_READ, load=queries.published)
def file(edition: Edition) -> ResponseReturnValue:
    """Manifest, words and signature in one file, to be checked anywhere."""
    return _download(edition, exports.file_of(document_of(edition)), JSON, "json")


@pages.get("/editions/<number:number>/edition.md")
@guarded(Permission.SITE_READ, load=queries.published)
def markdown(edition: Edition) -> ResponseReturnValue:
    """The same words as Markdown."""
    return _download(edition, exports.markdown_of(document_of(edition)), "text/markdown; charset=utf-8", "md")


@pages.get("/editions/<number:number>/edition.pdf")
@guarded(Permission.SITE_READ, load=queries.published)
def paper(edition: Edition) -> ResponseReturnValue:
    """The edition on paper."""
    return _download(edition, papers.paper_of(edition).pdf, "application/pdf", "pdf")


@pages.get("/clerk/edition")
@guarded(Permission.EDITION_AGREE)
def desk() -> ResponseReturnValue:
    """What an edition would hold now, before one is proposed."""
    return render_template("editions/desk.html", desk=presenters.desk())


@pages.post("/clerk/edition")
@guarded(Permission.EDITION_AGREE)
def propose() -> ResponseReturnValue:
    """Propose it; the own group has said yes with that."""
    proposal = service.propose(by=current_actor())
    flash("The edition is proposed. It is published when a clerk of every group has said yes.", "success")
    return redirect(url_for("editions.proposal", key=proposal.key), 303)


@pages.get("/editions/proposed/<argument_key:key>")
@guarded(Permission.EDITION_AGREE, load=queries.proposal)
def proposal(proposal: EditionProposal) -> ResponseReturnValue:
    """One proposed edition."""
    return _shown(proposal, AnswerForm(formdata=None))


@pages.post("/editions/proposed/<argument_key:key>/answer")
@guarded(Permission.EDITION_AGREE, load=queries.proposal)
def answer(proposal: EditionProposal) -> ResponseReturnValue:
    """Say yes or no for the own group."""
    form = AnswerForm()
    if not form.validate_on_submit():
        return _shown(proposal, form)
    says_yes = form.answer.data == "yes"
    stage = service.answer(proposal, says_yes=says_yes, reason=form.reason.data or "", by=current_actor())
    flash(*presenters.answered_words(stage))
    return redirect(url_for("editions.proposal", key=proposal.key), 303)


@pages.post("/editions/proposed/<argument_key:key>/take-back")
@guarded(Permission.EDITION_AGREE, load=queries.proposal)
def take_back(proposal: EditionProposal) -> ResponseReturnValue:
    """Take back what a clerk of the own group has proposed."""
    service.take_back(proposal, by=current_actor())
    flash("The proposed edition is taken back. Nothing is published.", "success")
    return redirect(url_for("editions.proposal", key=proposal.key), 303)


def _shown(proposal: EditionProposal, form: AnswerForm) -> ResponseReturnValue:
    page = presenters.proposal_page(proposal, current_actor())
    return render_template("editions/proposal.html", page=page, form=form), status_of(form)


def _download(edition: Edition, content: str | bytes, media_type: str, ending: str) -> Response:
    response = Response(content, content_type=media_type)
    response.headers["Content-Disposition"] = f'inline; filename="common-platform-edition-{edition.id}.{ending}"'
    return response
