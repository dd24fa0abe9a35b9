"""How well needs and emergencies are recognised, per language, on the corpus. Run from the root:

python -m benchmarks.recognise [--split test|exam|outside|train|all] [--language ar] [--misses]

"Or worry" is the share of emergencies that lead to an alarm or a soft question; "worry" how often the question is asked
for nothing.
"""

from __future__ import annotations

import argparse
import gc
import json
import time
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bot.app.recogniser import read_recogniser
from bot.understanding.recognise import Recogniser

ROOT: Final = Path(__file__).resolve().parents[1]
TABLES: Final = ROOT / "bot" / "understanding" / "tables"
CORPUS: Final = ROOT / "corpus"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One message of the corpus and what it should give; `also` may be found and need not."""

    language: str
    text: str
    needs: frozenset[str]
    also: frozenset[str]
    urgent: str | None
    author: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One message with what was found in it."""

    line: Line
    needs: tuple[str, ...]
    top: tuple[str, ...]
    because: Mapping[str, tuple[str, ...]]
    urgent: str | None
    worry: str | None
    guessed: str | None


def main() -> None:
    asked = _arguments()
    gc.disable()  # as `bot recognise` does
    recogniser = load()
    lines = [line for line in corpus(asked.split) if asked.language in (None, line.language)]
    started = time.process_time()
    for line in lines:
        recogniser.recognise(line.text, line.language)
    pace = len(lines) / (time.process_time() - started)
    reads = [_read(recogniser, line) for line in lines]
    print(_HEAD)
    for language in sorted({line.language for line in lines}):
        print(_row(language, [read for read in reads if read.line.language == language]))
    print(_row("all", reads))
    print(f"{pace:,.0f} messages a second on one core")
    if asked.misses:
        _print_misses(reads)


def load() -> Recogniser:
    """The recogniser with all tables and weights of this tree."""
    recogniser = read_recogniser()
    recogniser.read_all()
    return recogniser


def corpus(split: str) -> Iterator[Line]:
    """The messages of the authors of a split, or of all."""
    authors = tomllib.loads((CORPUS / "split.toml").read_text("utf-8"))
    for path in sorted(CORPUS.glob("*/*.jsonl")):
        if split == "all" or path.stem in authors[split]:
            for row in path.read_text("utf-8").splitlines():
                yield _line(path.parent.name, json.loads(row))


def _line(language: str, row: Mapping[str, Any]) -> Line:
    return Line(
        language=language,
        text=row["text"],
        needs=frozenset(row["needs"]),
        also=frozenset(row.get("also", ())),
        urgent=row["urgent"],
        author=row["author"],
    )


def _read(recogniser: Recogniser, line: Line) -> Read:
    found = recogniser.recognise(line.text, line.language)
    return Read(
        line=line,
        needs=tuple(need.topic for need in found.needs if need.topic not in line.also),
        because={need.topic: need.words for need in found.needs},
        top=tuple(need.topic for need in recogniser.candidates(line.text, line.language)),
        urgent=None if found.urgent in line.also else found.urgent,
        worry=None if found.worry in line.also else found.worry,
        guessed=recogniser.recognise(line.text, None).language,
    )


_HEAD: Final = (
    "language messages |  F1   prec  recall  recall@3 | urgent recall  kind right  false alarms  or worry  worry"
    " | out of scope silent | language right, wrong"
)


def _row(language: str, reads: Sequence[Read]) -> str:
    plain = [read for read in reads if not read.line.urgent]
    needs = [read for read in plain if read.line.needs]
    empty = [read for read in plain if not read.line.needs]
    urgent = [read for read in reads if read.line.urgent]
    hits = sum(len(read.line.needs & set(read.needs)) for read in plain)
    said, wanted = sum(len(read.needs) for read in plain), sum(len(read.line.needs) for read in plain)
    return (
        f"{language:8} {len(reads):8} | {_share(2 * hits, said + wanted)}  {_share(hits, said)}  {_share(hits, wanted)}"
        f"   {_share(sum(len(read.line.needs & set(read.top)) for read in needs), wanted)}    |"
        f" {_share(sum(read.urgent is not None for read in urgent), len(urgent))}"
        f" ({len(urgent):3})    {_share(sum(read.urgent == read.line.urgent for read in urgent), len(urgent))}"
        f"      {_share(sum(read.urgent is not None for read in plain), len(plain))}"
        f"         {_share(sum(bool(read.urgent or read.worry) for read in urgent), len(urgent))}"
        f"     {_share(sum(read.worry is not None for read in plain), len(plain))} |"
        f" {_share(sum(not read.needs for read in empty), len(empty))} ({len(empty):3})         |"
        f" {_share(sum(read.guessed == read.line.language for read in reads), len(reads))}"
        f" {_share(sum(read.guessed not in (None, read.line.language) for read in reads), len(reads))}"
    )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "  -  "


def _print_misses(reads: Sequence[Read]) -> None:
    for read in reads:
        wrong_needs = not read.line.urgent and set(read.needs) != read.line.needs
        if wrong_needs or read.urgent != read.line.urgent:
            missed, extra = read.line.needs - set(read.needs), set(read.needs) - read.line.needs
            alarm = f" urgent {read.urgent}, wanted {read.line.urgent}" if read.urgent != read.line.urgent else ""
            wrong = ", ".join(f"{topic} ({' '.join(read.because[topic])})" for topic in sorted(extra))
            print(f"[{read.line.author}] {read.line.text}\n    missed {sorted(missed)} extra {wrong}{alarm}")


def _arguments() -> argparse.Namespace:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--split", choices=("train", "test", "exam", "outside", "all"), default="test")
    asked.add_argument("--language")
    asked.add_argument(
        "--misses", action="store_true", help="show what fails; for train only, the others are not to be read"
    )
    return asked.parse_args()


if __name__ == "__main__":
    main()
