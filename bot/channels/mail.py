"""A letter for a calendar as an e-mail that mail programs and calendars understand (RFC 5322, RFC 6047)."""

from __future__ import annotations

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import Final

from bot.booking.calendar_letter import CalendarLetter
from bot.channels.mail_port import Mail

FROM: Final = "Lotse"


def calendar_mail(letter: CalendarLetter, *, sender: str, name: str, at: datetime) -> Mail:
    """Plain words, and beside them the calendar file with its method, for whoever can read it.

    `name` is the letter's own for all time: the same letter sent twice is the same byte for byte, so that whoever gets
    both can tell. No robot answers to it.
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(FROM, addr_spec=sender)
    message["To"] = Address(addr_spec=letter.recipient)
    message["Subject"] = letter.subject
    message["Date"] = at
    message["Message-ID"] = f"<{name}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(letter.text, cte="quoted-printable")
    calendar = letter.calendar.decode()
    message.add_alternative(calendar, subtype="calendar", cte="base64", params={"method": letter.method})
    message.set_boundary(f"=_{name}")
    return Mail(sender=sender, recipient=letter.recipient, body=message.as_bytes())
