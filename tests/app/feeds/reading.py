"""Reading calendars and feeds in tests."""

from werkzeug.test import TestResponse

ATOM = "{http://www.w3.org/2005/Atom}"


def unfolded(answer: TestResponse) -> list[str]:
    """The lines of a calendar as they were before they were folded."""
    return answer.text.replace("\r\n ", "").split("\r\n")


def events(answer: TestResponse) -> list[dict[str, str]]:
    """What each event of a calendar says, by name."""
    parts = "\n".join(unfolded(answer)).split("BEGIN:VEVENT\n")[1:]
    return [dict(line.split(":", 1) for line in part.split("\nEND:VEVENT")[0].split("\n")) for part in parts]
