"""Who runs the machine: named on the command line, and confirmed by that person with a passkey."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Model, Moment
from app.models.people import Person
from policies.permissions import Actor, ServiceFacts


class Operator(Model):
    """Somebody who runs the machine, or was named to. Operators vote nowhere."""

    __tablename__ = "operators"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    named_at: Mapped[datetime] = mapped_column(Moment)
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)

    person: Mapped[Person] = relationship(back_populates="operator")

    def facts_for(self, _actor: Actor) -> ServiceFacts:
        """What the permissions need to know: it is found by the person named alone."""
        return ServiceFacts()

    @property
    def id(self) -> int:
        """The number of the person, by which the record knows this row."""
        return self.person_id
