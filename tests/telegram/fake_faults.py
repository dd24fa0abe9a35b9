"""What can go wrong between a bot and Telegram, to be told to the fake."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final


class Refused(Exception):
    """The Bot API says no."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters

    def as_json(self) -> dict[str, Any]:
        answer = {"ok": False, "error_code": self.code, "description": self.description}
        return {**answer, **({"parameters": self.parameters} if self.parameters else {})}


def bad(description: str) -> Refused:
    return Refused(400, f"Bad Request: {description}")


@dataclass(frozen=True, slots=True)
class TooManyRequests:
    """429; whoever calls again for the same chat before the time is over is written down."""

    retry_after: int = 1


@dataclass(frozen=True, slots=True)
class ServerError:
    """5xx. `accepted`: what was asked for has been done all the same."""

    code: int = 502
    accepted: bool = False


@dataclass(frozen=True, slots=True)
class Silence:
    """No answer for so many seconds, then a closed line."""

    seconds: float = 0.5
    accepted: bool = False


@dataclass(frozen=True, slots=True)
class Slow:
    """The right answer, after so many seconds."""

    seconds: float = 0.5


@dataclass(frozen=True, slots=True)
class Refusal:
    """Any other no, in Telegram's words."""

    description: str
    code: int = 400


Fault = TooManyRequests | ServerError | Silence | Slow | Refusal


@dataclass(slots=True)
class Planned:
    """A fault for the next calls of a method (`""`: of any that sends), to one chat or to all."""

    method: str
    fault: Fault
    times: int
    chat: int | None


#: Calls that bring something into a chat.
SENDING = frozenset({"sendMessage", "sendDocument", "sendPhoto", "editMessageText"})


@dataclass(slots=True)
class Plan:
    """Faults wait here for the calls that they hit."""

    planned: list[Planned] = field(default_factory=list)
    hits: int = 0

    def add(self, method: str, fault: Fault, times: int = 1, chat: int | None = None) -> None:
        self.planned.append(Planned(method, fault, times, chat))

    def for_call(self, method: str, chat: int | None) -> Fault | None:
        for one in self.planned:
            fits = one.method == method or (not one.method and method in SENDING)
            if one.times and fits and one.chat in (None, chat):
                one.times -= 1
                self.hits += 1
                return one.fault
        return None


#: After which a message must arrive, and once.
TROUBLE: Final[Mapping[str, Fault]] = {
    "429": TooManyRequests(1),
    "500": ServerError(500),
    "502": ServerError(502),
    "502 after it was accepted": ServerError(502, accepted=True),
    "a closed line": Silence(0.1),
    "a closed line after it was accepted": Silence(0.1, accepted=True),
}
