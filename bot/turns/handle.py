"""One message, one transaction: inbox row done, session, case, slot and outbox rows commit together."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from bot.dialogs.answers import Input, Submitted
from bot.dialogs.engine import page, respond
from bot.dialogs.events import Event, FileOffered, PictureOffered, Say
from bot.dialogs.screen import View
from bot.dialogs.session import Session, read_session, write_session
from bot.handoff.acts import News
from bot.i18n.text import Text
from bot.turns.intakes import count_intake
from bot.turns.letters import read_letter
from bot.turns.messages import FileToTake, Outgoing, outgoing, write_message
from bot.turns.ports import TurnTransaction, Update
from bot.turns.recorded import forget_dropped
from bot.turns.world import House, World

#: More questions than any screen asks; a conversation with itself stops here.
MOST_ROUNDS: Final = 12
#: Stands beside the session: the number of the message that was answered last.
TURN: Final = "turn"
#: What the channel wants to find again beside the answer: where in the chat the person spoke.
UNDER: Final = "under"


class EndlessTurn(RuntimeError):
    """The dialog and the world kept asking each other."""


def handle(update: Update, tx: TurnTransaction, house: House, now: datetime) -> Outgoing:
    """Answer one message of one person; everything that belongs to it is in `tx` when this returns."""
    stored = tx.sessions.load(update.person)
    session = read_session(stored.document) if stored else Session()
    channel = str(update.content.get("channel") or (stored.channel if stored else "web"))
    address = update.content.get("address") or (stored.address if stored else None)
    world = _world(house, tx, update.person, channel, update.key, now)
    turn = _converse(session, update.content, world)
    message = outgoing(page(turn.view), turn.notices, turn.file, turn.case, turn.picture)
    forget_dropped(tx, update.person, (*session.kept, update.content.get("reference")), turn.view.session)
    tx.inbox.handled(update.seq, now)
    session = count_intake(turn.view, tx.intakes, now)
    document = {**write_session(session), TURN: update.seq}
    tx.sessions.save(update.person, channel, address, turn.view.session.language, document, now)
    under = update.content.get(UNDER)
    answer = {**write_message(message), **({UNDER: under} if under else {})}
    tx.outbox.put(update.person, answer, key=_answer_to(update.seq), now=now)
    return message


def current(tx: TurnTransaction, person: str, house: House, now: datetime) -> tuple[int, Outgoing] | None:
    """The person's screen as it is now, with the number it was sent under, after a reload; nothing is stored."""
    stored = tx.sessions.load(person)
    if stored is None:
        return None
    world = _world(house, tx, person, stored.channel, "", now)
    view = world.view(read_session(stored.document))
    number = tx.outbox.number_of(_answer_to(stored.document.get(TURN, 0)))
    return number or 0, outgoing(page(view))


def _world(house: House, tx: TurnTransaction, person: str, channel: str, key: str, now: datetime) -> World:
    roster = house.rosters.at(tx.desks, now)
    return World(house=house, roster=roster, tx=tx, person=person, channel=channel, key=key, now=now)


def _answer_to(seq: int) -> str:
    return f"answer:{seq}"


@dataclass(slots=True)
class _Turn:
    view: View
    notices: list[Text] = field(default_factory=list)
    file: FileToTake | None = None
    case: str | None = None
    picture: FileToTake | None = None


def _converse(session: Session, content: Mapping[str, Any], world: World) -> _Turn:
    """The dialog asks, the world answers, until nothing is open. Bounded."""
    turn = _Turn(world.view(session))
    shown = page(turn.view)
    inputs: deque[Input] = deque([read_letter(content, shown, world.house.catalogues[shown.language])])
    for _ in range(MOST_ROUNDS):
        if not inputs:
            return turn
        heard = inputs.popleft()
        _note(turn, heard, world)
        step = respond(turn.view, heard)
        for event in step.events:
            _carry_out(turn, replace(turn.view, session=step.session), event, world, inputs)
        turn.view = world.view(step.session)
    raise EndlessTurn


def _carry_out(turn: _Turn, view: View, event: Event, world: World, inputs: deque[Input]) -> None:
    match event:
        case Say(text):
            turn.notices.append(text)
        case FileOffered(file, name):
            turn.file = FileToTake(id=file, name=name)
        case PictureOffered(file, name):
            turn.picture = FileToTake(id=file, name=name)
        case _:
            answer = world.answer(view, event)
            if answer is not None:
                inputs.append(answer)


def _note(turn: _Turn, heard: Input, world: World) -> None:
    match heard:
        case Submitted(matter):
            turn.case = matter.code
        case News():
            world.heard_of(heard, turn.view.session)
        case _:
            pass
