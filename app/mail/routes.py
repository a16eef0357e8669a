"""The outbox of a demonstration, and the clerks' list of mail that did not arrive."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.mail import presenters, queries, service
from app.web.actor import current_actor
from app.web.guard import guarded
from app.web.paging import asked_page
from policies.permissions import Permission

pages = Blueprint("mail", __name__)


@pages.get("/outbox")
@guarded(Permission.OUTBOX_READ)
def outbox() -> ResponseReturnValue:
    """All mail of a demonstration, newest first."""
    return render_template("mail/outbox.html", page=presenters.outbox_page(asked_page()))


@pages.get("/outbox/<number:number>")
@guarded(Permission.OUTBOX_READ)
def letter(number: int) -> ResponseReturnValue:
    """One mail of a demonstration."""
    return render_template("mail/letter.html", mail=queries.mail(number))


@pages.get("/clerk/mail")
@guarded(Permission.MAIL_MEND)
def undelivered() -> ResponseReturnValue:
    """Mail that waits, may not have arrived, or did not."""
    return render_template("mail/undelivered.html", page=presenters.undelivered_page(asked_page()))


@pages.post("/clerk/mail/<number:number>/send-again")
@guarded(Permission.MAIL_MEND)
def send_again(number: int) -> ResponseReturnValue:
    """Send one of them again."""
    service.send_again(queries.mail(number), by=current_actor())
    flash("It is sent again, under the same number, so that a mail program shows it once.", "success")
    return redirect(url_for("mail.undelivered"), 303)
