"""A desk's row in German words: for its page, its history, and what is different between two versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from bot.vocabulary.german import LANGUAGES, TRUTH

Document = Mapping[str, Any]
#: In this order a form asks for them.
HEADS: Final = {
    "id": "Kennung",
    "name": "Name",
    "municipalities": "Zuständig für",
    "region": "Region des Kreises (Zuteilung durch die Koordination)",
    "employer": "Träger",
    "place": "Ort",
    "address": "Anschrift",
    "posts": "Personalstellen",
    "vzae": "Vollzeitäquivalente (VZÄ)",
    "languages": "Sprachen",
    "focus": "Schwerpunkte",
    "access": "Zugang",
    "clearing": "Clearing",
    "interpreters": "Dolmetschen",
    "hours": "Zeiten",
    "calendar": "E-Mail-Adresse des Kalenders",
    "open": "Was noch fehlt",
    "source": "Quelle",
    "closed": "Nimmt niemanden neu auf",
}
WEEKDAYS: Final = {
    "mon": "Montag",
    "tue": "Dienstag",
    "wed": "Mittwoch",
    "thu": "Donnerstag",
    "fri": "Freitag",
    "sat": "Samstag",
    "sun": "Sonntag",
}
HOURS_KINDS: Final = {
    "appointment": "Termine",
    "open": "offene Sprechstunde",
    "outreach": "aufsuchende Sprechstunde",
    "home_office": "Homeoffice, nicht vor Ort",
}
EMPTY: Final = "leer"


def words_of(document: Document, places: Mapping[str, str]) -> dict[str, str]:
    """Every field of the row in words; an empty one is empty."""
    return {key: _words(key, document.get(key), places) for key in HEADS}


def difference(before: Document, after: Document, places: Mapping[str, str]) -> tuple[str, ...]:
    """What changed, field by field, in whole sentences."""
    was, is_now = words_of(before, places), words_of(after, places)
    return tuple(
        f"{head}: jetzt {_quoted(is_now[key])}, vorher {_quoted(was[key])}."
        for key, head in HEADS.items()
        if was[key] != is_now[key]
    )


def hours_words(row: Document) -> str:
    """One row of hours: „Dienstag 09:00–12:00, Termine, Rathaus“."""
    day = row.get("date") or WEEKDAYS.get(str(row.get("weekday")), "")
    clock = f"{row['opens']}–{row['closes']}" if "opens" in row else "ganztags"
    parts = [f"{day} {clock}", HOURS_KINDS.get(str(row.get("kind")), ""), str(row.get("place", "")), *_series(row)]
    return ", ".join(part for part in parts if part) + (" (Beispiel)" if row.get("sample") else "")


def number_words(value: float) -> str:
    """A number as Germans write it: 0,77."""
    return f"{value:g}".replace(".", ",")


def _series(row: Document) -> Iterator[str]:
    if row.get("every_weeks", 1) != 1:
        yield f"alle {row['every_weeks']} Wochen"
    if week := row.get("week_of_month"):
        yield "letzte Woche im Monat" if str(week) == "last" else f"{week}. Woche im Monat"
    if begins := row.get("valid_from"):
        yield f"ab {begins}"
    if ends := row.get("valid_until"):
        yield f"bis {ends}"


def _words(key: str, value: Any, places: Mapping[str, str]) -> str:
    match key, value:
        case (_, None):
            return ""
        case "municipalities", _:
            return ", ".join(places.get(one, one) for one in value)
        case "languages", _:
            return ", ".join(LANGUAGES.get(one, one) for one in value)
        case "hours", _:
            return "; ".join(hours_words(row) for row in value)
        case _, bool():
            return TRUTH[value] if value else ""
        case _, int() | float():
            return number_words(value)
        case _, list() | tuple():
            return "; ".join(str(one) for one in value)
        case _:
            return str(value)


def _quoted(words: str) -> str:
    return f"„{words}“" if words else EMPTY
