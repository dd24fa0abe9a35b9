"""Rules as a grid of words, the way a sheet has them: a row of heads, then one rule a row.

`write_grid(rules, terms)` gives heads and rows; `read_grid(grid, terms)` gives the same rules back, or every fault with
the address of its cell. Columns are found by their heads, in any order. A row without words is left out; a rule without
an id gets one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.routing.cells import read_cells, write_cells
from bot.routing.columns import HEADS
from bot.routing.edits import MOST_RULES, new_id
from bot.routing.faults import Fault, Faulty
from bot.routing.rules import Rule
from bot.routing.ruleset import RuleSet
from bot.routing.terms import Terms

#: Row by row; the first has the heads.
Grid = Sequence[Sequence[str]]
#: Stands for an id while a row is read that has none.
NO_ID = "ohne_kennung"


def write_grid(rules: RuleSet, terms: Terms) -> list[list[str]]:
    """The heads, then the cells of each rule in their order."""
    rows = (write_cells(rule, terms) for rule in rules)
    return [list(HEADS.values()), *([cells[key] for key in HEADS] for cells in rows)]


def read_grid(grid: Grid, terms: Terms) -> RuleSet | Faulty:
    """All rules of the grid, or all that is wrong with it: nothing is half read."""
    heads = [_one_line(word) for word in grid[0]] if grid else []
    if faults := tuple(_faults_of_heads(heads)):
        return Faulty(faults)
    rows = [(number, row) for number, row in enumerate(grid[1:], start=2) if any(map(str.strip, row))]
    if not 0 < len(rows) <= MOST_RULES:
        return Faulty((Fault(row="Tabelle", column="", allowed=f"erlaubt sind 1 bis {MOST_RULES} Regeln"),))
    read = [_row(number, dict(zip(heads, row, strict=False)), heads, terms) for number, row in rows]
    found = [fault for one in read if isinstance(one, Faulty) for fault in one.faults]
    found += _twice([(number, one) for (number, _), one in zip(rows, read, strict=True)], heads)
    if found:
        return Faulty(tuple(found))
    return _with_ids(RuleSet(terms.county, tuple(one for one in read if isinstance(one, Rule))))


def _faults_of_heads(heads: Sequence[str]) -> Iterator[Fault]:
    for head in HEADS.values():
        if heads.count(head) != 1:
            allowed = f"in der ersten Zeile muss genau einmal „{head}“ stehen"
            yield Fault(row="Zeile 1", column=head, allowed=allowed, cell="A1")
    for place, head in enumerate(heads):
        if head and head not in HEADS.values():
            allowed = "erlaubt ist eine Spalte aus: " + "; ".join(HEADS.values())
            yield Fault(row="Zeile 1", column=head, allowed=allowed, cell=address(1, place))


def _row(number: int, words: dict[str, str], heads: Sequence[str], terms: Terms) -> Rule | Faulty:
    cells = {key: words.get(head, "") for key, head in HEADS.items()}
    cells["id"] = cells["id"].strip() or NO_ID
    found = read_cells(cells, terms, f"Zeile {number}")
    if isinstance(found, Faulty):
        return Faulty(tuple(replace(fault, cell=address(number, heads.index(fault.column))) for fault in found.faults))
    return found


def _twice(rows: Sequence[tuple[int, Rule | Faulty]], heads: Sequence[str]) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for number, rule in rows:
        if isinstance(rule, Faulty) or rule.id == NO_ID:
            continue
        if rule.id in seen:
            allowed = f"erlaubt ist eine neue Kennung; {rule.id} steht schon in Zeile {seen[rule.id]}"
            cell = address(number, heads.index(HEADS["id"]))
            yield Fault(row=f"Zeile {number}", column=HEADS["id"], allowed=allowed, key="id", cell=cell)
        seen.setdefault(rule.id, number)


def _with_ids(rules: RuleSet) -> RuleSet:
    """Every rule has an id of its own."""
    for place, rule in enumerate(rules.rules):
        if rule.id == NO_ID:
            named = replace(rule, id=new_id(rules))
            rules = RuleSet(rules.county, (*rules.rules[:place], named, *rules.rules[place + 1 :]))
    return rules


def address(row: int, column: int) -> str:
    """The address of a cell; columns count from 0.

    >>> address(8, 0), address(2, 27)
    ('A8', 'AB2')
    """
    letters, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row}"


def _one_line(word: str) -> str:
    return " ".join(word.split())
