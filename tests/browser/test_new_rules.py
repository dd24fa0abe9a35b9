"""Rules change under way: a coordinator publishes and takes back, and residents in the chat are routed by them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

import pytest
from playwright.sync_api import Browser, expect

from bot.clock import now
from tests.browser.coordinator import NewDesk, signs_in
from tests.browser.demo_house import Demo
from tests.browser.phone import Phone, moment, visit
from tests.browser.stories import STORIES

pytestmark = pytest.mark.browser

OLD: Final = "KIM Case Management Kürten"
NEW: Final = NewDesk(
    id="rbk_kuerten_team",
    name="Integrationsteam Kürten",
    town="Kürten",
    weekdays=("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag"),
)
STORY: Final = replace(
    STORIES["de"],
    need="Wir suchen eine größere Wohnung, ich habe Schulden und mein Aufenthaltstitel läuft bald ab.",
)
#: Nobody is there from tomorrow for so many days.
DAYS_AWAY: Final = 10


def test_new_rules_count_for_the_next_resident_and_not_for_a_conversation_that_runs(
    browser: Browser, lotse: Demo
) -> None:
    running = visit(browser, lotse.url, STORY)
    running.consents("de").says(STORY.town).says(STORY.need)

    desk = signs_in(browser, lotse.coordinator)
    desk.adds_desk(NEW)
    today = now().date()
    last_away = today + timedelta(days=DAYS_AWAY)
    desk.enters_absence(today + timedelta(days=1), last_away)

    desk.begins_draft("Rheinisch-Bergischer Kreis")
    desk.adds_rule(suggestion="Case Management", target=NEW.name, because="In Kürten hilft jetzt das Team.", place=1)
    expect(desk.verdict).to_contain_text("auch von dort, wo diese Stelle nicht zuständig ist")
    expect(desk.verdict).to_contain_text("Beispiel Wohnort: Bergisch Gladbach · Vorschlag: Case Management")
    desk.saves_rule()
    expect(desk.page.get_by_text("So kann der Entwurf nicht veröffentlicht werden.")).to_be_visible()

    desk.changes_rule(1)
    desk.ticks("Wohnort", NEW.town)
    expect(desk.verdict).to_contain_text("Prüfung bestanden")
    desk.saves_rule()
    expect(desk.page.get_by_text("Niemand bleibt ohne Anlaufstelle")).to_be_visible()

    desk.simulates()
    expect(desk.page.locator(".flow svg .ribbon.is-moved").first).to_be_visible()
    expect(desk.page.locator("table.flows").first).to_contain_text(NEW.name)
    desk.publishes("Das Team in Kürten hat angefangen.")

    following = visit(browser, lotse.url, STORY)
    code, dates = books(following.consents("de").says(STORY.town).says(STORY.need), NEW.name)
    assert all(moment(one).date() > last_away for one in dates)
    books(running, OLD)

    desk.opens("Posteingang", code)
    expect(desk.page.locator("main")).to_contain_text("Fassung 1")
    desk.opens("Regeln", "Rheinisch-Bergischer Kreis").rolls_back(0, "Das Team ist noch nicht so weit.")
    after = visit(browser, lotse.url, STORY)
    books(after.consents("de").says(STORY.town).says(STORY.need), OLD)


def books(phone: Phone, desk: str) -> tuple[str, list[str]]:
    """From what was understood to a booked date at this desk; the code of the case and the dates that were offered."""
    phone.taps("right").answers_questions().reaches_the_dates()
    dates = [one for one in phone.ids() if one[0].isdecimal()]
    phone.taps(dates[0]).sees(desk).taps("confirm").sees(desk)
    (code,) = phone.codes
    phone.page.context.close()
    return code, dates
