"""The card shows what is known, where it comes from, and that the bot only suggests."""

from __future__ import annotations

from tests.casework import KUERTEN, NOW, a_case
from tests.console.desk_work import DeskWork


def test_a_card_shows_everything_that_a_first_consultation_starts_from() -> None:
    work = DeskWork(a_case())
    card = work.signed_in("sara").get("/karten/K7M4Q2")
    print(card.text)
