"""Where the catalogues are, and how their files are written: unwrapped, so that one word changes one line."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import polib

from bot.i18n.languages import LANGUAGES

ROOT: Final = Path(__file__).parent.parent
LOCALES: Final = ROOT / "locales"
TEMPLATE: Final = LOCALES / "bot.pot"
TRANSLATED: Final = tuple(language.tag for language in LANGUAGES if language.tag != "en")


def catalogue(tag: str) -> Path:
    return LOCALES / tag / "LC_MESSAGES" / "bot.po"


def sentences(path: Path) -> list[Any]:
    return [entry for entry in polib.pofile(str(path)) if not entry.obsolete]


def new_file(metadata: dict[str, str]) -> Any:
    file = polib.POFile(wrapwidth=0)
    file.metadata = {
        **metadata,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    return file


def as_text(file: Any) -> str:
    file.wrapwidth = 0
    return f"{file}".rstrip("\n") + "\n"
