"""The sentences of the code and their catalogues.

python -m scripts.words extract             write locales/bot.pot anew from the code
python -m scripts.words update              bring every catalogue in line with locales/bot.pot
python -m scripts.words check               name every fault; exit 1 on any
python -m scripts.words state               how much of each language is missing, unread, read
python -m scripts.words read TAG DAY        note that a person has read this catalogue on this day (2026-11-20)
python -m scripts.words minor OLD NEW       a comma changed in the source: keep the translations and their readings
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

import polib
from babel.messages.extract import extract

from bot.i18n.plurals import HEADERS, forms
from scripts.catalogue_lint import faults_of_catalogue
from scripts.po_files import LOCALES, ROOT, TEMPLATE, TRANSLATED, as_text, catalogue, new_file, sentences
from scripts.readings import note_reading, reword, state

KEYWORDS: Final = {"_": None, "n_": (1, 2)}
COMMENT_MARK: Final = "words:"


def main(arguments: list[str]) -> int:
    match arguments:
        case ["extract"]:
            TEMPLATE.write_text(extracted(), encoding="utf-8")
        case ["update"]:
            for tag in TRANSLATED:
                update(tag)
        case ["check"]:
            found = [*faults()]
            print("\n".join(found) or f"catalogues: {len(sentences(TEMPLATE))} sentences, no fault")
            return 1 if found else 0
        case ["state"]:
            print("\n".join(map(state, TRANSLATED)))
        case ["read", tag, day] if tag in TRANSLATED:
            note_reading(tag, date.fromisoformat(day))
        case ["minor", old, new]:
            for tag in TRANSLATED:
                reword(tag, old, new)
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


def extracted() -> str:
    """The template: every sentence of the code once, in the order of the files, without dates and line numbers."""
    template = new_file({"Project-Id-Version": "lotse", "Language": ""})
    entries: dict[str, Any] = {}
    for path in sorted((ROOT / "bot").rglob("*.py")):
        for source, comments in calls(path):
            one, many = source if isinstance(source, tuple) else (source, "")
            entry = entries.setdefault(one, polib.POEntry(msgid=one, msgid_plural=many))
            entry.msgid_plural = entry.msgid_plural or many
            entry.msgstr_plural = {0: "", 1: ""} if entry.msgid_plural else {}
            note(entry, path.relative_to(ROOT).as_posix(), comments)
    template.extend(entries.values())
    return as_text(template)


def calls(path: Path) -> Iterator[tuple[str | tuple[str, str], list[str]]]:
    with path.open("rb") as code:
        for _line, source, comments, _context in extract("python", code, KEYWORDS, (COMMENT_MARK,)):
            yield source, [comment.removeprefix(COMMENT_MARK).strip() for comment in comments]  # type: ignore[misc]


def note(entry: Any, place: str, comments: list[str]) -> None:
    if (place, "") not in entry.occurrences:
        entry.occurrences.append((place, ""))
    known = entry.comment.split("\n") if entry.comment else []
    entry.comment = "\n".join(dict.fromkeys((*known, *comments)))


def update(tag: str) -> None:
    """The catalogue has the template's sentences in its order; what is gone from the code is gone here too."""
    old = {entry.msgid: entry for entry in sentences(catalogue(tag))} if catalogue(tag).exists() else {}
    new = new_file({"Project-Id-Version": "lotse", "Language": tag, "Plural-Forms": HEADERS[tag]})
    for entry in sentences(TEMPLATE):
        keep(old.get(entry.msgid), entry, forms(tag))
        new.append(entry)
    catalogue(tag).parent.mkdir(parents=True, exist_ok=True)
    catalogue(tag).write_text(as_text(new), encoding="utf-8")


def keep(old: Any, entry: Any, count: int) -> None:
    entry.msgstr_plural = dict.fromkeys(range(count), "") if entry.msgid_plural else {}
    if old is None:
        return
    entry.tcomment, entry.flags = old.tcomment, old.flags
    if entry.msgid_plural and old.msgid_plural:
        entry.msgstr_plural = {form: old.msgstr_plural.get(form, "") for form in range(count)}
    elif not entry.msgid_plural:
        entry.msgstr = old.msgstr or old.msgstr_plural.get(0, "")


def faults() -> Iterator[str]:
    """One line for each thing that is wrong with the template or a catalogue."""
    if not TEMPLATE.exists() or TEMPLATE.read_text(encoding="utf-8") != extracted():
        yield "locales/bot.pot: differs from the code; run `make words`"
        return
    template = sentences(TEMPLATE)
    for tag in TRANSLATED:
        if not catalogue(tag).exists():
            yield f"locales/{tag}: there is no catalogue; run `make words`"
        else:
            yield from faults_of_catalogue(tag, polib.pofile(str(catalogue(tag))), template, tag in complete())


def complete() -> frozenset[str]:
    """The languages that must have a translation of every sentence."""
    return frozenset(tomllib.loads((LOCALES / "complete.toml").read_text(encoding="utf-8"))["complete"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
