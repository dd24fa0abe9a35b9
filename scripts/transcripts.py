"""docs/transcripts/<language>/<conversation>.md, to be proofread: `python -m scripts.transcripts write | check`."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from bot.app.house import Premises, furnish
from bot.clock import standing_at
from bot.commands.talk import Terminal
from bot.i18n.languages import LANGUAGES, Language
from bot.storage.store import Store

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "transcripts"
#: A Friday morning, so that dates in the transcripts stay as they are.
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
Page = dict[str, Any]


class Conversation:
    """Plays one person and keeps what was said on both sides."""

    def __init__(self, premises: Premises, language: Language, title: str) -> None:
        self._store = Store("sqlite://")
        self._store.migrate()
        self._terminal = Terminal(store=self._store, premises=premises, clock=standing_at(NOW), person="sample")
        self.lines = [f"# {language.name}: {title}", ""]
        self.page: Page = {}
        self._answer(self._terminal.begin(None))
        self.taps(language.tag)

    def taps(self, *choices: str) -> Conversation:
        for choice in choices:
            labels = {one["id"]: one["label"] for one in self.page["choices"]}
            if choice not in labels:
                raise SystemExit(f"{choice} is not on {self.page['screen']}: {', '.join(labels)}\n{self.page['text']}")
            self._said(f"[{labels[choice]}]")
            self._answer(self._terminal.say({"tap": choice}))
        return self

    def types(self, text: str) -> Conversation:
        self._said(text)
        self._answer(self._terminal.say({"text": text}))
        return self

    def until(self, screen: str, choice: str) -> Conversation:
        """The same answer to every question before a screen."""
        while self.page["screen"] != screen:
            self.taps(choice)
        return self

    def close(self) -> str:
        self._store.close()
        return "\n".join(self.lines) + "\n"

    def _said(self, text: str) -> None:
        self.lines += [f"> **{text}**", ""]

    def _answer(self, page: Page) -> None:
        self.page = page
        own = [choice["label"] for choice in page["choices"] if not choice["id"].startswith("nav.")]
        self.lines += [*page["text"].split("\n"), "", *(f"- [ {label} ]" for label in own), ""]


def booked(talk: Conversation, words: dict[str, str]) -> None:
    talk.taps("go_on", "read", "go_on", "agree").types("Kürten").types(words["need"])
    if talk.page["screen"] != "need.understood":
        talk.taps("topics", "housing", "housing_search", "other_groups", "money", "debt", "done")
    talk.taps("right").until("suggestion", "dont_know").taps("go_on", "appointment")
    if talk.page["screen"] == "interpreter":
        talk.taps("yes")
    talk.taps("phone").types("0151 23456789").taps("without").taps(talk.page["choices"][0]["id"]).taps("confirm")


def moved_and_cancelled(talk: Conversation, words: dict[str, str]) -> None:
    talk.taps("go_on", "agree", "rbk", "rbk_kuerten", "topics", "housing", "housing_search", "done", "right")
    talk.until("suggestion", "skip").taps("go_on", "appointment")
    if talk.page["screen"] == "interpreter":
        talk.taps("no")
    talk.taps("chat", "without").taps(talk.page["choices"][1]["id"]).taps("confirm")
    move = next(one["id"] for one in talk.page["choices"] if one["id"].startswith("move."))
    talk.taps(move).taps(talk.page["choices"][2]["id"])
    cancel = next(one["id"] for one in talk.page["choices"] if one["id"].startswith("cancel."))
    talk.taps(cancel, "yes").types("/mydata").taps("erase", "yes")


def refused(talk: Conversation, words: dict[str, str]) -> None:
    talk.taps("go_on", "refuse", "rsk", "health", "other_topic", "work", "nav.help", "nav.back", "nav.person")


def distress(talk: Conversation, words: dict[str, str]) -> None:
    talk.taps("go_on", "agree", "rbk", "rbk_odenthal").types(words["distress"])
    if not talk.page["screen"].startswith("urgent"):
        talk.taps("nav.emergency")
    talk.taps("go_on")


def no_case_manager(talk: Conversation, words: dict[str, str]) -> None:
    talk.taps("go_on", "one_by_one", "yes", "no", "no").types("Hennef").taps("topics", "status", "residence_permit")
    talk.taps("done", "right").until("suggestion", "skip").taps("other_way", "case_management", "pass_on", "yes")
    if talk.page["screen"] == "interpreter":
        talk.taps("yes")
    talk.taps("chat", "without", "confirm", "nav.emergency", "nav.back").types("/stop").taps("yes")


CONVERSATIONS: dict[str, Callable[[Conversation, dict[str, str]], None]] = {
    "booked": booked,
    "moved-and-cancelled": moved_and_cancelled,
    "refused": refused,
    "distress": distress,
    "no-case-manager": no_case_manager,
}


def main() -> int:
    """Writes the transcripts, or says which are stale (exit 1)."""
    stale = []
    for path, text in _transcripts():
        if sys.argv[1:] == ["write"]:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(str(path.relative_to(ROOT)))
    for name in stale:
        print(f"{name} is stale: run `python -m scripts.transcripts write`", file=sys.stderr)
    return 1 if stale else 0


def _transcripts() -> Iterator[tuple[Path, str]]:
    premises = furnish(ROOT, NOW.date())
    words = tomllib.loads((Path(__file__).parent / "transcripts.toml").read_text(encoding="utf-8"))
    for language in LANGUAGES:
        for name, play in CONVERSATIONS.items():
            house = replace(premises.house, new_code=_codes())
            talk = Conversation(replace(premises, house=house), language, name)
            play(talk, words[language.tag])
            yield FOLDER / language.tag / f"{name}.md", talk.close()


def _codes() -> Callable[[str], str]:
    """Codes in a row, so that a transcript is the same each time."""
    numbers = count(1)
    return lambda county: f"{county.upper()}-{next(numbers):05}"


if __name__ == "__main__":
    sys.exit(main())
