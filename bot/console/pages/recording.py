"""A voice message or a picture of the person: listened to or looked at here, and kept nowhere on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter
from fastapi.responses import Response, StreamingResponse
from starlette.concurrency import run_in_threadpool

from bot.cases import NoSuchCase
from bot.console.visit import Here, Visit
from bot.handoff.case import Case
from bot.handoff.recordings import Missing, Recording, Recordings, Why, read_recording

router = APIRouter()

NAMES: Final = {"voice": "Sprachnachricht", "photo": "Bild"}
#: Why a recording cannot be opened, where it lies at Telegram, and what to do.
AT_TELEGRAM: Final[Mapping[Why, str]] = {
    Why.GONE: "Telegram hat diese Aufnahme nicht mehr. Bitte fragen Sie die Person im Gespräch danach.",
    Why.AWAY: "Telegram antwortet gerade nicht. Bitte versuchen Sie es in einigen Minuten noch einmal.",
    Why.TOO_LARGE: "Die Aufnahme ist größer als 20 MB. So große gibt Telegram nicht heraus.",
    Why.ODD: "Die Datei ist nicht, was sie sein soll, und wird deshalb nicht geöffnet.",
    Why.NOWHERE: "Diese Konsole ist nicht mit dem Bot der Ratsuchenden verbunden und kann die Aufnahme nicht holen.",
}
#: The same, where the web chat has kept it.
IN_THE_CHAT: Final[Mapping[Why, str]] = {
    **AT_TELEGRAM,
    Why.GONE: "Diese Aufnahme gibt es nicht mehr. Bitte fragen Sie die Person im Gespräch danach.",
}
#: How a file of each type ends.
ENDS: Final = {"audio/ogg": "ogg", "audio/webm": "webm", "audio/mp4": "m4a", "image/jpeg": "jpg", "image/png": "png"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One recording of a card, in the order in which they came."""

    number: int
    kind: str
    name: str


def rows(case: Case) -> Sequence[Row]:
    """The recordings of a card that can be opened."""
    found = enumerate(map(read_recording, case.note), start=1)
    return [Row(number=number, kind=one.kind, name=f"{NAMES[one.kind]} {number}") for number, one in found if one]


@router.get("/karten/{code}/aufnahmen/{recording}")
async def page(visit: Here, code: str, recording: str) -> Response:
    """That the card was read is noted, as it is on the card itself."""
    case, found = await run_in_threadpool(_found, visit, code, recording, is_read=True)
    missing = await _place(visit, found).look(found)
    row = next(row for row in rows(case) if row.number == int(recording))
    why = _said(found, missing) if missing else None
    return visit.page("recording.html", case=case, row=row, why=why)


@router.get("/karten/{code}/aufnahmen/{recording}/inhalt")
async def content(visit: Here, code: str, recording: str) -> Response:
    """The bytes go through as they come; no address of the place they come from is in the answer."""
    case, found = await run_in_threadpool(_found, visit, code, recording, is_read=False)
    opened = await _place(visit, found).open(found)
    if isinstance(opened, Missing):
        return Response(_said(found, opened), 404, media_type="text/plain; charset=utf-8")
    name = f"{case.code}-{recording}.{ENDS.get(opened.media_type, 'bin')}"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return StreamingResponse(opened.body, media_type=opened.media_type, headers=headers)


def _found(visit: Visit, code: str, number: str, *, is_read: bool) -> tuple[Case, Recording]:
    """Only who may see the card may open what is on it."""
    work = visit.console.casework
    with visit.console.store.transaction() as tx:
        case = work.open_card(tx, code, visit.colleague, visit.now) if is_read else work.find(tx, code, visit.colleague)
    notes = dict(enumerate(case.note, start=1))
    recording = read_recording(notes.get(int(number), "")) if number.isdecimal() else None
    if recording is None:
        raise NoSuchCase
    return case, recording


def _said(recording: Recording, missing: Missing) -> str:
    return (AT_TELEGRAM if recording.place == "telegram" else IN_THE_CHAT)[missing.why]


def _place(visit: Visit, recording: Recording) -> Recordings:
    return visit.console.recordings.get(recording.place, _NOWHERE)


class _Nowhere:
    """There is no way to this place."""

    async def look(self, recording: Recording) -> Missing:
        return Missing(Why.NOWHERE)

    async def open(self, recording: Recording) -> Missing:
        return Missing(Why.NOWHERE)


_NOWHERE: Final = _Nowhere()
