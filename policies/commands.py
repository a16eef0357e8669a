"""What is done at the machine and not on a page: every command and every job, and how far each may reach.

They have no permission in the table of permissions, because nobody on a page may run one: whoever has the machine has
its database, and answers for both. So each says here how far it reaches. None of them votes, none reads an open paper.
"""

from enum import StrEnum


class Reach(StrEnum):
    """How far a command or a job of whoever runs the service reaches."""

    LOOKS = "looks"
    """Reads and changes no row."""
    RUNS = "runs"
    """Keeps the service going: does what the rules have made due, and decides nothing."""
    BRINGS_IN = "brings_in"
    """Changes what is stored, at the word of whoever runs the service; the record says that it was no member."""


COMMANDS: dict[str, Reach] = {
    "check": Reach.LOOKS,
    "audit verify": Reach.LOOKS,
    "audit replay": Reach.LOOKS,
    "ballots recount": Reach.LOOKS,
    "editions verify": Reach.LOOKS,
    "mail list": Reach.LOOKS,
    "offices list": Reach.LOOKS,
    "orders check": Reach.LOOKS,
    "platform export": Reach.LOOKS,
    "editions keygen": Reach.RUNS,
    "mail deliver": Reach.RUNS,
    "scheduler": Reach.RUNS,
    "search rebuild": Reach.RUNS,
    "serve": Reach.RUNS,
    "tick": Reach.RUNS,
    "worker": Reach.RUNS,
    "demo populate": Reach.BRINGS_IN,
    "demonstration create": Reach.BRINGS_IN,
    "mail send-again": Reach.BRINGS_IN,
    "mps import": Reach.BRINGS_IN,
    "offices confirm": Reach.BRINGS_IN,
    "people invite": Reach.BRINGS_IN,
    "people operator": Reach.BRINGS_IN,
    "planks import": Reach.BRINGS_IN,
}

JOBS: dict[str, Reach] = {
    "deliver_mail": Reach.RUNS,
    "index_search": Reach.RUNS,
    "make_edition_papers": Reach.RUNS,
    "make_files": Reach.RUNS,
}
