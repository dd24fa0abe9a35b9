"""The address of a calendar is shown once, is one's own, and can be renewed and revoked."""

from __future__ import annotations

from dataclasses import replace

from tests.casework import KUERTEN, OVERATH
from tests.console.desk_work import DeskWork


def test_the_address_is_shown_once_and_the_page_says_when_it_was_made() -> None:
    work = DeskWork()
    sara = work.signed_in("sara")
    made = sara.post("/abo", sara.get("/abo").forms[-1].fields | {"stelle": KUERTEN})
    assert "http://konsole.test/calendar/token-1-of-sara.ics" in made.text
    assert "webcal://konsole.test/calendar/token-1-of-sara.ics" in made.links
    again = sara.get("/abo")
    assert "token-1" not in again.html
    assert "Case Management Kürten angelegt am Di 11.08., 12:00; noch nie abgerufen" in again.text


def test_links_begin_with_the_address_under_which_others_reach_the_server() -> None:
    work = DeskWork()
    work.site.state.console = replace(work.console, address="https://lotse.example")
    sara = work.signed_in("sara")
    made = sara.post("/abo", sara.get("/abo").forms[-1].fields)
    assert "https://lotse.example/calendar/token-1-of-sara.ics" in made.text


def test_a_new_address_for_the_same_desk_ends_the_old_one() -> None:
    work = DeskWork()
    sara = work.signed_in("sara")
    for _ in range(2):
        sara.post("/abo", sara.get("/abo").forms[-1].fields | {"stelle": KUERTEN})
    assert list(work.store.rows.feeds) == ["token-2-of-sara"]


def test_an_address_is_revoked_by_its_owner_only() -> None:
    work = DeskWork()
    sara, ole = work.signed_in("sara"), work.signed_in("ole")
    sara.post("/abo", sara.get("/abo").forms[-1].fields)
    ole.post("/abo/1/loeschen", ole.get("/abo").forms[-1].fields)
    ole.post("/abo/eins/loeschen", ole.get("/abo").forms[-1].fields)
    assert work.store.rows.feeds
    sara.post("/abo/1/loeschen", sara.get("/abo").forms[-1].fields)
    assert not work.store.rows.feeds


def test_nobody_subscribes_to_a_foreign_desk() -> None:
    work = DeskWork()
    sara = work.signed_in("sara")
    page = sara.post("/abo", sara.get("/abo").forms[-1].fields | {"stelle": OVERATH})
    assert page.status == 422
    assert not work.store.rows.feeds
