"""Invitations inside the transaction of a message: made, opened, and what their maker is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.dialogs.answers import InvitationMade, Redeemed
from bot.handoff.invitations import PICTURE, SHEET, Doors, Invitation, InvitationNews, Known
from bot.turns.ports import TurnTransaction


@dataclass(frozen=True, slots=True)
class Guests:
    """`person` is the maker where an invitation is made, and the guest everywhere else."""

    tx: TurnTransaction
    person: str
    now: datetime

    def make(self, language: str, doors: Doors) -> InvitationMade:
        """Links and files of a new invitation. The files are drawn when fetched, from the token in their name."""
        made = self.tx.invitations.make(self.person, language, self.now)
        if made is None:
            return InvitationMade()
        invitation, token = made
        return InvitationMade(
            link=doors.link(token),
            telegram=doors.telegram_link(token),
            until=invitation.expires_at,
            sheet=f"{SHEET}{token}",
            picture=f"{PICTURE}{token}",
        )

    def redeem(self, digest: str) -> Redeemed:
        invitation = self.tx.invitations.redeem(digest, self.person, self.now)
        return Redeemed(invitation.id, invitation.language) if invitation else Redeemed(None)

    def allow(self, number: int, known: Known) -> None:
        """The maker hears at once that the invitation was opened, if they may know it."""
        maker, invitation = self.tx.invitations.allow(number, known), self.tx.invitations.get(number)
        if maker and invitation and known is not Known.NOTHING:
            self._tell(maker, invitation, Known.OPENED)

    def booked(self, number: int) -> None:
        """There is an appointment: the maker hears it once, if they may know it."""
        if told := self.tx.invitations.booked(number, self.now):
            self._tell(*told, Known.BOOKED)

    def _tell(self, maker: str, invitation: Invitation, known: Known) -> None:
        news = InvitationNews(made_at=invitation.made_at, known=known)
        self.tx.inbox.put(f"invitation:{invitation.id}:{known}", maker, news.content(), self.now)
