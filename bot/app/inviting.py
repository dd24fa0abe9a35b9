"""The calendars of desks are told of their dates: what they must hear is put into the outbox, and made into a mail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from bot.app.house import Premises
from bot.booking.calendar_letter import calendar_letter
from bot.booking.invited import to_tell
from bot.channels.mail import calendar_mail
from bot.channels.mail_port import Mail
from bot.handoff.calendars import calendars_of
from bot.storage.store import Transaction

CHANNEL: Final = "calendar"
#: Further ahead than anybody books: a date that is not seen would be taken for cancelled.
AHEAD: Final = timedelta(days=3660)


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word in the outbox: by its numbers only, so that it names nobody while it waits."""

    number: int
    sequence: int

    def content(self) -> dict[str, Any]:
        return {"invited": self.number, "sequence": self.sequence}


def word_of(content: Mapping[str, Any]) -> Word:
    return Word(number=content["invited"], sequence=content["sequence"])


def tell_calendars(tx: Transaction, premises: Premises, now: datetime) -> int:
    """What is booked is compared with what was said last; in how many words they differ. Any number may do this.

    What was said is read first: whatever happens meanwhile is then seen too late, and never taken back by mistake.
    """
    invited = tx.invited.all()
    calendars = calendars_of(premises.house.rosters.at(tx.desks, now).directory)
    dates = tx.allocations.booked(calendars, now, now + AHEAD) if calendars else []
    said = 0
    for one in to_tell(dates, calendars, invited, now):
        number = tx.invited.say(one, now)
        if number is not None:
            word, key = Word(number=number, sequence=one.sequence), f"{CHANNEL}:{number}"
            tx.outbox.put(
                key, word.content(), key=f"{key}:{one.sequence}", now=now, expires=one.ends_at, channel=CHANNEL,
                address=one.address,
            )  # fmt: skip
            said += 1
    return said


def mail_of(tx: Transaction, word: Word, sender: str, console: str, now: datetime) -> Mail | None:
    """The mail as it must be now; none if something newer was said, or the date is over."""
    told = tx.invited.told(word.number)
    if told is None or told.said.sequence != word.sequence or told.said.ends_at <= now:
        return None
    date = tx.allocations.get(told.said.appointment)
    code = date.case if date else ""
    letter = calendar_letter(told.said, code, sender=sender, stamp=told.told_at, cards=f"{console}/karten")
    return calendar_mail(letter, sender=sender, name=f"{told.said.uid}.{word.number}.{word.sequence}", at=told.told_at)
