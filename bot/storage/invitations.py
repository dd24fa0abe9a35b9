"""Invitations: who made one, and whether it still works. Of the person who comes with it nothing is kept here.

The token is known to whoever got it and to nobody else: only its digest is stored.
"""

from __future__ import annotations

from datetime import datetime
from secrets import token_hex
from typing import Any, Final

from sqlalchemy import Connection, Row, and_, delete, func, insert, select, update

from bot.handoff.invitations import MOST_OPEN, VALID_FOR, Invitation, Known, token_digest
from bot.storage.tables import invitation

#: 144 bits. Written in 0-9 and a-f: whoever has only the sheet of paper types it, in any script's keyboard.
TOKEN_BYTES: Final = 18


class Invitations:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def make(self, person: str, language: str, now: datetime) -> tuple[Invitation, str] | None:
        """A new invitation and its token, which is never seen again; none if this maker has too many open ones."""
        if len(self.open_of(person, now)) >= MOST_OPEN:
            return None
        token = token_hex(TOKEN_BYTES)
        row = {"digest": token_digest(token), "person": person, "language": language, "known": str(Known.NOTHING)}
        statement = insert(invitation).values(**row, made_at=now, expires_at=now + VALID_FOR).returning(invitation)
        return _invitation(self._connection.execute(statement).one()), token

    def open_of(self, person: str, now: datetime) -> list[Invitation]:
        """What the maker has given out and not taken back, whether somebody has come with it or not."""
        mine = (invitation.c.person == person, invitation.c.revoked_at.is_(None), invitation.c.expires_at > now)
        query = select(invitation).where(*mine).order_by(invitation.c.id)
        return [_invitation(row) for row in self._connection.execute(query)]

    def of_token(self, person: str, token: str, now: datetime) -> Invitation | None:
        """The maker's own invitation with this token, to print its sheet; opened or not, it is the same."""
        mine = (invitation.c.person == person, invitation.c.digest == token_digest(token))
        living = (invitation.c.revoked_at.is_(None), invitation.c.expires_at > now)
        row = self._connection.execute(select(invitation).where(*mine, *living)).first()
        return None if row is None else _invitation(row)

    def redeem(self, digest: str, guest: str, now: datetime) -> Invitation | None:
        """The invitation works now, for this one, and never again. Its maker cannot use it, and does not use it up."""
        works = and_(
            invitation.c.digest == digest,
            invitation.c.person != guest,
            invitation.c.opened_at.is_(None),
            invitation.c.revoked_at.is_(None),
            invitation.c.expires_at > now,
        )
        statement = update(invitation).where(works).values(opened_at=now).returning(invitation)
        row = self._connection.execute(statement).first()
        return None if row is None else _invitation(row)

    def revoke(self, person: str, number: int, now: datetime) -> None:
        """The maker takes it back. Whether somebody had come with it makes no difference that they could see."""
        mine = (invitation.c.id == number, invitation.c.person == person, invitation.c.revoked_at.is_(None))
        self._connection.execute(update(invitation).where(*mine).values(revoked_at=now))

    def allow(self, number: int, known: Known) -> str | None:
        """The invited person says what the maker may know from now on; returns the maker, if they are still there."""
        statement = update(invitation).where(invitation.c.id == number).values(known=str(known))
        return self._connection.execute(statement.returning(invitation.c.person)).scalar()

    def booked(self, number: int, now: datetime) -> tuple[str, Invitation] | None:
        """There is a first appointment: the maker and their invitation if they may know, and did not know yet."""
        may = (invitation.c.id == number, invitation.c.known == str(Known.BOOKED), invitation.c.booked_at.is_(None))
        statement = update(invitation).where(*may).values(booked_at=now).returning(invitation)
        row = self._connection.execute(statement).first()
        return None if row is None else (row.person, _invitation(row))

    def get(self, number: int) -> Invitation | None:
        row = self._connection.execute(select(invitation).where(invitation.c.id == number)).first()
        return None if row is None else _invitation(row)

    def prune(self, before: datetime) -> int:
        """Invitations that ended before this are forgotten; returns how many."""
        ended = func.coalesce(invitation.c.revoked_at, invitation.c.expires_at) < before
        return len(self._connection.execute(delete(invitation).where(ended).returning(invitation.c.id)).all())


def _invitation(row: Row[Any]) -> Invitation:
    return Invitation(
        id=row.id,
        language=row.language,
        made_at=row.made_at,
        expires_at=row.expires_at,
        known=_known(row),
    )


def _known(row: Row[Any]) -> Known:
    """What the maker may know and what is true: nobody is told of an appointment that there is not."""
    allowed = Known(row.known)
    return Known.OPENED if allowed is Known.BOOKED and row.booked_at is None else allowed
