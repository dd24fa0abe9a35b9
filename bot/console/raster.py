"""The style sheet that puts blocks into their places: pages here carry no styles of their own, only classes."""

from __future__ import annotations

from functools import cache
from typing import Final

#: Steps of a whole day, and more posts than any desk has.
MOST_STEPS: Final = 288
MOST_LANES: Final = 50
MOST_DAYS: Final = 7


@cache
def raster() -> str:
    """`f12 u24`: from step 12 until step 24; `n12`: at step 12; `l2`: second lane; `lanes-3`, `days-5`, `high-108`."""
    steps = range(MOST_STEPS + 1)
    rules = [f".f{n}{{grid-row-start:{n + 1}}}.u{n}{{grid-row-end:{n + 1}}}" for n in steps]
    rules += [f".n{n}{{top:calc({n}*var(--step))}}" for n in steps]
    rules += [f".high-{n}{{height:calc({n}*var(--step))}}" for n in steps[::12]]
    rules += [f".l{n}{{grid-column:{n}}}.lanes-{n}{{--lanes:{n}}}" for n in range(1, MOST_LANES + 1)]
    rules += [f".days-{n}{{--days:{n}}}" for n in range(1, MOST_DAYS + 1)]
    return "@media screen and (min-width: 44.01rem) {" + "".join(rules) + "}"
