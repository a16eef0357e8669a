"""The public API as requests and answers see it: open to every site, the same for everybody, without a cookie."""

from flask import Flask, Response, request

ADDRESSES = "/api/"
# What a program on another site may send along and may read besides the answer itself.
MAY_BE_SENT, MAY_BE_READ = "If-None-Match", "ETag, Retry-After"


def is_asked(path: str | None = None) -> bool:
    """Whether a request is for the API, whatever it is for there, or for an address that there is not."""
    return (request.path if path is None else path).startswith(ADDRESSES)


def init_app(app: Flask) -> None:
    """Say on every answer of the API that any site may read it, and by which mark it is known again."""

    @app.after_request
    def open_to_all(response: Response) -> Response:
        return _opened(response) if is_asked() else response


def _opened(response: Response) -> Response:
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = MAY_BE_READ
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = "GET, HEAD"
        response.headers["Access-Control-Allow-Headers"] = MAY_BE_SENT
    if response.status_code != 200:
        return response
    # Whoever keeps it asks again before using it, and learns by the mark that nothing has changed.
    response.cache_control.public = response.cache_control.no_cache = True
    if request.method in {"GET", "HEAD"}:
        if not response.get_etag()[0]:
            response.add_etag()
        response.make_conditional(request)
    return response
