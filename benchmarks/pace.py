"""How many messages a second are recognised, beside another state of this project. Run from the root:

python -m benchmarks.pace [--beside HEAD] [--rounds 3]

Both states read the same messages in turns, a hundred at a time, so that the moods of the machine meet both alike.
Printed are messages a second of processor time, one core, tables read; their ratio; and the median of the ratios of
all turns.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.recognise import ROOT, corpus

#: A message and the language that its person has chosen, or none.
Asked = tuple[str, str | None]

_AT_A_TIME: Final = 100
_ONE: Final = "es"
#: Runs in the folder of either state, and knows of it only what every state has.
_READER: Final = """
import gc, json, sys, time
sys.path.insert(0, "")
from bot.app.recogniser import read_recogniser
recogniser = read_recogniser()
recogniser.read_all()
gc.disable()  # as `bot recognise` does
for line in sys.stdin:
    asked = json.loads(line)
    started = time.process_time()
    for text, language in asked:
        for need in recogniser.recognise(text, language).needs:
            need.topic, need.score
    print(time.process_time() - started, flush=True)
"""


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    asked.add_argument("--beside", default="HEAD", help="the other state: a commit")
    asked.add_argument("--rounds", type=int, default=3)
    given = asked.parse_args()
    messages = _messages()
    with _checked_out(given.beside) as other:
        for _ in range(given.rounds):
            measure(messages, (other, ROOT))


def measure(messages: Mapping[str, Sequence[Asked]], states: Sequence[Path]) -> None:
    """One round: a fresh process for each state, and a line for each kind of messages."""
    with ExitStack() as stack:
        readers = [stack.enter_context(_reader(state)) for state in states]
        for what, some in messages.items():
            turns = [some[first : first + _AT_A_TIME] for first in range(0, len(some), _AT_A_TIME)]
            took = [[_seconds(reader, turn) for reader in readers] for turn in turns]
            before, now = map(sum, zip(*took, strict=True))
            ratio = median(one / other for one, other in took)
            print(
                f"{what}: {len(some) / before:,.0f} -> {len(some) / now:,.0f} a second, "
                f"ratio {before / now:.2f}, median of turns {ratio:.2f}",
                flush=True,
            )


def _messages() -> Mapping[str, Sequence[Asked]]:
    mixed = [(line.text, line.language) for line in corpus("test")]
    random.Random(3).shuffle(mixed)
    one = [(line.text, line.language) for line in corpus("train") if line.language == _ONE]
    return {
        "nine languages, met first": mixed,
        "the same again": mixed,
        "one language, met first": one[:1500],
        "no language given": [(text, None) for text, _ in mixed[:1000]],
    }


@contextmanager
def _checked_out(revision: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        subprocess.run(["git", "worktree", "add", "--quiet", "--detach", tree, revision], cwd=ROOT, check=True)
        try:
            yield tree
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", tree], cwd=ROOT, check=True)


@contextmanager
def _reader(state: Path) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-c", _READER], cwd=state, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as reader:
        yield reader


def _seconds(reader: subprocess.Popen[str], turn: Sequence[Asked]) -> float:
    assert reader.stdin
    assert reader.stdout
    print(json.dumps(turn), file=reader.stdin, flush=True)
    return float(reader.stdout.readline())


if __name__ == "__main__":
    main()
