"""Storms: three things at once, holds that run out and are cancelled, dates that move. Nobody loses what they have."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

from tests.races.crowd import crowd, stored, told
from tests.races.history import Kind, Operation, Result, Run, judge
from tests.races.task import Task, slot

POSTS = ("desk", "desk#2", "desk#3", "desk#4", "desk#5")
ROOMS = ("r1", "r2", "r3")
INTERPRETERS = ("i1", "i2")
ALL_THREE = frozenset({"post", "room", "interpreter"})


def of(history: list[Operation], kind: Kind, result: Result) -> int:
    return sum((one.kind, one.result) == (kind, result) for one in history)


def test_colleague_room_and_interpreter_are_won_together_or_not_at_all(url: str, tmp_path: Path) -> None:
    """Talks of 30, 45 and 60 minutes that begin every quarter of an hour of a day; everybody wants all three."""
    chance = random.Random(3)
    tasks = []
    for number in range(300):
        when = slot(chance.randrange(32), chance.choice((30, 45, 60)), grid=15)
        needs = replace(when, posts=POSTS, rooms=ROOMS, interpreters=chance.choice((INTERPRETERS, INTERPRETERS[:1])))
        tasks.append(Task(kind=Kind.BOOK, person=f"p{number}", key=f"k{number}", slot=needs))
    history = crowd(url, "ours", tasks, tmp_path)
    run = Run(history=history, stored=stored(url), told=told(url), roles=ALL_THREE, tells=True)
    assert not judge(run)
    assert 12 <= of(history, Kind.BOOK, Result.OK) < 300


def test_in_a_storm_of_holds_confirmations_expiries_and_cancellations_each_time_is_had_by_one(
    url: str, tmp_path: Path
) -> None:
    """Holds of a quarter of a second; who needs longer to decide loses it, some let it go, some cancel at once."""
    chance = random.Random(5)
    tasks = [
        Task(
            kind=chance.choice((Kind.BOOK, Kind.BOOK, Kind.HOLD)),
            person=f"p{number}",
            key=f"k{number}",
            slot=slot(chance.randrange(40)),
            wait=chance.choice((0.0, 0.0, 0.05, 0.4)),
            cancels=number % 2 == 0,
        )
        for number in range(300)
    ]
    history = crowd(url, "short holds", tasks, tmp_path)
    run = Run(history=history, stored=[one for one in stored(url) if one.booked], told=told(url), tells=True)
    assert not judge(run)
    seen = {(one.kind, one.result) for one in history}
    assert {(Kind.BOOK, Result.LATE), (Kind.BOOK, Result.OK), (Kind.CANCEL, Result.OK), (Kind.HOLD, Result.OK)} <= seen


def test_in_a_storm_of_moves_everybody_keeps_exactly_one_date(url: str, tmp_path: Path) -> None:
    """A hundred persons move: a third of the time by half an hour, over their own date, else to any other time."""
    chance = random.Random(11)
    wishes = [Task(kind=Kind.BOOK, person=f"p{n}", key=f"k{n}", slot=slot(4 * n, grid=30)) for n in range(100)]
    history = crowd(url, "ours", wishes, tmp_path)
    booked = [one for one in history if one.result is Result.OK]
    moves = [
        Task(kind=Kind.MOVE, person=one.person, key=f"m{number}", appointment=one.appointment, slot=where)
        for number, one in enumerate(chance.choices(booked, k=240))
        for where in (
            slot(chance.choice((one.starts // 30 + 1, chance.randrange(400), chance.randrange(400))), grid=30),
        )
    ]
    history += crowd(url, "ours", moves, tmp_path)
    run = Run(history=history, stored=stored(url), told=told(url), tells=True)
    assert not judge(run)
    assert sorted(one.appointment for one in run.stored) == sorted(one.appointment for one in booked)
    assert of(history, Kind.MOVE, Result.OK) > 50
