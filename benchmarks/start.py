"""How long the demo takes from its start to the first page. Run:

python -m benchmarks.start [--times 5]

The aim is five seconds. Time in which others had the processor does not count.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from statistics import median
from urllib.request import urlopen

from tests.browser.demo_house import demo


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    asked.add_argument("--times", type=int, default=5)
    took = sorted(seconds() for _ in range(asked.parse_args().times))
    print(f"first page after {took[0]:.1f} to {took[-1]:.1f} s, median {median(took):.1f} s")


def seconds() -> float:
    """One start with nothing stored."""
    with tempfile.TemporaryDirectory() as folder, demo(Path(folder) / ".demo") as started:
        with urlopen(started.url) as page:
            page.read()
        return started.seconds


if __name__ == "__main__":
    main()
