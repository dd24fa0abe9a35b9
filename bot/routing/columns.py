"""The columns of the table of rules, in forms and sheets: their keys, their German heads, what they hold."""

from __future__ import annotations

from typing import Final

from bot.routing.conditions import CONDITIONS
from bot.routing.spoken import heading

LONGEST_TEXT: Final = 500
LONGEST_ID: Final = 60
#: In this order they stand in a sheet. The conditions have the names of `bot.routing.conditions`.
HEADS: Final = {
    "id": "Regel",
    "active": "Aktiv",
    **{name: heading(name) for name in CONDITIONS},
    "target": "Wohin",
    "booking": "Wie",
    "also": "Außerdem",
    "because": "Begründung",
    "source": "Quelle",
    "inferred": "Erschlossen",
    "comment": "Kommentar",
}
PLACE: Final = "place"
#: Between two entries of one cell.
SEPARATOR: Final = ";"
