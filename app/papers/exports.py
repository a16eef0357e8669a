"""Writing a paper in one of its forms; what writes each is imported where it is first wanted, since it is heavy."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from app.papers.paper import MEDIA_TYPES, Form, Paper

__all__ = ["MEDIA_TYPES", "WORKBOOK", "Form", "file_name", "workbook", "written"]

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def written(paper: Paper, form: Form) -> bytes:
    """The whole file; the same paper is the same bytes. Raises `PdfUnavailable` where no PDF can be made."""
    match form:
        case Form.PDF:
            from app.papers import pdf_files

            return pdf_files.written(paper)
        case Form.WORD:
            from app.papers import word_files

            return word_files.written(paper)
        case Form.OPEN_DOCUMENT:
            from app.papers import open_document_files

            return open_document_files.written(paper)
        case Form.MARKDOWN:
            from app.papers import markdown_files

            return markdown_files.written(paper)


def file_name(paper: Paper, form: Form) -> str:
    """What the file is called: "P12-version-3.pdf"."""
    return f"{paper.name}.{form}"


def workbook(
    title: str, head: Sequence[str], rows: Iterable[Sequence[str]], about: Sequence[str], made: datetime
) -> bytes:
    """A table as a workbook of Excel, with a second sheet that says `about` it what must not be missing."""
    from app.papers import workbooks

    return workbooks.written(title, head, rows, about, made)
