"""The console over the real store: what the fakes promise, the database keeps."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bot.app.rule_files import RuleFiles
from bot.booking.appointment import Appointment
from bot.booking.slot import Slot
from bot.console.ports import Console, Names
from bot.console.ports import Store as ConsoleStore
from bot.console.site import console_site
from bot.handoff.case import CaseState
from bot.storage.store import Store
from tests.barrier_reports import rules
from tests.casework import COLLEAGUES, DIRECTORY, GUIDE, KUERTEN, NOW, OVERATH, a_case, a_casework
from tests.pages import Visitor
from tests.talk import premises

THURSDAY_9 = datetime(2026, 8, 13, 7, 0, tzinfo=UTC)
TUESDAY_10 = datetime(2026, 8, 18, 8, 0, tzinfo=UTC)
CARD = "/karten/K7M4Q2"


def a_store(folder: Path) -> Store:
    """One case in Kürten with an appointment on Thursday at nine."""
    store = Store(f"sqlite:///{folder / 'console.sqlite'}")
    store.migrate()
    with store.transaction() as tx:
        for colleague in COLLEAGUES:
            tx.staff.put(colleague)
        tx.cases.add(a_case())
        slot = Slot(desk=KUERTEN, starts_at=THURSDAY_9, ends_at=THURSDAY_9.replace(minute=45))
        held = tx.allocations.hold(slot, "person-K7M4Q2", "first", NOW)
        assert isinstance(held, Appointment)
        tx.allocations.confirm(held.id, "K7M4Q2", NOW)
        tx.cases.save(replace(a_case(), appointment=held.id), 1)
    return store


def signed_in(store: ConsoleStore, token: str) -> Visitor:
    names = Names(topics={}, municipalities={}, others={})
    console = Console(
        store=store,
        directory=DIRECTORY,
        casework=a_casework(),
        guide=GUIDE,
        barrier_rules=rules(),
        laws=(),
        rules=premises().rulework,
        desks=premises().deskwork,
        files=RuleFiles(),
        names=names,
        to_supply={},
        now=lambda: NOW,
        secure=False,
    )
    visitor = Visitor(console_site(console))
    assert "Posteingang" in visitor.send(visitor.get(f"/anmelden/{token}")).text
    return visitor


def test_a_case_goes_its_way_through_the_real_store(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with store.transaction() as tx:
        links = {who: tx.staff.new_link(who, NOW) for who in ("sara", "ole", "kim")}
    sara, ole, kim = (signed_in(store, links[who]) for who in ("sara", "ole", "kim"))

    assert ole.get(CARD).status == 404
    form = kim.get(f"{CARD}/annehmen")
    moved = sara.send(sara.get(f"{CARD}/termin"), beginn=TUESDAY_10.isoformat())
    assert "Dienstag, 18. August 2026, 10:00 Uhr" in moved.text
    assert kim.send(form).status == 409
    assert "K7M4Q2" in sara.get("/termine").text

    sara.send(sara.get(f"{CARD}/anders"), weg="short_consultation", grund="Ein Anliegen.")
    sara.send(sara.get(f"{CARD}/stelle"), stelle=OVERATH, grund="Umzug nach Overath.")
    assert sara.get(CARD).status == 404
    card = ole.send(ole.get(f"{CARD}/annehmen"))
    for line in ("Anderen Termin genannt", "Ein Anliegen.", "Umzug nach Overath.", "Angenommen Ole Beispiel"):
        assert line in card.text
    assert "Der Fall ist abgeschlossen" in ole.send(ole.get(f"{CARD}/abschliessen"), grund="Geführt.").text

    with store.transaction() as tx:
        case = tx.cases.get("K7M4Q2")
        assert case is not None
        assert (case.state, case.appointment, case.version) == (CaseState.CLOSED, None, 6)
        assert tx.inbox.pending() == 4
        assert not tx.allocations.booked({KUERTEN, OVERATH}, NOW, datetime(2027, 1, 1, tzinfo=UTC))
    assert kim.get("/quarantaene").status == 200
    assert kim.get("/stellen").status == 200
    store.close()
