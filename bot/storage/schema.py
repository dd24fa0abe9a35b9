"""What all tables share. `info["person"]` of each says how it names a person: by a column, by its case, or not."""

from __future__ import annotations

from typing import Final

from sqlalchemy import JSON, BigInteger, Index, Integer, MetaData, String, text

BY_COLUMN: Final = {"person": "column"}
BY_CASE: Final = {"person": "case"}
NOBODY: Final = {"person": "none"}

metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Number: Final = BigInteger().with_variant(Integer, "sqlite")
Digest: Final = String(64)
Document: Final = JSON(none_as_null=True)


def index(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index over some of the rows, on both databases."""
    return Index(name, *columns, unique=unique, postgresql_where=text(where), sqlite_where=text(where))
