"""The coordination answers who comes to translate, for one date; the person hears of it once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.booking.interpreters import Pool
from bot.console.site import console_site
from bot.handoff.acts import Action
from bot.interpreters import NO_SIGN
from tests.casework import KUERTEN, NOW, OVERATH, a_case
from tests.console.desk_work import DeskWork

POOL = Pool(id="pool", name="Pool im Test", notice_days=7, source="Test")
DATE = NOW + timedelta(days=10)


def wished(code: str = "K7M4Q2", in_days: int = 10) -> DeskWork:
    work = DeskWork(a_case(code, interpreter=True))
    work.store.book(code, KUERTEN, NOW + timedelta(days=in_days))
    work.console = replace(work.console, pools={"rbk": (POOL,)})
    work.site = console_site(work.console)
    return work


def test_a_date_with_a_wish_is_listed_with_whom_to_ask() -> None:
    page = wished().signed_in("kim").get("/sprachmittlung")
    assert "Pool im Test" in page.text
    assert "offen" in page.text
    assert "Frist des Pools" not in page.text


def test_a_date_sooner_than_the_notice_of_the_pool_is_marked() -> None:
    assert "Frist des Pools ist schon vorbei" in wished(in_days=3).signed_in("kim").get("/sprachmittlung").text


def test_only_the_coordination_of_the_county_answers() -> None:
    work = wished()
    assert work.signed_in("sara").get("/sprachmittlung").status == 403
    assert work.signed_in("nil").get("/sprachmittlung/K7M4Q2").status == 404


def test_a_yes_is_told_once_and_a_second_yes_changes_nothing() -> None:
    work = wished()
    kim = work.signed_in("kim")
    form = kim.get("/sprachmittlung/K7M4Q2")
    assert "jemand kommt" in kim.send(form, antwort="kommt", kuerzel="07").text
    kim.send(form, antwort="kommt", kuerzel="07")
    assert [news["kind"] for news in work.store.news] == ["interpreter_comes"]


def test_a_no_needs_a_reason_that_the_person_does_not_hear() -> None:
    work = wished()
    kim = work.signed_in("kim")
    refused = kim.send(kim.get("/sprachmittlung/K7M4Q2"), antwort="niemand")
    assert refused.status == 422
    assert "niemand gefunden" in kim.send(refused, antwort="niemand", grund="Alle im Urlaub").text
    assert [news["kind"] for news in work.store.news] == ["no_interpreter"]
    assert "Urlaub" not in str(work.store.news)


def test_who_comes_is_said_by_a_sign_and_not_by_a_name() -> None:
    work = wished()
    kim = work.signed_in("kim")
    refused = kim.send(
        kim.get("/sprachmittlung/K7M4Q2"), antwort="kommt", kuerzel="Frau Beispiel vom Sprachmittlungspool"
    )
    assert NO_SIGN in refused.text
    assert NO_SIGN in kim.send(refused, antwort="kommt", kuerzel=" ").text
    assert "zugesagt: KM 7" in kim.send(refused, antwort="kommt", kuerzel=" km  7").text
    assert "vorgemerkt ist KM 7" in kim.get("/sprachmittlung/K7M4Q2").text


def test_an_interpreter_who_is_promised_already_is_named_with_the_other_date() -> None:
    work = wished()
    work.store.rows.cases["BBBBBB"] = a_case("BBBBBB", interpreter=True, target_id=OVERATH)
    work.store.book("BBBBBB", OVERATH, DATE + timedelta(minutes=15))
    kim = work.signed_in("kim")
    kim.send(kim.get("/sprachmittlung/K7M4Q2"), antwort="kommt", kuerzel="07")
    refused = kim.send(kim.get("/sprachmittlung/BBBBBB"), antwort="kommt", kuerzel="07")
    assert "07 ist zu dieser Zeit schon für einen anderen Termin zugesagt (K7M4Q2, 12:00 bis 12:45 Uhr)" in refused.text
    assert "jemand kommt" in kim.send(refused, antwort="kommt", kuerzel="08").text
    assert [news["case"] for news in work.store.news] == ["K7M4Q2", "BBBBBB"]


def test_an_answer_counts_for_one_date_only() -> None:
    work = wished()
    kim = work.signed_in("kim")
    form = kim.get("/sprachmittlung/K7M4Q2")
    kim.send(form, antwort="kommt", kuerzel="07")
    with work.store.transaction() as tx:
        tx.cases.log("K7M4Q2", NOW, "resident", Action.DATE_MOVED)
    work.store.book("K7M4Q2", KUERTEN, DATE + timedelta(days=1))
    assert "offen" in kim.get("/sprachmittlung").text
    assert "inzwischen verlegt" in kim.send(form, antwort="kommt", kuerzel="07").text
