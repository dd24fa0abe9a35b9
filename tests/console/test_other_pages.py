"""Appointments day by day, the desks and what is missing of them, the quarantine without its content."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.casework import KUERTEN, NOW, a_case
from tests.console.desk_work import DeskWork
from tests.kept_aside import SampleQuarantined

THURSDAY_9 = datetime(2026, 8, 13, 7, 0, tzinfo=UTC)


def test_the_days_show_who_is_coming_and_which_samples_are_free() -> None:
    work = DeskWork(a_case())
    work.store.book("K7M4Q2", KUERTEN, THURSDAY_9)
    page = work.signed_in("sara").get("/termine")
    assert "Donnerstag, 13. August 2026 09:00–09:45 K7M4Q2 Arabisch, Dolmetschen: offen" in page.text
    assert "Frei Beispiel : 09:45 10:45" in page.text
    assert "Freitag, 14. August 2026 Offene Sprechstunde: 08:30–12:00" in page.text
    assert "Overath" not in page.text


def test_a_coordinator_can_look_at_one_desk() -> None:
    kim = DeskWork().signed_in("kim")
    assert "Case Management Overath Frei: 09:00" in kim.get("/termine").text
    one = kim.get(f"/termine?stelle={KUERTEN}").text
    assert "Case Management Overath Frei" not in one


@pytest.mark.parametrize("start", ["2026-08-25", "gestern", "9999-12-31", "0001-01-01", ""])
def test_any_start_of_the_days_is_a_sound_page(start: str) -> None:
    assert DeskWork().signed_in("sara").get(f"/termine?ab={start}").status == 200


def test_days_without_anything_say_so() -> None:
    page = DeskWork().signed_in("nil").get("/termine")
    assert "keine Termine und keine freien Zeiten" in page.text


def test_the_desks_show_their_hours_and_what_the_county_must_still_supply() -> None:
    page = DeskWork().signed_in("kim").get("/stellen")
    assert "Dienstag 09:00–12:00 Termine Beispiel" in page.text
    assert "Freitag 08:30–12:00 offene Sprechstunde Beispiel Quelle: Beispiel" in page.text
    assert "Das fehlt noch vom Kreis: Telefonnummer der Stelle" in page.text
    assert "Das fehlt noch für den ganzen Kreis: Die eigenen Kriterien" in page.text
    assert "Troisdorf" not in page.text
    assert "Sprechzeiten und buchbare Zeiten" in DeskWork().signed_in("nil").get("/stellen").text


def test_the_quarantine_shows_that_there_is_something_and_not_what() -> None:
    work = DeskWork()
    kim = work.signed_in("kim")
    assert "Die Quarantäne ist leer." in kim.get("/quarantaene").text
    row = SampleQuarantined(seq=4711, fault="BadFact", since=NOW - timedelta(hours=3))
    work.store.rows.quarantine.append(row)
    page = kim.get("/quarantaene").text
    assert "Nummer 4711 seit Dienstag, 11. August 2026, 09:00 Uhr Art des Fehlers: BadFact" in page
