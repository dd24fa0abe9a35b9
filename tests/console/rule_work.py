"""Coordinators at the rules of one county: what they press, fill in and read."""

from __future__ import annotations

from dataclasses import replace

from bot.handoff.staff import Role, Staff
from bot.routing.versions import Draft, Version
from bot.vocabulary.facts import County
from tests.console.desk_work import DeskWork
from tests.pages import Page, Visitor

RULES = "/regeln/rbk"
LEGAL, DEBT, ODENTHAL = "rbk_legal", "rbk_debt", "rbk_accommodation_odenthal"
MIA = Staff(id="mia", name="Mia Beispiel", role=Role.COORDINATOR, desks=frozenset({"rbk"}), sample=True)


class RuleDesk:
    """A console with two coordinators of the same county, Kim and Mia."""

    def __init__(self, *, four_eyes: bool = False) -> None:
        self.work = DeskWork()
        self.work.store.rows.staff[MIA.id] = MIA
        if four_eyes:
            rules = self.work.console.rules
            county = replace(rules.directory.counties[County.RBK], four_eyes=True)
            counties = {**rules.directory.counties, County.RBK: county}
            self.work.use_rules(replace(rules, directory=replace(rules.directory, counties=counties)))
        self.kim, self.mia = (self.work.signed_in(name) for name in ("kim", "mia"))

    @property
    def draft(self) -> Draft:
        return self.work.store.rows.rules.drafts[County.RBK]

    @property
    def has_draft(self) -> bool:
        return County.RBK in self.work.store.rows.rules.drafts

    @property
    def published(self) -> Version | None:
        """The newest version; none while those of the program count."""
        versions = self.work.store.rows.rules.versions
        return versions[max(versions)] if versions else None

    def begins(self) -> Page:
        return self.presses(self.kim, "beginnen")

    def presses(self, who: Visitor, button: str, page: Page | None = None) -> Page:
        """One button of the table; `page` is the one it was seen on, where that is not the newest."""
        return who.send(page or who.get(RULES), tun=button)

    def publishes(self, who: Visitor | None = None, reason: str = "Neu geordnet.") -> Page:
        by = who or self.kim
        return by.send(by.get(f"{RULES}/veroeffentlichen"), tun="veroeffentlichen", grund=reason)
