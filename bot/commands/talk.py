"""talk: the whole conversation on the terminal, or as JSON lines for scripts."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TextIO
from uuid import uuid4

from bot.app.counter import said
from bot.app.house import Premises
from bot.channels.render import render
from bot.clock import Clock
from bot.commands.lines import WRONG_INPUT, json_object
from bot.handoff.case import Case, write_case
from bot.storage.store import Store
from bot.turns.handle import handle

KEYS: Final = ("text", "tap", "press", "media", "on")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terminal:
    """One person at a terminal: each line in is one message, each answer is one screen."""

    store: Store
    premises: Premises
    clock: Clock
    person: str

    def begin(self, language: str | None) -> dict[str, Any]:
        """The first screen; with a language that is chosen already, the second."""
        shown = self.say({"hello": {"language": language}})
        return self.say({"tap": language}) if language else shown

    def say(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """One message to the bot, and all that it answers as one object of interface.md."""
        now = self.clock()
        with self.store.transaction() as tx:
            tx.inbox.put(uuid4().hex, self.person, {**content, "channel": "terminal"}, now)
        with self.store.transaction() as tx:
            while (update := tx.inbox.claim()) is not None:
                handle(update, tx, self.premises.house, now)
        return self._answers(now)

    def _answers(self, now: datetime) -> dict[str, Any]:
        with self.store.transaction() as tx:
            shown: list[dict[str, Any]] = []
            for message in tx.outbox.waiting(self.person, now):
                outgoing = said(message, tx, now)
                if outgoing is not None:
                    case = tx.cases.get(outgoing.case) if outgoing.case else None
                    shown.append(render(outgoing, self.premises.catalogues, self._case(tx, case) if case else None))
                tx.outbox.sent(message.id, now)
        last = shown[-1]
        text = "\n\n".join(one["text"] for one in shown)
        case_shown = next((one["case"] for one in shown if one["case"]), None)
        choices = [*last["choices"], *last["nav"]]
        return {**last, "text": text, "choices": choices, "case": case_shown}

    def _case(self, tx: Any, case: Case) -> dict[str, Any]:
        """The case with facts, findings, suggestion, target and appointment."""
        written = write_case(case)
        appointment = tx.allocations.get(case.appointment) if case.appointment else None
        written["target"] = {"kind": case.target_kind, "id": case.target_id}
        written["appointment"] = (
            {
                "id": appointment.id,
                "desk": appointment.desk,
                "starts_at": appointment.starts_at.isoformat(),
                "ends_at": appointment.ends_at.isoformat(),
                "state": appointment.state,
            }
            if appointment
            else None
        )
        written.pop("person")
        return written


def talk_json(terminal: Terminal, language: str | None, given: TextIO, out: TextIO) -> int:
    """JSON lines in, JSON lines out: the first screen, then one answer for each line."""
    _print(terminal.begin(language), out)
    for number, line in enumerate(given, start=1):
        if not line.strip():
            continue
        try:
            content = _content(line)
        except ValueError as error:
            print(f"line {number}: {error}", file=sys.stderr)
            return WRONG_INPUT
        _print(terminal.say(content), out)
    return 0


def talk_text(terminal: Terminal, language: str | None, given: TextIO, out: TextIO) -> int:
    """For people: the text, the numbered choices; a number or words as the answer."""
    shown = terminal.begin(language)
    _show(shown, out)
    for line in given:
        words = line.rstrip("\r\n")
        if words in ("/quit", "/exit"):
            break
        choices = shown["choices"]
        number = int(words) if words.isdecimal() else 0
        pressed = 1 <= number <= len(choices)
        shown = terminal.say({"tap": choices[number - 1]["id"]} if pressed else {"text": words})
        _show(shown, out)
    return 0


def _content(line: str) -> dict[str, Any]:
    row = json_object(line)
    for key, value in row.items():
        if key not in KEYS:
            raise ValueError(f"{key}: allowed is one of {', '.join(KEYS)}")
        if not isinstance(value, int if key == "press" else str) or isinstance(value, bool):
            raise ValueError(f"{key}: allowed is a {'whole number' if key == 'press' else 'text'}")
    if len(row.keys() - {"on"}) != 1:
        raise ValueError(f"allowed is one of {', '.join(KEYS)} a line")
    return row


def _print(shown: Mapping[str, Any], out: TextIO) -> None:
    print(json.dumps(shown, ensure_ascii=False), file=out, flush=True)


def _show(shown: Mapping[str, Any], out: TextIO) -> None:
    progress = f"[{shown['progress']['text']}]\n" if shown["progress"] else ""
    choices = "\n".join(f"  {n}. {choice['label']}" for n, choice in enumerate(shown["choices"], start=1))
    print(f"\n{progress}{shown['text']}\n\n{choices}\n> ", end="", file=out, flush=True)
