"""Consent: for each purpose of its own, in the words that were read, taken back as easily as given."""

from __future__ import annotations

from bot.storage.store import Store
from tests.storage.builders import NOW, later


def test_a_consent_counts_from_when_it_was_given_until_it_is_taken_back(store: Store) -> None:
    with store.transaction() as tx:
        tx.consents.give("p1", "contact", "sha-1", "ar", "web", NOW)
        tx.consents.give("p1", "reminders", "sha-2", "ar", "web", later(minutes=1))
        tx.consents.give("p1", "contact", "sha-1", "ar", "web", later(hours=1))
        assert tx.consents.of("p1") == {"contact": NOW, "reminders": later(minutes=1)}
        tx.consents.withdraw("p1", "contact", later(hours=2))
        assert tx.consents.of("p1") == {"reminders": later(minutes=1)}
        assert tx.consents.of("p2") == {}


def test_a_new_wording_is_a_new_consent_and_the_old_one_stays_on_record(store: Store) -> None:
    with store.transaction() as tx:
        tx.consents.give("p1", "contact", "sha-1", "ar", "web", NOW)
        tx.consents.give("p1", "contact", "sha-2", "ar", "web", later(days=1))
        assert tx.consents.of("p1") == {"contact": later(days=1)}
        (old, new) = tx.export("p1")["consent"]
    assert (old["wording"], old["withdrawn_at"]) == ("sha-1", later(days=1).isoformat())
    assert (new["wording"], "withdrawn_at" in new) == ("sha-2", False)
