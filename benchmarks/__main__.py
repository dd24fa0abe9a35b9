"""All measurements, one after the other: `make bench`."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

#: These make what is measured.
_LEARNING = ("lessons", "train", "weigh")

if __name__ == "__main__":
    for script in sorted(Path(__file__).parent.glob("[a-z]*.py")):
        if script.stem in _LEARNING:
            continue
        print(f"\n== {script.stem}", flush=True)
        sys.argv = [script.name]
        runpy.run_module(f"benchmarks.{script.stem}", run_name="__main__")
