"""Temperature checks, and the agreement of clerks to show the public where a text stands between the groups."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Model, Moment, group_type, one_of
from policies.negotiation import Reading


class TemperatureReading(Model):
    """What a member said of one version in a temperature check. One row a person a version."""

    __tablename__ = "temperature_readings"

    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    group: Mapped[str] = mapped_column("group_key", group_type("reading_group"))
    reading: Mapped[Reading] = mapped_column(one_of(Reading, "temperature_reading"))
    read_at: Mapped[datetime] = mapped_column(Moment)


class BracketRelease(Model):
    """A clerk agrees, for the own group, that everybody may see where one version stands between the groups."""

    __tablename__ = "bracket_releases"

    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id"), primary_key=True)
    group: Mapped[str] = mapped_column("group_key", group_type("release_group"), primary_key=True)
    clerk_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    released_at: Mapped[datetime] = mapped_column(Moment)
