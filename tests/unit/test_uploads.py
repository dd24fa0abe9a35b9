"""What is uploaded is known by its own bytes and keeps nothing that nobody meant to send."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from bot.handoff.recordings import Kind
from bot.handoff.uploads import LARGEST, NotARecording, bare_jpeg, bare_png, read_upload

PLACE = b"Canary: 50.95 N, 7.25 E"


def picture(kind: str, **saved: object) -> bytes:
    image, out = Image.new("RGB", (40, 30)), io.BytesIO()
    for x in range(40):
        for y in range(30):
            image.putpixel((x, y), (x * 6, y * 8, 90))
    image.save(out, kind, **saved)
    return out.getvalue()


def jpeg_with_a_place(**saved: object) -> bytes:
    exif = Image.Exif()
    exif[0x010E] = PLACE.decode()
    return picture("JPEG", exif=exif, comment=PLACE, **saved)


def png_with_a_place() -> bytes:
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", PLACE.decode())
    return picture("PNG", pnginfo=words)


def pixels(body: bytes) -> bytes:
    return Image.open(io.BytesIO(body)).convert("RGB").tobytes()


@pytest.mark.parametrize("saved", [{}, {"progressive": True}, {"restart_marker_blocks": 2}], ids=str)
def test_a_jpeg_is_the_same_picture_without_place_and_words(saved: dict[str, object]) -> None:
    given_ = jpeg_with_a_place(**saved)
    assert PLACE in given_
    kept = read_upload(given_ + b"<script>" + PLACE)
    assert (kept.kind, kept.media_type) == (Kind.PHOTO, "image/jpeg")
    assert PLACE not in kept.body
    assert pixels(kept.body) == pixels(given_)


def test_a_png_is_the_same_picture_without_words_and_without_what_follows_it() -> None:
    given_ = png_with_a_place()
    kept = read_upload(given_ + b"PK\x03\x04" + PLACE)
    assert PLACE not in kept.body
    assert (kept.media_type, pixels(kept.body)) == ("image/png", pixels(given_))


@pytest.mark.parametrize(
    ("body", "media_type"),
    [(b"OggS....", "audio/ogg"), (b"\x1a\x45\xdf\xa3....", "audio/webm"), (b"\0\0\0\x20ftypM4A ", "audio/mp4")],
)
def test_what_browsers_record_is_kept_as_it_is(body: bytes, media_type: str) -> None:
    kept = read_upload(body)
    assert (kept.kind, kept.media_type, kept.body) == (Kind.VOICE, media_type, body)


@pytest.mark.parametrize(
    "body",
    [
        b"", b"<html><script>alert(1)</script>", b"GIF89a", b"%PDF-1.7", b"PK\x03\x04", b"RIFF....WEBP", b"BM....",
        b"\xff\xd8\xff", b"\xff\xd8\xff\xe0\xff\xff", b"\x89PNG\r\n\x1a\n", b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"OggS" + b"x" * LARGEST,
    ],
)  # fmt: skip
def test_anything_else_is_not_kept(body: bytes) -> None:
    with pytest.raises(NotARecording):
        read_upload(body)


@pytest.mark.parametrize("cut", [0.1, 0.5, 0.95])
def test_a_picture_that_breaks_off_is_not_kept(cut: float) -> None:
    for body in (jpeg_with_a_place(), png_with_a_place()):
        with pytest.raises(NotARecording):
            read_upload(body[: int(len(body) * cut)])


def test_a_chunk_that_says_it_is_longer_than_what_is_there_is_not_believed() -> None:
    head = png_with_a_place()[:8]
    body = head + struct.pack(">I", 2**31) + b"IDAT" + b"x" * 40 + struct.pack(">I", zlib.crc32(b"IDAT"))
    with pytest.raises(NotARecording):
        bare_png(body)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_picture_or_are_refused(tail: bytes) -> None:
    for begins, bare in ((b"\xff\xd8\xff", bare_jpeg), (b"\x89PNG\r\n\x1a\n", bare_png)):
        try:
            kept = bare(begins + tail)
        except NotARecording:
            continue
        assert bare(kept) == kept
