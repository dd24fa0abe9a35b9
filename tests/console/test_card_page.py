"""The card shows what is known, where it comes from, and that the bot only suggests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.console.visit import SESSION
from bot.handoff.case import CaseState, Need, Point
from bot.vocabulary.facts import Facts
from bot.vocabulary.ways import Suggestion
from tests.casework import KUERTEN, NOW, a_case
from tests.console.desk_work import DeskWork


def test_a_card_shows_everything_that_a_first_consultation_starts_from() -> None:
    work = DeskWork(a_case())
    work.store.book("K7M4Q2", KUERTEN, datetime(2026, 8, 13, 7, tzinfo=UTC))
    card = work.signed_in("sara").get("/karten/K7M4Q2")
    for shown in (
        "Fall K7M4Q2",
        "Montag, 10. August 2026, 10:00 Uhr",
        "Arabisch Dolmetschen gewünscht",
        "Kürten Rheinisch-Bergischer Kreis",
        "erkannt an: النقل إلى مدينة زوجي",
        "mit einem Knopf gewählt",
        "Kriterien: 3 von 5 erfüllt",
        "Die Person wartet seit 6 Monaten",
        "Quelle: RBK-Konzept Kapitel 9.2",
        "abgeleitet",
        "Große Familie oder erkrankte Person",
        "Wovon lebt die Person",
        "Vorschlag des Lotsen: Case Management",
        "Sie entscheiden",
        "Regel: rbk_local_desk",
        "Erinnerungen an den Termin",
        "Donnerstag, 13. August 2026, 09:00 Uhr",
        "über den Chat",
        "Ausländerbehörde, Jugendamt",
        "Antwort bis Donnerstag, 13. August 2026, 17:00 Uhr (in 2 Tagen)",
        "Eingegangen",
    ):
        assert shown in card.text, shown


def test_the_bot_never_decides_on_any_card() -> None:
    work = DeskWork(a_case())
    card = work.signed_in("sara").get("/karten/K7M4Q2")
    assert "Entscheidung des Lotsen" not in card.text
    assert "Vorschlag" in card.text


def test_a_case_of_which_little_is_known_has_a_card_too() -> None:
    bare = a_case(
        facts=Facts(),
        needs=(Need(topic="unknown_topic"),),
        findings=(),
        orientation=(),
        missing=(),
        consents=(),
        interpreter=None,
        contact=None,
        name=None,
    )
    card = DeskWork(bare).signed_in("sara").get("/karten/K7M4Q2")
    assert "Dolmetschen: nicht gesagt" in card.text
    assert "Es liegt keine Einwilligung vor." in card.text


def test_who_read_a_card_is_noted_and_shown() -> None:
    work = DeskWork(a_case())
    work.signed_in("kim").get("/karten/K7M4Q2")
    sara = work.signed_in("sara")
    sara.get("/karten/K7M4Q2")
    card = sara.get("/karten/K7M4Q2")
    assert "Sara Beispiel , 2-mal" in card.text
    assert "Kim Beispiel , 1-mal" in card.text


@pytest.mark.parametrize(
    "typed",
    ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}", "</bdi><h1>Zwei</h1>"],
)
def test_what_people_typed_is_text_and_never_markup(typed: str) -> None:
    case = a_case(name=typed, needs=(Need(topic="german_course", words=(typed,)),))
    card = DeskWork(case).signed_in("sara").get("/karten/K7M4Q2")
    assert typed in card.text
    assert ("<" in typed) is (typed not in card.html)
    assert "49" not in card.text


def test_nothing_invisible_in_a_name_can_turn_the_page_around() -> None:
    card = DeskWork(a_case(name="Ali\u202egnp\u200b.exe\x00\u2067")).signed_in("sara").get("/karten/K7M4Q2")
    assert "Aligngp.exe" not in card.text
    assert '<bdi dir="auto" lang="ar">Alignp.exe</bdi>' in card.html
    assert not any(letter in card.html for letter in "\u202e\u200b\x00\u2067")


def test_an_ended_case_offers_no_act() -> None:
    card = DeskWork(a_case(state=CaseState.CANCELLED)).signed_in("sara").get("/karten/K7M4Q2")
    assert "Es ist nichts mehr zu tun" in card.text
    assert not [link for link in card.links if "/karten/K7M4Q2/" in link and "aufnahmen" not in link]


def test_the_wish_of_the_person_stands_beside_the_suggestion() -> None:
    card = DeskWork(a_case(preferred=Suggestion.SHORT_CONSULTATION)).signed_in("sara").get("/karten/K7M4Q2")
    assert "Die Person wünscht sich lieber: Kurzberatung" in card.text


def test_a_cancelled_appointment_is_not_shown_as_one() -> None:
    work = DeskWork(a_case())
    booked = work.store.book("K7M4Q2", KUERTEN, NOW + timedelta(days=2))
    with work.store.transaction() as tx:
        tx.allocations.cancel(booked, NOW)
    assert "Termin keiner" in work.signed_in("sara").get("/karten/K7M4Q2").text


def test_a_card_is_not_kept_in_any_cache() -> None:
    work = DeskWork(a_case())
    sara = work.signed_in("sara")
    assert sara.get("/karten/K7M4Q2").headers["cache-control"] == "no-store"
    assert SESSION in sara.cookies


def test_a_card_reminds_of_the_end_of_a_running_chancen_aufenthalt() -> None:
    facts = replace(a_case().facts, needs=("tolerated_stay_prospects",))
    page = DeskWork(a_case(facts=facts)).signed_in("sara").get("/karten/K7M4Q2")
    assert "der Antrag muss gestellt sein, bevor der Titel abläuft" in page.text
    assert "im Kreis noch nicht bestätigt" in page.text
    assert "Quelle, gelesen am 20.11.2026: www.asyl.net , www.buzer.de" in page.text
    assert 'href="https://www.buzer.de/gesetz/15683/a293517.htm"' in page.html
    assert "§ 104c" not in DeskWork(a_case()).signed_in("sara").get("/karten/K7M4Q2").text


def test_a_card_says_how_often_the_person_had_short_consultations() -> None:
    again = a_case(
        facts=replace(a_case().facts, short_consultations_before=2),
        orientation=(Point(id="O_repeat_short", german="Wiederholte Kurzberatungen: neue Anliegen kommen dazu"),),
    )
    page = DeskWork(again).signed_in("sara").get("/karten/K7M4Q2")
    assert "Frühere Kurzberatungen über den Lotsen: 2 . Die Person kommt zum 3. Mal" in page.text
    assert "die offenen Kriterien wurden noch einmal gefragt" in page.text
