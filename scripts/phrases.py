"""The phrases of every language packed for reading quickly: `python -m scripts.phrases write | check`."""

from __future__ import annotations

import sys

from bot.app.phrases import packed, unpacked
from bot.app.recogniser import languages_of_tables, phrases_of, places_of_phrases


def main() -> int:
    """Packs them, or says which are stale (exit 1): those are read from their table, and that takes longer."""
    stale: list[str] = []
    for language in languages_of_tables():
        written, kept = places_of_phrases(language)
        if sys.argv[1:] == ["write"]:
            kept.parent.mkdir(exist_ok=True)
            kept.write_bytes(packed(phrases_of(language), written.read_bytes()))
        elif unpacked(kept, written.read_bytes()) != phrases_of(language):
            stale.append(language)
    if stale:
        print(f"stale phrases: {', '.join(stale)}: run `python -m scripts.phrases write`", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
