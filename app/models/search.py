"""What waits to be taken into the search index, and, where the database is PostgreSQL, the index itself."""

from sqlalchemy import Float, Index, String, Text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Model

SUBJECT_CHARACTERS = 40
DIGEST_CHARACTERS = 300


class SearchChange(Model):
    """Something that can be found has changed: written in the transaction of the change, deleted once the index knows.

    It says what to read again, and nothing of what was changed or by whom.
    """

    __tablename__ = "search_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(SUBJECT_CHARACTERS))
    """ "plank:12" or "group:green"."""


class SearchDocument(Model):
    """One text that can be found, as PostgreSQL looks for it. Made from other tables; it can be emptied at any time.

    On SQLite the table stays empty: there the index is a folder.
    """

    __tablename__ = "search_documents"
    __table_args__ = (Index("ix_search_documents_words", "words", postgresql_using="gin"),)

    key: Mapped[str] = mapped_column(String(SUBJECT_CHARACTERS), primary_key=True)
    subject: Mapped[str] = mapped_column(String(SUBJECT_CHARACTERS), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    audience: Mapped[str] = mapped_column(String(16))
    theme: Mapped[str] = mapped_column(String(100))
    digest: Mapped[str] = mapped_column(String(DIGEST_CHARACTERS))
    weight: Mapped[float] = mapped_column(Float)
    words: Mapped[str] = mapped_column(Text().with_variant(TSVECTOR(), "postgresql"))
    """Its words without their endings and where they stand, and beside them the whole words, for spelling."""
