"""A rule as a form: what can be chosen, what was chosen, and what the check says of it before it is saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.console.ruling import State
from bot.console.visit import Visit
from bot.routing import edits
from bot.routing.cells import read_cells
from bot.routing.columns import HEADS, PLACE, SEPARATOR
from bot.routing.conditions import AT_LEAST, CHOICES, CONDITIONS, COUNTS, NEEDS, TRUTHS, in_order
from bot.routing.edits import Edited
from bot.routing.faults import Fault, Faulty
from bot.routing.findings import Finding, Proof
from bot.routing.rules import STANDS_FOR, Rule, named
from bot.routing.ruleset import RuleSet
from bot.routing.spoken import heading, numbered, sentence
from bot.routing.target import Target
from bot.routing.terms import Terms
from bot.rulework.work import RuleWork
from bot.vocabulary.german import BOOKINGS, TRUTH
from bot.vocabulary.ways import TargetKind

Cells = Mapping[str, str]
#: Conditions of which several values may be ticked, in the groups of the form.
LISTS: Final = ("suggestion", "municipality", *NEEDS, "offices", *CHOICES)
GROUPS: Final = (
    ("Wer", ("suggestion", "municipality")),
    ("Anliegen", NEEDS),
    ("Lage der Person", ("offices", *CHOICES, *TRUTHS, *(name + AT_LEAST for name in COUNTS))),
)
HINTS: Final = {
    "needs_any": "Die Person hat mindestens eines davon.",
    "needs_all": "Die Person hat alle davon, vielleicht noch weitere.",
    "needs_only": "Die Person hat nichts, was hier nicht angekreuzt ist.",
    "offices": "Mindestens eine davon muss noch handeln.",
}
#: What is said of an empty field that must be filled in.
EMPTY: Final = {
    "target": "Bitte wählen Sie, wohin die Regel führt.",
    "because": "Bitte begründen Sie die Regel in einem Satz.",
    "source": "Bitte nennen Sie die Quelle, zum Beispiel „Beschluss der Steuerungsgruppe vom 3. Juni“.",
}
KINDS: Final = {
    TargetKind.DESK: "Stellen",
    TargetKind.COORDINATION: "Koordination",
    TargetKind.SERVICE: "Regeldienste",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A condition on the form. `options` are empty where a number is asked for."""

    key: str
    head: str
    hint: str
    options: Sequence[tuple[str, str]]
    chosen: Sequence[str]

    @property
    def said(self) -> str:
        """What is chosen now, for the line above the closed list."""
        names = dict(self.options)
        return ", ".join(names.get(one, one) for one in self.chosen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """The rule in words and what it would do to the draft; `faults` by field where it cannot be read yet."""

    german: str
    fresh: tuple[Finding, ...] = ()
    left: int = 0
    solved: int = 0


def cells_of(rule: Rule, place: int) -> dict[str, str]:
    """The form's fields for a rule, with ids where a list or a menu holds them."""
    cells = dict.fromkeys(HEADS, "")
    for name, wanted in rule.when:
        match wanted:
            case bool():
                cells[name] = TRUTH[wanted]
            case int():
                cells[name] = str(wanted)
            case _:
                cells[name] = SEPARATOR.join(in_order(name, wanted))
    return cells | {
        "id": rule.id,
        "active": TRUTH[rule.active],
        "target": named(rule.target),
        "booking": str(rule.booking),
        "also": SEPARATOR.join(named(one) for one in rule.also),
        "because": rule.because,
        "source": rule.source,
        "inferred": TRUTH[rule.inferred],
        "comment": rule.comment,
        PLACE: str(place),
    }


def sent_cells(visit: Visit) -> dict[str, str]:
    """What was typed and ticked."""
    cells = {key: visit.field(key) for key in (*HEADS, PLACE)}
    cells |= {key: SEPARATOR.join(visit.ticked(key)) for key in (*LISTS, "also")}
    return cells | {key: TRUTH[visit.field(key) == "ja"] for key in ("active", "inferred")}


def groups_of(cells: Cells, terms: Terms) -> list[tuple[str, list[Asked]]]:
    """Every condition, group by group."""
    return [(name, [_asked(key, cells, terms) for key in keys]) for name, keys in GROUPS]


def targets_of(terms: Terms) -> list[tuple[str, list[tuple[str, str]]]]:
    """Where a rule can lead: first what depends on the person, then by kind."""
    stand_ins = [(named(one), name) for one, name in terms.targets.items() if one in STANDS_FOR]
    return [("Je nach Person", stand_ins), *((name, _of_kind(kind, terms)) for kind, name in KINDS.items())]


def also_of(cells: Cells, terms: Terms) -> list[tuple[str, list[tuple[str, str]]]]:
    """What a rule can name beside its target; what it names now comes first, in its order, and so it is sent again."""
    every = dict(one for _, options in targets_of(terms) for one in options)
    chosen = [one for one in cells["also"].split(SEPARATOR) if one]
    now = [(one, every.get(one, one)) for one in chosen]
    others = [(name, [one for one in options if one[0] not in chosen]) for name, options in targets_of(terms)]
    return [("Jetzt genannt, in dieser Reihenfolge", now), *others] if now else others


def bookings() -> Sequence[tuple[str, str]]:
    return tuple(BOOKINGS.items())


def edited(rules: RuleSet, rule_id: str | None, cells: Cells, terms: Terms) -> Edited:
    """The draft with this rule: added where `rule_id` is none, else changed and put in its place."""
    name = f"Regel {rules.place(rule_id)}" if rule_id else "Neue Regel"
    rule = read_cells(cells, terms, name)
    if isinstance(rule, Faulty):
        return rule
    place = int(cells[PLACE]) if cells[PLACE].isdecimal() and len(cells[PLACE]) < 6 else 0
    if rule_id is None:
        return edits.add(rules, rule, place)
    changed = edits.change(rules, rule_id, rule)
    if isinstance(changed, Faulty) or rules.place(rule_id) == place:
        return changed
    return edits.move(changed, rule.id, place)


def checked(work: RuleWork, now: State, edit: Edited, rule_id: str) -> Checked | None:
    """What saving would do; none where the rule cannot be read yet."""
    if isinstance(edit, Faulty):
        return None
    rule = edit.find(rule_id)
    before, after = _said(now.proof), work.prove(edit).findings
    return Checked(
        german=sentence(rule, now.terms) if rule else "",
        fresh=tuple(replace(one, german=numbered(one.german, edit)) for one in after if one.german not in before),
        left=sum(one.german in before for one in after),
        solved=len(before - {one.german for one in after}),
    )


def faults_of(faulty: Faulty, cells: Cells) -> dict[str, str]:
    """What is wrong, by field; the first fault of a field counts."""
    found: dict[str, str] = {}
    for fault in faulty.faults:
        found.setdefault(fault.key, _words(fault, cells))
    return found


def _words(fault: Fault, cells: Cells) -> str:
    if fault.key in EMPTY and not cells.get(fault.key, "").strip():
        return EMPTY[fault.key]
    head = f"{fault.column}: " if fault.column else ""
    return f"{head}{fault.allowed}"


def _said(proof: Proof) -> set[str]:
    return {one.german for one in proof.findings}


def _asked(key: str, cells: Cells, terms: Terms) -> Asked:
    options: Sequence[tuple[str, str]] = ()
    if key in TRUTHS:
        options = tuple((word, word) for word in TRUTH.values())
    elif not key.endswith(AT_LEAST):
        options = tuple(terms.values(key).items())
    chosen = tuple(one.strip() for one in cells.get(key, "").split(SEPARATOR) if one.strip())
    return Asked(key=key, head=heading(key), hint=HINTS.get(key, ""), options=options, chosen=chosen)


def _of_kind(kind: TargetKind, terms: Terms) -> list[tuple[str, str]]:
    own: list[Target] = [one for one in terms.targets if one.kind is kind and one not in STANDS_FOR]
    return [(named(one), terms.targets[one]) for one in own]


assert set(CONDITIONS) == {key for _, keys in GROUPS for key in keys}
