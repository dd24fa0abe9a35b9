"""What stands in somebody's chat is known for as long as they are."""

from __future__ import annotations

from bot.handoff.staff import Role, Staff
from bot.storage.shown import Standing
from bot.storage.store import Store
from tests.storage.builders import NOW

ANNA = Staff(id="anna", name="Anna Beispiel", role=Role.CASE_MANAGER, desks=frozenset({"rbk_kuerten"}), sample=True)


def test_the_chat_of_a_stranger_is_forgotten_and_that_of_a_person_or_a_colleague_is_not(store: Store) -> None:
    with store.transaction() as tx:
        tx.sessions.save("resident", "telegram", "1", "en", {}, NOW)
        tx.staff.put(ANNA)
        assert tx.lines.redeem(tx.lines.new_code(ANNA.id, NOW), "colleague", "2", NOW)
        for person in ("resident", "colleague", "stranger"):
            tx.shown.put(person, Standing(last=7))
        assert tx.shown.prune() == 1
        assert [tx.shown.of(one).last for one in ("resident", "colleague", "stranger")] == [7, 7, None]
