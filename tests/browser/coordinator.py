"""A coordinator at a big screen: what is clicked and typed on the pages of desks and rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from playwright.sync_api import Browser, Locator, Page, expect

#: The rules of everybody and the simulation of thousands take a moment on a busy machine (milliseconds).
PATIENCE = 20_000
ENTERED = "Testlauf der Koordination"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDesk:
    """What somebody types to add a desk: one morning of dates a weekday."""

    id: str
    name: str
    town: str
    weekdays: tuple[str, ...]


class Coordinator:
    """Each step ends on the page that it leads to."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def opens(self, area: str, name: str = "") -> Coordinator:
        """An area of the console, by its link at the top."""
        self.page.get_by_role("navigation", name="Bereiche").get_by_role("link", name=area).click()
        if name:
            self.page.get_by_role("link", name=name, exact=True).first.click()
        return self

    def adds_desk(self, desk: NewDesk) -> None:
        page = self.page
        self.opens("Stellen")
        page.get_by_role("link", name="Neue Stelle").click()
        if not page.get_by_label(desk.town, exact=True).count():
            page.get_by_role("link", name="Wechseln zu").click()
        page.get_by_label("Name", exact=True).fill(desk.name)
        page.get_by_label("Kennung").fill(desk.id)
        page.get_by_label("Träger").fill("Stadtverwaltung")
        page.get_by_label("Vollzeitäquivalente (VZÄ)").fill("0,5")
        page.get_by_label(desk.town, exact=True).check()
        for n, weekday in enumerate(desk.weekdays):
            if not page.locator(f"#h{n}_weekday").count():
                page.get_by_role("button", name="Noch eine Zeile").click()
            page.locator(f"#h{n}_weekday").select_option(label=weekday)
            page.locator(f"#h{n}_opens").fill("09:00")
            page.locator(f"#h{n}_closes").fill("12:00")
            page.locator(f"#h{n}_source").fill(ENTERED)
        page.get_by_label("Quelle", exact=True).fill(ENTERED)
        page.locator("#grund").fill("Eine zweite Stelle kommt dazu.")
        page.get_by_role("button", name="Stelle anlegen").click()
        self.hears("Gespeichert.")

    def enters_absence(self, first: date, last: date) -> None:
        """On the page of the desk that is open."""
        self.page.get_by_label("Erster Tag").fill(first.isoformat())
        self.page.get_by_label("Letzter Tag").fill(last.isoformat())
        self.page.get_by_role("button", name="Abwesenheit eintragen").click()
        self.hears("Die Abwesenheit ist eingetragen.")

    def begins_draft(self, county: str) -> None:
        self.opens("Regeln", county)
        self.page.get_by_role("button", name="Entwurf beginnen").click()
        self.hears("Der Entwurf ist angelegt.")

    def adds_rule(self, *, suggestion: str, target: str, because: str, place: int) -> None:
        """A rule that names no town; checked while it is typed, and saved all the same."""
        page = self.page
        page.get_by_role("link", name="Neue Regel").click()
        self.ticks("Vorschlag", suggestion)
        page.get_by_label("Wohin").select_option(label=target)
        page.get_by_label("Begründung").fill(because)
        page.get_by_label("Quelle", exact=True).fill(ENTERED)
        page.get_by_label("Platz in der Reihenfolge").fill(str(place))

    def ticks(self, condition: str, value: str) -> None:
        """One value of a list that is closed until somebody opens it."""
        pick = self.page.locator("details.pick").filter(has=self.page.locator(".pick-head", has_text=condition)).first
        if pick.get_attribute("open") is None:
            pick.locator("summary").click()
        pick.get_by_label(value, exact=True).check()

    @property
    def verdict(self) -> Locator:
        """What the check beside the form says while one types."""
        return self.page.locator("#pruefung")

    def saves_rule(self) -> None:
        self.page.get_by_role("button", name="Im Entwurf speichern").click()
        self.hears("Die Regel ist im Entwurf gespeichert.")

    def changes_rule(self, place: int) -> None:
        self.page.get_by_role("link", name=f"Regel {place} ändern", exact=True).click()

    def simulates(self) -> None:
        self.page.get_by_role("link", name="Simulieren").click()

    def publishes(self, reason: str) -> None:
        self.page.get_by_role("link", name="Weiter zum Veröffentlichen").click()
        self.page.locator("#grund").fill(reason)
        self.page.get_by_role("button", name="veröffentlichen").click()
        self.hears("Die neue Fassung gilt.")

    def rolls_back(self, to: int, reason: str) -> None:
        self.page.get_by_role("link", name="Verlauf").click()
        self.page.get_by_role("link", name=f"Zu Fassung {to} zurück").click()
        self.page.locator("#grund").fill(reason)
        self.page.get_by_role("button", name=f"Zu Fassung {to} zurück").click()
        self.hears("Die frühere Fassung gilt wieder")

    def hears(self, words: str) -> None:
        expect(self.page.get_by_role("status")).to_contain_text(words, timeout=PATIENCE)


def signs_in(browser: Browser, link: str) -> Coordinator:
    page = browser.new_context(locale="de-DE", viewport={"width": 1280, "height": 900}).new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(link)
    page.get_by_role("button", name="Jetzt anmelden").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Posteingang")
    return Coordinator(page)
