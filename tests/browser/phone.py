"""A resident's phone with the web chat open: what is tapped, typed and read, in any language."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.look import faults
from tests.browser.stories import Story

#: 360 x 740 points are an old, small phone.
PHONE: Final[dict[str, Any]] = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
#: A busy machine is slow; a test that fails waits this long (milliseconds), one that passes does not.
PATIENCE: Final = 20_000
#: Answers to the questions, whichever are asked, that make a case for case management.
HARD: Final = ("no_service", "no", "none", "dont_know")


class Phone:
    """Each step waits for its answer, never for a time."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.on("pageerror", lambda error: pytest.fail(f"the page fails: {error}"))

    @property
    def choices(self) -> Locator:
        return self.page.locator(".bot:not(.past) .choice:enabled")

    @property
    def answer(self) -> Locator:
        """The last thing the bot said."""
        return self.page.locator(".bot").last

    @property
    def codes(self) -> list[str]:
        """The codes of the own cases, as the buttons name them."""
        ids = [value for value in self.ids() if re.match(r"(move|withdraw)\.", value)]
        return [value.split(".")[1] for value in ids]

    def has_no_case(self) -> Phone:
        """Nothing can be moved or cancelled any more."""
        expect(self.choices.and_(self.page.locator('[value^="move."], [value^="withdraw."]'))).to_have_count(0)
        return self

    def ids(self) -> list[str]:
        expect(self.choices.first).to_be_visible()
        found: list[str] = self.choices.evaluate_all("all => all.map((it) => it.value)")
        return found

    def taps(self, *choices: str) -> Phone:
        for choice in choices:
            with self.answered():
                self.page.locator(f'.bot:not(.past) .choice[value="{choice}"]').click()
        return self

    def says(self, text: str) -> Phone:
        with self.answered():
            self.page.fill("#say", text)
            self.page.click("#send")
        return self

    def sees(self, words: str) -> Phone:
        expect(self.answer.locator(".words")).to_contain_text(re.compile(words))
        return self

    def answered(self) -> Answered:
        return Answered(self.page)

    def looks_sound(self) -> Phone:
        found = faults(self.page)
        assert not found, found
        return self

    # Longer ways.

    def consents(self, language: str) -> Phone:
        return self.taps(language, "go_on", "agree")

    def answers_questions(self) -> Phone:
        """Answers what is asked, up to the suggestion."""
        while "other_way" not in (ids := self.ids()):
            self.taps(next(answer for answer in HARD if answer in ids))
        return self

    def reaches_the_dates(self) -> Phone:
        """From the suggestion to the free dates: interpreter, answers in the chat, no name."""
        self.taps("go_on", "appointment")
        if "yes" in self.ids():
            self.taps("yes")
        return self.taps("chat", "without")

    def books(self, story: Story) -> str:
        """The short way to a booked first date; returns the code of the case."""
        self.says(story.town).says(story.need).taps("right").answers_questions().reaches_the_dates()
        self.taps(self.ids()[0], "confirm")
        (code,) = self.codes
        return code

    def saves(self) -> Any:
        """The calendar file of the last answer that has one, as an appointment."""
        with self.page.expect_download() as download:
            self.page.locator(".file").last.click()
        (event,) = Calendar.from_ical(Path(download.value.path()).read_bytes()).walk("VEVENT")
        return event


class Answered:
    """What is done inside is answered at the end: a new message is there, also on a page that was drawn anew."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def __enter__(self) -> None:
        self._page.locator(".bot").evaluate_all("all => all.forEach((it) => it.dataset.before = '')")

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            expect(self._page.locator(".bot:not([data-before])").first).to_be_attached(timeout=PATIENCE)


def visit(where: Browser | BrowserContext, url: str, story: Story) -> Phone:
    """A visitor on the page; the first time that is the choice of the language."""
    context = where if isinstance(where, BrowserContext) else where.new_context(locale=story.locale, **PHONE)
    phone = Phone(context.new_page())
    phone.page.goto(url)
    expect(phone.choices.first).to_be_visible(timeout=PATIENCE)
    return phone


def moment(choice: str) -> datetime:
    """The instant that a button of a date stands for."""
    return datetime.strptime(choice, "%Y%m%dT%H%M%z")
