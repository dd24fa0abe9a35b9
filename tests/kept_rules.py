"""Rules in memory: published versions, one draft a county, and its steps."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field

from bot.routing.intakes import Intake
from bot.routing.versions import Draft, Overtaken, Step, Version
from bot.vocabulary.facts import County


@dataclass
class RuleRows:
    versions: dict[tuple[County, int], Version] = field(default_factory=dict)
    drafts: dict[County, Draft] = field(default_factory=dict)
    steps: dict[tuple[County, int], Step] = field(default_factory=dict)
    intakes: list[Intake] = field(default_factory=list)


class MemoryIntakes:
    def __init__(self, rows: RuleRows) -> None:
        self._rows = rows

    def last(self, county: County, most: int, /) -> list[Intake]:
        return [one for one in self._rows.intakes if one.facts.county == county][:most]


class MemoryRules:
    def __init__(self, rows: RuleRows) -> None:
        self._rows = rows

    @property
    def origin(self) -> Hashable:
        return id(self._rows)

    def current(self) -> dict[County, int]:
        return dict(sorted(self._rows.versions))

    def version(self, county: County, number: int, /) -> Version | None:
        return self._rows.versions.get((county, number))

    def versions(self, county: County, /) -> list[Version]:
        found = [one for (of, _), one in self._rows.versions.items() if of == county]
        return sorted(found, key=lambda one: -one.number)

    def publish(self, version: Version, /) -> None:
        if (version.county, version.number) in self._rows.versions:
            raise Overtaken
        self._rows.versions[version.county, version.number] = version

    def draft(self, county: County, /) -> Draft | None:
        return self._rows.drafts.get(county)

    def begin(self, draft: Draft, /) -> None:
        if draft.county in self._rows.drafts:
            raise Overtaken
        self._keep(draft, None)

    def save(self, draft: Draft, expected: int, /, back: int | None = None) -> None:
        self._expect(draft.county, expected)
        self._keep(draft, back)

    def discard(self, county: County, expected: int, /) -> None:
        self._expect(county, expected)
        del self._rows.drafts[county]

    def step(self, county: County, revision: int, /) -> Step | None:
        return self._rows.steps.get((county, revision))

    def next_revision(self, county: County, /) -> int:
        return max((revision for of, revision in self._rows.steps if of == county), default=0) + 1

    def _expect(self, county: County, revision: int) -> None:
        draft = self._rows.drafts.get(county)
        if draft is None or draft.revision != revision:
            raise Overtaken

    def _keep(self, draft: Draft, back: int | None) -> None:
        self._rows.drafts[draft.county] = draft
        self._rows.steps.setdefault((draft.county, draft.revision), Step(rules=draft.rules, back=back))
