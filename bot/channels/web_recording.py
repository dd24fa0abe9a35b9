"""A voice message or a picture comes in, from a script or from a form, and is read in memory only."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from secrets import token_urlsafe
from typing import Final

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from bot.channels.web_line import read_body
from bot.channels.web_person import form_mark, same
from bot.handoff.uploads import LARGEST, NotARecording, Upload, read_upload

_ENVELOPE: Final = 8 * 1024
_FIELDS: Final = 8
_KEY: Final = re.compile(r"[A-Za-z0-9_-]{8,64}")


@dataclass(frozen=True, slots=True)
class Recorded:
    """`seen` is the last delivery on the page that a form was on."""

    key: str
    upload: Upload
    seen: str


class _InMemory(MultiPartParser):
    """Nothing that somebody said is laid down in a temporary file."""

    spool_max_size = LARGEST + _ENVELOPE


async def recorded(request: Request, secret: str) -> Recorded | str:
    """What was sent, or why it is not taken: a word of the page, or `foreign`."""
    body = await read_body(request, LARGEST + _ENVELOPE)
    if body is None:
        return "file_too_large"
    form = await _form(request, body)
    if form is None:
        return "foreign"
    try:
        return await _read(form, secret)
    finally:
        await form.close()


async def _read(form: FormData, secret: str) -> Recorded | str:
    if not same(str(form.get("mark", "")), form_mark(secret)):
        return "foreign"
    file, key = form.get("file"), str(form.get("key", ""))
    if not isinstance(file, UploadFile):
        return "file_odd"
    if (file.size or 0) > LARGEST:
        return "file_too_large"
    try:
        upload = await run_in_threadpool(read_upload, await file.read())
    except NotARecording:
        return "file_odd"
    return Recorded(key if _KEY.fullmatch(key) else token_urlsafe(16), upload, str(form.get("seen", "")))


def is_script(request: Request) -> bool:
    return "application/json" in request.headers.get("accept", "")


async def _form(request: Request, body: bytes) -> FormData | None:
    async def at_once() -> AsyncGenerator[bytes, None]:
        yield body

    try:
        return await _InMemory(request.headers, at_once(), max_files=1, max_fields=_FIELDS).parse()
    except (MultiPartException, KeyError):
        return None
