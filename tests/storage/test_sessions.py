"""A session survives between any two messages, whatever its document holds."""

from __future__ import annotations

from bot.storage.sessions import Stored
from bot.storage.store import Store
from tests.storage.builders import NOW, later


def test_a_session_comes_back_as_it_was_saved_last(store: Store) -> None:
    document = {"screen": "place", "facts": {"needs": ["debt"], "children": None}, "said": "Kürten 🏠"}
    with store.transaction() as tx:
        assert tx.sessions.load("p1") is None
        tx.sessions.save("p1", "telegram", "77", None, {"screen": "language"}, NOW)
        tx.sessions.save("p1", "web", None, "ar", document, NOW)
    with store.transaction() as tx:
        assert tx.sessions.load("p1") == Stored(
            person="p1", channel="web", address=None, language="ar", document=document, version=2
        )


def test_an_erased_session_is_gone_and_the_next_one_begins_anew(store: Store) -> None:
    with store.transaction() as tx:
        tx.sessions.save("p1", "web", None, "ar", {}, NOW)
        tx.sessions.save("p2", "web", None, "ar", {}, NOW)
        tx.sessions.erase("p1")
        assert tx.sessions.load("p1") is None
        assert tx.sessions.load("p2") is not None
        tx.sessions.save("p1", "web", None, None, {}, NOW)
        fresh = tx.sessions.load("p1")
    assert fresh is not None
    assert fresh.version == 1


def test_persons_who_have_written_nothing_for_long_are_known(store: Store) -> None:
    with store.transaction() as tx:
        tx.sessions.save("p1", "web", None, None, {}, NOW)
        tx.sessions.save("p2", "web", None, None, {}, later(days=2))
        assert tx.sessions.idle(later(days=1)) == ["p1"]
