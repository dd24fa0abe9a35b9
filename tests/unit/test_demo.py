"""The demo says what is only a sample, and keeps its data where it is told."""

from __future__ import annotations

from pathlib import Path

from bot.commands.demo import sample_staff
from bot.config import Settings
from bot.handoff.staff import Role

DESKS = frozenset({"rbk_cm_kuerten", "rsk_cm_lohmar"})


def test_the_colleagues_of_the_demo_do_not_exist_and_say_so() -> None:
    assert all(one.sample and "Beispiel" in one.name for one in sample_staff(DESKS))


def test_the_demo_has_a_case_manager_of_every_desk_and_a_coordinator_of_both_counties() -> None:
    case_manager, coordinator = sample_staff(DESKS)
    assert (case_manager.role, case_manager.desks) == (Role.CASE_MANAGER, DESKS)
    assert coordinator.role is Role.COORDINATOR
    assert coordinator.desks >= {"rsk", "rbk"}


def test_the_data_of_the_demo_lies_where_make_demo_reset_looks() -> None:
    assert Settings.model_fields["demo_folder"].default == Path(".demo")
