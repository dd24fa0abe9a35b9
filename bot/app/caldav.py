"""A calendar server is asked what stands in one calendar between two instants (CalDAV, RFC 4791).

It is asked for times only; whatever else a server sends is dropped by whoever reads the files.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Final
from xml.etree import ElementTree

import httpx

from bot.booking.reading import Fault

#: Seconds for one step of the conversation, and for all of it.
STEP: Final = 10.0
ALL: Final = 60.0
LARGEST: Final = 10_000_000
_DATA: Final = "{urn:ietf:params:xml:ns:caldav}calendar-data"
_FOUND: Final = 207
_FAULTS: Final = {401: Fault.PASSWORD, 403: Fault.PASSWORD, 404: Fault.ADDRESS, 405: Fault.ADDRESS, 410: Fault.ADDRESS}
_WANTED: Final = (
    "UID", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "SEQUENCE", "STATUS", "TRANSP",
)  # fmt: skip
_QUERY: Final = """<?xml version="1.0" encoding="utf-8"?>
<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">
<D:prop><C:calendar-data><C:comp name="VCALENDAR"><C:prop name="VERSION"/><C:prop name="PRODID"/>
<C:comp name="VEVENT">{wanted}</C:comp>
<C:comp name="VTIMEZONE"><C:allprop/><C:allcomp/></C:comp>
</C:comp></C:calendar-data></D:prop>
<C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">
<C:time-range start="{first}" end="{last}"/>
</C:comp-filter></C:comp-filter></C:filter>
</C:calendar-query>
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One calendar of a post. The password lies in a file of its own and is read each time, so it can be changed."""

    post: str
    address: str
    user: str
    password_file: Path


class NotRead(Exception):
    """The calendar could not be read; `fault` says why, in a word that quotes nothing."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def files_of(source: Source, first: datetime, last: datetime) -> list[str]:
    """The files of all entries that meet this time; raises `NotRead`."""
    try:
        password = source.password_file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise NotRead(Fault.PASSWORD) from error
    query = _QUERY.format(wanted=_wanted(), first=_stamp(first), last=_stamp(last))
    headers = {"depth": "1", "content-type": "application/xml; charset=utf-8", "accept": "application/xml"}
    try:
        with (
            httpx.Client(auth=(source.user, password), timeout=STEP, follow_redirects=False) as client,
            client.stream("REPORT", source.address, content=query.encode(), headers=headers) as answer,
        ):
            return _files(_body(answer))
    except httpx.HTTPError as error:
        raise NotRead(Fault.AWAY) from error


def _body(answer: httpx.Response) -> bytes:
    if answer.status_code != _FOUND:
        raise NotRead(_FAULTS.get(answer.status_code, Fault.ADDRESS if answer.is_redirect else Fault.AWAY))
    body, until = bytearray(), monotonic() + ALL
    for piece in answer.iter_bytes():
        body += piece
        if len(body) > LARGEST:
            raise NotRead(Fault.TOO_LARGE)
        if monotonic() > until:
            raise NotRead(Fault.AWAY)
    return bytes(body)


def _files(body: bytes) -> list[str]:
    """A document type is refused: it could name other files, or grow without end."""
    try:
        words = body.decode("utf-8")
        if "<!DOCTYPE" in words.upper():
            raise NotRead(Fault.UNREADABLE)
        tree = ElementTree.fromstring(words)
    except (UnicodeDecodeError, ValueError, ElementTree.ParseError) as error:
        raise NotRead(Fault.UNREADABLE) from error
    return [file.text for file in tree.iter(_DATA) if file.text]


def _wanted() -> str:
    return "".join(f'<C:prop name="{name}"/>' for name in _WANTED)


def _stamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
