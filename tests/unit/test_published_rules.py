"""Rules that count already are proven again over the desks of today, in words, for the console and for `check`."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from bot.app.check import Found, faults
from bot.handoff.roster import Absence, DeskVersion
from bot.storage.store import Store
from bot.vocabulary.facts import County
from tests.browser.demo_house import ROOT
from tests.talk import premises

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)
KUERTEN, OVERATH = "rbk_kuerten", "rbk_overath"


def database(folder: Path, *absences: Absence, closed: str | None = None) -> str:
    """A database in which somebody has changed desks since the rules were published."""
    address = f"sqlite:///{folder / 'lotse.sqlite'}"
    store = Store(address)
    store.migrate()
    with store.transaction() as tx:
        for absence in absences:
            tx.desks.be_away(absence)
        if closed:
            row = premises().house.rosters.embedded(closed)
            assert row
            document = {**row.document, "closed": True}
            tx.desks.put(DeskVersion(desk=closed, number=1, county=County.RBK, document=document, author="ko", at=NOW))
    store.close()
    return address


def away(substitute: str | None, desk: str = KUERTEN) -> Absence:
    return Absence(desk=desk, first=NOW.date(), last=date(2026, 12, 4), substitute=substitute, author="ko", at=NOW)


def checked(address: str) -> Found:
    return faults(ROOT, NOW, database=address)


def about_rules(notes: tuple[str, ...]) -> list[str]:
    return [note for note in notes if note.startswith("rules ")]


def test_without_a_database_there_is_nothing_published_to_prove(tmp_path: Path) -> None:
    found = checked(f"sqlite:///{tmp_path / 'none.sqlite'}")
    assert (found.faults, about_rules(found.notes)) == ((), [])
    assert not (tmp_path / "none.sqlite").exists()


def test_a_database_without_tables_is_said_not_to_be_read(tmp_path: Path) -> None:
    (tmp_path / "empty.sqlite").touch()
    found = checked(f"sqlite:///{tmp_path / 'empty.sqlite'}")
    assert found.faults == ()
    assert any("published rules were not proven" in note for note in found.notes)


def test_a_desk_where_nobody_is_and_nobody_stands_in_is_noted_with_somebody_whom_it_concerns(tmp_path: Path) -> None:
    found = checked(database(tmp_path, away(None)))
    assert found.faults == ()
    (said,) = about_rules(found.notes)
    assert "„KIM Case Management Kürten“ ist zurzeit nicht besetzt, und niemand vertritt." in said
    assert "rbk_case_management" in said
    assert "Beispiel: Wohnort: Kürten · Vorschlag: " in said


def test_where_somebody_stands_in_nothing_is_said(tmp_path: Path) -> None:
    assert about_rules(checked(database(tmp_path, away(OVERATH))).notes) == []


def test_a_desk_that_is_gone_since_is_a_fault_with_its_example(tmp_path: Path) -> None:
    found = checked(database(tmp_path, closed="rbk_odenthal"))
    assert found.faults
    assert all(fault.startswith("rules rbk, version 0: ") for fault in found.faults)
    assert any("rbk_accommodation_odenthal trifft nie zu" in fault for fault in found.faults)


def test_who_is_away_keeps_nobody_from_publishing(tmp_path: Path) -> None:
    store = Store(database(tmp_path, away(None)))
    with store.transaction() as tx:
        work = premises().rulework.at(premises().house.rosters.at(tx.desks, NOW))
        rules = work.published(tx, County.RBK).rules
    store.close()
    assert work.prove(rules).passed
    assert not work.stands(rules).passed
