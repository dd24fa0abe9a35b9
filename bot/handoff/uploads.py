"""What a browser sends as a voice message or a picture: known by how it begins, and without what nobody meant to send.

A camera writes into a picture where and when it was taken. Only what draws the picture is kept, and nothing after its
end.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.handoff.recordings import Kind

#: Two minutes of speech, or a picture of a letter that can be read, with room to spare.
LARGEST: Final = 3 * 1024 * 1024
_PNG: Final = b"\x89PNG\r\n\x1a\n"
#: Chunks of a PNG that draw it. The others are words, times, places, colours of a screen.
_DRAWS: Final = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS"})
_START: Final = 0xD8
_END: Final = 0xD9
_SCAN: Final = 0xDA
#: JPEG segments that draw nothing: APP1 to APP13, APP15, comments. APP0 and APP14 say how colours are written.
_SAYS: Final = frozenset({*range(0xE1, 0xEE), 0xEF, 0xFE})
_ALONE: Final = frozenset({0x01, *range(0xD0, 0xD8)})


class NotARecording(ValueError):
    """It is of no kind that is kept, or broken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    kind: Kind
    media_type: str
    body: bytes


def read_upload(body: bytes) -> Upload:
    """What it is, by its own bytes: what a browser calls it does not count. Raises `NotARecording`."""
    if len(body) > LARGEST:
        raise NotARecording
    if body.startswith(b"OggS"):
        return Upload(kind=Kind.VOICE, media_type="audio/ogg", body=body)
    if body.startswith(b"\x1a\x45\xdf\xa3"):
        return Upload(kind=Kind.VOICE, media_type="audio/webm", body=body)
    if body[4:8] == b"ftyp":
        return Upload(kind=Kind.VOICE, media_type="audio/mp4", body=body)
    if body.startswith(b"\xff\xd8\xff"):
        return Upload(kind=Kind.PHOTO, media_type="image/jpeg", body=bare_jpeg(body))
    if body.startswith(_PNG):
        return Upload(kind=Kind.PHOTO, media_type="image/png", body=bare_png(body))
    raise NotARecording


def bare_jpeg(body: bytes) -> bytes:
    """The segments that draw the picture, up to its end. Raises `NotARecording` where it has none."""
    found, at = bytearray(body[:2]), 2
    while at + 1 < len(body):
        marker, start = _marker(body, at)
        if marker == _END:
            return bytes(found + b"\xff\xd9")
        if marker in _ALONE:
            found += bytes((0xFF, marker))
            at = start
            continue
        length = _short(body, start)
        at = start + length
        if marker == _SCAN:
            at = _end_of_scan(body, at)
        if marker not in _SAYS:
            found += bytes((0xFF, marker)) + body[start:at]
    raise NotARecording


def _marker(body: bytes, at: int) -> tuple[int, int]:
    """The marker here, and where what belongs to it begins; it may be filled up in front."""
    if body[at] != 0xFF:
        raise NotARecording
    while at + 1 < len(body) and body[at + 1] == 0xFF:
        at += 1
    if at + 1 >= len(body) or body[at + 1] in (0x00, _START):
        raise NotARecording
    return body[at + 1], at + 2


def _short(body: bytes, at: int) -> int:
    if at + 2 > len(body):
        raise NotARecording
    length: int = struct.unpack_from(">H", body, at)[0]
    if length < 2 or at + length > len(body):
        raise NotARecording
    return length


def _end_of_scan(body: bytes, at: int) -> int:
    """Where the next marker stands: 0xFF inside of a scan is followed by a zero or a restart."""
    while (at := body.find(b"\xff", at)) >= 0:
        if at + 1 < len(body) and body[at + 1] not in (0x00, *_ALONE):
            return at
        at += 2
    raise NotARecording


def bare_png(body: bytes) -> bytes:
    """The chunks that draw the picture, up to its end. Raises `NotARecording` where it has none."""
    found = _PNG
    for name, chunk in _chunks(body):
        found += chunk if name in _DRAWS else b""
        if name == b"IEND":
            return found
    raise NotARecording


def _chunks(body: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Each with its name; a chunk that says it is longer than what is there is none."""
    at = len(_PNG)
    while at + 12 <= len(body):
        end = at + 12 + int(struct.unpack_from(">I", body, at)[0])
        if end > len(body):
            raise NotARecording
        yield body[at + 4 : at + 8], body[at:end]
        at = end
