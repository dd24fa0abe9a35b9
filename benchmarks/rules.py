"""How long it takes to prove the rules of each county, and to try a draft on 10,000 intakes. Run:

python -m benchmarks.rules [--intakes 10000]

Both are meant to be done while a coordinator types: a proof in less than two seconds, 10,000 intakes in less than five,
of one core (what others do on the machine meanwhile is not counted).
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from typing import Any, Final

from bot.app.house import Premises, furnish
from bot.routing import edits
from bot.routing.ruleset import RuleSet
from bot.routing.simulate import simulate
from bot.vocabulary.facts import County

ROOT: Final = Path(__file__).resolve().parent.parent


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    asked.add_argument("--intakes", type=int, default=10_000)
    wanted = asked.parse_args().intakes
    premises = furnish(ROOT, date(2026, 11, 20))
    for county in County:
        rules = RuleSet(county, premises.house.know.directory.rules[county])
        tell("proof", county, partial(found, premises, rules))
    tell("sample", "both", lambda: len(premises.rulework.sample()))
    for county in County:
        tell(f"{wanted} intakes", county, partial(simulated, premises, county, wanted))


def found(premises: Premises, rules: RuleSet) -> int:
    return len(premises.rulework.prove(rules).findings)


def simulated(premises: Premises, county: County, wanted: int) -> int:
    """Every other rule is switched off: much goes elsewhere."""
    directory = premises.house.know.directory
    draft = RuleSet(county, directory.rules[county])
    for rule in draft.rules[:-1:2]:
        edited = edits.switch(draft, rule.id, active=False)
        draft = edited if isinstance(edited, RuleSet) else draft
    intakes = islice(cycle([one for one in premises.rulework.sample() if one.facts.county == county]), wanted)
    return simulate(intakes, directory, directory.ruled_by(county, draft.rules, 1)).moved


def tell(what: str, county: str, work: Callable[[], Any]) -> None:
    begun = time.process_time()
    result = work()
    print(
        json.dumps({"what": what, "county": county, "seconds": round(time.process_time() - begun, 3), "result": result})
    )


if __name__ == "__main__":
    main()
