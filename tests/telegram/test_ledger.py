"""The judge of the storm finds what it is there to find: each history with one fault in it, and none in a good one."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from tests.telegram.ledger import Claim, Death, Fault, Ledger, Seen, Update, judge, repetitions

ADA = tuple(
    Update(number=number, queue=queue, person="ada", seq=number, at=float(number))
    for number, queue in ((1, "text"), (2, "taps"), (3, "taps"), (5, "text"))
)
BO = (Update(number=4, queue="text", person="bo", seq=4, at=4.0),)
SEEN = tuple(Seen(person=one.person, at=one.at or 0.0, words=f"answer {one.number}") for one in (*ADA, *BO))
DATE = Claim(person="ada", case="RBK-1", resource="desk 1", starts=60, ends=120)
GOOD = Ledger(
    updates=(*ADA, *BO),
    turns={"ada": 4, "bo": 1},
    seen=SEEN,
    claims=(DATE, replace(DATE, person="bo", case="RBK-2", starts=120, ends=180)),
    cases={"RBK-1": "ada", "RBK-2": "bo"},
)


def updates(place: int, /, **changes: Any) -> Ledger:
    changed = replace(GOOD.updates[place], **changes)
    return replace(GOOD, updates=(*GOOD.updates[:place], changed, *GOOD.updates[place + 1 :]))


def again(place: int) -> Ledger:
    doubled = replace(SEEN[place], at=SEEN[place].at + 0.1)
    return replace(GOOD, seen=(*SEEN[: place + 1], doubled, *SEEN[place + 1 :]))


FAULTY: dict[str, tuple[Ledger, Fault]] = {
    "an update that never came to the inbox": (updates(1, seq=None, at=None), Fault.LOST),
    "an update that still waits": (updates(1, at=None), Fault.LOST),
    "an answer that died": (updates(2, answered=False), Fault.UNANSWERED),
    "a turn that was lost": (replace(GOOD, turns={"ada": 3, "bo": 1}), Fault.LESS),
    "a turn that was applied twice": (replace(GOOD, turns={"ada": 4, "bo": 2}), Fault.MORE),
    "somebody who is not known any more": (replace(GOOD, turns={"ada": 4}), Fault.LESS),
    "somebody who never wrote": (replace(GOOD, turns={**GOOD.turns, "cy": 1}), Fault.MORE),
    "two taps that changed places": (updates(1, seq=6, at=6.0), Fault.OUT_OF_ORDER),
    "a text handled before the tap that was stored earlier": (updates(3, at=2.5), Fault.OUT_OF_ORDER),
    "an answer that nobody saw": (replace(GOOD, seen=SEEN[1:]), Fault.UNSEEN),
    "an answer that was seen twice in peace": (again(0), Fault.REPEATED),
    "a slot booked twice": (replace(GOOD, claims=(DATE, replace(GOOD.claims[1], starts=119))), Fault.TWO_AT_A_TIME),
    "a person with two dates": (replace(GOOD, cases={"RBK-1": "ada", "RBK-2": "ada"}), Fault.TWO_DATES),
    "a case without its date": (replace(GOOD, claims=(DATE,)), Fault.NO_DATE),
}


def test_a_history_in_which_all_is_well_has_no_fault() -> None:
    assert judge(GOOD) == Counter()
    assert repetitions(GOOD) == 0


@pytest.mark.parametrize(("ledger", "fault"), FAULTY.values(), ids=FAULTY.keys())
def test_each_fault_is_found(ledger: Ledger, fault: Fault) -> None:
    assert fault in judge(ledger)


BETWEEN = Death(began=1.02, ended=1.05, under_way=frozenset({"ada"}))


@pytest.mark.parametrize("death", [BETWEEN, replace(BETWEEN, began=0.9), replace(BETWEEN, ended=4.0)])
def test_an_answer_may_be_seen_twice_if_something_died_while_it_was_under_way_and_is_counted(death: Death) -> None:
    while_it_died = replace(again(0), deaths=(death,))
    assert (judge(while_it_died), repetitions(while_it_died)) == (Counter(), 1)


NO_EXCUSE = {
    "long before": replace(BETWEEN, began=0.1, ended=0.2),
    "after both": replace(BETWEEN, began=1.2, ended=1.3),
    "on the way to somebody else": replace(BETWEEN, under_way=frozenset({"bo"})),
}


@pytest.mark.parametrize("death", NO_EXCUSE.values(), ids=NO_EXCUSE.keys())
def test_another_death_is_no_excuse_for_an_answer_seen_twice(death: Death) -> None:
    assert judge(replace(again(0), deaths=(death,))) == Counter({Fault.REPEATED: 1})


def test_whoever_asks_the_same_twice_is_answered_alike_twice_and_that_is_no_repetition() -> None:
    alike = tuple(replace(one, words="the same") for one in SEEN)
    assert all(one.words == other.words for one, other in pairwise(alike))
    assert (judge(replace(GOOD, seen=alike)), repetitions(replace(GOOD, seen=alike))) == (Counter(), 0)
