"""Who did not come hears a kind word once; a slip of the colleague is taken back."""

from __future__ import annotations

from datetime import timedelta

from tests.casework import KUERTEN, NOW, a_case
from tests.console.desk_work import DeskWork


def over() -> DeskWork:
    work = DeskWork(a_case("K7M4Q2"))
    work.store.book("K7M4Q2", KUERTEN, NOW - timedelta(hours=2))
    return work


def test_it_is_noted_once_and_the_case_stays_open() -> None:
    work = over()
    sara = work.signed_in("sara")
    form = sara.get("/karten/K7M4Q2/nicht-gekommen")
    assert "Festgehalten" in sara.send(form).text
    sara.send(form)
    assert [news["kind"] for news in work.store.news] == ["not_met"]
    assert len(work.store.rows.happened) == 1
    assert work.case().state == "received"


def test_a_slip_is_taken_back() -> None:
    work = over()
    sara = work.signed_in("sara")
    sara.send(sara.get("/karten/K7M4Q2/nicht-gekommen"))
    page = sara.send(sara.get("/karten/K7M4Q2/nicht-gekommen"))
    assert "Die Person war da" in page.text
    assert work.store.rows.happened == []


def test_a_date_ahead_is_not_missed() -> None:
    work = DeskWork(a_case("K7M4Q2"))
    work.store.book("K7M4Q2", KUERTEN, NOW + timedelta(hours=2))
    sara = work.signed_in("sara")
    assert "Nicht gekommen" not in sara.get("/karten/K7M4Q2").text
    assert sara.send(sara.get("/karten/K7M4Q2/nicht-gekommen")).status == 422
