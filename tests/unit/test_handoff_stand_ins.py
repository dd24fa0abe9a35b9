"""While a desk is away, the desk that stands in sees and answers its cards; afterwards it no longer does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.cases import Asked, NoSuchCase
from bot.handoff.case import OPEN, CaseState
from bot.routing.desks import StandIn
from tests.casework import DIRECTORY, KUERTEN, NIL, NOW, OLE, OVERATH, SARA, a_case, a_casework
from tests.kept import MemoryStore

WORK = a_casework()
COVERED = replace(WORK, directory=replace(DIRECTORY, stand_ins={KUERTEN: StandIn(OVERATH, date(2026, 8, 20))}))


def test_the_desk_that_stands_in_sees_the_cards_and_answers_them() -> None:
    store = MemoryStore(a_case())
    with store.transaction() as tx:
        assert [case.code for case in COVERED.inbox(tx, OLE, OPEN)] == ["K7M4Q2"]
        COVERED.accept(tx, Asked(code="K7M4Q2", version=1, by=OLE, now=NOW))
    assert store.rows.cases["K7M4Q2"].state is CaseState.ACCEPTED


def test_the_desk_itself_still_sees_its_cards() -> None:
    with MemoryStore(a_case()).transaction() as tx:
        assert COVERED.find(tx, "K7M4Q2", SARA).target_id == KUERTEN


def test_once_the_desk_is_back_nobody_stands_in_any_more() -> None:
    with pytest.raises(NoSuchCase), MemoryStore(a_case()).transaction() as tx:
        WORK.find(tx, "K7M4Q2", OLE)


def test_standing_in_opens_nothing_else() -> None:
    with MemoryStore(a_case("ELSE22", target_id="rsk_troisdorf", county="rsk")).transaction() as tx:
        assert COVERED.inbox(tx, OLE, OPEN) == ()
        assert COVERED.inbox(tx, NIL, OPEN)
