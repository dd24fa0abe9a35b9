"""Messages about a case: kept in order, said once, unread until read, gone with the case or the consent."""

from __future__ import annotations

from bot.handoff.case import RESIDENT
from bot.handoff.messages import Draft, Reply, Thing
from bot.storage.store import Store
from tests.storage.builders import NOW, a_case, later

BRING = Draft(reply=Reply.BRING, things=(Thing.PASSPORT, Thing.LETTERS))


def test_a_conversation_is_kept_in_order_and_belongs_to_its_case(store: Store) -> None:
    with store.transaction() as tx:
        tx.cases.add(a_case("K1", person="p1"))
        tx.cases.add(a_case("K2", person="p2"))
        tx.messages.add("K1", "a", "anna", BRING, NOW)
        tx.messages.add("K2", "b", "anna", Draft(words="Guten Tag"), NOW)
        tx.messages.add("K1", "c", RESIDENT, Draft(words="نعم"), later(minutes=1))
    with store.transaction() as tx:
        assert [(one.author, one.draft, one.at) for one in tx.messages.of("K1")] == [
            ("anna", BRING, NOW),
            (RESIDENT, Draft(words="نعم"), later(minutes=1)),
        ]
        assert [one.code for one in tx.messages.of_person("p2")] == ["K2"]


def test_the_same_key_says_it_once(store: Store) -> None:
    with store.transaction() as tx:
        tx.cases.add(a_case("K1"))
        first = tx.messages.add("K1", "a", "anna", Draft(words="eins"), NOW)
        assert first is not None
        assert tx.messages.add("K1", "a", "anna", Draft(words="zwei"), NOW) is None
        found = tx.messages.get(first)
    assert found is not None
    assert found.draft.words == "eins"


def test_only_answers_of_the_resident_are_unread_and_only_until_they_are_read(store: Store) -> None:
    with store.transaction() as tx:
        tx.cases.add(a_case("K1"))
        tx.messages.add("K1", "a", "anna", Draft(words="Frage"), NOW)
        assert tx.messages.unread({"K1"}) == {}
        tx.messages.add("K1", "b", RESIDENT, Draft(words="Antwort"), NOW)
        assert tx.messages.unread({"K1", "K2"}) == {"K1": 1}
        assert tx.messages.unread(set()) == {}
        tx.messages.read("K1", later(minutes=5))
        assert tx.messages.unread({"K1"}) == {}
        assert [one.read_at for one in tx.messages.of("K1")] == [None, later(minutes=5)]


def test_forgotten_messages_are_gone_and_those_of_others_are_not(store: Store) -> None:
    with store.transaction() as tx:
        tx.cases.add(a_case("K1"))
        tx.cases.add(a_case("K2"))
        tx.messages.add("K1", "a", RESIDENT, Draft(words="eins"), NOW)
        tx.messages.add("K2", "b", RESIDENT, Draft(words="zwei"), NOW)
        tx.messages.forget("K1")
        assert tx.messages.of("K1") == []
        assert len(tx.messages.of("K2")) == 1
