"""Phrases packed for reading quickly: a table of them takes a quarter of a second, what is packed a tenth of that.

What is packed remembers the table that it was made of. After a change of the table the table itself is read, until
`make docs` packs it anew.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from bot.understanding.lexicon import WEIGHTS, Kind, Phrase, Phrases
from bot.understanding.phrases import Vocabulary, Word
from bot.vocabulary.topics import LABELS

_KINDS: Final[Mapping[str, Kind]] = {str(kind): kind for kind in Kind}
#: Raised whenever a table would be read otherwise: folding, notation, what is kept. A test compares both ways.
_FORMAT: Final = 1
_SMALL: Final = ("filler", "real", "denials")


def packed(phrases: Phrases, table: bytes) -> bytes:
    """The phrases of a table and which table it was; the same table gives the same bytes."""
    held = {
        "table": _name(table),
        **{key: sorted(getattr(phrases, key)) for key in _SMALL},
        "endings": phrases.endings,
        "whole": " ".join(phrases.words.whole),
        "stems": " ".join(phrases.words.stems),
        "inside": phrases.words.inside,
        "slots": phrases.slots,
        "phrases": phrases.phrases,
        "anchors": phrases.anchors,
    }
    return gzip.compress(json.dumps(held, ensure_ascii=False, separators=(",", ":")).encode(), mtime=0)


def unpacked(path: Path, table: bytes) -> Phrases | None:
    """What `packed` made of this table; none if it was made of another, or is missing or damaged."""
    try:
        held = json.loads(gzip.decompress(path.read_bytes()))
        return _phrases(held) if held["table"] == _name(table) else None
    except (OSError, EOFError, zlib.error, ValueError, LookupError, TypeError, AttributeError):
        return None


def _name(table: bytes) -> str:
    """Of which table and by which rules: line endings do not count, strengths and topics do."""
    rules = repr((_FORMAT, sorted(WEIGHTS.items()), sorted(LABELS)))
    return sha256(rules.encode() + table.replace(b"\r\n", b"\n")).hexdigest()


def _phrases(held: Mapping[str, Any]) -> Phrases:
    filler, real, denials = (frozenset(held[key]) for key in _SMALL)
    words = Vocabulary(held["whole"].split(), held["stems"].split(), [Word(*word) for word in held["inside"]])
    names = {name: name for _, name, *_ in held["phrases"]}
    same = [*range(max(len(words), len(held["slots"])))].__getitem__  # each number and name once in memory
    return Phrases(
        filler=filler,
        real=real,
        denials=denials,
        endings=held["endings"],
        words=words,
        slots=[[*map(same, slot)] for slot in held["slots"]],
        phrases=[
            Phrase(_KINDS[kind], names[name], weight, (*map(same, slots),), tuple((*map(same, run),) for run in barred))
            for kind, name, weight, slots, barred in held["phrases"]
        ],
        anchors=[*map(same, held["anchors"])],
    )
