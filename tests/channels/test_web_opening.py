"""What a page is told that has nothing yet, also when the answer comes at that very moment."""

from __future__ import annotations

import asyncio

from bot.channels.port import Delivery
from bot.channels.web_line import Line
from bot.channels.web_page import Page
from bot.channels.web_person import Address
from tests.channels.house import speak
from tests.channels.scripted_counter import ScriptedCounter

PERSON = "person"


class AnswersBetween(ScriptedCounter):
    """After the first look at the counter, whichever it is, the worker has answered."""

    def waiting(self, person: str) -> list[Delivery]:
        found = super().waiting(person)
        self._answered(person)
        return found

    def current(self, person: str) -> Delivery | None:
        found = super().current(person)
        self._answered(person)
        return found

    def _answered(self, person: str) -> None:
        self.arrived(person, "hello", {"hello": {"language": "en"}})


def test_an_answer_that_comes_while_the_page_opens_is_to_be_acknowledged() -> None:
    counter = AnswersBetween()
    opened = opening(counter)
    assert [one["id"] for one in opened] == [one["id"] for one in counter.waiting(PERSON)]
    assert not any(one.get("again") for one in opened)


def test_a_screen_that_was_acknowledged_is_shown_again_and_needs_nothing() -> None:
    counter = ScriptedCounter()
    counter.arrived(PERSON, "hello", {"hello": {"language": "en"}})
    (screen,) = counter.waiting(PERSON)
    counter.acknowledged(PERSON, screen["id"])
    assert opening(counter) == [{**screen, "again": True}]


def opening(counter: ScriptedCounter) -> list[Delivery]:
    line = Line(counter=counter, address=Address(), page=Page(speak=speak), look_again=1.0, patience=1.0)
    return asyncio.run(line.opening(PERSON))
