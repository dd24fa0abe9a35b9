"""To what each person has said yes, in which words, when, and when they took it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, delete, insert, select, update

from bot.storage.tables import consent

_WRITTEN: Final = ("purpose", "wording", "language", "channel", "how")


class Consents:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def give(
        self, person: str, purpose: str, wording: str, language: str, channel: str, now: datetime, how: str = ""
    ) -> None:
        """`wording` is the SHA-256 of the text they read. A new text takes the place of the old; the same, nothing.

        `how` is empty where the person tapped it themselves.
        """
        read = (consent.c.wording == wording, consent.c.language == language, consent.c.how == how)
        living = (consent.c.person == person, consent.c.purpose == purpose, consent.c.withdrawn_at.is_(None))
        if self._connection.execute(select(consent.c.id).where(*living, *read)).first() is not None:
            return
        self.withdraw(person, purpose, now)
        words = {"wording": wording, "language": language, "channel": channel, "how": how}
        self._connection.execute(insert(consent).values(person=person, purpose=purpose, **words, given_at=now))

    def withdraw(self, person: str, purpose: str, now: datetime) -> None:
        living = (consent.c.person == person, consent.c.purpose == purpose, consent.c.withdrawn_at.is_(None))
        self._connection.execute(update(consent).where(*living).values(withdrawn_at=now))

    def written(self, person: str) -> list[dict[str, str]]:
        """What is consented to now, as JSON values; `read` gives the same to another name of the person."""
        living = (consent.c.person == person, consent.c.withdrawn_at.is_(None))
        rows = self._connection.execute(select(consent).where(*living).order_by(consent.c.id)).all()
        return [{**{key: getattr(row, key) for key in _WRITTEN}, "given_at": row.given_at.isoformat()} for row in rows]

    def read(self, person: str, written: Sequence[Mapping[str, str]]) -> None:
        for one in written:
            given_at = datetime.fromisoformat(one["given_at"])
            self.give(person, one["purpose"], one["wording"], one["language"], one["channel"], given_at, one["how"])

    def forget(self, person: str) -> None:
        """Of somebody of whom nothing is stored any more, no consent is kept either."""
        self._connection.execute(delete(consent).where(consent.c.person == person))

    def of(self, person: str) -> dict[str, datetime]:
        """Each purpose that is consented to now, and since when."""
        living = (consent.c.person == person, consent.c.withdrawn_at.is_(None))
        rows = self._connection.execute(select(consent).where(*living).order_by(consent.c.id))
        return {row.purpose: row.given_at for row in rows}
