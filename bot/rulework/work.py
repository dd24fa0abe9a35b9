"""The steps of a coordinator's work with rules: load, decide, save. How to use it: `bot/rulework/__init__.py`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Final

from bot.handoff.acts import fault_of_reason
from bot.handoff.ports import Directory as Desks
from bot.handoff.reach import counties_of
from bot.handoff.roster import Roster
from bot.handoff.staff import Role, Staff
from bot.routing.desks import Directory
from bot.routing.difference import Change, difference
from bot.routing.edits import Edited
from bot.routing.faults import Faulty
from bot.routing.findings import Bookable, Proof
from bot.routing.intakes import Intake
from bot.routing.proof import prove
from bot.routing.ruleset import RuleSet
from bot.routing.simulate import Simulated, simulate
from bot.routing.terms import Terms, terms_of
from bot.routing.versions import EMBEDDED, Draft, Step, Version, first_draft
from bot.routing.versions import Overtaken as Lost
from bot.rulework.answers import (
    CHANGED,
    FOUR_EYES,
    NO_CHANGE,
    NO_DRAFT,
    NOT_YOURS,
    NOTHING_BACK,
    OTHER_VERSION,
    UNPROVEN,
    Asked,
    Entry,
    Overtaken,
    Refused,
    RuleTransaction,
)  # fmt: skip
from bot.rulework.today import present, stands_today
from bot.vocabulary.facts import County

#: A simulation looks at so many people of the last weeks.
MOST_PEOPLE: Final = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleWork:
    """What coordinators can do with the rules of their county. `directory` has the rules of the tables, version 0.

    `sample` makes the intakes of nobody, of both counties.
    """

    directory: Directory
    desks: Desks
    terms: Mapping[County, Terms]
    bookable: Bookable
    sample: Callable[[], tuple[Intake, ...]]

    def at(self, roster: Roster) -> RuleWork:
        """The same work over the desks of another moment."""
        terms = {
            county: terms_of(county, roster.directory, known.topics, known.municipalities)
            for county, known in self.terms.items()
        }
        return replace(self, directory=roster.directory, desks=roster.directory, terms=terms, bookable=roster.bookable)

    def may(self, staff: Staff, county: County) -> bool:
        """Coordinators change the rules of their own counties."""
        return staff.role is Role.COORDINATOR and county in counties_of(staff, self.desks)

    def published(self, tx: RuleTransaction, county: County) -> Version:
        """The version by which the next resident is routed."""
        return self._version(tx, county, tx.rules.current().get(county, EMBEDDED)) or self._embedded(county)

    def draft(self, tx: RuleTransaction, county: County) -> Draft | None:
        return tx.rules.draft(county)

    def history(self, tx: RuleTransaction, county: County) -> tuple[Entry, ...]:
        """Every version, newest first, with what it made different from the one before."""
        stored = list(tx.rules.versions(county))
        if not stored or stored[-1].number != EMBEDDED:
            stored.append(self._embedded(county))
        before = [version.rules for version in stored[1:]]
        changes = [difference(old, one.rules, self.terms[county]) for old, one in zip(before, stored, strict=False)]
        return tuple(Entry(version=one, changes=made) for one, made in zip(stored, (*changes, ()), strict=True))

    def changes(self, tx: RuleTransaction, draft: Draft) -> tuple[Change, ...]:
        """What would be different if the draft were published now."""
        county = draft.county
        return difference(self.published(tx, county).rules, draft.rules, self.terms[county])

    def prove(self, rules: RuleSet) -> Proof:
        """Fast enough to be asked at every keystroke. Who is away for some days hinders nobody from publishing."""
        return self._prove(rules, present(self.directory))

    def stands(self, rules: RuleSet) -> Proof:
        """The proof over this very day, for rules that count already: also where nobody is, and nobody stands in."""
        return stands_today(partial(self._prove, rules), self.directory)

    def _prove(self, rules: RuleSet, directory: Directory) -> Proof:
        return prove(rules, directory, self.terms[rules.county], self.bookable)

    def simulate_last(self, tx: RuleTransaction, rules: RuleSet) -> Simulated:
        """These rules against the published ones, on the last intakes: without persons, 26 weeks at most."""
        return self._simulate(tx, rules, tx.intakes.last(rules.county, MOST_PEOPLE))

    def simulate_sample(self, tx: RuleTransaction, rules: RuleSet) -> Simulated:
        """These rules against the published ones, on intakes of nobody: every topic in every municipality."""
        return self._simulate(tx, rules, [one for one in self.sample() if one.facts.county == rules.county])

    def _simulate(self, tx: RuleTransaction, rules: RuleSet, intakes: Sequence[Intake]) -> Simulated:
        before = self.directory.ruled_by(rules.county, self.published(tx, rules.county).rules.rules, EMBEDDED)
        return simulate(intakes, before, self.directory.ruled_by(rules.county, rules.rules, EMBEDDED))

    def begin(self, tx: RuleTransaction, county: County, by: Staff, now: datetime) -> Draft | Overtaken | Refused:
        """A draft of what is published; the one that is there already is never overwritten."""
        if not self.may(by, county):
            return NOT_YOURS
        draft = first_draft(self.published(tx, county), by.id, now, tx.rules.next_revision(county))
        try:
            tx.rules.begin(draft)
        except Lost:
            return Overtaken(german="Es gibt schon einen Entwurf.", draft=tx.rules.draft(county))
        return draft

    def edit(
        self, tx: RuleTransaction, asked: Asked, edit: Callable[[RuleSet], Edited]
    ) -> Draft | Faulty | Overtaken | Refused:
        """One edit of `bot.routing.edits`, or any other way from rules to rules, such as an import."""
        seen = self._as_seen(tx, asked)
        if not isinstance(seen, Draft):
            return seen
        edited = edit(seen.rules)
        if isinstance(edited, Faulty):
            return edited
        draft = seen.edited(edited, asked.by.id, asked.now)
        tx.rules.save(draft, seen.revision, back=seen.revision)
        return draft

    def last_change(self, tx: RuleTransaction, draft: Draft) -> tuple[Change, ...]:
        """What `undo` would take back; nothing at the beginning of a draft."""
        before = self._before(tx, draft)
        return difference(before.rules, draft.rules, self.terms[draft.county]) if before else ()

    def undo(self, tx: RuleTransaction, asked: Asked) -> Draft | Overtaken | Refused:
        """The last change of the draft is taken back, whoever made it; asked again, the one before."""
        seen = self._as_seen(tx, asked)
        if not isinstance(seen, Draft):
            return seen
        before = self._before(tx, seen)
        if before is None:
            return NOTHING_BACK
        draft = seen.edited(before.rules, asked.by.id, asked.now)
        tx.rules.save(draft, seen.revision, back=before.back)
        return draft

    def _before(self, tx: RuleTransaction, draft: Draft) -> Step | None:
        now = tx.rules.step(draft.county, draft.revision)
        return tx.rules.step(draft.county, now.back) if now and now.back is not None else None

    def release(self, tx: RuleTransaction, asked: Asked) -> Draft | Overtaken | Refused:
        """The colleague has looked at the draft as it is and agrees with it: the second pair of eyes."""
        seen = self._as_seen(tx, asked)
        if not isinstance(seen, Draft):
            return seen
        draft = seen.released(asked.by.id)
        tx.rules.save(draft, seen.revision)
        return draft

    def discard(self, tx: RuleTransaction, asked: Asked) -> Overtaken | Refused | None:
        """The draft is gone; what is published stays."""
        seen = self._as_seen(tx, asked)
        if not isinstance(seen, Draft):
            return seen
        tx.rules.discard(asked.county, seen.revision)
        return None

    def publish(self, tx: RuleTransaction, asked: Asked, published: int, reason: str) -> Version | Overtaken | Refused:
        """The draft counts from now on, for whoever begins a conversation."""
        seen = self._as_seen(tx, asked)
        if not isinstance(seen, Draft):
            return seen
        if self.published(tx, asked.county).rules == seen.rules:
            return NO_CHANGE
        if self.directory.counties[asked.county].four_eyes and not seen.seen_by_others(asked.by.id):
            return FOUR_EYES
        done = self._publish(tx, seen.rules, asked.by, asked.now, published, reason)
        if isinstance(done, Version):
            tx.rules.discard(asked.county, seen.revision)
        return done

    def roll_back(
        self, tx: RuleTransaction, asked: Asked, to: int, published: int, reason: str
    ) -> Version | Overtaken | Refused:
        """An older version counts again, under a new number. The draft stays; its `revision` is not looked at."""
        if not self.may(asked.by, asked.county):
            return NOT_YOURS
        old = self._version(tx, asked.county, to)
        if old is None:
            return Refused(f"Eine Fassung {to} gibt es nicht.")
        if self.published(tx, asked.county).rules == old.rules:
            return Refused(f"Fassung {to} sagt dasselbe wie die geltende Fassung.")
        return self._publish(tx, old.rules, asked.by, asked.now, published, reason, restores=to)

    def _as_seen(self, tx: RuleTransaction, asked: Asked) -> Draft | Overtaken | Refused:
        """The draft, kept for this transaction alone, if it is still the one that the colleague saw."""
        if not self.may(asked.by, asked.county):
            return NOT_YOURS
        draft = tx.rules.draft(asked.county)
        if draft is None:
            return NO_DRAFT
        if draft.revision != asked.revision:
            before = tx.rules.step(asked.county, asked.revision)
            changes = difference(before.rules, draft.rules, self.terms[asked.county]) if before else ()
            return Overtaken(german=CHANGED, draft=draft, changes=changes)
        return draft

    def _publish(
        self,
        tx: RuleTransaction,
        rules: RuleSet,
        by: Staff,
        now: datetime,
        published: int,
        reason: str,
        restores: int | None = None,
    ) -> Version | Overtaken | Refused:
        if fault := fault_of_reason(reason):
            return Refused(fault)
        current = self.published(tx, rules.county)
        if current.number != published:
            return Overtaken(german=OTHER_VERSION.format(number=current.number))
        proof = self.prove(rules)
        if not proof.passed:
            return Refused(UNPROVEN, proof)
        version = Version(
            number=published + 1, rules=rules, author=by.id, at=now, reason=reason.strip(), restores=restores
        )
        try:
            if (
                current.number == EMBEDDED
            ):  # the tables may change with the program; the history keeps them as they were
                tx.rules.publish(current)
            tx.rules.publish(version)
        except Lost:
            number = self.published(tx, rules.county).number
            return Overtaken(german=OTHER_VERSION.format(number=number))
        return version

    def _version(self, tx: RuleTransaction, county: County, number: int) -> Version | None:
        stored = tx.rules.version(county, number)
        return self._embedded(county) if stored is None and number == EMBEDDED else stored

    def _embedded(self, county: County) -> Version:
        rules = RuleSet(county, self.directory.rules[county])
        return Version(number=EMBEDDED, rules=rules, author="", at=None, reason="Mit dem Programm geliefert.")
