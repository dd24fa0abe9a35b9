"""A house whose desks have mailboxes, a mail server, and a worker that tells them of their dates."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bot.app.mailing import Mailing
from bot.cases import Asked
from bot.channels.mail_smtp import SmtpPostman
from bot.handoff.roster import DeskVersion
from bot.handoff.staff import Role, Staff
from bot.storage.store import Store
from tests.calendars.office import DESK, Read, read_by_vobject
from tests.calendars.post_office import Letter, PostOffice
from tests.scenarios.test_waiting import needs_a_flat
from tests.talk import Talk, premises

SENDER: Final = "lotse@kim.example"
OTHER: Final = "rbk_overath"
MAILBOXES: Final = {DESK: "kalender@kuerten.example", OTHER: "kalender@overath.example"}
SARA: Final = Staff(
    id="sara", name="Sara Beispiel", role=Role.CASE_MANAGER, desks=frozenset({DESK, OTHER}), sample=True
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What stands in a letter's calendar file, and the letter's own words about it."""

    method: str
    read: Read
    letter: Letter

    @property
    def short(self) -> tuple[str, int]:
        return self.method, self.read.sequence


@dataclass
class Invited:
    """`mailing` works by the clock of the test; `now` moves."""

    store: Store
    office: PostOffice
    now: datetime
    seen: int = field(default=0)

    def mailing(self) -> Mailing:
        return Mailing(
            server=self.office.access(),
            sender=SENDER,
            store=self.store,
            premises=premises(),
            clock=lambda: self.now,
            shortest_pause=1.0,
        )

    def works(self) -> bool:
        """One round of the worker; whether the mail server took anything at all."""
        mailing = self.mailing()
        mailing.tell()
        return asyncio.run(mailing.send_all(SmtpPostman(mailing.server, 5.0, 5.0)))

    def hears(self) -> list[Entry]:
        """The letters that arrived since somebody looked, after one round."""
        self.works()
        new, self.seen = self.office.letters[self.seen :], len(self.office.letters)
        return [entry_of(letter) for letter in new]


def entry_of(letter: Letter) -> Entry:
    method, (read,) = read_by_vobject(letter.calendar)
    assert method == letter.method
    return Entry(method=method, read=read, letter=letter)


def with_mailboxes(store: Store, now: datetime, mailboxes: Mapping[str, str] = MAILBOXES) -> None:
    """A coordinator has entered these addresses; a desk that is not named has none."""
    rosters = premises().house.rosters
    with store.transaction() as tx:
        for desk in (DESK, OTHER):
            version = rosters.version(tx.desks, desk)
            assert version is not None
            document = {key: value for key, value in version.document.items() if key != "calendar"}
            document |= {"calendar": mailboxes[desk]} if desk in mailboxes else {}
            tx.desks.put(
                DeskVersion(
                    desk=desk, number=version.number + 1, county=version.county, document=document, author="kim", at=now
                )
            )


def booked_in_chat(store: Store, person: str = "resident") -> Talk:
    """Somebody has booked a first consultation in Kürten."""
    talk = needs_a_flat(store, person).taps("appointment", "yes", "chat", "without").sees("slots")
    return talk.taps(talk.last.choices[0].id).sees("summary").taps("confirm").sees("mine")


def asked(talk: Talk, by: Staff = SARA) -> Asked:
    """What a colleague wants with the card as it is now."""
    case = talk.cases()[0]
    return Asked(code=case.code, version=case.version, by=by, now=talk.now + timedelta(minutes=1), first="Eilt.")
