"""An intake is counted once, and only of somebody who has agreed."""

from __future__ import annotations

from bot.storage.store import Store
from bot.vocabulary.facts import County
from tests.talk import Talk, new_store


def counted(store: Store) -> list[tuple[str, int]]:
    with store.transaction() as tx:
        return [(one.rule, one.count) for one in tx.intakes.last(County.RBK, 100)]


def test_whoever_sees_their_way_is_counted_once() -> None:
    with new_store() as store:
        talk = Talk(store).consents().lives_in("rbk_kuerten").types("I am looking for a flat").taps("right").answers()
        assert counted(store) == []
        talk.taps("go_on").sees("how")
        assert counted(store) == [("rbk_short_consultation", 1)]
        talk.taps("other_way").sees("suggestion.other").taps("case_management").sees("how")
        talk.books()
        assert counted(store) == [("rbk_short_consultation", 1)]


def test_a_second_matter_is_counted_for_itself() -> None:
    with new_store() as store:
        talk = Talk(store).consents().lives_in("rbk_kuerten").types("I am looking for a flat").taps("right").answers()
        talk.taps("go_on").books().taps("new").sees("need").types("I have debts").taps("right").answers()
        talk.taps("go_on").sees("how")
        assert sorted(counted(store)) == [("rbk_debt", 1), ("rbk_short_consultation", 1)]


def test_what_was_counted_stays_when_the_person_is_forgotten_for_it_is_nobody() -> None:
    with new_store() as store:
        talk = Talk(store).consents().lives_in("rbk_kuerten").types("I have debts").taps("right").answers()
        talk.taps("go_on")
        with store.transaction() as tx:
            assert "intake" not in tx.export(talk.person)
            tx.erase(talk.person)
        assert counted(store) == [("rbk_debt", 1)]
