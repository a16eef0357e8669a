"""The pages on which files are asked for and waited for, and the answers that hand them over."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, make_response, render_template, request, url_for

from app.carrying import queries
from app.carrying.meeting import open_amendments, require_paper
from app.models import MadeFile, Plank
from app.papers.exports import MEDIA_TYPES, Form, file_name, written
from app.papers.paper import NAMES, Paper
from app.platform import queries as platform
from app.web.pdf import PdfUnavailable
from policies.carrying import Carried, FileStage, progress_in_words
from policies.errors import NotThere

SECONDS_TO_LOOK_AGAIN = 3
PARTS = {Carried.PLATFORM: "planks", Carried.MEETING: "amendments"}
MEETING_FORMS = (Form.PDF, Form.WORD, Form.OPEN_DOCUMENT)


@dataclass(frozen=True)
class AskingPage:
    """A page with a button for each form of a long file: what is asked, of how many parts, and where."""

    heading: str
    lede: str
    back: tuple[str, str]
    ways: Sequence[tuple[str, str]]
    tables: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class FilePage:
    """Where one file stands, and what to do now."""

    said: str
    stage: FileStage
    is_old: bool
    name: str
    url: str
    download_url: str
    again_url: str
    start_url: str


def handed(paper: Paper, form: Form) -> Response:
    """A short file at once, or a page that says why not and offers the other forms."""
    try:
        content = written(paper, form)
    except PdfUnavailable as reason:
        others = [(NAMES[other], _in_form(other)) for other in Form if other is not Form.PDF]
        return make_response(render_template("carrying/no_pdf.html", reason=str(reason), others=others), 503)
    return _download(file_name(paper, form), form, content)


def asking_platform() -> AskingPage:
    """The platform's page: each form, and the lists as tables."""
    planks = sum(platform.counts_by_level().values())
    return AskingPage(
        heading="Take the platform away",
        lede=f"Every public plank, {planks} today, in the words the public reads, with each group’s decision, its"
        " version and its hash.",
        back=("Planks", url_for("platform.all_planks")),
        ways=[(NAMES[form], url_for("carrying.ask_platform", form=form)) for form in Form],
        tables=[
            ("All planks (Excel)", url_for("carrying.planks_workbook")),
            ("All planks (CSV)", url_for("carrying.planks_csv")),
            ("Where we stand (Excel)", url_for("carrying.standing_workbook")),
            ("Register of decisions (Excel)", url_for("carrying.decisions_workbook")),
        ],
    )


def asking_meeting(plank: Plank) -> AskingPage:
    """A plank's page for clerks; raises `RuleBroken` where no paper can be made of it."""
    require_paper(plank)
    found = len(open_amendments(plank))
    return AskingPage(
        heading=f"Meeting paper for {plank.name}",
        lede=f"The text in large numbered lines, then its open amendments, {found} today, in the order in which the"
        " count takes them, each with its changes marked.",
        back=(plank.name, url_for("platform.plank", ref=plank.ref)),
        ways=[(NAMES[form], url_for("carrying.ask_meeting", ref=plank.ref, form=form)) for form in MEETING_FORMS],
    )


def waiting(file: MadeFile) -> Response:
    """The page on which one waits; the browser looks again by itself while the file is being made."""
    is_old = queries.state_of(file.kind, file.ref) != file.state
    page = FilePage(
        said=progress_in_words(file.stage, file.done, file.total, PARTS[file.kind]),
        stage=file.stage,
        is_old=is_old,
        name=NAMES[Form(file.form)],
        url=url_for("carrying.file", key=file.key),
        download_url=url_for("carrying.download", key=file.key),
        again_url=_asking_url(file),
        start_url=_start_url(file),
    )
    response = make_response(render_template("carrying/file.html", page=page))
    if file.stage in queries.UNFINISHED and not is_old:
        response.headers["Refresh"] = str(SECONDS_TO_LOOK_AGAIN)
    return response


def fetched(file: MadeFile) -> Response:
    """The file itself, while all that stands in it is still so; raises `NotThere`."""
    if file.content is None:
        raise NotThere("This file is not ready yet. Its page says how far it is.")
    if queries.state_of(file.kind, file.ref) != file.state:
        raise NotThere("The platform has changed since this file was made. Ask for it again.")
    return _download(file.name, Form(file.form), file.content)


def _download(name: str, form: Form, content: bytes) -> Response:
    response = Response(content, content_type=MEDIA_TYPES[form])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _in_form(form: Form) -> str:
    """The address asked for, with another form."""
    address = f"{request.path.rpartition('.')[0]}.{form}"
    query = request.query_string.decode("ascii", "ignore")
    return f"{address}?{query}" if query else address


def _asking_url(file: MadeFile) -> str:
    if file.kind is Carried.PLATFORM:
        return url_for("carrying.ask_platform", form=file.form)
    return url_for("carrying.ask_meeting", ref=file.ref, form=file.form)


def _start_url(file: MadeFile) -> str:
    is_platform = file.kind is Carried.PLATFORM
    return url_for("carrying.platform") if is_platform else url_for("carrying.meeting", ref=file.ref)
