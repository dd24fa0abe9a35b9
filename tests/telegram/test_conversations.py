"""The conversations of tests/scenarios, word for word, in Telegram: by webhook, and some of them by polling."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest

from tests.scenarios import test_bad_input, test_resident
from tests.talk import Talk
from tests.telegram.telegram_talk import TelegramTalk
from tests.telegram.town import Town

#: They put letters into the inbox by themselves, look into the outbox, or name a file as Telegram does not.
ELSEWHERE = {
    "test_two_taps_at_once_count_once",
    "test_a_voice_message_is_kept_for_the_card_after_consent",
    "test_a_message_of_no_known_kind_goes_to_quarantine_and_the_next_one_is_answered",
    "test_five_thousand_characters_are_read_to_their_end",  # Telegram takes 4096
    "test_an_empty_message_says_that_it_is_empty",  # Telegram takes none
    "test_an_own_number_before_the_consent_is_not_stored_and_explained",  # in German yet; see test_contact
    "test_somebody_elses_case_cannot_be_moved_or_cancelled",  # see test_forged_buttons
}
BY_POLLING = {
    "test_an_appointment_is_moved_and_cancelled",
    "test_distress_brings_the_numbers_first_and_the_need_is_not_forgotten",
    "test_my_data_shows_exports_and_erases",
}


def scenarios(module: ModuleType) -> Iterator[tuple[str, Callable[[Talk], None]]]:
    for name, function in vars(module).items():
        if name.startswith("test_") and name not in ELSEWHERE and [*inspect.signature(function).parameters] == ["talk"]:
            yield name, function


ALL: dict[str, Callable[[Talk], None]] = {**dict(scenarios(test_resident)), **dict(scenarios(test_bad_input))}
RUNS: list[Any] = [pytest.param(run, False, id=name) for name, run in ALL.items()]
RUNS += [pytest.param(run, True, id=f"{name}, by polling") for name, run in ALL.items() if name in BY_POLLING]


@pytest.fixture(scope="module")
def towns() -> Iterator[dict[bool, Town]]:
    """One where Telegram delivers, one that asks."""
    with Town() as delivered, Town(polls=True) as polled:
        yield {False: delivered, True: polled}


@pytest.mark.parametrize(("scenario", "polls"), RUNS)
def test_the_conversation_goes_on_in_telegram_as_anywhere(
    scenario: Callable[[Talk], None], polls: bool, towns: dict[bool, Town]
) -> None:
    town = towns[polls]
    town.forgets()
    scenario(TelegramTalk(town))
    refused = [call.answer["description"] for call in town.telegram.calls() if not call.answer["ok"]]
    assert [why for why in refused if "message is not modified" not in why] == []
