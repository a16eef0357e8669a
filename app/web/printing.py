"""Large print: a page set at 16 points and more, in one column, black on white, on screen and on paper alike."""

from urllib.parse import urlencode

from flask import request

from policies.errors import NotUnderstood

LARGE = "large"


def asked_print() -> dict[str, object]:
    """What a page needs to be set as the address asks, and to offer the other print.

    Raises `NotUnderstood` where the address asks for a print that there is not.
    """
    asked = request.args.getlist("print")
    if asked not in ([], [LARGE]):
        raise NotUnderstood(f"A page has one other print: print={LARGE}. Without it the page is set as usual.")
    others = {name: value for name, value in request.args.to_dict().items() if name != "print"}
    other = urlencode(others if asked else {**others, "print": LARGE})
    return {"large_print": bool(asked), "print_url": f"{request.path}?{other}" if other else request.path}
