"""What is wrong with a rule, said in German: which row, which column, and what is allowed there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One cell that cannot stay as it is. `key` names the column for a program, `cell` is its address in a sheet."""

    row: str
    column: str
    allowed: str
    key: str = ""
    cell: str = ""

    @property
    def german(self) -> str:
        place = f"{self.row}, Spalte „{self.column}“" if self.column else self.row
        return f"{f'{self.cell}: ' if self.cell else ''}{place}: {self.allowed}"


@dataclass(frozen=True, slots=True)
class Faulty:
    """Nothing was changed, and this is why; never empty."""

    faults: tuple[Fault, ...]

    @property
    def german(self) -> tuple[str, ...]:
        return tuple(fault.german for fault in self.faults)
