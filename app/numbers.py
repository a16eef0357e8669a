"""Public numbers: given one after the other, each once, however many ask at the same moment."""

from sqlalchemy import update

from app.extensions import db
from app.models import Counter


def next_number(name: str) -> int:
    """The next number of a kind of thing. The counter's row stays locked until the transaction ends."""
    taken = db.session.scalar(
        update(Counter).where(Counter.name == name).values(value=Counter.value + 1).returning(Counter.value)
    )
    if taken is None:
        raise LookupError(f"There is no counter named {name}.")
    return taken
