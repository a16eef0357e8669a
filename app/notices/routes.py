"""One's own notices, how to be told of each kind, and the page behind the link that ends a kind of mail."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.notices import presenters, queries, service, stops
from app.notices.forms import ReadForm, settings_form
from app.web.actor import current_actor
from app.web.forms import status_of
from app.web.guard import guarded
from app.web.one_click import ends_a_mailing
from app.web.paging import asked_page
from policies.notices import DIGEST_HOUR, kinds_for
from policies.permissions import Permission

pages = Blueprint("notices", __name__)


@pages.get("/notices", endpoint="list")
@guarded(Permission.NOTICE_READ)
def own_notices() -> ResponseReturnValue:
    """What I was told, the unread first, and what I follow."""
    page = presenters.notices_page(current_actor(), asked_page())
    return render_template("notices/list.html", page=page)


@pages.post("/notices/read")
@guarded(Permission.NOTICE_READ)
def mark_read() -> ResponseReturnValue:
    """Mark all that the page showed as read."""
    service.mark_read(ReadForm().number, by=current_actor())
    flash("All are marked as read.", "success")
    return redirect(url_for("notices.list"), 303)


@pages.get("/notices/following")
@guarded(Permission.NOTICE_READ)
def following() -> ResponseReturnValue:
    """All that I follow."""
    return render_template("notices/following.html", page=presenters.following_page(current_actor(), asked_page()))


@pages.route("/notices/settings", methods=["GET", "POST"])
@guarded(Permission.NOTICE_READ)
def settings() -> ResponseReturnValue:
    """How to be told of each kind of thing."""
    actor = current_actor()
    form = settings_form(kinds_for(is_clerk=actor.is_clerk or actor.is_deputy), queries.choices_of(actor))
    if not form.validate_on_submit():
        return render_template("notices/settings.html", form=form, digest_hour=DIGEST_HOUR), status_of(form)
    service.choose(form.choices, by=actor)
    flash("Your choices are saved.", "success")
    return redirect(url_for("notices.settings"), 303)


@pages.route("/unsubscribe/<key>", methods=["GET", "POST"])
@ends_a_mailing
@guarded(Permission.MAIL_END)
def unsubscribe(key: str) -> ResponseReturnValue:
    """End a kind of mail: opening the link changes nothing; its button does, and a mail program's own (RFC 8058)."""
    stop = stops.found(key)
    is_done = request.method == "POST"
    if is_done:
        service.end_mail(stop)
    words = presenters.stopped_words(stop)
    return render_template("notices/unsubscribe.html", key=key, words=words, is_done=is_done)
