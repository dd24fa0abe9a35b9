"""Signing in by a link that works once, and what a session is worth."""

from __future__ import annotations

from bot.console.visit import BEFORE_SESSION, SESSION
from tests.casework import a_case
from tests.console.desk_work import DeskWork


def test_the_first_page_says_how_to_get_in() -> None:
    page = DeskWork().visitor().get("/")
    assert "Einmal-Link" in page.text


def test_looking_at_the_link_does_not_use_it_up_only_the_button_does() -> None:
    work = DeskWork()
    link = work.store.link("sara")
    preview = work.visitor()
    for _ in range(3):
        preview.get(f"/anmelden/{link}")
    sara = work.visitor()
    inbox = sara.send(sara.get(f"/anmelden/{link}"))
    assert "Posteingang" in inbox.text
    assert "Sara Beispiel" in inbox.text


def test_a_link_that_was_used_is_worth_nothing() -> None:
    work = DeskWork()
    link = work.store.link("sara")
    first, second = work.visitor(), work.visitor()
    first.send(first.get(f"/anmelden/{link}"))
    again = second.send(second.get(f"/anmelden/{link}"))
    assert again.status == 410
    assert "gilt nicht mehr" in again.text
    assert SESSION not in second.cookies


def test_an_old_link_is_worth_nothing() -> None:
    work = DeskWork()
    link = work.store.link("sara")
    work.wait(days=2)
    sara = work.visitor()
    assert sara.send(sara.get(f"/anmelden/{link}")).status == 410


def test_a_made_up_link_looks_the_same_until_the_button() -> None:
    work = DeskWork()
    known, made_up = work.store.link("sara"), "x" * 32
    pages = [work.visitor().get(f"/anmelden/{link}") for link in (known, made_up)]
    assert pages[0].text == pages[1].text


def test_the_cookies_are_for_the_browser_alone() -> None:
    for secure in (False, True):
        work = DeskWork(secure=secure)
        link = work.store.link("sara")
        visitor = work.visitor()
        page = visitor.get(f"/anmelden/{link}")
        cookie = page.headers["set-cookie"].lower()
        assert cookie.startswith(BEFORE_SESSION)
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        assert ("secure" in cookie) is secure


def test_a_session_ends_after_half_an_hour_of_silence_and_nothing_is_changed() -> None:
    work = DeskWork(a_case())
    sara = work.signed_in("sara")
    form = sara.get("/karten/K7M4Q2/annehmen")
    work.wait(minutes=31)
    told = sara.send(form)
    assert "Ihre Sitzung ist abgelaufen. Es wurde nichts geändert." in told.text
    assert work.case().version == 1
    assert "Posteingang" in work.sign_in(sara, "sara").text


def test_signing_out_ends_the_session_for_good() -> None:
    work = DeskWork(a_case())
    sara = work.signed_in("sara")
    token = sara.cookies[SESSION]
    page = sara.get("/posteingang")
    bye = sara.post("/abmelden", {"csrf": page.forms[0].fields["csrf"]}, follow=False)
    assert bye.headers["clear-site-data"] == '"cache"'
    sara.cookies.set(SESSION, token, domain="konsole.test", path="/")
    assert "abgelaufen" in sara.get("/posteingang").text


def test_a_new_session_has_a_new_id_and_the_old_one_is_over() -> None:
    work = DeskWork()
    sara = work.signed_in("sara")
    before = sara.cookies[SESSION]
    work.wait(minutes=1)
    work.sign_in(sara, "kim")
    assert sara.cookies[SESSION] != before
    assert before not in work.store.rows.sessions


def test_who_is_signed_in_goes_straight_to_the_inbox() -> None:
    sara = DeskWork().signed_in("sara")
    assert sara.get("/", follow=False).headers["location"] == "/posteingang"


def test_a_session_without_its_colleague_opens_nothing() -> None:
    work = DeskWork(a_case())
    sara = work.signed_in("sara")
    del work.store.rows.staff["sara"]
    assert "Anmelden" in sara.get("/posteingang").text
