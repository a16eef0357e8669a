"""Texts meant to become more than text, and how a page is read to see that they did not."""

from html.parser import HTMLParser

from werkzeug.test import TestResponse

# Every one fits into a title. A template that evaluated one would print SUM; a script would call `alert`.
SUM = str(31337 * 31337)
PAYLOADS = (
    "<script>alert(1)</script>",
    "</title></textarea><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)' x='",
    "<svg/onload=alert(1)><iframe srcdoc=x></iframe>",
    "--><base href=//evil.example/><!--",
    "[a link](javascript:alert(1))",
    "[a link](JaVa\tScRiPt:alert(1)) <javascript:alert(1)>",
    "[a link](data:text/html;base64,PHNjcmlwdD4=) ![a picture](https://evil.example/x.png)",
    '[a link](https://example.org/"onmouseover="alert(1))',
    "&lt;script&gt;alert(1)&lt;/script&gt; &#60;b&#62;",
    "{{31337*31337}} ${31337*31337} #{31337*31337} {% print(31337*31337) %}",
    "%s %(name)s {0} {actor.__class__}",
    "turned \u202eround\u202c and \u2066apart\u2069",
    "zero\u200bwidth\u200djoined\ufeffmarked",
    "W" * 119,
    "e" + "\u0301" * 100,
    "nothing \x00 and bell \x07",
    "first\r\nSet-Cookie: stolen=1\r\n\r\nsecond",
    "' OR '1'='1'; DROP TABLE planks; --",
    "../../etc/passwd\\..\\x %2e%2e%2f",
    '[^1]: note <b>bold</b> [^1] [^"><script>]',
)
# Half a character, as no browser sends it, and bytes that are no character at all.
BROKEN = "%ED%A0%BD%3Cscript%3Ealert(1)%3C/script%3E%FF%00"
SHORT = '"><script>alert(1)</script><img src=x onerror=alert(1)> {{31337*31337}} [x](javascript:alert(1)) \u202eend'
LONG = "\n\n".join(PAYLOADS)

TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x00\x07")
NEVER_ON_A_PAGE = frozenset(["base", "embed", "iframe", "img", "math", "object", "style", "template", "video"])
ADDRESSES = frozenset(["action", "data", "formaction", "href", "poster", "src", "srcdoc", "xlink:href"])
LEADS_TO = ("/", "#", "?", "http://", "https://", "mailto:")


class PageReader(HTMLParser):
    """Reads a page as a browser would, and notes what should not be on it."""

    def __init__(self) -> None:
        """Nothing read yet."""
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.faults: list[str] = []
        self._in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what begins here, and what it is told to do."""
        self._in_script = tag == "script"
        found = {name: value or "" for name, value in attrs}
        if tag in NEVER_ON_A_PAGE or (tag == "script" and not found.get("src", "").startswith("/assets/site-")):
            self.faults.append(f"<{tag}>")
        if tag == "meta" and "http-equiv" in found:
            self.faults.append("<meta http-equiv>")
        for name, value in found.items():
            if name.startswith("on") or name in {"style", "srcdoc"}:
                self.faults.append(f"{tag} {name}={value}")
            if name in ADDRESSES and not value.startswith(LEADS_TO):
                self.faults.append(f"{tag} {name}={value}")
            is_its_own = found.get("rel") == "canonical" and value.startswith("http://localhost:5000/")
            if name in ADDRESSES and tag != "a" and not value.startswith(("/", "#", "?")) and not is_its_own:
                self.faults.append(f"{tag} {name}={value}")
            if name in ADDRESSES and value.startswith("//"):
                self.faults.append(f"{tag} {name}={value}")

    def handle_endtag(self, tag: str) -> None:
        """Note where a script ends."""
        self._in_script = False

    def handle_comment(self, data: str) -> None:
        """No page of ours has one."""
        self.faults.append(f"<!--{data}-->")

    def handle_data(self, data: str) -> None:
        """Note the words."""
        if self._in_script and data.strip():
            self.faults.append(f"script: {data}")
        self.words.append(data)


def words_of(answer: TestResponse) -> str:
    """The words of a page as a reader sees them, once it is sure that nothing on it is more than that."""
    where = f"{answer.request.method} {answer.request.path}: {answer.status_code}"
    assert answer.status_code < 500, where
    assert "stolen" not in str(answer.headers.getlist("Set-Cookie")), where
    if answer.mimetype != "text/html":
        return answer.text
    reader = PageReader()
    reader.feed(answer.text)
    reader.close()
    words = "".join(reader.words)
    assert reader.faults == [], f"{where} {reader.faults}"
    assert SUM not in words, where
    assert not TURNING & set(words), where
    return words
