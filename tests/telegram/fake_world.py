"""Bots, chats and messages as Telegram knows them; what a person sees of them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Condition, RLock
from time import monotonic
from typing import Any

from tests.telegram.fake_faults import Plan, Refused, bad


@dataclass(slots=True, kw_only=True)
class Sent:
    """A message in a chat."""

    id: int
    chat: int
    by_bot: bool
    text: str = ""
    keyboard: list[list[dict[str, str]]] = field(default_factory=list)
    file: tuple[str, bytes] | None = None
    protected: bool = False
    edits: int = 0
    #: It came with a keyboard in place of the letters, or took one away: such a message cannot be edited.
    fixed: bool = False

    @property
    def buttons(self) -> list[dict[str, str]]:
        return [button for row in self.keyboard for button in row]

    @property
    def labels(self) -> list[str]:
        return [button["text"] for button in self.buttons]


@dataclass(slots=True, kw_only=True)
class Query:
    """A tap that waits for its answer."""

    at: float
    answered: bool = False


@dataclass(slots=True, kw_only=True)
class Webhook:
    url: str
    secret: str
    max_connections: int = 40
    #: What a proxy in front of several processes does: the updates go to one after the other.
    behind: list[str] = field(default_factory=list)

    def address(self, update: int) -> str:
        return self.behind[update % len(self.behind)] if self.behind else self.url


def queues_of(person: int) -> tuple[str, str]:
    """Telegram's queue of a person's taps is another one than that of their messages."""
    return (str(person), f"taps:{person}")


@dataclass(slots=True, kw_only=True)
class Waiting:
    """An update that was not confirmed yet. One queue is delivered in order; queues do not wait for each other."""

    update: dict[str, Any]
    queue: str
    at: float

    def of(self, person: int) -> bool:
        return self.queue in queues_of(person)


@dataclass(slots=True, kw_only=True)
class BotAccount:
    """One bot, by its token. Message numbers run through all of its private chats, as they do in Telegram."""

    token: str
    username: str
    messages: int = 100
    updates: int = 5000
    chats: dict[int, list[Sent]] = field(default_factory=dict)
    blocked: set[int] = field(default_factory=set)
    deactivated: set[int] = field(default_factory=set)
    groups: set[int] = field(default_factory=set)
    queries: dict[str, Query] = field(default_factory=dict)
    waiting: deque[Waiting] = field(default_factory=deque)
    #: Every update that there ever was for this bot: its number and its queue.
    put: list[tuple[int, str]] = field(default_factory=list)
    webhook: Webhook | None = None
    allowed: list[str] | None = None
    polls: int = 0
    presented: dict[tuple[str, str], Any] = field(default_factory=dict)
    told_to_wait: dict[int, float] = field(default_factory=dict)
    impatient: int = 0
    files: dict[str, bytes] = field(default_factory=dict)
    #: By chat: the rows of the keyboard that stands in place of the letters.
    keyboards: dict[int, list[list[dict[str, Any]]]] = field(default_factory=dict)

    @property
    def id(self) -> int:
        return int(self.token.split(":")[0])

    def awaits(self, person: int | None = None) -> bool:
        """An update of this person, or of anybody, was not confirmed yet."""
        return any(person is None or one.of(person) for one in [*self.waiting])

    def as_user(self) -> dict[str, Any]:
        return {"id": self.id, "is_bot": True, "first_name": self.username, "username": self.username}

    def chat(self, given: Any) -> list[Sent]:
        """The chat that a call names; the person must have begun it and not have blocked the bot."""
        try:
            number = int(given)
        except (TypeError, ValueError):
            raise bad("chat not found") from None
        if number in self.blocked:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        if number in self.deactivated:
            raise Refused(403, "Forbidden: user is deactivated")
        if number not in self.chats:
            raise bad("chat not found")
        return self.chats[number]

    def message(self, chat: Any, number: Any, act: str) -> Sent:
        found = [one for one in self.chat(chat) if str(one.id) == str(number)]
        if not found:
            raise bad(f"message to {act} not found")
        if act == "edit" and (found[0].fixed or not found[0].by_bot):
            raise bad("message can't be edited")
        return found[0]

    def new_number(self) -> int:
        self.messages += 1
        return self.messages


@dataclass(slots=True, kw_only=True)
class Call:
    """One call of the Bot API, as it came in."""

    token: str
    method: str
    params: dict[str, Any]
    at: float
    answer: dict[str, Any] = field(default_factory=dict)


class World:
    """Everything that the fake knows, behind one lock; `changed` is notified after each change."""

    def __init__(self) -> None:
        self.lock = RLock()
        self.changed = Condition(self.lock)
        self.bots: dict[str, BotAccount] = {}
        self.calls: list[Call] = []
        self.plan = Plan()
        self.deliveries: list[tuple[int, int]] = []
        self.deliver_times = 1
        #: Chats in which something has happened since somebody last emptied this.
        self.touched: set[int] = set()
        self.wakes: list[Callable[[], None]] = []
        self._ahead = 0.0

    def now(self) -> float:
        return monotonic() + self._ahead

    def later(self, seconds: float) -> None:
        """Telegram's time jumps ahead: taps get old."""
        self._ahead += seconds

    def put(self, bot: BotAccount, queue: str, kind: str, content: dict[str, Any]) -> int:
        """A new update waits for the bot, unless the bot does not want its kind."""
        with self.changed:
            bot.updates += 1
            if bot.allowed is None or kind in bot.allowed:
                update = {"update_id": bot.updates, kind: content}
                bot.waiting.append(Waiting(update=update, queue=queue, at=self.now()))
                bot.put.append((bot.updates, queue))
            self.changed.notify_all()
            for wake in self.wakes:
                wake()
            return bot.updates

    def drop_old(self, bot: BotAccount) -> None:
        """A tap is kept for 150 seconds, everything else for a day."""
        limits = {"callback_query": 150.0}
        fresh = [
            one
            for one in bot.waiting
            if self.now() - one.at < max(limits.get(k, 86_400.0) for k in one.update if k != "update_id")
        ]
        if len(fresh) != len(bot.waiting):
            bot.waiting = deque(fresh)
