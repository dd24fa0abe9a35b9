"""The inbox shows a colleague's cards, the most urgent first."""

from __future__ import annotations

from datetime import timedelta

from bot.handoff.case import CaseState
from tests.casework import NOW, OVERATH, a_case
from tests.console.desk_work import DeskWork

LATE = a_case("LATE22", deadline=NOW - timedelta(days=2))
SOON = a_case("SOON33", deadline=NOW + timedelta(hours=3))
TAKEN_ON = a_case("DONE44", state=CaseState.ACCEPTED, deadline=NOW - timedelta(days=9))
ENDED = a_case("ENDE55", state=CaseState.CLOSED)
ELSEWHERE = a_case("OVER66", target_id=OVERATH, municipality="rbk_overath")


def the_work() -> DeskWork:
    return DeskWork(SOON, LATE, TAKEN_ON, ENDED, ELSEWHERE)


def test_a_row_says_what_a_colleague_sorts_by() -> None:
    inbox = the_work().signed_in("sara").get("/posteingang")
    row = "SOON33 Eingang Mo 10.08., 10:00 Di 11.08., 15:00 heute Kürten Arabisch, mit Dolmetschen"
    assert row in inbox.text
    assert "Case Management Kriterien: 3 von 5 keiner Neu" in inbox.text


def test_overdue_cards_come_first_and_are_counted() -> None:
    inbox = the_work().signed_in("sara").get("/posteingang")
    assert inbox.text.index("LATE22") < inbox.text.index("SOON33")
    assert "seit 2 Tagen überfällig" in inbox.text
    assert "1 Karte ist überfällig" in inbox.text


def test_an_answered_card_is_never_overdue() -> None:
    inbox = the_work().signed_in("sara").get("/posteingang?stand=angenommen")
    assert "DONE44" in inbox.text
    assert "seit 9 Tagen" not in inbox.text
    assert "beantwortet" in inbox.text


def test_a_colleague_can_look_at_one_state() -> None:
    sara = the_work().signed_in("sara")
    assert "Neu 2" in sara.get("/posteingang").text
    new = sara.get("/posteingang?stand=neu").text
    assert "LATE22" in new
    assert "DONE44" not in new
    ended = sara.get("/posteingang?stand=beendet").text
    assert "ENDE55" in ended
    assert "LATE22" not in ended


def test_an_unknown_filter_shows_the_open_cards() -> None:
    assert "LATE22" in the_work().signed_in("sara").get("/posteingang?stand=%3Cb%3E").text


def test_a_card_is_found_by_its_code_as_somebody_says_it_on_the_phone() -> None:
    sara = the_work().signed_in("sara")
    found = sara.get("/posteingang?code=soon").text
    assert "SOON33" in found
    assert "LATE22" not in found
    assert "Keine Karte mit „NICHTS“" in sara.get("/posteingang?code=nichts").text


def test_a_case_manager_sees_their_desk_and_a_coordinator_the_county() -> None:
    work = the_work()
    assert "OVER66" not in work.signed_in("sara").get("/posteingang").text
    assert "LATE22" not in work.signed_in("ole").get("/posteingang").text
    kim = work.signed_in("kim").get("/posteingang").text
    assert "OVER66" in kim
    assert "LATE22" in kim
    assert "Hier liegt gerade keine Karte." in work.signed_in("nil").get("/posteingang").text
