"""A text as a page shows it: paragraphs and lists, with telephone numbers and addresses that can be tapped.

It is cut into parts here, once, for the page that the server writes and for the script alike. Parts are
words, never markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final, Literal, TypedDict


class Run(TypedDict, total=False):
    """A stretch of words; with `href` it can be tapped, and then it reads left to right in every language."""

    t: str
    href: str


class Block(TypedDict):
    """A paragraph, or a list, of lines."""

    kind: Literal["p", "ul"]
    lines: list[list[Run]]


_OPEN: Final = "[\u2066\u2067\u2068]"
_CLOSE: Final = "\u2069"
_PHONE: Final = r"\+\d[\d \u00a0\-/()]{5,}\d|0\d[\d \u00a0\-/()]{4,}\d"
#: Only inside an isolate, where the writer of the sentence says that it stands for itself.
_SHORT: Final = r"11[025]|116\d{3}|116 ?\d{3}"
_DATE: Final = re.compile(r"\d{1,2}([/-])\d{1,2}\1\d{2,4}")
_TAPPABLE: Final = re.compile(
    rf"{_OPEN}(?P<isolated>{_PHONE}|{_SHORT}){_CLOSE}"
    rf"|(?<![\w.,/+-])(?P<bare>{_PHONE})(?![\w/-])"
    rf"|{_OPEN}?(?P<url>https?://[^\s\u2066-\u2069<>\"]+[^\s\u2066-\u2069<>\".,;:!?)]){_CLOSE}?"
)
_BULLET: Final = re.compile(r"[\u200e\u200f]?\s*[•–*-]\s+")


def blocks(text: str) -> list[Block]:
    """The paragraphs and lists of a text.

    >>> blocks("Call \u20680228 12345\u2069.")
    [{'kind': 'p', 'lines': [[{'t': 'Call '}, {'t': '0228 12345', 'href': 'tel:022812345'}, {'t': '.'}]]}]
    >>> [block["kind"] for block in blocks("Bring:\\n• your card\\n• the letter")]
    ['p', 'ul']
    """
    paragraphs = (part.strip("\n").split("\n") for part in re.split(r"\n\s*\n", text) if part.strip())
    return [block for lines in paragraphs for block in _of_one_kind(lines)]


def _of_one_kind(lines: Sequence[str]) -> Iterator[Block]:
    for bulleted, group in groupby(lines, key=lambda line: bool(_BULLET.match(line))):
        if bulleted:
            yield {"kind": "ul", "lines": [runs(_BULLET.sub("", line, count=1)) for line in group]}
        else:
            yield {"kind": "p", "lines": [runs(line) for line in group]}


def runs(line: str) -> list[Run]:
    """The stretches of one line."""
    found: list[Run] = []
    done = 0
    for match in _TAPPABLE.finditer(line):
        href = _href(match)
        if href is None:
            continue
        if match.start() > done:
            found.append({"t": line[done : match.start()]})
        found.append({"t": match["isolated"] or match["bare"] or match["url"], "href": href})
        done = match.end()
    if done < len(line):
        found.append({"t": line[done:]})
    return found


def _href(match: re.Match[str]) -> str | None:
    number: str | None = match["isolated"] or match["bare"]
    if number is None:
        return match["url"]
    if _DATE.fullmatch(number):
        return None
    trunk = number.replace("(0)", "") if number.startswith("+") else number
    return "tel:" + re.sub(r"[^\d+]", "", trunk)
