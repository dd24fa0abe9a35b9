"""The coordination enters a desk's mailbox, sees which invitations did not arrive, and sends them again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.booking.invited import Invited, Told, Word
from tests.casework import KUERTEN, NOW, a_case
from tests.console.desk_work import DeskWork
from tests.console.test_desk_pages import changes, stored

MAILBOX = "kalender@kuerten.example"
FAULT = "550 5.1.1 no such mailbox"
TUESDAY = NOW + timedelta(days=7)


def a_word(work: DeskWork, number: int = 1, **other: object) -> Told:
    """A letter about the date of the case in Kürten."""
    code = "RBK-11111"
    name = work.store.book(code, KUERTEN, TUESDAY)
    said = Invited(
        appointment=name, uid=f"{name}@lotse", address=MAILBOX, desk=KUERTEN, sequence=0, starts_at=TUESDAY,
        ends_at=TUESDAY + timedelta(minutes=45), place="KIM Kürten", word=Word.NEW,
    )  # fmt: skip
    told = replace(Told(number=number, said=said, told_at=NOW - timedelta(minutes=1)), **other)  # type: ignore[arg-type]
    work.store.rows.invited.append(told)
    return told


def a_desk_with_a_mailbox() -> DeskWork:
    work = DeskWork(a_case("RBK-11111"))
    changes(work.signed_in("kim"), KUERTEN, calendar=MAILBOX)
    return work


def page_of(work: DeskWork) -> str:
    return work.signed_in("kim").get(f"/stellen/{KUERTEN}").text


def test_the_mailbox_is_entered_with_the_desk_and_taken_out_again() -> None:
    work = a_desk_with_a_mailbox()
    assert stored(work, KUERTEN).document["calendar"] == MAILBOX
    page = page_of(work)
    assert f"Termine gehen als Einladung an {MAILBOX} ." in page
    assert "Zurzeit ist keine Einladung offen." in page
    assert f"E-Mail-Adresse des Kalenders: jetzt „{MAILBOX}“, vorher leer." in page
    changes(work.signed_in("kim"), KUERTEN, calendar="")
    assert "calendar" not in stored(work, KUERTEN).document
    assert "Einladungen in den Kalender" not in page_of(work)


def test_what_was_refused_is_named_with_the_servers_words_and_sent_again() -> None:
    work = a_desk_with_a_mailbox()
    a_word(work, fault=f"{FAULT} <script>")
    kim = work.signed_in("kim")
    page = kim.get(f"/stellen/{KUERTEN}")
    assert "Einladung RBK-11111 , Termin am" in page.text
    assert f"{MAILBOX} nimmt sie nicht an: {FAULT}" in page.text
    assert "<script>" not in page.html
    after = kim.post(f"/stellen/{KUERTEN}/kalender", {"csrf": page.forms[0].fields["csrf"]})
    assert "Die Einladungen gehen in den nächsten Sekunden noch einmal hinaus." in after.text
    assert "Nicht angekommen" not in after.text


def test_what_is_just_under_way_is_no_news_and_what_waits_for_long_is() -> None:
    work = a_desk_with_a_mailbox()
    told = a_word(work)
    assert "Nicht angekommen" not in page_of(work)
    work.store.rows.invited = [replace(told, told_at=NOW - timedelta(hours=2))]
    assert "der Mailserver nimmt sie gerade nicht an" in page_of(work)
    assert "Noch einmal schicken" not in page_of(work)


def test_nobody_else_sends_again() -> None:
    work = a_desk_with_a_mailbox()
    told = a_word(work, fault=FAULT)
    for staff in ("sara", "nil"):
        visitor = work.signed_in(staff)
        token = visitor.get("/posteingang").forms[0].fields["csrf"]
        assert visitor.post(f"/stellen/{KUERTEN}/kalender", {"csrf": token}).status in (403, 404)
    assert work.store.rows.invited == [told]


def test_a_date_that_nobody_sends_is_named_so_that_somebody_asks_why() -> None:
    work = a_desk_with_a_mailbox()
    work.store.book("RBK-11111", KUERTEN, TUESDAY)
    page = page_of(work)
    assert "Noch nicht verschickt: 1." in page
    assert "keine Einladung offen" not in page
