"""People whose numbers are known wherever they stand: no year, no count and no hash looks like one."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

from sqlalchemy import event

from app.models import Person

FIRST = 7_717_001
OF_A_PERSON = re.compile(r"7717\d{3}")


@contextmanager
def unmistakable_people() -> Iterator[None]:
    """Whoever joins in here has such a number."""
    numbers = count(FIRST)

    def numbered(_mapper: object, _connection: object, person: Person) -> None:
        person.id = next(numbers)

    event.listen(Person, "before_insert", numbered)
    try:
        yield
    finally:
        event.remove(Person, "before_insert", numbered)
