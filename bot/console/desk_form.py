"""A desk as a form: its fields in words, and what was typed as a row of `desks.toml`, or faults beside the fields."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.console.hour_form import HourCells, cells_of_hours, read_hours, sent_hours
from bot.console.visit import Visit
from bot.routing.directory import LARGEST_VZAE
from bot.rulework.desk_words import HEADS, Document, number_words
from bot.vocabulary.german import LANGUAGES
from bot.vocabulary.mail import is_mail_address

LONGEST: Final = 300
MOST_LINES: Final = 20
MOST_POSTS: Final = 50
TEXTS: Final = ("name", "employer", "place", "address", "clearing", "interpreters", "calendar", "source")
LINES: Final = ("focus", "access", "open")
NEEDED: Final = {
    "name": "Bitte geben Sie der Stelle einen Namen.",
    "employer": "Bitte nennen Sie den Träger.",
    "source": "Bitte nennen Sie die Quelle, zum Beispiel „Mitteilung der Stadt vom 3. Juni“.",
}
HINTS: Final = {
    "id": "Kleine Buchstaben, Ziffern und _. Sie steht in Regeln und auf Karten und ändert sich nie mehr.",
    "posts": "Leer, wenn nicht bekannt.",
    "vzae": "Zum Beispiel 0,5. Danach richten sich die Fallzahlen.",
    "focus": "Eine Zeile je Schwerpunkt.",
    "access": "Wie man die Stelle erreicht, eine Zeile je Weg. Bitte keine Namen und keine persönlichen Nummern.",
    "open": "Was der Kreis noch liefern muss, eine Zeile je Punkt.",
    "clearing": "Wer klärt, ob die Stelle zuständig ist.",
    "calendar": "An diese Adresse gehen Termine als Einladung, mit dem Fall-Code als Titel. "
    "Bitte ein gemeinsames Postfach der Stelle, keine persönliche Adresse. Leer: keine Einladungen.",
}
_ID: Final = re.compile(r"[a-z][a-z0-9_]{1,59}")


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskCells:
    """What stands in the form: text by field, what is ticked, and the rows of hours."""

    text: Mapping[str, str]
    municipalities: Collection[str]
    languages: Collection[str]
    region: bool
    closed: bool
    hours: tuple[HourCells, ...]


def cells_of_desk(document: Document) -> DeskCells:
    text = {key: str(document.get(key, "")) for key in ("id", *TEXTS)}
    text |= {key: "\n".join(document.get(key, ())) for key in LINES}
    text |= {key: number_words(document[key]) if key in document else "" for key in ("posts", "vzae")}
    return DeskCells(
        text=text,
        municipalities=tuple(document.get("municipalities", ())),
        languages=tuple(document.get("languages", ())),
        region=bool(document.get("region", False)),
        closed=bool(document.get("closed", False)),
        hours=cells_of_hours(document.get("hours", ())),
    )


def sent_desk(visit: Visit) -> DeskCells:
    """What was typed and ticked."""
    return DeskCells(
        text={key: visit.field(key) for key in ("id", "posts", "vzae", *TEXTS, *LINES)},
        municipalities=visit.ticked("municipalities"),
        languages=visit.ticked("languages"),
        region=visit.field("region") == "ja",
        closed=visit.field("closed") == "ja",
        hours=sent_hours(visit),
    )


def read_desk_cells(cells: DeskCells, before: Document, own: Collection[str]) -> tuple[dict[str, Any], dict[str, str]]:
    """The row as it would be stored, and what is wrong, by field. What the form does not ask for stays as it was."""
    faults: dict[str, str] = {}
    found = dict(before) | {"id": before.get("id") or _id(cells, faults)}
    for key, value in _values(cells, before, own, faults):
        if value in ("", [], False, None):
            found.pop(key, None)
        else:
            found[key] = value
    hours, wrong = read_hours(cells.hours, before.get("hours", ()))
    found.pop("hours", None)
    return found | ({"hours": hours} if hours else {}), faults | wrong


def _values(
    cells: DeskCells, before: Document, own: Collection[str], faults: dict[str, str]
) -> Iterator[tuple[str, Any]]:
    for key in TEXTS:
        yield key, _text(key, cells.text[key], faults)
    for key in LINES:
        yield key, _lines(key, cells.text[key], faults)
    yield "municipalities", _places(cells.municipalities, _in_order(before, "municipalities", own), faults)
    yield "languages", [one for one in _in_order(before, "languages", LANGUAGES) if one in cells.languages]
    yield "region", cells.region
    yield "closed", cells.closed
    yield "posts", _posts(cells.text["posts"], faults)
    yield "vzae", _vzae(cells.text["vzae"], faults)


def _in_order(before: Document, key: str, known: Collection[str]) -> list[str]:
    """What is known, in the order in which it stood before; the rest behind it."""
    return list(dict.fromkeys((*(one for one in before.get(key, ()) if one in known), *known)))


def _id(cells: DeskCells, faults: dict[str, str]) -> str:
    words = cells.text["id"].strip()
    if not _ID.fullmatch(words):
        faults["id"] = "Bitte nur kleine Buchstaben, Ziffern und _, zum Beispiel rbk_leichlingen."
    return words


def _text(key: str, words: str, faults: dict[str, str]) -> str:
    said = " ".join(words.split())
    if not said and key in NEEDED:
        faults[key] = NEEDED[key]
    elif len(said) > LONGEST or not said.isprintable():
        faults[key] = f"{HEADS[key]}: höchstens {LONGEST} Zeichen, nur gewöhnliche Schrift."
    elif said and key == "calendar" and not is_mail_address(said):
        faults[key] = "Bitte eine einzelne E-Mail-Adresse, zum Beispiel kalender@stadt.example."
    return said


def _lines(key: str, words: str, faults: dict[str, str]) -> list[str]:
    lines = [" ".join(line.split()) for line in words.splitlines() if line.strip()]
    if len(lines) > MOST_LINES or any(len(line) > LONGEST or not line.isprintable() for line in lines):
        faults[key] = f"{HEADS[key]}: höchstens {MOST_LINES} Zeilen mit je {LONGEST} Zeichen."
    return lines


def _places(ticked: Collection[str], own: Collection[str], faults: dict[str, str]) -> list[str]:
    places = [place for place in own if place in ticked]
    if not places:
        faults["municipalities"] = "Bitte wählen Sie mindestens eine Stadt oder Gemeinde."
    return places


def _posts(words: str, faults: dict[str, str]) -> int | None:
    said = words.strip()
    if not said:
        return None
    if not said.isascii() or not said.isdecimal() or not 1 <= int(said[:4]) <= MOST_POSTS:
        faults["posts"] = f"Personalstellen: eine ganze Zahl von 1 bis {MOST_POSTS}, oder nichts."
        return None
    return int(said)


def _vzae(words: str, faults: dict[str, str]) -> float | None:
    said = words.strip().replace(",", ".")
    if not re.fullmatch(r"\d{1,3}(\.\d{1,3})?", said, re.ASCII) or not 0 <= float(said) <= LARGEST_VZAE:
        faults["vzae"] = f"VZÄ: eine Zahl von 0 bis {LARGEST_VZAE}, zum Beispiel 0,5."
        return None
    return float(said)
