"""A recording that neither a question nor a card names any more is forgotten, where it is ours to forget."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.dialogs.session import Session, read_session
from bot.handoff.recordings import read_recording
from bot.turns.ports import TurnTransaction


def forget_dropped(tx: TurnTransaction, person: str, had: Iterable[str | None], session: Session) -> None:
    """`had` are the references before this turn; what lies at Telegram stays there."""
    dropped = {one for one in had if one} - {*session.kept}
    if not dropped:
        return
    on_cards = {reference for case in tx.cases.of(person) for reference in case.note}
    forget_all(tx, dropped - on_cards)


def forget_unnamed(tx: TurnTransaction, before: datetime) -> int:
    """What was recorded before this and never came to a question or a card; returns how many."""
    unnamed = [name for person, name in tx.recordings.before(before) if not _is_named(tx, person, name)]
    for name in unnamed:
        tx.recordings.forget(name)
    return len(unnamed)


def _is_named(tx: TurnTransaction, person: str, name: str) -> bool:
    stored = tx.sessions.load(person)
    kept = read_session(stored.document).kept if stored else ()
    on_cards = (reference for case in tx.cases.of(person) for reference in case.note)
    return any(one.name == name for one in map(read_recording, (*kept, *on_cards)) if one)


def forget_all(tx: TurnTransaction, references: Iterable[str]) -> None:
    for recording in filter(None, map(read_recording, references)):
        tx.recordings.forget(recording.name)
