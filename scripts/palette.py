"""A picture of a page needs few colours: the same PNG with a palette is a third as large."""

from __future__ import annotations

import struct
import zlib
from base64 import b64decode, b64encode
from typing import Any, Final

from playwright.sync_api import Page

#: The browser reads the picture, keeps the commonest colours and puts each other one to the nearest of them.
_REDUCE: Final = """
async (png) => {
  const image = await createImageBitmap(await (await fetch("data:image/png;base64," + png)).blob());
  const canvas = new OffscreenCanvas(image.width, image.height);
  const paper = canvas.getContext("2d");
  paper.drawImage(image, 0, 0);
  const dots = new Uint32Array(paper.getImageData(0, 0, image.width, image.height).data.buffer);
  const counts = new Map();
  dots.forEach((dot) => counts.set(dot, (counts.get(dot) || 0) + 1));
  const kept = [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a)).slice(0, 256);
  const parts = (dot) => [dot & 255, (dot >> 8) & 255, (dot >> 16) & 255];
  const away = (a, b) => (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2;
  const palette = kept.map(parts);
  const nearest = new Map(kept.map((dot, n) => [dot, n]));
  for (const dot of counts.keys()) {
    if (nearest.has(dot)) continue;
    const own = parts(dot);
    let best = 0;
    palette.forEach((colour, n) => { if (away(own, colour) < away(own, palette[best])) best = n; });
    nearest.set(dot, best);
  }
  let indices = "";
  for (let at = 0; at < dots.length; at++) indices += String.fromCharCode(nearest.get(dots[at]));
  return { width: image.width, height: image.height, palette, indices: btoa(indices) };
}
"""


def with_palette(page: Page, png: bytes) -> bytes:
    """The picture with at most 256 colours; `page` is any page of the browser that may count them."""
    found: dict[str, Any] = page.evaluate(_REDUCE, b64encode(png).decode())
    width, height = found["width"], found["height"]
    indices = b64decode(found["indices"])
    rows = b"".join(b"\0" + indices[n * width : (n + 1) * width] for n in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    colours = bytes(part for colour in found["palette"] for part in colour)
    chunks = ((b"IHDR", head), (b"PLTE", colours), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, body) for kind, body in chunks)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
