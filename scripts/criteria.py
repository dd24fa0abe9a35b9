"""docs/criteria.md from the code and the tables: `python -m scripts.criteria write | check`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from bot.app.tables import PACKAGE, read_table
from bot.triage.criteria import CRITERIA
from bot.triage.orientation import POINTS
from bot.triage.rules import Rules, read_rules
from bot.vocabulary.topics import Handling, read_topics

PAGE = Path(__file__).parent.parent / "docs" / "criteria.md"


def main() -> int:
    """Writes the page, or says that it is stale (exit 1)."""
    page = "\n".join(_page()) + "\n"
    if sys.argv[1:] == ["write"]:
        PAGE.write_text(page, encoding="utf-8")
        return 0
    if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page:
        print("docs/criteria.md is stale: run `python -m scripts.criteria write`", file=sys.stderr)
        return 1
    return 0


def _page() -> Iterator[str]:
    rules = _rules()
    yield "# The criteria of triage"
    yield ""
    yield "Written from `bot/triage/criteria/` and `bot/triage/tables/criteria.toml`; change those, not this page."
    yield ""
    yield f"At least {rules.criteria_needed} of the five suggest case management. A person decides, in the first"
    yield "consultation. An unknown fact never counts as true and never as false."
    yield ""
    yield "| criterion | in German | the rule | where it comes from | inferred |"
    yield "|---|---|---|---|---|"
    for criterion in CRITERIA:
        origin = rules.origins[criterion.id]
        rule = (criterion.judge.__doc__ or "").splitlines()[0]
        inferred = "yes" if origin.inferred else "no"
        yield f"| `{criterion.id}` | {criterion.german} | {rule} | {origin.source} | {inferred} |"
    yield from _numbers(rules)
    yield from _counting(rules)
    yield from _orientation()
    yield from _handling(rules)


def _numbers(rules: Rules) -> Iterator[str]:
    yield ""
    yield "## Numbers"
    yield ""
    yield "| number | value |"
    yield "|---|---|"
    for name in ("least_needs", "least_clusters", "least_offices", "least_areas", "least_waiting_months"):
        yield f"| {name} | {getattr(rules, name)} |"


def _counting(rules: Rules) -> Iterator[str]:
    yield ""
    yield "## Needs that are part of another need"
    yield ""
    for rule in rules.absorptions:
        taker = "any other need" if rule.need == "*" else f"`{rule.need}`"
        when = f" when `status_change` is `{rule.when_status_change}`" if rule.when_status_change else ""
        unless = f", unless `{rule.unless_office}` must still act" if rule.unless_office else ""
        yield f"* {taker} takes in `{rule.takes}`{when}{unless}"


def _orientation() -> Iterator[str]:
    yield ""
    yield "## Orientation points"
    yield ""
    yield "They support the decision of the case manager, stand on the card and do not count."
    yield ""
    for point in POINTS:
        yield f"* `{point.id}`: {point.german}"


def _handling(rules: Rules) -> Iterator[str]:
    yield ""
    yield "## Topics and who works on them first"
    yield ""
    titles = {
        Handling.OPEN: "A case manager may work on it",
        Handling.REGULAR_FIRST: "The regular service first",
        Handling.OWN_CASEWORK: "A body with case work of its own",
    }
    for handling, title in titles.items():
        topics = ", ".join(f"`{topic.id}`" for topic in rules.topics.values() if topic.handling is handling)
        yield f"* {title}: {topics}"


def _rules() -> Rules:
    topics = read_topics(read_table(PACKAGE / "vocabulary" / "tables" / "topics.toml"))
    return read_rules(read_table(PACKAGE / "triage" / "tables" / "criteria.toml"), topics)


if __name__ == "__main__":
    sys.exit(main())
