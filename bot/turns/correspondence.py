"""Messages between a resident and a desk: the resident's answer, and a colleague's words on their way to them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.dialogs.answers import MessagePassed, RecordingPassed
from bot.dialogs.screens.relay import SHOW_CASE, answer_choice
from bot.dialogs.session import read_session
from bot.handoff.acts import Action
from bot.handoff.case import RESIDENT
from bot.handoff.messages import MOST_UNREAD, Draft, fault_of_case, read_relay, says
from bot.handoff.recordings import MOST, SIGNS, read_recording
from bot.i18n.text import Text, _, data
from bot.turns.messages import PERSON, Button, Outgoing
from bot.turns.ports import TurnTransaction


@dataclass(frozen=True, slots=True)
class Correspondence:
    """One resident's side of it, inside the transaction of their message."""

    tx: TurnTransaction
    person: str
    key: str
    now: datetime

    def write(self, code: str, words: str) -> MessagePassed:
        """What the person typed is on the card; the same message a second time is there once."""
        case = self.tx.cases.get(code)
        if case is None or case.person != self.person or fault_of_case(case):
            return MessagePassed(code, why_not="closed")
        if self.tx.messages.unread({code}).get(code, 0) >= MOST_UNREAD:
            return MessagePassed(code, why_not="unread")
        number = self.tx.messages.add(code, f"answer:{self.key}", RESIDENT, Draft(words=words), self.now)
        if number is not None:
            self.tx.cases.log(code, self.now, RESIDENT, Action.ANSWERED)
        return MessagePassed(code)

    def record(self, code: str, reference: str) -> RecordingPassed:
        """What the person recorded is on the card, with a line among the messages that says so."""
        case, recording = self.tx.cases.get(code), read_recording(reference)
        if case is None or recording is None or case.person != self.person or fault_of_case(case):
            return RecordingPassed(code, is_kept=False)
        if len(case.note) >= MOST:
            return RecordingPassed(code, is_kept=False)
        if reference not in case.note:
            kept = replace(case, note=(*case.note, reference), version=case.version + 1)
            self.tx.cases.save(kept, case.version)
            line = Draft(words=f"{SIGNS[recording.kind]} {len(kept.note)}")
            self.tx.messages.add(code, f"answer:{self.key}", RESIDENT, line, self.now)
            self.tx.cases.log(code, self.now, RESIDENT, Action.ANSWERED)
        return RecordingPassed(code, is_kept=True)


def relayed(content: dict[str, Any], person: str, tx: TurnTransaction) -> Outgoing | None:
    """A colleague's message in words; none for one whose case is gone, or is no longer this person's or open."""
    stored, message = tx.sessions.load(person), tx.messages.get(read_relay(content))
    case = tx.cases.get(message.code) if message else None
    if stored is None or message is None or case is None or case.person != person or fault_of_case(case):
        return None
    return Outgoing(
        screen="relay",
        says=(_note(message.draft, case.code), *says(message.draft)),
        choices=tuple(Button(id=one.id, label=one.label) for one in (answer_choice(case.code), SHOW_CASE)),
        language=read_session(stored.document).language or "de",
        speaker=PERSON,
    )


def _note(draft: Draft, code: str) -> Text:
    if draft.reply is None:
        return _(
            "A person from the desk has written this to you in German, about {code}. It is not translated.",
            code=data(code),
        )
    return _("A person from the desk tells you this, about {code}:", code=data(code))
