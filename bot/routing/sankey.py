"""The flows of a simulation as a picture: bars for where people went before and go after, ribbons between them.

`picture(flows, names)` is geometry only; whoever draws it puts each bar as a rectangle and each ribbon as a path:

    <rect x y width height>  <path d>  <text x y text-anchor>{bar.label}</text>
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.routing.simulate import Flow
from bot.routing.target import Target

WIDTH: Final = 960.0
BAR: Final = 14.0
#: Between two bars; a bar is never lower than the smallest height, so that one person can be seen.
GAP, LOWEST = 16.0, 4.0
#: A ribbon of somebody who goes elsewhere is never thinner.
THIN: Final = 2.0
#: Room for the names beside the bars.
MARGIN: Final = 280.0
FULL: Final = 420.0
#: More targets than this on one side are put together.
MOST: Final = 12
OTHERS: Final = "übrige Stellen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """All people of one target on one side."""

    x: float
    y: float
    width: float
    height: float
    label: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ribbon:
    """People from one bar to another; `moved`: they go elsewhere than before."""

    d: str
    count: int
    moved: bool
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    width: float
    height: float
    before: tuple[Bar, ...]
    after: tuple[Bar, ...]
    ribbons: tuple[Ribbon, ...]


def picture(flows: Sequence[Flow], names: Callable[[Target], str]) -> Picture:
    """The picture of these flows; an empty one for none."""
    ends = _ends(flows, names)
    scale = FULL / max(1, sum(ends.values()))
    left = _bars(_sums(ends, 0), MARGIN - BAR, scale)
    right = _bars(_sums(ends, 1), WIDTH - MARGIN, scale)
    height = max((bar.y + bar.height for bar in (*left.values(), *right.values())), default=0.0)
    return Picture(
        width=WIDTH,
        height=height + GAP,
        before=tuple(left.values()),
        after=tuple(right.values()),
        ribbons=_ribbons(ends, left, right),
    )


Ends = dict[tuple[str, str], int]


def _ends(flows: Sequence[Flow], names: Callable[[Target], str]) -> Ends:
    """People by the names of both ends, the small ones put together."""
    often = Counter[Target]()
    for flow in flows:
        often[flow.before] += flow.count
        often[flow.after] += flow.count
    shown = {target for target, _ in often.most_common(MOST)} | _moving(flows)
    together: Ends = {}
    for flow in flows:
        key = tuple(names(target) if target in shown else OTHERS for target in (flow.before, flow.after))
        together[key[0], key[1]] = together.get((key[0], key[1]), 0) + flow.count
    return together


def _moving(flows: Sequence[Flow]) -> set[Target]:
    """The largest of those where something changes: it is what the picture is for."""
    moving = sorted((flow for flow in flows if flow.before != flow.after), key=lambda flow: -flow.count)
    return {target for flow in moving[:MOST] for target in (flow.before, flow.after)}


def _sums(ends: Ends, side: int) -> dict[str, int]:
    """People by target on one side; both sides are in one order, so that what stays is a straight ribbon."""
    sums, both = Counter[str](), Counter[str]()
    for names, count in ends.items():
        sums[names[side]] += count
        both.update({names[0]: count})
        both.update({names[1]: count})
    return dict(sorted(sums.items(), key=lambda one: (one[0] == OTHERS, -both[one[0]], one[0])))


def _bars(sums: dict[str, int], x: float, scale: float) -> dict[str, Bar]:
    bars: dict[str, Bar] = {}
    y = GAP
    for name, count in sums.items():
        height = max(LOWEST, count * scale)
        bars[name] = Bar(x=x, y=round(y, 1), width=BAR, height=round(height, 1), label=name, count=count)
        y += height + GAP
    return bars


def _ribbons(ends: Ends, left: dict[str, Bar], right: dict[str, Bar]) -> tuple[Ribbon, ...]:
    """Ribbons leave and reach their bars in the order of the bars on the other side, so that few cross."""
    order = {name: place for place, name in enumerate((*left, *right))}
    from_, to = _tops(ends, left, right, 0, order), _tops(ends, right, left, 1, order)
    ribbons = []
    for (before, after), count in sorted(ends.items(), key=lambda one: -one[1]):
        (y0, high0), (y1, high1) = from_[before, after], to[before, after]
        if before != after:
            high0, high1 = max(THIN, high0), max(THIN, high1)
        ribbons.append(
            Ribbon(
                d=_path(left[before].x + BAR, y0, high0, right[after].x, y1, high1),
                count=count,
                moved=before != after,
                title=f"{before} → {after}: {count}",
            )
        )
    return tuple(ribbons)


def _tops(
    ends: Ends, bars: dict[str, Bar], others: dict[str, Bar], side: int, order: dict[str, int]
) -> dict[tuple[str, str], tuple[float, float]]:
    """Where each ribbon begins on its bar, and how high it is there."""
    tops: dict[tuple[str, str], tuple[float, float]] = {}
    for name, bar in bars.items():
        y = bar.y
        mine = [key for key in ends if key[side] == name]
        for key in sorted(mine, key=lambda key: (others[key[1 - side]].y, order[key[1 - side]])):
            high = bar.height * ends[key] / bar.count
            tops[key] = (y, high)
            y += high
    return tops


def _path(x0: float, y0: float, high0: float, x1: float, y1: float, high1: float) -> str:
    middle = (x0 + x1) / 2
    return (
        f"M{x0:.1f},{y0:.1f} C{middle:.1f},{y0:.1f} {middle:.1f},{y1:.1f} {x1:.1f},{y1:.1f} "
        f"L{x1:.1f},{y1 + high1:.1f} "
        f"C{middle:.1f},{y1 + high1:.1f} {middle:.1f},{y0 + high0:.1f} {x0:.1f},{y0 + high0:.1f} Z"
    )
