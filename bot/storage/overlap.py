"""Two living claims on one post, room or interpreter never overlap: the database itself says so, whoever writes.

Living is what is held, offered, booked or an absence. Two absences may overlap each other, nothing else may. The ranges
are half-open and contain the buffers, so that what ends at ten and what starts at ten both fit.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import DDL, event

from bot.storage.tables import allocation

NAME: Final = "allocation_no_overlap"

#: Integer ranges stand for `=` and `<>`, so that no extension (btree_gist) is needed: an absence has a range of its
#: own that meets no other absence's, anything else has the range that meets all.
POSTGRESQL: Final = f"""
ALTER TABLE allocation ADD CONSTRAINT {NAME} EXCLUDE USING gist (
    int8range(resource, resource, '[]') WITH &&,
    tstzrange(blocked_from, blocked_until, '[)') WITH &&,
    (CASE WHEN state = 'absence' THEN int8range(id, id, '[]') ELSE int8range(NULL, NULL) END) WITH &&
) WHERE (state IN ('held', 'offered', 'booked', 'absence'))
"""

_SQLITE: Final = """
CREATE TRIGGER {name}_{verb} BEFORE {verb} ON allocation
WHEN NEW.state IN ('held', 'offered', 'booked', 'absence') AND EXISTS (
    SELECT 1 FROM allocation AS other
    WHERE other.resource = NEW.resource
      AND other.state IN ('held', 'offered', 'booked', 'absence')
      AND NOT (other.state = 'absence' AND NEW.state = 'absence')
      AND other.blocked_from < NEW.blocked_until
      AND NEW.blocked_from < other.blocked_until
      AND {other_row}
)
BEGIN
    SELECT RAISE(ABORT, '{name}');
END
"""
SQLITE: Final = (
    _SQLITE.format(name=NAME, verb="insert", other_row="TRUE"),
    _SQLITE.format(name=NAME, verb="update", other_row="other.id <> OLD.id"),
)


def _created_with_the_table(statement: str, dialect: str) -> None:
    ddl = DDL(statement)  # type: ignore[no-untyped-call]  # SQLAlchemy leaves it untyped
    event.listen(allocation, "after_create", ddl.execute_if(dialect=dialect))


_created_with_the_table(POSTGRESQL, "postgresql")
for _trigger in SQLITE:
    _created_with_the_table(_trigger, "sqlite")
