"""The ledger of a city: read from its database and from what Telegram took and gave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, select

from bot.handoff.case import OPEN
from bot.storage.digest import digest
from bot.storage.tables import allocation, cases, inbox, outbox, resource, session
from tests.telegram.fake_world import Call
from tests.telegram.ledger import Claim, Death, Ledger, Seen, Update
from tests.telegram.town import Town

#: What Telegram says to an edit that changes nothing: the answer is there already.
_THERE_ALREADY = "message is not modified"
_OPEN_CASES = select(cases.c.code, cases.c.person).where(cases.c.state.in_([*OPEN]))


def ledger_of(town: Town, deaths: Sequence[Death] = ()) -> Ledger:
    """Everything that happened until now. Persons are called by the numbers of their chats."""
    chats = {town.residents.persons.name(chat): str(chat) for chat in town.bot.chats}
    with town.store.engine.connect() as connection:
        return Ledger(
            updates=tuple(_updates(town, connection)),
            turns={chats.get(row.person, "?"): row.version for row in connection.execute(select(session))},
            seen=tuple(_seen(town.telegram.calls())),
            claims=tuple(_claims(connection, chats)),
            cases={row.code: chats.get(row.person, "?") for row in connection.execute(_OPEN_CASES)},
            deaths=[
                replace(death, under_way=frozenset(chats.get(name, "?") for name in death.under_way))
                for death in deaths
            ],
        )


def _updates(town: Town, connection: Connection) -> Iterator[Update]:
    rows = {row.digest: row for row in connection.execute(select(inbox))}
    answers = {row.digest: row.state for row in connection.execute(select(outbox.c.digest, outbox.c.state))}
    for number, queue in town.bot.put:
        row = rows.get(digest(f"tg:{number}"))
        yield Update(
            number=number,
            queue=queue,
            person=queue.removeprefix("taps:"),
            seq=row.seq if row else None,
            at=row.settled_at.timestamp() if row and row.state == "handled" else None,
            answered=row is not None and answers.get(digest(f"answer:{row.seq}")) == "sent",
        )


def _seen(calls: Sequence[Call]) -> Iterator[Seen]:
    for call in calls:
        params = call.params
        match call.method:
            case "sendMessage" if call.answer["ok"]:
                yield Seen(person=params["chat_id"], at=call.at, words=_words(params))
            case "editMessageText" if call.answer["ok"] or _THERE_ALREADY in call.answer["description"]:
                yield Seen(person=params["chat_id"], at=call.at, words=_words(params), new=False)
            case _:
                continue


def _words(params: Mapping[str, Any]) -> str:
    return f"{params['text']}\n{params.get('reply_markup', '')}"


def _claims(connection: Connection, chats: Mapping[str, str]) -> Iterator[Claim]:
    booked = select(allocation, resource.c.name).join_from(allocation, resource).where(allocation.c.state == "booked")
    for row in connection.execute(booked):
        yield Claim(
            person=chats.get(row.person, "?"),
            case=row.case_code,
            resource=row.name,
            starts=row.blocked_from.timestamp(),
            ends=row.blocked_until.timestamp(),
        )
