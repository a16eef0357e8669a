"""How a rule says no: in a sentence the person who asked can act on."""


class RuleBroken(Exception):
    """A rule refused the request; the message is written for the person who asked."""


class LinkEnded(RuleBroken):
    """A mailed link no longer opens anything: it was used, taken back, or has run out."""


class NotPermitted(RuleBroken):
    """The person may not do this, whatever state the thing is in."""


class NotThere(RuleBroken):
    """There is nothing here that the person asking may see."""


class NotUnderstood(RuleBroken):
    """The address asks for something in words this service does not have, such as an unknown filter."""
