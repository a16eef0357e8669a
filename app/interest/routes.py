"""Pages for registering interest, confirming and changing it, ending it in one click, and the clerks' list."""

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.interest import exports, presenters, queries, service
from app.interest.forms import ChoiceForm, InterestForm
from app.models import Supporter
from app.people import links
from app.people.forms import followed_link
from app.people.secrets import new_secret
from app.reads import service as reads
from app.web.actor import current_actor
from app.web.csv_files import download as file_to_keep
from app.web.forms import status_of
from app.web.guard import guarded
from app.web.one_click import ends_a_mailing
from app.web.paging import asked_page
from app.web.transactions import keep_changes
from policies.links import Purpose
from policies.permissions import Permission
from policies.reads import Seen

pages = Blueprint("interest", __name__)

WRONG_ADDRESS = "The letter was sent to another address. Write the one it came to."


@pages.route("/interest", methods=["GET", "POST"])
@guarded(Permission.INTEREST_REGISTER)
def register() -> ResponseReturnValue:
    """Ask to hear from us. The answer is the same for every address."""
    form = InterestForm()
    if not form.validate_on_submit():
        meanings = presenters.meanings()
        return render_template("interest/register.html", form=form, meanings=meanings), status_of(form)
    session["browser"] = session.get("browser") or new_secret()
    service.register(form.name.data or "", form.address, form.purposes, browser=session["browser"])
    return redirect(url_for("interest.sent"), 303)


@pages.get("/interest/sent")
@guarded(Permission.INTEREST_REGISTER)
def sent() -> ResponseReturnValue:
    """Say that a letter is on its way."""
    return render_template("interest/sent.html")


@pages.route("/interest/confirm/<secret>", methods=["GET", "POST"])
@guarded(Permission.INTEREST_REGISTER)
def confirm(secret: str) -> ResponseReturnValue:
    """Confirm with a mailed link: opening it changes nothing, its button does."""
    link = links.opened(secret, Purpose.INTEREST)
    form = followed_link(links.wants_address(link, session.get("browser", "")))
    wordings = presenters.ticked(link)
    if form.validate_on_submit():
        supporter = service.confirm(link, form.typed)
        if supporter is not None:
            return _confirmed(supporter)
        keep_changes()
        form.refuse(WRONG_ADDRESS)
    return render_template("interest/confirm.html", form=form, wordings=wordings, secret=secret), status_of(form)


@pages.route("/interest/choices/<key>", methods=["GET", "POST"])
@guarded(Permission.INTEREST_REGISTER, load=queries.with_key)
def choices(supporter: Supporter) -> ResponseReturnValue:
    """See what one agreed to, and change one thing of it."""
    form = ChoiceForm()
    if not form.validate_on_submit():
        shown = presenters.choices(supporter)
        page = render_template("interest/choices.html", form=form, choices=shown, key=supporter.key)
        # The address is a key, and the page is somebody's: no copy stays in a browser that others use.
        return page, status_of(form), {"Cache-Control": "no-store"}
    if form.is_yes:
        service.agree(supporter.key, form.chosen)
    elif not service.unsubscribe(supporter.key, [form.chosen]):
        return render_template("interest/ended.html", labels=presenters.labels([form.chosen]))
    flash("Saved. What else you chose stays as it was.", "success")
    return redirect(url_for("interest.choices", key=supporter.key), 303)


@pages.route("/interest/unsubscribe/<key>/<what>", methods=["GET", "POST"])
@ends_a_mailing
@guarded(Permission.INTEREST_REGISTER)
def unsubscribe(key: str, what: str) -> ResponseReturnValue:
    """End a mailing: a mail program posts here by itself, a person presses the button."""
    purposes = presenters.purposes_named(what)
    labels = presenters.labels(purposes)
    if request.method != "POST":
        return render_template("interest/unsubscribe.html", labels=labels, key=key, what=what)
    service.unsubscribe(key, purposes)
    return render_template("interest/ended.html", labels=labels)


@pages.get("/clerk/interest")
@guarded(Permission.INTEREST_LIST)
def listed() -> ResponseReturnValue:
    """Who registered interest, and for what."""
    page = presenters.supporters_page(asked_page())
    found = queries.people_among([one.email for one in page.supporters])
    reads.note(Seen.INTEREST, found, by=current_actor())
    return render_template("interest/listed.html", page=page)


@pages.post("/clerk/interest/download")
@guarded(Permission.INTEREST_LIST)
def download() -> ResponseReturnValue:
    """Take the list away as a file. It is a button and no link, since each download is recorded."""
    table, rows = exports.supporters_table()
    service.note_download(rows, by=current_actor())
    reads.note(Seen.INTEREST, queries.people_among(), by=current_actor())
    return file_to_keep("interest", clock.now(), table)


def _confirmed(supporter: Supporter) -> ResponseReturnValue:
    flash("Your address is confirmed. A letter with a link to this page is on its way.", "success")
    return redirect(url_for("interest.choices", key=supporter.key), 303)
