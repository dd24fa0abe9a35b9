"""What is stored about a person can be given to them whole, and erased whole: in every table there is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sqlalchemy import MetaData, make_url, select

from bot.booking.appointment import Appointment
from bot.booking.happened import Happened, What
from bot.booking.waiting import Offer
from bot.handoff.messages import Draft
from bot.handoff.recordings import Kind
from bot.handoff.uploads import Upload
from bot.storage.inbox import TRIES
from bot.storage.shown import Standing
from bot.storage.store import Store
from bot.storage.tables import BY_CASE, BY_COLUMN, NOBODY, metadata
from tests.storage.builders import NOW, a_case, book, later, slot

#: A marker that is in all that is stored about this person, and in nothing else.
PERSON = "marker-7f3a"


def test_every_table_says_how_it_can_name_a_person() -> None:
    for table in metadata.sorted_tables:
        assert table.info in (BY_COLUMN, BY_CASE, NOBODY), table.name
        assert (table.info == BY_COLUMN) == ("person" in table.c), table.name


def test_an_export_gives_everything_about_the_person_and_nothing_about_others(store: Store) -> None:
    leave_traces(store, PERSON, "somebody-else")
    with store.transaction() as tx:
        exported = tx.export(PERSON)
    assert set(exported) == {table.name for table in metadata.sorted_tables if table.info != NOBODY}
    words = json.dumps(exported)
    assert "somebody-else" not in words
    assert "K1" not in words
    assert len(exported["inbox"]) == 2
    assert exported["case_log"][0]["action"] == f"read {PERSON}"


def test_after_an_erasure_no_row_of_any_table_names_the_person(store: Store) -> None:
    leave_traces(store, PERSON, "somebody-else")
    assert PERSON in everything(store)
    with store.transaction() as tx:
        others = tx.export("somebody-else")
        tx.erase(PERSON)
    assert PERSON not in everything(store)
    assert "K0" not in everything(store)
    with store.transaction() as tx:
        assert tx.export(PERSON) == {}
        assert tx.export("somebody-else") == others
        assert isinstance(tx.allocations.hold(slot(1), "p9", "k9", NOW), Appointment)
        assert tx.inbox.put(f"{PERSON}:handled", PERSON, {}, NOW) is False


def test_an_erased_person_is_not_in_the_files_of_the_database_either(store: Store) -> None:
    leave_traces(store, PERSON)
    with store.transaction() as tx:
        tx.erase(PERSON)
    store.tidy()
    if store.engine.dialect.name == "sqlite":
        file = Path(str(make_url(str(store.engine.url)).database))
        assert not [one for one in file.parent.glob(f"{file.name}*") if PERSON.encode() in one.read_bytes()]


def leave_traces(store: Store, *persons: str) -> None:
    """Something of each person in every table that can hold it, in every state; the n-th has the case Kn."""
    for person in persons:
        with store.transaction() as tx:
            tx.inbox.put(f"{person}:handled", person, {"text": person}, NOW)
            handled = tx.inbox.claim()
            assert handled is not None
            tx.inbox.handled(handled.seq, NOW)
            tx.inbox.put(f"{person}:failed", person, {"text": person}, NOW)
            failed = tx.inbox.claim()
            assert failed is not None
            for _ in range(TRIES):
                tx.inbox.failed(failed.seq, "KeyError", NOW)
    for number, person in enumerate(persons):
        talk_and_book(store, person, f"K{number}", 2 * number)


def talk_and_book(store: Store, person: str, code: str, number: int) -> None:
    content = {"text": person}
    with store.transaction() as tx:
        tx.inbox.put(f"{person}:waiting", person, content, NOW)
        for key in ("waiting", "sent", "dead"):
            tx.outbox.put(person, content, key=f"{person}:{key}", now=NOW, address=person)
        waiting = tx.outbox.waiting(person, NOW)
        tx.outbox.sent(waiting[1].id, NOW)
        tx.outbox.dead(waiting[2].id, "Blocked", NOW)
        tx.sessions.save(person, "web", person, "ar", content, NOW)
        tx.shown.put(person, Standing(last=1, page=1))
        tx.cases.add(a_case(code, person=person, name=person))
        tx.cases.log(code, NOW, "anna", f"read {person}")
        tx.messages.add(code, f"{person}:message", "resident", Draft(words=person), NOW)
        tx.invitations.make(person, "ar", NOW)
        upload = Upload(kind=Kind.VOICE, media_type="audio/ogg", body=person.encode())
        tx.recordings.put(person, upload, NOW)
        tx.passages.make(person, {"session": {"name": person}, "consents": []}, NOW)
        tx.consents.give(person, "contact", "sha", "ar", "web", NOW)
        tx.consents.withdraw(person, "contact", NOW)
    booked = book(store, slot(number), person, code)
    with store.transaction() as tx:
        tx.allocations.move(booked.id, slot(number + 1), later(hours=1))
        line = tx.waiting.join(booked.id, person, NOW)
        assert line is not None
        assert isinstance(tx.waiting.offer(line, slot(number + 1, desk="desk_b"), later(days=1), NOW), Offer)
        tx.happened.note(person, Happened(appointment=booked.id, what=What.LATE, at=NOW, actor=person, minutes=5))


def everything(store: Store) -> str:
    """All rows of all tables that the database has, whoever made them."""
    found = MetaData()
    with store.engine.connect() as connection:
        found.reflect(connection)
        rows: dict[str, Any] = {name: connection.execute(select(table)).all() for name, table in found.tables.items()}
    return repr(rows)
