"""Barriers: what is alike comes together with its reasons, and what looks like a person is named before it is kept."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.barriers.alike import Because, best_match, likeness, words_of
from bot.barriers.barrier import Status, Step, fault_of_words, title_of
from bot.barriers.overview import in_order, overview
from bot.barriers.personal import personal_hints
from bot.barriers.report import Doubtful, Faulty, Reported, rename, report, set_status, split_off
from bot.vocabulary.facts import County, Office
from tests.barrier_reports import KITA, LATE, LATE_AGAIN, LATE_TOO, NOW, MemoryTx, a_draft, a_group, rules

SOLVED = Step(at=NOW + timedelta(days=1), by="kim", status=Status.SOLVED)


@pytest.mark.parametrize("other", [LATE_TOO, LATE_AGAIN])
def test_the_same_barrier_told_in_other_words_is_alike(other: str) -> None:
    assert likeness(a_draft(LATE), a_draft(other), rules()).points >= rules().alike_from


def test_likeness_says_why_in_parts_that_add_up() -> None:
    found = likeness(a_draft(LATE), a_draft(LATE_TOO, municipality="rbk_overath"), rules())
    assert found.because[:2] == (Because("office", "jobcenter", 25), Because("topic", "livelihood_benefits", 20))
    assert (found.because[2].kind, found.because[2].what) == (
        "words",
        "Termine, Jobcenter, Wochen, Leistungen, bleiben",
    )
    assert found.points == sum(one.points for one in found.because)


def test_another_barrier_of_the_same_town_is_not_alike() -> None:
    for other in (a_draft(KITA, office=None, topic="childcare_early_education"), a_draft(KITA)):
        assert likeness(a_draft(LATE), other, rules()).points < rules().alike_from


def test_the_same_complaint_about_two_offices_is_two_barriers() -> None:
    assert likeness(a_draft(LATE), a_draft(LATE, office=Office.ABH), rules()).points == 0


def test_alike_words_are_enough_where_office_and_topic_were_not_named() -> None:
    bare = a_draft(LATE_TOO, office=None, topic=None, municipality=None)
    assert likeness(a_draft(LATE_TOO), bare, rules()).points >= rules().alike_from


def test_small_words_and_endings_do_not_count() -> None:
    assert words_of("Die Termine und der Termin bei den Terminen", rules()) == {"termin": "Termine"}


def test_the_other_county_has_its_own_barriers() -> None:
    assert best_match(a_draft(LATE, county=County.RSK), [a_group(a_draft(LATE))], rules()) is None


def test_the_group_that_is_most_alike_is_chosen() -> None:
    groups = [a_group(a_draft(KITA, office=None), number=1), a_group(a_draft(LATE), number=2)]
    match = best_match(a_draft(LATE_TOO), groups, rules())
    assert match is not None
    assert match.group.number == 2


def test_three_alike_reports_are_a_candidate_001_2_6() -> None:
    tx = MemoryTx()
    for number, words in enumerate((LATE, LATE_TOO, KITA)):
        report(tx, rules(), a_draft(words), f"k{number}", NOW)
    assert not any(group.is_candidate(rules().candidate_from) for group in tx.rows.groups.values())
    report(tx, rules(), a_draft(LATE_AGAIN), "k9", NOW)
    (candidate,) = [group for group in tx.rows.groups.values() if group.is_candidate(rules().candidate_from)]
    assert [barrier.draft.words for barrier in candidate.barriers] == [LATE, LATE_TOO, LATE_AGAIN]


def test_a_group_that_somebody_works_on_is_no_candidate_any_more() -> None:
    begun = a_group(*[a_draft(LATE)] * 3, steps=(Step(at=NOW, by="kim", status=Status.QUICK),))
    assert not begun.is_candidate(3)


def test_what_counted_as_solved_and_is_met_again_comes_back() -> None:
    assert not a_group(a_draft(), steps=(SOLVED,)).came_back
    late = a_group(*[a_draft()] * 30, steps=(SOLVED,))
    assert late.came_back


def test_a_form_sent_twice_reports_once() -> None:
    tx = MemoryTx()
    for _ in range(2):
        assert isinstance(report(tx, rules(), a_draft(), "same key", NOW), Reported)
    assert len(tx.rows.groups[1].barriers) == 1


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Herr Nazari bekommt seit Wochen keinen Termin.", "Name"),
        ("Frau Dr. Schulz aus dem Amt hilft nicht weiter.", "Name"),
        ("Die Mutter heißt Samadi und wartet auf die Kita.", "Name"),
        ("Olena wartet seit drei Monaten auf Post.", "Vorname"),
        ("Bitte rückrufen unter 02202 / 13 20 00.", "Telefonnummer"),
        ("Erreichbar unter +49 171 2345678.", "Telefonnummer"),
        ("Schreiben Sie an jemand@beispiel.de dazu.", "E-Mail-Adresse"),
        ("Die Familie wohnt in der Hauptstraße 12 ohne Heizung.", "Anschrift"),
        ("Post an die Bonner Straße 5 kommt nicht an.", "Anschrift"),
        ("Betroffen ist der Fall RBK-K7M4Q auf der Karte.", "Fall-Code"),
        ("Aktenzeichen 4711081512 liegt seit Mai.", "Aktenzeichen oder lange Nummer"),
        ("Das Kind, geb. 03.05.2019, hat keinen Platz.", "Geburtsdatum"),
        ("Die Miete ging von DE12 3456 7890 1234 5678 90 ab.", "IBAN"),
    ],
)
def test_what_looks_like_a_person_is_named(text: str, kind: str) -> None:
    assert kind in [hint.kind for hint in personal_hints(text, rules())]


@pytest.mark.parametrize(
    "text",
    [
        LATE,
        KITA,
        "Das Sozialamt Bergisch Gladbach verlangt seit 01.07.2025 eine Geburtsurkunde mit Apostille.",
        "Nach § 104c AufenthG fehlen 18 Monate; 350 Menschen in 11 Unterkünften sind betroffen.",
        "Die VHS Troisdorf und Niederkassel hat 120 Plätze, 2026 nur noch 60.",
        "Familien mit vier Kindern finden keine Wohnung. Frauen und Herren werden getrennt untergebracht.",
        "Im Jobcenter Rhein-Sieg fehlen Dolmetschende für Tigrinya und Dari.",
    ],
)
def test_offices_towns_dates_and_numbers_are_no_persons(text: str) -> None:
    assert personal_hints(text, rules()) == ()


def test_a_doubtful_text_is_kept_only_after_another_look() -> None:
    tx, doubtful = MemoryTx(), a_draft("Herr Nazari bekommt seit Wochen keinen Termin im Jobcenter.")
    found = report(tx, rules(), doubtful, "k", NOW)
    assert isinstance(found, Doubtful)
    assert found.hints[0].words == "Herr Nazari"
    assert not tx.rows.groups
    assert isinstance(report(tx, rules(), doubtful, "k", NOW, looked_through=True), Reported)


@pytest.mark.parametrize("words", ["", "zu kurz", "x" * 1001, "  \n "])
def test_too_little_or_too_much_is_said_in_words(words: str) -> None:
    assert fault_of_words(words)
    assert isinstance(report(MemoryTx(), rules(), a_draft(words), "k", NOW), Faulty)


def test_the_status_goes_step_by_step_and_every_step_is_kept() -> None:
    tx = MemoryTx()
    report(tx, rules(), a_draft(), "k", NOW)
    for status in (Status.DECISION, Status.PROJECT, Status.THEME, Status.SOLVED):
        assert set_status(tx, tx.rows.groups[1], status, "", "kim", NOW) is None
    assert tx.rows.groups[1].status is Status.SOLVED
    assert len(tx.rows.groups[1].steps) == 4
    assert isinstance(set_status(tx, tx.rows.groups[1], Status.SOLVED, " ", "kim", NOW), Faulty)


def test_a_title_can_be_found_and_not_lost() -> None:
    tx = MemoryTx()
    report(tx, rules(), a_draft(), "k", NOW)
    assert isinstance(rename(tx, tx.rows.groups[1], "  "), Faulty)
    assert rename(tx, tx.rows.groups[1], "Wartezeit im Jobcenter") is None
    assert tx.rows.groups[1].title == "Wartezeit im Jobcenter"
    assert len(title_of("sehr " * 60)) <= 120


def test_a_report_can_be_split_off() -> None:
    tx = MemoryTx()
    for key, words in (("a", LATE), ("b", LATE_TOO)):
        report(tx, rules(), a_draft(words), key, NOW)
    number = split_off(tx, tx.rows.groups[1].barriers[1], NOW)
    assert [barrier.draft.words for barrier in tx.rows.groups[number].barriers] == [LATE_TOO]


def test_the_overview_counts_topics_towns_and_the_last_months() -> None:
    groups = [a_group(a_draft(), a_draft(KITA, topic=None, municipality=None))]
    counted = overview(groups, datetime(2026, 9, 30, 22, 30, tzinfo=UTC), months=3)
    assert counted.topics == {"livelihood_benefits": 1, "": 1}
    assert counted.municipalities == {"rbk_kuerten": 1, "": 1}
    assert counted.months == {date(2026, 8, 1): 2, date(2026, 9, 1): 0, date(2026, 10, 1): 0}


def test_what_wants_a_decision_stands_first() -> None:
    small, candidate = a_group(a_draft(), number=1), a_group(*[a_draft()] * 3, number=2)
    back = a_group(*[a_draft()] * 30, number=3, steps=(SOLVED,))
    assert [group.number for group in in_order([small, back, candidate], 3)] == [2, 3, 1]
