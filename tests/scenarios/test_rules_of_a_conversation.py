"""A conversation keeps the rules that it began with; the next one has the newest."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from bot.routing.edits import change
from bot.routing.ruleset import RuleSet
from bot.routing.versions import Version
from bot.storage.store import Store
from tests.tables import ruleset
from tests.talk import Talk, new_store

SHORT = "rbk_short_consultation"


def publish(store: Store, number: int, because: str) -> None:
    """Another version for Rheinisch-Berg, in which short consultations have this reason."""
    rules = ruleset("rbk")
    rule = rules.find(SHORT)
    assert rule is not None
    edited = change(rules, SHORT, replace(rule, because=because))
    assert isinstance(edited, RuleSet)
    at = datetime(2026, 11, 20, 8, tzinfo=UTC)
    with store.transaction() as tx:
        tx.rules.publish(Version(number=number, rules=edited, author="ko", at=at, reason="Test."))


def arrives(store: Store, person: str) -> Talk:
    return Talk(store, person).consents().lives_in("rbk_kuerten")


def is_routed(talk: Talk) -> tuple[int, str, str]:
    """Version, rule and reason on the card."""
    talk.types("I am looking for a flat").taps("right").answers().taps("go_on").books()
    (case,) = talk.cases()
    return case.rules_version, case.rule, case.because


def test_the_next_resident_is_routed_by_the_published_version_and_the_card_says_so() -> None:
    with new_store() as store:
        publish(store, 1, "Nach Fassung 1.")
        assert is_routed(arrives(store, "anna")) == (1, SHORT, "Nach Fassung 1.")


def test_a_running_conversation_keeps_its_rules_until_it_is_routed() -> None:
    with new_store() as store:
        publish(store, 1, "Nach Fassung 1.")
        early = arrives(store, "anna")
        publish(store, 2, "Nach Fassung 2.")
        late = arrives(store, "bert")
        assert is_routed(early) == (1, SHORT, "Nach Fassung 1.")
        assert is_routed(late) == (2, SHORT, "Nach Fassung 2.")


def test_a_conversation_that_began_with_the_tables_keeps_them() -> None:
    with new_store() as store:
        early = arrives(store, "anna")
        publish(store, 1, "Nach Fassung 1.")
        assert is_routed(early)[0] == 0


def test_a_process_that_did_not_publish_learns_it_from_the_database() -> None:
    with new_store() as store:
        other = Store(store.engine.url.render_as_string(hide_password=False))
        publish(other, 1, "Nach Fassung 1.")
        other.close()
        assert is_routed(arrives(store, "anna")) == (1, SHORT, "Nach Fassung 1.")
