"""What was put aside is seen by the coordination without a word of it, and tried again or thrown away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.storage.inbox import TRIES
from bot.storage.store import Store
from tests.casework import NOW
from tests.console.test_real_store import a_store, signed_in
from tests.pages import Form, Page, Visitor

PAGE = "/quarantaene"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = a_store(tmp_path)
    yield store
    store.close()


def kim(store: Store) -> Visitor:
    with store.transaction() as tx:
        link = tx.staff.new_link("kim", NOW)
    return signed_in(store, link)


def unhandled(store: Store, *words: str) -> None:
    """Messages of residents that failed five times."""
    with store.transaction() as tx:
        for word in words:
            tx.inbox.put_aside(word, f"person-{word}", {"text": word}, "KeyError", NOW)


def undelivered(store: Store, *words: str, to: str = "telegram", reached: bool = True) -> None:
    with store.transaction() as tx:
        for word in words:
            tx.outbox.put(f"person-{word}", {"say": word}, key=word, now=NOW, channel=to, address="1")
            (message,) = tx.outbox.waiting(f"person-{word}", NOW)
            if reached:
                tx.outbox.aside(message.id, "Bad Request: odd", NOW)
            else:
                tx.outbox.dead(message.id, "blocked", NOW)


def forms(page: Page, where: str) -> list[Form]:
    return [form for form in page.forms if f"{PAGE}/{where}/" in form.action]


def presses(here: Visitor, form: Form, was: str) -> Page:
    return here.post(form.action, {**form.fields, "was": was})


def waiting(store: Store) -> tuple[int, int]:
    """How many messages wait to be handled, and to be sent to the persons of this test."""
    with store.transaction() as tx:
        return tx.inbox.pending(), len(tx.outbox.due("telegram", NOW))


def test_no_word_and_no_person_is_on_the_page(store: Store) -> None:
    unhandled(store, "canary")
    undelivered(store, "canary-too")
    page = kim(store).get(PAGE)
    assert "canary" not in page.html
    assert "Art des Fehlers: KeyError" in page.text
    assert "an eine ratsuchende Person in Telegram" in page.text
    assert "Grund: Bad Request: odd" in page.text


def test_one_message_is_tried_again_and_the_other_thrown_away(store: Store) -> None:
    unhandled(store, "one", "other")
    here = kim(store)
    first = forms(here.get(PAGE), "eingang")[1]
    assert "Es wird noch einmal versucht." in presses(here, first, "noch-einmal").text
    assert waiting(store) == (1, 0)
    (second,) = forms(here.get(PAGE), "eingang")
    page = presses(here, second, "verwerfen")
    assert "Verworfen." in page.text
    assert "Die Quarantäne ist leer." in page.text
    assert waiting(store) == (1, 0)


def test_after_a_repair_all_are_tried_again_at_once(store: Store) -> None:
    unhandled(store, "one", "two", "three")
    undelivered(store, "four", "five")
    here = kim(store)
    assert "Alle 3 noch einmal versuchen" in here.get(PAGE).text
    presses(here, forms(here.get(PAGE), "eingang")[0], "noch-einmal")
    presses(here, forms(here.get(PAGE), "ausgang")[0], "noch-einmal")
    assert waiting(store) == (3, 2)


def test_whom_nobody_can_reach_is_not_written_to_again(store: Store) -> None:
    undelivered(store, "gone", reached=False)
    undelivered(store, "colleague", to="staff")
    here = kim(store)
    page = here.get(PAGE)
    assert "Grund: blocked ; der Inhalt ist gelöscht" in page.text
    assert page.text.count("Noch einmal senden") == 1
    presses(here, forms(page, "ausgang")[0], "noch-einmal")
    assert waiting(store) == (0, 0)
    assert "Verworfen" in presses(here, forms(page, "ausgang")[0], "verwerfen").text
    assert "Nummer 1 " not in here.get(PAGE).text


@pytest.mark.parametrize("number", ["0", "999", "x", "alle"])
def test_what_somebody_else_has_seen_to_meanwhile_is_no_fault(store: Store, number: str) -> None:
    unhandled(store, "one")
    here = kim(store)
    (form,) = forms(here.get(PAGE), "eingang")
    with store.transaction() as tx:
        tx.inbox.dismiss(tx.inbox.quarantined()[0].seq, NOW)
    form.action = f"{PAGE}/eingang/{number}"
    assert presses(here, form, "noch-einmal").status == 200
    assert waiting(store) == (0, 0)


def test_the_coordination_is_told_where_it_looks_each_day_and_others_are_not(store: Store) -> None:
    unhandled(store, "one")
    undelivered(store, "gone", reached=False)
    here = kim(store)
    assert "1 Nachricht in Quarantäne" in here.get("/posteingang").text
    undelivered(store, "two")
    assert "2 Nachrichten in Quarantäne" in here.get("/posteingang").text
    with store.transaction() as tx:
        link = tx.staff.new_link("sara", NOW)
    sara = signed_in(store, link)
    assert "Quarantäne" not in sara.get("/posteingang").text
    assert sara.get(PAGE).status == 403


def test_what_is_tried_again_has_all_its_tries(store: Store) -> None:
    unhandled(store, "one")
    here = kim(store)
    presses(here, forms(here.get(PAGE), "eingang")[0], "noch-einmal")
    with store.transaction() as tx:
        for _ in range(TRIES - 1):
            update = tx.inbox.claim()
            assert update is not None
            tx.inbox.failed(update.seq, "KeyError", NOW)
        assert tx.inbox.quarantined() == []
