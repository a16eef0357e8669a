"""Words as XML can hold them."""

import re

# What XML cannot hold, however it is escaped.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def for_xml(words: str) -> str:
    """The words without what no XML document may have, such as a zero byte."""
    return _NOT_XML.sub("", words)
