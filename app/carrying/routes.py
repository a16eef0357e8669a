"""Addresses of files: short ones are made at once, long ones by the worker while their page says how far they are."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.carrying import changes, offering, planks, queries, service, tables
from app.carrying.loading import (
    AmendmentInForm,
    PlankInForm,
    VersionInForm,
    amendment_in_form,
    plank_in_form,
    version_in_form,
)
from app.models import MadeFile, Plank
from app.papers.paper import Form
from app.planks import queries as plank_queries
from app.web.guard import guarded
from policies.carrying import Carried
from policies.permissions import Permission

pages = Blueprint("carrying", __name__)

IN_FORM = "<any(pdf,docx,odt,md):form>"


@pages.get(f"/planks/<plank_ref:ref>/v<version_name:name>.{IN_FORM}")
@guarded(Permission.PLANK_READ, load=version_in_form)
def version(asked: VersionInForm) -> ResponseReturnValue:
    """One version of a plank."""
    return offering.handed(planks.version_paper(asked.found, clock.now()), asked.form)


@pages.get(f"/planks/<plank_ref:ref>/compare.{IN_FORM}")
@guarded(Permission.PLANK_READ, load=plank_in_form)
def comparison(asked: PlankInForm) -> ResponseReturnValue:
    """Two versions, with every change tracked."""
    return offering.handed(changes.comparison_paper(asked.plank, clock.now()), asked.form)


@pages.get(f"/amendments/<amendment_ref:ref>.{IN_FORM}")
@guarded(Permission.AMENDMENT_READ, load=amendment_in_form)
def amendment(asked: AmendmentInForm) -> ResponseReturnValue:
    """An amendment, with every change tracked."""
    return offering.handed(changes.amendment_paper(asked.amendment, clock.now()), asked.form)


@pages.get("/take-away")
@guarded(Permission.SITE_READ)
def platform() -> ResponseReturnValue:
    """The platform as a file, and the lists as tables."""
    return render_template("carrying/ask.html", page=offering.asking_platform())


@pages.post(f"/take-away/{IN_FORM}")
@guarded(Permission.SITE_READ)
def ask_platform(form: str) -> ResponseReturnValue:
    """Ask for the platform in one form."""
    file = service.ask(Carried.PLATFORM, "", Form(form))
    return redirect(url_for("carrying.file", key=file.key), 303)


@pages.get("/planks/<plank_ref:ref>/meeting-paper")
@guarded(Permission.ROUND_PREPARE, load=plank_queries.visible)
def meeting(plank: Plank) -> ResponseReturnValue:
    """For a clerk: the meeting paper of a plank."""
    return render_template("carrying/ask.html", page=offering.asking_meeting(plank))


@pages.post(f"/planks/<plank_ref:ref>/meeting-paper/{IN_FORM}")
@guarded(Permission.ROUND_PREPARE, load=plank_in_form)
def ask_meeting(asked: PlankInForm) -> ResponseReturnValue:
    """Ask for it in one form."""
    file = service.ask_meeting(asked.plank, asked.form)
    return redirect(url_for("carrying.file", key=file.key), 303)


@pages.get("/take-away/files/<argument_key:key>")
@guarded(Permission.SITE_READ, load=queries.visible)
def file(made: MadeFile) -> ResponseReturnValue:
    """How far a file is."""
    return offering.waiting(made)


@pages.get("/take-away/files/<argument_key:key>/download")
@guarded(Permission.SITE_READ, load=queries.visible)
def download(made: MadeFile) -> ResponseReturnValue:
    """The file."""
    return offering.fetched(made)


@pages.get("/where-we-stand.xlsx")
@guarded(Permission.SITE_READ)
def standing_workbook() -> ResponseReturnValue:
    """Where we stand, for Excel."""
    return tables.standing_workbook(clock.now())


@pages.get("/decisions.xlsx")
@guarded(Permission.SITE_READ)
def decisions_workbook() -> ResponseReturnValue:
    """The register of decisions, for Excel."""
    return tables.decisions_workbook(clock.now())


@pages.get("/planks.xlsx")
@guarded(Permission.SITE_READ)
def planks_workbook() -> ResponseReturnValue:
    """All planks with their texts, for Excel."""
    return tables.planks_workbook(clock.now())


@pages.get("/planks.csv")
@guarded(Permission.SITE_READ)
def planks_csv() -> ResponseReturnValue:
    """The same as CSV."""
    return tables.planks_csv(clock.now())
